import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { PersonActor } from '#platform';
import { CurrentPerson, DateOnly, OneOf, PageQuery, RequirePolicy } from '#platform';

import type { ExchangeStatistics } from './exchange-statistics';
import { ReadExchangeStatistics } from './exchange-statistics';
import type { Monitor, MonitorView } from './read-monitor';
import { monitorViews, ReadMonitor } from './read-monitor';

export class StatisticsQuery {
  @DateOnly({ optional: true, description: 'First day; 1 January unless told.' })
  readonly from?: string;

  @DateOnly({ optional: true, description: 'Last day, at most 366 days on; today unless told.' })
  readonly to?: string;
}

export class MonitorQuery extends PageQuery {
  @OneOf(monitorViews, { optional: true, description: '`open` unless told: all that is not answered.' })
  readonly view?: MonitorView;
}

@ApiTags('statistics')
@Controller('api/v1')
export class StatisticsController {
  constructor(
    private readonly readStatistics: ReadExchangeStatistics,
    private readonly readMonitor: ReadMonitor,
  ) {}

  @Get('statistics/exchange')
  @RequirePolicy('statistics.read')
  @ApiOperation({ summary: 'Signed and exchanged electronically, received and settled, overdue, by day.' })
  statistics(
    @CurrentPerson() actor: PersonActor,
    @Query() query: StatisticsQuery,
  ): Promise<ExchangeStatistics> {
    return this.readStatistics.run(actor, query);
  }

  @Get('monitor')
  @RequirePolicy('monitor.read')
  @ApiOperation({
    summary: 'What the own agency has sent and nobody has answered, the urgent first; nodes alive.',
  })
  monitor(@CurrentPerson() actor: PersonActor, @Query() query: MonitorQuery): Promise<Monitor> {
    return this.readMonitor.run(actor, query);
  }
}

import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Page, PersonActor } from '#platform';
import { CurrentPerson, OneOf, PageQuery, RequirePolicy } from '#platform';

import type { DocumentSummary } from '../document-view';
import type { WaitingCounts } from './count-waiting';
import { CountWaiting } from './count-waiting';
import { ListWaiting } from './list-waiting';
import type { WaitingView } from './waiting-views';
import { waitingViews } from './waiting-views';

export class WaitingQuery extends PageQuery {
  @OneOf(waitingViews)
  readonly view: WaitingView;
}

@ApiTags('documents')
@Controller('api/v1/documents/waiting')
export class WaitingController {
  constructor(
    private readonly listWaiting: ListWaiting,
    private readonly countWaiting: CountWaiting,
  ) {}

  @Get()
  @RequirePolicy('document.list')
  @ApiOperation({ summary: 'Outgoing documents that wait for this person, the most urgent first.' })
  list(@CurrentPerson() actor: PersonActor, @Query() query: WaitingQuery): Promise<Page<DocumentSummary>> {
    return this.listWaiting.run(actor, query);
  }

  @Get('counts')
  @RequirePolicy('document.list')
  @ApiOperation({ summary: 'How much waits for this person, view by view.' })
  counts(@CurrentPerson() actor: PersonActor): Promise<WaitingCounts> {
    return this.countWaiting.run(actor);
  }
}

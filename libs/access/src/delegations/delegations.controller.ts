import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Page, PersonActor } from '#platform';
import { CurrentPerson, DateOnly, Id, OneOf, PageQuery, RequirePolicy, Text, WordList } from '#platform';
import type { Ceiling } from './delegations';
import { ceilings } from './delegations';
import type { DelegationView } from './manage-delegations';
import { ManageDelegations } from './manage-delegations';

export class DelegationBody {
  @Id()
  readonly toPersonId: string;

  @DateOnly({ description: 'The first day; today at the earliest.' })
  readonly from: string;

  @DateOnly({ description: 'The first day on which it is over; within 366 days.' })
  readonly to: string;

  @OneOf(ceilings, { description: 'The highest secrecy on which the delegate may act.' })
  readonly ceiling: Ceiling;

  @WordList(/^[A-Z]{1,20}$/, {
    min: 1,
    max: 60,
    optional: true,
    description: 'Codes of types; all if left out.',
  })
  readonly types?: readonly string[];

  @Text({ min: 3, max: 500, description: 'Number and date of the written authority, or why.' })
  readonly reason: string;
}

export class DelegationPath {
  @Id()
  readonly id: string;
}

export class EndDelegationBody {
  @Text({ min: 3, max: 500 })
  readonly reason: string;
}

@ApiTags('delegations')
@Controller('api/v1/delegations')
export class DelegationsController {
  constructor(private readonly delegations: ManageDelegations) {}

  @Get()
  @RequirePolicy('delegation.read')
  @ApiOperation({
    summary: 'Delegations given and received; for an administrator, those of administered agencies.',
  })
  list(@CurrentPerson() by: PersonActor, @Query() query: PageQuery): Promise<Page<DelegationView>> {
    return this.delegations.list(by, query.cursor);
  }

  @Post()
  @RequirePolicy('delegation.give')
  @ApiOperation({ summary: 'A leader lets somebody of the agency approve in the own stead, for a time.' })
  give(@CurrentPerson() by: PersonActor, @Body() body: DelegationBody): Promise<DelegationView> {
    return this.delegations.give(by, body);
  }

  @Post(':id/end')
  @HttpCode(200)
  @RequirePolicy('delegation.end')
  @ApiOperation({ summary: 'Ends a delegation at once.' })
  end(
    @CurrentPerson() by: PersonActor,
    @Param() { id }: DelegationPath,
    @Body() { reason }: EndDelegationBody,
  ): Promise<DelegationView> {
    return this.delegations.end(by, id, reason);
  }
}

import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { PersonActor } from '#platform';
import { CurrentPerson, RequirePolicy } from '#platform';

import { IfMatchVersion } from '../documents/if-match';
import { AskRelief } from './ask-relief';
import { CompleteHandling } from './complete-handling';
import type { HandlingAnswer } from './handling-answer';
import {
  CompleteHandlingBody,
  HandlingReasonBody,
  IncomingPath,
  InstructIncomingBody,
  SubmitIncomingBody,
} from './handling-dtos';
import { InstructIncoming } from './instruct-incoming';
import { ReturnIncoming } from './return-incoming';
import { StartHandling } from './start-handling';
import { SubmitIncoming } from './submit-incoming';

@ApiTags('incoming')
@Controller('api/v1/incoming/:id')
export class HandlingController {
  constructor(
    private readonly submitIncoming: SubmitIncoming,
    private readonly returnIncoming: ReturnIncoming,
    private readonly instructIncoming: InstructIncoming,
    private readonly startHandling: StartHandling,
    private readonly askRelief: AskRelief,
    private readonly completeHandling: CompleteHandling,
  ) {}

  @Post('submit')
  @HttpCode(200)
  @RequirePolicy('incoming.submit')
  @ApiOperation({ summary: 'Lays a registered document before a leader.' })
  submit(
    @CurrentPerson() actor: PersonActor,
    @Param() { id }: IncomingPath,
    @Body() body: SubmitIncomingBody,
    @IfMatchVersion() version: number | undefined,
  ): Promise<HandlingAnswer> {
    return this.submitIncoming.run(actor, id, body, version);
  }

  @Post('return')
  @HttpCode(200)
  @RequirePolicy('incoming.instruct')
  @ApiOperation({ summary: 'Gives it back to the clerk with a reason.' })
  return(
    @CurrentPerson() actor: PersonActor,
    @Param() { id }: IncomingPath,
    @Body() body: HandlingReasonBody,
    @IfMatchVersion() version: number | undefined,
  ): Promise<HandlingAnswer> {
    return this.returnIncoming.run(actor, id, body, version);
  }

  @Post('instruct')
  @HttpCode(200)
  @RequirePolicy('incoming.instruct')
  @ApiOperation({
    summary: 'Assigns it (04): one lead, others who co-operate or are told, a date; tells the sender.',
  })
  instruct(
    @CurrentPerson() actor: PersonActor,
    @Param() { id }: IncomingPath,
    @Body() body: InstructIncomingBody,
    @IfMatchVersion() version: number | undefined,
  ): Promise<HandlingAnswer> {
    return this.instructIncoming.run(actor, id, body, version);
  }

  @Post('start')
  @HttpCode(200)
  @RequirePolicy('incoming.handle')
  @ApiOperation({ summary: 'The lead begins (05); tells the sender.' })
  start(
    @CurrentPerson() actor: PersonActor,
    @Param() { id }: IncomingPath,
    @IfMatchVersion() version: number | undefined,
  ): Promise<HandlingAnswer> {
    return this.startHandling.run(actor, id, version);
  }

  @Post('relief')
  @HttpCode(200)
  @RequirePolicy('incoming.handle')
  @ApiOperation({ summary: 'The lead asks to be relieved, with a reason.' })
  relieve(
    @CurrentPerson() actor: PersonActor,
    @Param() { id }: IncomingPath,
    @Body() body: HandlingReasonBody,
    @IfMatchVersion() version: number | undefined,
  ): Promise<HandlingAnswer> {
    return this.askRelief.run(actor, id, body, version);
  }

  @Post('complete')
  @HttpCode(200)
  @RequirePolicy('incoming.handle')
  @ApiOperation({ summary: 'The lead completes it (06) with its result; tells the sender.' })
  complete(
    @CurrentPerson() actor: PersonActor,
    @Param() { id }: IncomingPath,
    @Body() body: CompleteHandlingBody,
    @IfMatchVersion() version: number | undefined,
  ): Promise<HandlingAnswer> {
    return this.completeHandling.run(actor, id, body, version);
  }
}

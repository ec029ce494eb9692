import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';

import type { Page, PersonActor } from '#platform';
import { CurrentPerson, PageQuery, RequirePolicy } from '#platform';

import type { DeadLetter } from './find-dead-letters';
import { FindDeadLetters } from './find-dead-letters';
import { ResendDeadLetter } from './resend-dead-letter';

@ApiTags('dead letters')
@Controller('api/v1/dead-letters')
export class DeadLettersController {
  constructor(
    private readonly findDeadLetters: FindDeadLetters,
    private readonly resendDeadLetter: ResendDeadLetter,
  ) {}

  @Get()
  @RequirePolicy('dead-letter.read')
  @ApiOperation({ summary: 'Messages of the own agency that could not be delivered, newest first.' })
  find(@CurrentPerson() actor: PersonActor, @Query() query: PageQuery): Promise<Page<DeadLetter>> {
    return this.findDeadLetters.run(actor, query);
  }

  @Post(':id/resend')
  @HttpCode(200)
  @RequirePolicy('dead-letter.resend')
  @ApiOperation({ summary: 'Sends the same message again.' })
  async resend(
    @CurrentPerson() actor: PersonActor,
    @Param('id') id: string,
  ): Promise<{ readonly state: 'QUEUED' }> {
    await this.resendDeadLetter.run(actor, id);
    return { state: 'QUEUED' };
  }
}

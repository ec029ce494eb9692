import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';

import type { PersonActor } from '#platform';
import { CurrentPerson, Id, RequirePolicy, Text } from '#platform';

import type { DocumentSummary } from '../../documents/document-view';
import { IfMatchVersion } from '../../documents/if-match';
import type { TakeBackState } from './aftercare-states';
import { AnswerTakeBack } from './answer-take-back';
import { AskTakeBack } from './ask-take-back';
import { WithdrawDocument } from './withdraw-document';

const reasonText = {
  min: 3,
  max: 1000,
  multiline: true,
  description: 'Why; the other side reads it. No content of the document.',
} as const;

export class AfterIssueReason {
  @Text(reasonText)
  readonly reason: string;
}

export class TakeBackBody extends AfterIssueReason {
  @Id({ description: 'The recipient agency.' })
  readonly recipientId: string;
}

export class ReplaceBody extends AfterIssueReason {
  @Id({ description: 'The document in its place: of the own agency, issued.' })
  readonly byDocumentId: string;
}

export class CorrectBody {
  @Id({ description: 'The công văn that corrects it: of the own agency, issued.' })
  readonly byDocumentId: string;

  @Text({ ...reasonText, optional: true })
  readonly reason?: string;
}

export class AgreeBody {
  @Text({ ...reasonText, optional: true, description: 'Kept in the trail. No content of the document.' })
  readonly reason?: string;
}

interface TakeBackAnswer {
  /** 13 asked, 15 given back, 16 refused. */
  readonly takeBack: TakeBackState;
}

/** What the sender does after the issue. */
@ApiTags('deliveries')
@Controller('api/v1/documents/:id')
export class AftercareController {
  constructor(
    private readonly askTakeBack: AskTakeBack,
    private readonly withdraw: WithdrawDocument,
  ) {}

  @Post('take-back')
  @HttpCode(200)
  @RequirePolicy('document.withdraw')
  @ApiOperation({ summary: 'Lấy lại (13): asks one recipient to give the document back.' })
  takeBack(
    @CurrentPerson() actor: PersonActor,
    @Param('id') id: string,
    @Body() body: TakeBackBody,
  ): Promise<TakeBackAnswer> {
    return this.askTakeBack.run(actor, id, body);
  }

  @Post('recall')
  @HttpCode(200)
  @RequirePolicy('document.withdraw')
  @ApiOperation({ summary: 'Thu hồi: the document is void at every recipient.' })
  recall(
    @CurrentPerson() actor: PersonActor,
    @Param('id') id: string,
    @Body() { reason }: AfterIssueReason,
    @IfMatchVersion() version: number | undefined,
  ): Promise<DocumentSummary> {
    return this.withdraw.run(actor, id, { order: 'recall', reason }, version);
  }

  @Post('replace')
  @HttpCode(200)
  @RequirePolicy('document.withdraw')
  @ApiOperation({ summary: 'Thay thế: another issued document takes its place at every recipient.' })
  replace(
    @CurrentPerson() actor: PersonActor,
    @Param('id') id: string,
    @Body() { byDocumentId, reason }: ReplaceBody,
    @IfMatchVersion() version: number | undefined,
  ): Promise<DocumentSummary> {
    return this.withdraw.run(actor, id, { order: 'replace', reason, byDocumentId }, version);
  }

  @Post('correct')
  @HttpCode(200)
  @RequirePolicy('document.withdraw')
  @ApiOperation({ summary: 'Đính chính: an issued công văn corrects its form; it stays in force.' })
  correct(
    @CurrentPerson() actor: PersonActor,
    @Param('id') id: string,
    @Body() { byDocumentId, reason = 'Đính chính bằng công văn' }: CorrectBody,
    @IfMatchVersion() version: number | undefined,
  ): Promise<DocumentSummary> {
    return this.withdraw.run(actor, id, { order: 'correct', reason, byDocumentId }, version);
  }
}

/** What the recipient answers. */
@ApiTags('incoming')
@Controller('api/v1/incoming/:id/take-back')
export class TakeBackController {
  constructor(private readonly answerTakeBack: AnswerTakeBack) {}

  @Post('agree')
  @HttpCode(200)
  @RequirePolicy('incoming.take-back')
  @ApiOperation({ summary: 'Gives the document back (15): its content is frozen, the register keeps it.' })
  agree(
    @CurrentPerson() actor: PersonActor,
    @Param('id') id: string,
    @Body() { reason }: AgreeBody,
  ): Promise<TakeBackAnswer> {
    return this.answerTakeBack.run(actor, id, { agree: reason ?? null });
  }

  @Post('refuse')
  @HttpCode(200)
  @RequirePolicy('incoming.take-back')
  @ApiOperation({ summary: 'Keeps the document (16) and tells the sender why.' })
  refuse(
    @CurrentPerson() actor: PersonActor,
    @Param('id') id: string,
    @Body() { reason }: AfterIssueReason,
  ): Promise<TakeBackAnswer> {
    return this.answerTakeBack.run(actor, id, { refuse: reason });
  }
}

import { OmitType, PartialType } from '@nestjs/swagger';
import { Count, DateOnly, Id, IdList, ListOf, ObjectOf, OneOf, PageQuery, Secret, Text } from '#platform';

import type { DraftFileRole } from '../issued-document';
import { draftFileRoles } from '../issued-document';
import type { CapacityCode, Channel, PaperChannel, Secrecy, Urgency } from '../rules';
import { capacityCodes, channels, paperChannels, secrecyCodes, urgencyCodes } from '../rules';
import type { DocumentState } from './document-states';
import { documentStates } from './document-states';
import type { SigningPurpose } from './signing/signing-operation';
import { signingPurposes } from './signing/signing-operation';

const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/;

export class DocumentPath {
  @Id()
  readonly id: string;
}

export class FilePath extends DocumentPath {
  @Id()
  readonly fileId: string;
}

export class AuthorityBody {
  @Text({ max: 100, description: 'Number and symbol of the written authority.' })
  readonly reference: string;

  @DateOnly({ description: 'Its last day.' })
  readonly validUntil: string;
}

export class CapacityBody {
  @OneOf(capacityCodes, { description: 'TM, Q, KT, TL, TUQ; DIRECT for a head in the own name.' })
  readonly code: CapacityCode;

  @ObjectOf(() => AuthorityBody, { optional: true, description: 'Required for TUQ.' })
  readonly authority?: AuthorityBody;
}

export class ReviewerBody {
  @Text({ max: 100, description: 'What the step is for.', example: 'Thẩm định thể thức' })
  readonly name: string;

  @Id()
  readonly personId: string;
}

export class RecipientBody {
  @Id()
  readonly agencyId: string;

  @OneOf(channels, { optional: true, description: '`electronic` if not given.' })
  readonly channel?: Channel;

  @Count({ optional: true, min: 1, max: 10_000, description: 'Copies; 1 if not given.' })
  readonly copies?: number;
}

export class PaperRecipientBody {
  @Text({ max: 300 })
  readonly name: string;

  @Text({ optional: true, max: 500 })
  readonly address?: string;

  @OneOf(paperChannels)
  readonly channel: PaperChannel;

  @Count({ optional: true, min: 1, max: 10_000, description: 'Copies; 1 if not given.' })
  readonly copies?: number;
}

export class CreateDocumentBody {
  @Id({ description: 'The issuing body (tác giả).' })
  readonly bodyId: string;

  @Text({ max: 20, pattern: /^[A-Z]+$/, description: 'Document type of the bloc.', example: 'QD' })
  readonly typeCode: string;

  @Text({ optional: true, max: 500, description: 'Trích yếu; required but for a top-secret document.' })
  readonly abstract?: string;

  @OneOf(secrecyCodes)
  readonly secrecy: Secrecy;

  @OneOf(urgencyCodes, { description: '0 thường, 1 khẩn, 2 thượng khẩn, 3 hỏa tốc, 4 hỏa tốc hẹn giờ.' })
  readonly urgency: Urgency;

  @Text({
    optional: true,
    max: 40,
    pattern: instant,
    description: 'When an express, timed document must arrive.',
  })
  readonly urgencyAt?: string;

  @Text({
    optional: true,
    max: 20,
    description: 'Drafting unit in the symbol of an official letter: `TTĐT`.',
  })
  readonly unitSymbol?: string;

  @Id({ description: 'The post of the competent signatory.' })
  readonly signerPostId: string;

  @ObjectOf(() => CapacityBody)
  readonly capacity: CapacityBody;

  @ListOf(() => RecipientBody, { max: 4000, description: 'Recipient agencies, each once, in their order.' })
  readonly recipients: readonly RecipientBody[];

  @ListOf(() => PaperRecipientBody, {
    optional: true,
    max: 200,
    description: 'Recipients that are not in the directory; they get paper.',
  })
  readonly paperRecipients?: readonly PaperRecipientBody[];

  @Text({ optional: true, min: 3, max: 500, description: 'Why some of it goes on paper.' })
  readonly paperReason?: string;

  @ListOf(() => ReviewerBody, { max: 20, description: 'Review steps, in their order.' })
  readonly reviewers: readonly ReviewerBody[];

  @IdList({ optional: true, max: 50, unique: true, description: 'Incoming documents that it answers.' })
  readonly answers?: readonly string[];
}

/** A field left out stays as it is; null empties one that may be empty. */
export class ChangeDocumentBody extends PartialType(OmitType(CreateDocumentBody, ['answers'])) {}

export class ChangeSignerBody {
  @Id({ description: 'The post of the competent signatory.' })
  readonly signerPostId: string;

  @ObjectOf(() => CapacityBody)
  readonly capacity: CapacityBody;

  @Text({ min: 3, max: 1000, multiline: true })
  readonly reason: string;
}

export class LastRecipientsQuery {
  @Id()
  readonly bodyId: string;

  @Text({ max: 20, pattern: /^[A-Z]+$/ })
  readonly typeCode: string;
}

export class RecipientGroupBody {
  @Text({ max: 100, example: 'Các huyện ủy, thành ủy' })
  readonly name: string;

  @ListOf(() => RecipientBody, { max: 4000 })
  readonly recipients: readonly RecipientBody[];

  @ListOf(() => PaperRecipientBody, { max: 200 })
  readonly paperRecipients: readonly PaperRecipientBody[];
}

export class DispatchPath extends DocumentPath {
  @Count({ min: 1, max: 10_000 })
  readonly n: number;
}

export class HandedBody {
  @Text({ max: 40, pattern: instant, description: 'When the paper left.' })
  readonly at: string;

  @Text({ optional: true, max: 50, description: 'Number of the receipt.' })
  readonly receiptNo?: string;
}

export class ReceivedBody {
  @Text({ max: 40, pattern: instant, description: 'When it was taken.' })
  readonly at: string;

  @Text({ max: 200, description: 'Who signed for it.' })
  readonly by: string;
}

export class ToldBody {
  @Text({ max: 40, pattern: instant, description: 'When the recipient was told.' })
  readonly at: string;

  @Text({ max: 200, description: 'Who signed for it.' })
  readonly by: string;
}

export class FileOrderBody {
  @IdList({ max: 500, unique: true, description: 'Every annex and attachment, in the wanted order.' })
  readonly fileIds: readonly string[];
}

export class ReplaceFileBody {
  @Text({ optional: true, max: 500, description: 'The present title if not given.' })
  readonly title?: string;
}

export class ListDocumentsQuery extends PageQuery {
  @OneOf(documentStates, { optional: true })
  readonly state?: DocumentState;
}

export class AddFileBody {
  @OneOf(draftFileRoles)
  readonly role: DraftFileRole;

  @Text({ optional: true, max: 500 })
  readonly title?: string;
}

export class FileVersionQuery {
  @Id({ optional: true, description: 'An earlier version; the current one if not given.' })
  readonly version?: string;
}

export class ChangesQuery {
  @Count({
    optional: true,
    min: 1,
    max: 10_000,
    description: 'Number of a returned draft; the last one if not given.',
  })
  readonly since?: number;
}

export class InitialBody {
  @Text({ optional: true, max: 1000, multiline: true })
  readonly comment?: string;
}

export class ReasonBody {
  @Text({ min: 3, max: 1000, multiline: true })
  readonly reason: string;
}

export class SigningOperationPath {
  @Id()
  readonly id: string;
}

export class PrepareSigningBody {
  @OneOf(signingPurposes)
  readonly purpose: SigningPurpose;

  @IdList({ min: 1, max: 100, unique: true })
  readonly documentIds: readonly string[];
}

export class ConfirmSigningBody {
  @Secret({ min: 1, max: 64, description: 'PIN of the signing key.' })
  readonly pin: string;
}

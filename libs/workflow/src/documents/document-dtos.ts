import { DateOnly, Id, IdList, ListOf, ObjectOf, OneOf, PageQuery, Secret, Text } from '#platform';

import type { FileRole } from '../issued-document';
import { fileRoles } from '../issued-document';
import type { CapacityCode, Secrecy, Urgency } from '../rules';
import { capacityCodes, secrecyCodes, urgencyCodes } from '../rules';
import type { DocumentState } from './document-states';
import { documentStates } from './document-states';
import type { SigningPurpose } from './signing/signing-operation';
import { signingPurposes } from './signing/signing-operation';

const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2})$/;

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

  @IdList({ max: 4000, unique: true, description: 'Recipient agencies, in their order.' })
  readonly recipients: readonly string[];

  @ListOf(() => ReviewerBody, { max: 20, description: 'Review steps, in their order.' })
  readonly reviewers: readonly ReviewerBody[];
}

export class ListDocumentsQuery extends PageQuery {
  @OneOf(documentStates, { optional: true })
  readonly state?: DocumentState;
}

export class AddFileBody {
  @OneOf(fileRoles)
  readonly role: FileRole;

  @Text({ optional: true, max: 500 })
  readonly title?: string;
}

export class FileVersionQuery {
  @Id({ optional: true, description: 'An earlier version; the current one if not given.' })
  readonly version?: string;
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

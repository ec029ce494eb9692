import { Injectable } from '@nestjs/common';
import { isAllowed } from '#access';
import { AuditTrail } from '#audit';
import { Directory, isInForce } from '#directory';
import type { FieldProblem, PersonActor, Tx } from '#platform';
import { Clock, newId, UnitOfWork, vietnamDate } from '#platform';

import { workflowProblems, WorkflowError } from '../errors';
import type { CapacityCode, Secrecy, Urgency, WrittenAuthority } from '../rules';
import { capacityFault, documentType, signatureBlock } from '../rules';
import type { Author } from './author';
import { Authors } from './author';
import { outgoingMachine } from './outgoing-machine';
import type { DocumentRow, Reviewer } from './document-row';
import { documentTable } from './document-row';
import type { DocumentSummary } from './document-view';
import { documentSummary } from './document-view';
import { checkMarks } from './check-marks';
import { signerPost } from './signer-question';

/** What a drafter says about a new document. */
export interface NewDocument {
  readonly bodyId: string;
  readonly typeCode: string;
  readonly abstract?: string | undefined;
  readonly secrecy: Secrecy;
  readonly urgency: Urgency;
  /** ISO 8601 with offset. */
  readonly urgencyAt?: string | undefined;
  readonly unitSymbol?: string | undefined;
  readonly signerPostId: string;
  readonly capacity: { readonly code: CapacityCode; readonly authority?: WrittenAuthority | undefined };
  readonly recipients: readonly string[];
  readonly reviewers: readonly Reviewer[];
}

/** Opens a draft; whatever the rules say about body, type, signer and marks is asked before anything is kept. */
@Injectable()
export class CreateDocument {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly directory: Directory,
    private readonly authors: Authors,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
  ) {}

  run(actor: PersonActor, given: NewDocument): Promise<DocumentSummary> {
    const marks = checkMarks(given);
    return this.unitOfWork.run(actor, async (tx) => {
      const now = this.clock.now();
      const today = vietnamDate(now);
      const author = await this.authorOf(tx, actor, given);
      const block = await this.signatureBlock(tx, author, given, today);
      await this.checkRecipients(tx, given.recipients, today);
      await this.checkReviewers(tx, actor, given.reviewers, today);
      const row = await insertDocument(tx, actor, { given, author, block, urgencyAt: marks.urgencyAt, now });
      await this.audit.record(
        actor,
        {
          action: 'document.created',
          outcome: 'success',
          documentId: row.id,
          details: { type: row.type_code, body: row.body_id, recipients: given.recipients.length },
        },
        { within: tx },
      );
      return documentSummary(row);
    });
  }

  private async authorOf(tx: Tx, actor: PersonActor, { bodyId, typeCode }: NewDocument): Promise<Author> {
    const author = await this.authors.inForce(tx, { agencyId: actor.agencyId, bodyId, typeCode });
    if (documentType(author.agency.bloc, typeCode)?.numberStyle === 'unnumbered')
      throw new WorkflowError('TYPE_NOT_NUMBERED');
    return author;
  }

  private async signatureBlock(
    tx: Tx,
    { agency, body }: Author,
    { signerPostId, capacity }: NewDocument,
    today: string,
  ): Promise<readonly string[]> {
    const post = await signerPost(this.directory, tx, {
      postId: signerPostId,
      capacity: capacity.code,
      body,
      today,
    });
    const question = { bloc: agency.bloc, code: capacity.code, bodyKind: body.leadership, post };
    const fault = capacityFault({ ...question, authority: capacity.authority ?? null, today });
    if (fault !== undefined) throw new WorkflowError(fault);
    return signatureBlock({ ...question, bodyName: body.name });
  }

  private async checkRecipients(tx: Tx, recipients: readonly string[], today: string): Promise<void> {
    const agencies = recipients.length === 0 ? [] : await this.directory.agencies(recipients, tx);
    const known = new Set(agencies.filter((agency) => isInForce(agency, today)).map(({ id }) => id));
    complain('RECIPIENT_UNKNOWN', 'recipients', recipients, (id) => known.has(id));
  }

  private async checkReviewers(
    tx: Tx,
    actor: PersonActor,
    reviewers: readonly Reviewer[],
    today: string,
  ): Promise<void> {
    const able = new Set<string>();
    for (const personId of new Set(reviewers.map((reviewer) => reviewer.personId))) {
      const held = await this.directory.appointmentsOf(personId, today, tx);
      const mayReview = held.some(
        ({ agencyId, roles }) =>
          agencyId === actor.agencyId && isAllowed({ ...actor, roles }, 'document.review'),
      );
      if (mayReview) able.add(personId);
    }
    complain('REVIEWER_UNKNOWN', 'reviewers', reviewers, ({ personId }) => able.has(personId));
  }
}

/** Names every item at fault, so that a person need not guess which of many it was. */
function complain<Item>(
  code: 'RECIPIENT_UNKNOWN' | 'REVIEWER_UNKNOWN',
  field: string,
  items: readonly Item[],
  isGood: (item: Item) => boolean,
): void {
  const errors = items.flatMap((item, index): FieldProblem[] => {
    const message = workflowProblems[code];
    return isGood(item) || message === undefined
      ? []
      : [{ field: `${field}[${index}]`, code, vi: message.vi, en: message.en }];
  });
  if (errors.length > 0) throw new WorkflowError(code, { errors });
}

async function insertDocument(
  tx: Tx,
  actor: PersonActor,
  input: {
    readonly given: NewDocument;
    readonly author: Author;
    readonly block: readonly string[];
    readonly urgencyAt: Date | null;
    readonly now: Date;
  },
): Promise<DocumentRow> {
  const { given, author, block, urgencyAt, now } = input;
  const { agency, body } = author;
  const columns = {
    id: newId(),
    agency_id: agency.id,
    agency_code: agency.code,
    bloc: agency.bloc,
    body_id: body.id,
    body_symbol: body.symbol,
    has_seal: body.hasSeal,
    place: agency.place,
    type_code: given.typeCode,
    abstract: given.abstract ?? null,
    secrecy: given.secrecy,
    urgency: given.urgency,
    urgency_at: urgencyAt,
    unit_symbol: given.unitSymbol ?? null,
    state: outgoingMachine.initial,
    drafter_id: actor.personId,
    signer_post_id: given.signerPostId,
    capacity_code: given.capacity.code,
    authority_reference: given.capacity.authority?.reference ?? null,
    authority_until: given.capacity.authority?.validUntil ?? null,
    signature_block: block,
    reviewers: JSON.stringify(given.reviewers.map(({ name, personId }) => ({ name, personId }))),
    created_at: now,
    changed_at: now,
  };
  const names = Object.keys(columns);
  const placeholders = names.map((_, index) => `$${index + 1}`);
  const recipients = `$${names.length + 1}::uuid[]`;
  // The reference from recipient to document is checked when the whole statement is done.
  const [row] = await tx.query<DocumentRow>(
    `WITH told AS (
       INSERT INTO workflow.recipient (document_id, position, agency_id)
       SELECT $1, position, agency_id FROM unnest(${recipients}) WITH ORDINALITY AS r (agency_id, position)
     )
     INSERT INTO workflow.document (${names.join(', ')}) VALUES (${placeholders.join(', ')})
     RETURNING ${documentTable.columns}`,
    [...Object.values(columns), given.recipients],
  );
  if (row === undefined) throw new Error('an inserted document answered nothing');
  return row;
}

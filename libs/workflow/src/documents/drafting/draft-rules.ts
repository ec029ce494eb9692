import { Injectable } from '@nestjs/common';
import { isAllowed } from '#access';
import { Directory } from '#directory';
import type { PersonActor, Tx } from '#platform';
import { Clock, vietnamDate } from '#platform';

import { WorkflowError } from '../../errors';
import type { CapacityCode, Secrecy, Urgency, WrittenAuthority } from '../../rules';
import { capacityFault, documentType, isCopyCode, signatureBlock } from '../../rules';
import type { Author } from '../author';
import { Authors } from '../author';
import { checkMarks } from '../check-marks';
import type { DocumentRow, Reviewer } from '../document-row';
import { CheckRecipients, complain } from '../recipients/check-recipients';
import type { GivenPaperRecipient, GivenRecipient, RecipientRow } from '../recipients/recipient';
import { givenRecipients } from '../recipients/recipient';
import { signatoryOf, signerPost } from '../signer-question';

/** Who signs, and by what right. */
export interface NamedSigner {
  readonly signerPostId: string;
  readonly capacity: { readonly code: CapacityCode; readonly authority?: WrittenAuthority | undefined };
}

/** What a drafter says about a document. */
export interface DraftContent extends NamedSigner {
  readonly bodyId: string;
  readonly typeCode: string;
  readonly abstract?: string | undefined;
  readonly secrecy: Secrecy;
  readonly urgency: Urgency;
  /** ISO 8601 with offset. */
  readonly urgencyAt?: string | undefined;
  readonly unitSymbol?: string | undefined;
  readonly recipients: readonly GivenRecipient[];
  readonly paperRecipients?: readonly GivenPaperRecipient[] | undefined;
  /** Required before a document with paper recipients is submitted. */
  readonly paperReason?: string | undefined;
  readonly reviewers: readonly Reviewer[];
}

/** A draft's content that the rules allow, with what they add to it. */
export interface CheckedDraft extends Author {
  readonly content: DraftContent;
  readonly block: readonly string[];
  readonly urgencyAt: Date | null;
}

/** Asks the rules about body, type, signer, marks, recipients and reviewers before anything is kept. */
@Injectable()
export class DraftRules {
  constructor(
    private readonly directory: Directory,
    private readonly authors: Authors,
    private readonly recipients: CheckRecipients,
    private readonly clock: Clock,
  ) {}

  /** @throws WorkflowError with the first rule that the content breaks */
  async check(tx: Tx, actor: PersonActor, content: DraftContent): Promise<CheckedDraft> {
    const { urgencyAt } = checkMarks(content);
    const today = vietnamDate(this.clock.now());
    const author = await this.authorOf(tx, actor, content);
    const block = await this.signatureBlock(tx, author, content);
    await this.recipients.run(tx, content.recipients);
    await this.checkReviewers(tx, actor, content.reviewers, today);
    return { content, ...author, block, urgencyAt };
  }

  /**
   * The lines above the signer's name.
   *
   * @throws WorkflowError POST_NOT_FOUND, CAPACITY_NOT_ALLOWED, AUTHORITY_MISSING, AUTHORITY_EXPIRED
   */
  async signatureBlock(
    tx: Tx,
    { agency, body }: Author,
    { signerPostId, capacity }: NamedSigner,
  ): Promise<readonly string[]> {
    const today = vietnamDate(this.clock.now());
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

  private async authorOf(tx: Tx, actor: PersonActor, { bodyId, typeCode }: DraftContent): Promise<Author> {
    if (isCopyCode(typeCode)) throw new WorkflowError('COPY_IS_NOT_DRAFTED');
    const author = await this.authors.inForce(tx, { agencyId: actor.agencyId, bodyId, typeCode });
    if (documentType(author.agency.bloc, typeCode)?.numberStyle === 'unnumbered')
      throw new WorkflowError('TYPE_NOT_NUMBERED');
    return author;
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

/** The columns of workflow.document that a draft's content decides. */
export function contentColumns({ content, body, block, urgencyAt }: CheckedDraft): Record<string, unknown> {
  return {
    body_id: body.id,
    body_symbol: body.symbol,
    has_seal: body.hasSeal,
    type_code: content.typeCode,
    abstract: content.abstract ?? null,
    secrecy: content.secrecy,
    urgency: content.urgency,
    urgency_at: urgencyAt,
    unit_symbol: content.unitSymbol ?? null,
    paper_reason: content.paperReason ?? null,
    reviewers: JSON.stringify(content.reviewers.map(({ name, personId }) => ({ name, personId }))),
    ...signerColumns(content, block),
  };
}

export function signerColumns(
  { signerPostId, capacity }: NamedSigner,
  block: readonly string[],
): Record<string, unknown> {
  return {
    signer_post_id: signerPostId,
    capacity_code: capacity.code,
    authority_reference: capacity.authority?.reference ?? null,
    authority_until: capacity.authority?.validUntil ?? null,
    signature_block: block,
  };
}

/** The content of a document as it stands, as a drafter would give it again. */
export function contentOf(row: DocumentRow, recipients: readonly RecipientRow[]): DraftContent {
  const { authority_reference: reference, authority_until: validUntil } = row;
  const { signerPostId, capacity: code } = signatoryOf(row);
  return {
    bodyId: row.body_id,
    typeCode: row.type_code,
    abstract: row.abstract ?? undefined,
    secrecy: row.secrecy,
    urgency: row.urgency,
    urgencyAt: row.urgency_at?.toISOString(),
    unitSymbol: row.unit_symbol ?? undefined,
    paperReason: row.paper_reason ?? undefined,
    reviewers: row.reviewers,
    ...givenRecipients(recipients),
    signerPostId,
    capacity: {
      code,
      ...(reference !== null && validUntil !== null && { authority: { reference, validUntil } }),
    },
  };
}

import { Injectable } from '@nestjs/common';
import { AuditTrail } from '#audit';
import type { Page, PersonActor, Tx } from '#platform';
import { UnitOfWork } from '#platform';

import { DocumentAccess } from '../document-access';
import type { FrozenContent } from '../drafting/frozen-draft';

/** "Dự thảo lần n" as it was submitted, and what became of it. */
export interface DraftView {
  readonly n: number;
  readonly submittedAt: string;
  readonly submittedBy: string;
  readonly returnedAt: string | null;
  readonly returnedBy: string | null;
  /** The state in which it was sent back: `IN_REVIEW`, `APPROVED`, `PERSON_SIGNED`. */
  readonly returnedFrom: string | null;
  readonly returnReason: string | null;
  readonly steps: readonly StepView[];
}

interface StepView {
  readonly position: number;
  readonly name: string;
  readonly personId: string;
  readonly state: 'pending' | 'initialled' | 'returned';
  readonly comment: string | null;
  readonly decidedAt: string | null;
}

/** With what it said and the files it had: `GET …/files/{fileId}/content?version={versionId}` answers each. */
export interface DraftDetail extends DraftView {
  readonly content: FrozenContent;
}

/** All drafts of a document, the first first. */
@Injectable()
export class ReadDrafts {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly documents: DocumentAccess,
    private readonly audit: AuditTrail,
  ) {}

  run(actor: PersonActor, documentId: string): Promise<Page<DraftDetail>> {
    return this.unitOfWork.run(actor, async (tx) => {
      await this.documents.read(tx, documentId);
      const items = await draftsOf(tx, documentId);
      await this.audit.record(
        actor,
        { action: 'document.read', outcome: 'success', documentId, details: { part: 'drafts' } },
        { within: tx },
      );
      return { items, next: null };
    });
  }
}

interface DraftRow {
  readonly n: number;
  readonly content: FrozenContent;
  readonly submitted_at: Date;
  readonly submitted_by: string;
  readonly returned_at: Date | null;
  readonly returned_by: string | null;
  readonly returned_from: string | null;
  readonly return_reason: string | null;
  readonly steps: readonly StepView[];
}

export async function draftsOf(tx: Tx, documentId: string): Promise<DraftDetail[]> {
  const rows = await tx.query<DraftRow>(
    `SELECT d.n, d.content, d.submitted_at, d.submitted_by, d.returned_at, d.returned_by, d.returned_from,
       d.return_reason, coalesce((
         SELECT json_agg(json_build_object('position', s.position, 'name', s.name, 'personId', s.person_id,
           'state', s.state, 'comment', s.comment, 'decidedAt', s.decided_at) ORDER BY s.position)
         FROM workflow.review_step s WHERE s.document_id = d.document_id AND s.draft_no = d.n), '[]') AS steps
     FROM workflow.draft d WHERE d.document_id = $1 ORDER BY d.n`,
    [documentId],
  );
  return rows.map((row) => ({
    n: row.n,
    submittedAt: row.submitted_at.toISOString(),
    submittedBy: row.submitted_by,
    returnedAt: row.returned_at?.toISOString() ?? null,
    returnedBy: row.returned_by,
    returnedFrom: row.returned_from,
    returnReason: row.return_reason,
    steps: row.steps.map((step) => ({
      ...step,
      decidedAt: step.decidedAt === null ? null : new Date(step.decidedAt).toISOString(),
    })),
    content: row.content,
  }));
}

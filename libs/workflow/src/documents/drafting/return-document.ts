import { Injectable } from '@nestjs/common';
import { AuditTrail } from '#audit';
import type { PersonActor, Tx } from '#platform';
import { Clock, UnitOfWork } from '#platform';

import { applyTransition } from '../../state-machine';
import { DocumentAccess } from '../document-access';
import type { DocumentRow } from '../document-row';
import { documentTable } from '../document-row';
import type { DocumentSummary } from '../document-view';
import { documentSummary } from '../document-view';
import { outgoingMachine } from '../outgoing-machine';
import { tellOfDocument } from '../tell-of-document';
import { currentStep, decideStep, requireMyStep } from './review-step';

/**
 * Sends a draft back with a reason: a reviewer whose turn it is, a leader at any step, or leader and clerk
 * after the approval and the personal signature, up to the number. The draft and what was signed of it are
 * kept; the next one starts from the files as they were uploaded.
 */
@Injectable()
export class ReturnDocument {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly documents: DocumentAccess,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
  ) {}

  run(actor: PersonActor, documentId: string, reason: string, version?: number): Promise<DocumentSummary> {
    return this.unitOfWork.run(actor, async (tx) => {
      const row = await this.documents.lock(tx, documentId, version);
      const now = this.clock.now();
      const after = await applyTransition(tx, outgoingMachine, { ...documentTable, row }, 'return', {
        open_steps: 0,
        changed_at: now,
      });
      if (row.state === 'IN_REVIEW') await endStep(tx, actor, row, { comment: reason, at: now });
      await tx.execute(
        `WITH draft AS (
           UPDATE workflow.draft SET returned_at = $3, returned_by = $4, returned_from = $5, return_reason = $6
           WHERE document_id = $1 AND n = $2
         )
         UPDATE workflow.document_file SET current_version_id = upload_version_id WHERE document_id = $1`,
        [row.id, row.draft_no, now, actor.personId, row.state, reason],
      );
      await tellOfDocument(tx, after, 'document.returned', { people: [row.drafter_id] }, now);
      await this.audit.record(
        actor,
        {
          action: 'document.returned',
          outcome: 'success',
          documentId,
          reason,
          details: { draft: row.draft_no, from: row.state },
        },
        { within: tx },
      );
      return documentSummary(after);
    });
  }
}

/** A leader may step in before a reviewer's turn ends; anybody else must be that reviewer. */
async function endStep(
  tx: Tx,
  actor: PersonActor,
  row: DocumentRow,
  { comment, at }: { readonly comment: string; readonly at: Date },
): Promise<void> {
  const step = actor.roles.includes('leader')
    ? await currentStep(tx, row)
    : await requireMyStep(tx, actor, row);
  if (step?.person_id === actor.personId) await decideStep(tx, row, step, { state: 'returned', comment, at });
}

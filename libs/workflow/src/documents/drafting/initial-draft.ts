import { Injectable } from '@nestjs/common';
import { AuditTrail } from '#audit';
import type { PersonActor } from '#platform';
import { Clock, UnitOfWork } from '#platform';

import { applyTransition } from '../../state-machine';
import { DocumentAccess } from '../document-access';
import { documentTable } from '../document-row';
import type { DocumentSummary } from '../document-view';
import { documentSummary } from '../document-view';
import { outgoingMachine } from '../outgoing-machine';
import { nextOnDraft, tellOfDocument } from '../tell-of-document';
import { currentStep, decideStep, requireMyStep } from './review-step';

/** Ký nháy: the reviewer whose turn it is answers for content or form; in trail and file, not in the PDF. */
@Injectable()
export class InitialDraft {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly documents: DocumentAccess,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
  ) {}

  run(
    actor: PersonActor,
    documentId: string,
    comment: string | null,
    version?: number,
  ): Promise<DocumentSummary> {
    return this.unitOfWork.run(actor, async (tx) => {
      const row = await this.documents.lock(tx, documentId, version);
      const now = this.clock.now();
      const after = await applyTransition(tx, outgoingMachine, { ...documentTable, row }, 'initial', {
        open_steps: Math.max(0, row.open_steps - 1),
        changed_at: now,
      });
      const step = await requireMyStep(tx, actor, row);
      await decideStep(tx, row, step, { state: 'initialled', comment, at: now });
      await tellOfDocument(
        tx,
        after,
        'document.submitted',
        nextOnDraft(after, await currentStep(tx, after)),
        now,
      );
      await this.audit.record(
        actor,
        {
          action: 'document.initialled',
          outcome: 'success',
          documentId,
          details: { draft: row.draft_no, step: step.position, name: step.name },
        },
        { within: tx },
      );
      return documentSummary(after);
    });
  }
}

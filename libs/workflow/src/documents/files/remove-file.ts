import { Injectable } from '@nestjs/common';
import { AuditTrail } from '#audit';
import type { PersonActor } from '#platform';
import { Clock, UnitOfWork } from '#platform';

import { applyTransition } from '../../state-machine';
import { DocumentAccess } from '../document-access';
import { documentTable } from '../document-row';
import { nextDraftNo } from '../drafting/next-draft';
import { outgoingMachine } from '../outgoing-machine';
import { fileOf, mayChange } from './add-file';

/** Takes a file out of the draft. Earlier drafts keep it, and its bytes stay readable there. */
@Injectable()
export class RemoveFile {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly documents: DocumentAccess,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
  ) {}

  /** @throws WorkflowError FILE_NOT_FOUND, NOT_YOUR_DRAFT, TRANSITION_NOT_ALLOWED */
  run(actor: PersonActor, documentId: string, fileId: string, version?: number): Promise<void> {
    return this.unitOfWork.run(actor, async (tx) => {
      const row = await this.documents.lock(tx, documentId, version);
      mayChange(tx, actor, row);
      const file = await fileOf(tx, documentId, fileId);
      const now = this.clock.now();
      const draftNo = nextDraftNo(row);
      await applyTransition(tx, outgoingMachine, { ...documentTable, row }, 'revise', {
        draft_no: draftNo,
        changed_at: now,
      });
      await tx.execute('UPDATE workflow.document_file SET removed_at = $2 WHERE id = $1', [fileId, now]);
      await this.audit.record(
        actor,
        {
          action: 'document.file_removed',
          outcome: 'success',
          documentId,
          subject: { type: 'file', id: fileId },
          before: file.sha256,
          details: { role: file.role, draft: draftNo },
        },
        { within: tx },
      );
    });
  }
}

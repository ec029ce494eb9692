import { Injectable } from '@nestjs/common';
import { AuditTrail } from '#audit';
import type { Page, PersonActor } from '#platform';
import { Clock, UnitOfWork } from '#platform';

import { WorkflowError } from '../../errors';
import { applyTransition } from '../../state-machine';
import { DocumentAccess } from '../document-access';
import { documentTable, filesOf } from '../document-row';
import type { FileView } from '../document-view';
import { fileView } from '../document-view';
import { nextDraftNo } from '../drafting/next-draft';
import { outgoingMachine } from '../outgoing-machine';
import { mayChange } from './add-file';

/** Puts the annexes and attachments of a draft into an order; the main file is always the first. */
@Injectable()
export class OrderFiles {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly documents: DocumentAccess,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
  ) {}

  /** @throws WorkflowError FILE_ORDER_INCOMPLETE unless every annex and attachment is named once */
  run(
    actor: PersonActor,
    documentId: string,
    fileIds: readonly string[],
    version?: number,
  ): Promise<Page<FileView>> {
    return this.unitOfWork.run(actor, async (tx) => {
      const row = await this.documents.lock(tx, documentId, version);
      mayChange(tx, actor, row);
      const known = await filesOf(tx, [documentId]);
      const movable = known.filter(({ role }) => role === 'annex' || role === 'attachment');
      const isWhole = movable.length === fileIds.length && movable.every(({ id }) => fileIds.includes(id));
      if (!isWhole) throw new WorkflowError('FILE_ORDER_INCOMPLETE');
      const draftNo = nextDraftNo(row);
      await applyTransition(tx, outgoingMachine, { ...documentTable, row }, 'revise', {
        draft_no: draftNo,
        changed_at: this.clock.now(),
      });
      await tx.execute(
        `UPDATE workflow.document_file f SET position = 1 + t.position
         FROM unnest($2::uuid[]) WITH ORDINALITY AS t (id, position) WHERE f.id = t.id AND f.document_id = $1`,
        [documentId, fileIds],
      );
      await this.audit.record(
        actor,
        {
          action: 'document.files_ordered',
          outcome: 'success',
          documentId,
          details: { files: fileIds.length, draft: draftNo },
        },
        { within: tx },
      );
      return { items: (await filesOf(tx, [documentId])).map(fileView), next: null };
    });
  }
}

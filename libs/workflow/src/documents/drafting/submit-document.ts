import { Injectable } from '@nestjs/common';
import { AuditTrail } from '#audit';
import type { PersonActor, Tx } from '#platform';
import { Clock, UnitOfWork } from '#platform';

import { WorkflowError } from '../../errors';
import { channelRules } from '../../rules';
import { applyTransition } from '../../state-machine';
import { DocumentAccess, requireDrafter } from '../document-access';
import type { DocumentRow, FileRow } from '../document-row';
import { documentTable, filesOf } from '../document-row';
import type { DocumentSummary } from '../document-view';
import { documentSummary } from '../document-view';
import { CheckFormat } from '../form/check-format';
import type { FormatFault } from '../form/format-faults';
import { outgoingMachine } from '../outgoing-machine';
import { nextOnDraft, tellOfDocument } from '../tell-of-document';
import { currentStep } from './review-step';
import type { RecipientRow } from '../recipients/recipient';
import { recipientsOf } from '../recipients/recipient';
import { frozenContent, frozenFile } from './frozen-draft';
import { nextDraftNo } from './next-draft';

/** With what a look at the form of the page found; nothing of it stops the review. */
export interface SubmittedDocument extends DocumentSummary {
  readonly warnings: readonly FormatFault[];
}

/** Freezes "dự thảo lần n" as it stands and opens its review steps in their order. */
@Injectable()
export class SubmitDocument {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly documents: DocumentAccess,
    private readonly format: CheckFormat,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
  ) {}

  async run(actor: PersonActor, documentId: string, version?: number): Promise<SubmittedDocument> {
    const submitted = await this.submit(actor, documentId, version);
    const { items } = await this.format.run(actor, documentId);
    return { ...submitted, warnings: items };
  }

  private submit(actor: PersonActor, documentId: string, version?: number): Promise<DocumentSummary> {
    return this.unitOfWork.run(actor, async (tx) => {
      const row = await this.documents.lock(tx, documentId, version);
      requireDrafter(actor, row);
      const files = await filesOf(tx, [documentId]);
      const recipients = await recipientsOf(tx, documentId);
      const now = this.clock.now();
      const draftNo = nextDraftNo(row);
      const after = await applyTransition(tx, outgoingMachine, { ...documentTable, row }, 'submit', {
        draft_no: draftNo,
        open_steps: row.reviewers.length,
        changed_at: now,
      });
      if (!files.some((file) => file.role === 'main')) throw new WorkflowError('MAIN_FILE_MISSING');
      if (row.reviewers.some(({ personId }) => personId === row.drafter_id))
        throw new WorkflowError('REVIEWER_IS_DRAFTER');
      if (recipients.length === 0) throw new WorkflowError('RECIPIENTS_MISSING');
      const saysWhy = row.paper_reason !== null;
      if (!saysWhy && recipients.some(({ channel }) => channelRules[channel].reason === 'required'))
        throw new WorkflowError('PAPER_REASON_MISSING');
      await freezeDraft(tx, after, { files, recipients, at: now });
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
          action: 'document.submitted',
          outcome: 'success',
          documentId,
          details: { draft: draftNo, steps: row.reviewers.length, files: files.length },
        },
        { within: tx },
      );
      return documentSummary(after);
    });
  }
}

async function freezeDraft(
  tx: Tx,
  row: DocumentRow,
  {
    files,
    recipients,
    at,
  }: { readonly files: readonly FileRow[]; readonly recipients: readonly RecipientRow[]; readonly at: Date },
): Promise<void> {
  const content = frozenContent(row, { recipients, files: files.map(frozenFile) });
  await tx.execute(
    `WITH frozen AS (
       INSERT INTO workflow.draft (document_id, n, content, submitted_at, submitted_by) VALUES ($1, $2, $3, $4, $5)
     )
     INSERT INTO workflow.review_step (document_id, draft_no, position, name, person_id)
     SELECT $1, $2, step.position, step.name, step.person_id
     FROM unnest($6::text[], $7::uuid[]) WITH ORDINALITY AS step (name, person_id, position)`,
    [
      row.id,
      row.draft_no,
      JSON.stringify(content),
      at,
      row.drafter_id,
      row.reviewers.map(({ name }) => name),
      row.reviewers.map(({ personId }) => personId),
    ],
  );
}

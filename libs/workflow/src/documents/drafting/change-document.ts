import { Injectable } from '@nestjs/common';
import { AuditTrail } from '#audit';
import type { PersonActor } from '#platform';
import { Clock, UnitOfWork } from '#platform';

import { applyTransition, nextState } from '../../state-machine';
import { DocumentAccess, requireDrafter } from '../document-access';
import { documentTable } from '../document-row';
import type { DocumentSummary } from '../document-view';
import { documentSummary } from '../document-view';
import { outgoingMachine } from '../outgoing-machine';
import { keepRecipients, recipientsOf } from '../recipients/recipient';
import type { DraftContent } from './draft-rules';
import { contentColumns, contentOf, DraftRules } from './draft-rules';
import { nextDraftNo } from './next-draft';

/** What is to be different; a field left out stays as it is, and null empties one that may be empty. */
export type DraftChanges = { readonly [Field in keyof DraftContent]?: DraftContent[Field] | null };

/** The drafter changes what a draft says; all rules are asked again of the whole. */
@Injectable()
export class ChangeDocument {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly documents: DocumentAccess,
    private readonly rules: DraftRules,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
  ) {}

  run(
    actor: PersonActor,
    documentId: string,
    changes: DraftChanges,
    version?: number,
  ): Promise<DocumentSummary> {
    return this.unitOfWork.run(actor, async (tx) => {
      const row = await this.documents.lock(tx, documentId, version);
      requireDrafter(actor, row);
      nextState(outgoingMachine, row.state, 'revise', { subject: row, actor });
      const content = merged(contentOf(row, await recipientsOf(tx, documentId)), changes);
      const checked = await this.rules.check(tx, actor, content);
      const draftNo = nextDraftNo(row);
      const after = await applyTransition(tx, outgoingMachine, { ...documentTable, row }, 'revise', {
        ...contentColumns(checked),
        draft_no: draftNo,
        changed_at: this.clock.now(),
      });
      const { recipients, paperRecipients = [] } = content;
      await keepRecipients(tx, documentId, { recipients, paperRecipients });
      await this.audit.record(
        actor,
        {
          action: 'document.changed',
          outcome: 'success',
          documentId,
          details: { draft: draftNo, fields: namesOf(changes).join(', ') },
        },
        { within: tx },
      );
      return documentSummary(after);
    });
  }
}

const namesOf = (changes: DraftChanges): string[] =>
  Object.entries(changes).flatMap(([name, value]) => (value === undefined ? [] : [name]));

function merged(present: DraftContent, changes: DraftChanges): DraftContent {
  return {
    bodyId: changes.bodyId ?? present.bodyId,
    typeCode: changes.typeCode ?? present.typeCode,
    abstract: orEmpty(changes.abstract, present.abstract),
    secrecy: changes.secrecy ?? present.secrecy,
    urgency: changes.urgency ?? present.urgency,
    urgencyAt: orEmpty(changes.urgencyAt, present.urgencyAt),
    unitSymbol: orEmpty(changes.unitSymbol, present.unitSymbol),
    signerPostId: changes.signerPostId ?? present.signerPostId,
    capacity: changes.capacity ?? present.capacity,
    recipients: changes.recipients ?? present.recipients,
    paperRecipients: changes.paperRecipients ?? present.paperRecipients,
    paperReason: orEmpty(changes.paperReason, present.paperReason),
    reviewers: changes.reviewers ?? present.reviewers,
  };
}

function orEmpty(change: string | null | undefined, present: string | undefined): string | undefined {
  return change === undefined ? present : (change ?? undefined);
}

import { Injectable } from '@nestjs/common';
import { AuditTrail } from '#audit';
import type { PersonActor } from '#platform';
import { Clock, newId, UnitOfWork } from '#platform';

import { IncomingAccess } from '../exchange/incoming/incoming-access';
import { keepAnswers } from './keep-answers';
import { outgoingMachine } from './outgoing-machine';
import type { DocumentSummary } from './document-view';
import { documentSummary } from './document-view';
import type { CheckedDraft, DraftContent } from './drafting/draft-rules';
import { contentColumns, DraftRules } from './drafting/draft-rules';
import { insertDocument } from './insert-document';
import { keepRecipients } from './recipients/recipient';

/** Opens a draft; whatever the rules say about body, type, signer and marks is asked before anything is kept. */
@Injectable()
export class CreateDocument {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly rules: DraftRules,
    private readonly incoming: IncomingAccess,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
  ) {}

  /** `answers`: incoming documents that it replies to. */
  run(
    actor: PersonActor,
    given: DraftContent & { readonly answers?: readonly string[] },
  ): Promise<DocumentSummary> {
    return this.unitOfWork.run(actor, async (tx) => {
      const checked = await this.rules.check(tx, actor, given);
      const row = await insertDocument(tx, columnsOf(actor, checked, this.clock.now()));
      const { recipients, paperRecipients = [] } = given;
      await keepRecipients(tx, row.id, { recipients, paperRecipients });
      await keepAnswers(tx, this.incoming, row.id, given.answers ?? []);
      await this.audit.record(
        actor,
        {
          action: 'document.created',
          outcome: 'success',
          documentId: row.id,
          details: {
            type: row.type_code,
            body: row.body_id,
            recipients: recipients.length + paperRecipients.length,
          },
        },
        { within: tx },
      );
      return documentSummary(row);
    });
  }
}

function columnsOf(actor: PersonActor, checked: CheckedDraft, now: Date): Record<string, unknown> {
  const { agency } = checked;
  return {
    id: newId(),
    agency_id: agency.id,
    agency_code: agency.code,
    bloc: agency.bloc,
    place: agency.place,
    ...contentColumns(checked),
    state: outgoingMachine.initial,
    drafter_id: actor.personId,
    created_at: now,
    changed_at: now,
  };
}

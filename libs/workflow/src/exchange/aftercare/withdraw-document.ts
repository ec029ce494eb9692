import { Injectable } from '@nestjs/common';

import { AuditTrail } from '#audit';
import type { Signer } from '#pki';
import type { PersonActor, Tx } from '#platform';
import { Clock, isId, JobQueue, newId, UnitOfWork } from '#platform';

import { DocumentAccess, requireOwnAgency } from '../../documents/document-access';
import type { DocumentRow } from '../../documents/document-row';
import { documentTable } from '../../documents/document-row';
import type { DocumentSummary } from '../../documents/document-view';
import { documentSummary } from '../../documents/document-view';
import { outgoingMachine } from '../../documents/outgoing-machine';
import { tellOfDocument } from '../../documents/tell-of-document';
import { WorkflowError } from '../../errors';
import { applyTransition, nextState } from '../../state-machine';
import { ExchangeAgencies } from '../agencies/exchange-agencies';
import { resolveDeadLetter } from '../dead-letters/dead-letter-rows';
import { stateAbout } from '../evidence/state-evidence';
import type { DocumentIdentity } from '../statements/parties';
import { stateAfter, withdrawalMachine } from './aftercare-states';
import type { OutgoingStatement } from './send-statements';
import { sendStatements } from './send-statements';
import { lockDeliveries, subjectsOf } from './sent-deliveries';

/** The three ways in which an issued document stops to be what it was. */
const orders = {
  recall: { event: 'O.1', action: 'document.recalled' },
  correct: { event: 'O.2', action: 'document.corrected' },
  replace: { event: 'O.3', action: 'document.replaced' },
} as const;

export interface Withdrawal {
  readonly order: keyof typeof orders;
  readonly reason: string;
  /** The document that replaces or corrects it; none for a recall. */
  readonly byDocumentId?: string;
}

/** Công văn, in every bloc. */
const officialLetter = 'CV';

/**
 * Thu hồi, thay thế, đính chính: the document changes its state at once, and every recipient that may hold it is told
 * under the agency's signature. What still waits of a recalled or replaced document is not carried any more.
 */
@Injectable()
export class WithdrawDocument {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly documents: DocumentAccess,
    private readonly audit: AuditTrail,
    private readonly agencies: ExchangeAgencies,
    private readonly queue: JobQueue,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws WorkflowError DOCUMENT_NOT_FOUND, VERSION_CONFLICT, TRANSITION_NOT_ALLOWED, REPLACEMENT_NOT_ISSUED,
   * CORRECTION_NOT_A_LETTER
   */
  async run(
    actor: PersonActor,
    documentId: string,
    withdrawal: Withdrawal,
    version?: number,
  ): Promise<DocumentSummary> {
    const signer = await this.agencies.signer(actor.agencyId);
    return this.unitOfWork.run(actor, async (tx) => {
      await lockInOrder(tx, [documentId, withdrawal.byDocumentId]);
      const row = await this.documents.lock(tx, documentId, version);
      nextState(outgoingMachine, row.state, withdrawal.order, { subject: row, actor });
      requireOwnAgency(actor, row);
      const by = await this.successorOf(tx, row, withdrawal);
      const now = this.clock.now();
      const after = await applyTransition(tx, outgoingMachine, { ...documentTable, row }, withdrawal.order, {
        withdrawn_at: now,
        withdrawn_by: actor.personId,
        withdrawal_reason: withdrawal.reason,
        withdrawn_for: by?.documentId ?? null,
        changed_at: now,
      });
      const told = await this.tellRecipients(tx, signer, after, { withdrawal, by, now });
      const { action } = orders[withdrawal.order];
      await tellOfDocument(
        tx,
        after,
        action,
        { people: [row.drafter_id], postId: row.signer_post_id, roles: ['clerk'] },
        now,
      );
      await this.audit.record(
        actor,
        {
          action,
          outcome: 'success',
          documentId,
          reason: withdrawal.reason,
          details: { symbol: row.symbol, recipients: told, by: by?.symbol ?? null },
        },
        { within: tx },
      );
      return documentSummary(after);
    });
  }

  /** The document in whose favour it is withdrawn: issued by the same agency, and for a correction a công văn. */
  private async successorOf(
    tx: Tx,
    row: DocumentRow,
    { order, byDocumentId }: Withdrawal,
  ): Promise<DocumentIdentity | undefined> {
    if (byDocumentId === undefined) return undefined;
    const by = await this.documents.read(tx, byDocumentId);
    const { number_text: number, symbol, issued_on: issuedOn } = by;
    const issued = by.state === 'ISSUED' || by.state === 'CORRECTED';
    if (!issued || by.id === row.id || by.agency_id !== row.agency_id || number === null)
      throw new WorkflowError('REPLACEMENT_NOT_ISSUED');
    if (symbol === null || issuedOn === null) throw new WorkflowError('REPLACEMENT_NOT_ISSUED');
    if (order === 'correct' && by.type_code !== officialLetter)
      throw new WorkflowError('CORRECTION_NOT_A_LETTER');
    return {
      documentId: by.id,
      agencyCode: by.agency_code,
      bodyId: by.body_id,
      typeCode: by.type_code,
      number,
      symbol,
      issuedOn,
    };
  }

  /** Those who refused it or gave it back hold nothing to withdraw. Returns how many are told. */
  private async tellRecipients(
    tx: Tx,
    signer: Signer,
    document: DocumentRow,
    order: {
      readonly withdrawal: Withdrawal;
      readonly by: DocumentIdentity | undefined;
      readonly now: Date;
    },
  ): Promise<number> {
    const { withdrawal, by, now } = order;
    const { event } = orders[withdrawal.order];
    const deliveries = (await lockDeliveries(tx, document.id, null)).filter(
      ({ state, take_back }) => state !== '02' && take_back !== '15',
    );
    const statements: OutgoingStatement[] = [];
    for (const [index, subject] of (await subjectsOf(tx, deliveries)).entries()) {
      const delivery = deliveries[index];
      if (!delivery) continue;
      const details = { reason: withdrawal.reason, ...(by && { by }) };
      const stated = await stateAbout(signer, subject, { id: newId(), event, time: now, details });
      const toCode = delivery.successor_code ?? delivery.recipient_code;
      statements.push({ stated, toCode, nodeId: delivery.node_id, incomingId: null });
      if (delivery.state === 'NON_DELIVERED' && withdrawal.order !== 'correct')
        await resolveDeadLetter(tx, delivery.id, 'settled', now);
    }
    await tx.execute(
      `UPDATE workflow.delivery AS d SET withdrawal = s.withdrawal, withdrawn_at = $3, withdrawal_confirmed_at = NULL,
         version = version + 1
         FROM unnest($1::uuid[], $2::text[]) AS s (id, withdrawal) WHERE d.id = s.id`,
      [
        deliveries.map(({ id }) => id),
        deliveries.map((delivery) => stateAfter(withdrawalMachine, delivery.withdrawal, event)),
        now,
      ],
    );
    await sendStatements(tx, this.queue, document.agency_id, statements, now);
    return statements.length;
  }
}

/**
 * Both documents under a lock before either is judged, always in one order: two that are to replace each other at the
 * same time would otherwise wait for each other, or both be withdrawn.
 */
async function lockInOrder(tx: Tx, ids: readonly (string | undefined)[]): Promise<void> {
  await tx.query('SELECT FROM workflow.document WHERE id = ANY($1::uuid[]) ORDER BY id FOR UPDATE', [
    ids.filter((id) => id !== undefined && isId(id)),
  ]);
}

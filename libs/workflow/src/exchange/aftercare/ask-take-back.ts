import { Injectable } from '@nestjs/common';

import { AuditTrail } from '#audit';
import type { PersonActor, Tx } from '#platform';
import { Clock, JobQueue, newId, UnitOfWork } from '#platform';
import type { Signer } from '#pki';

import { WorkflowError } from '../../errors';
import { nextState } from '../../state-machine';
import { ExchangeAgencies } from '../agencies/exchange-agencies';
import { SubmissionAccess } from '../deliveries/submission-access';
import { stateAbout } from '../evidence/state-evidence';
import type { TakeBackState } from './aftercare-states';
import { takeBackMachine } from './aftercare-states';
import { sendStatements } from './send-statements';
import type { SentDelivery } from './sent-deliveries';
import { lockDeliveries, subjectsOf } from './sent-deliveries';

/**
 * Lấy lại (13): the sender asks one recipient to give a document back. What has not been accepted there yet is given
 * back by itself; a message that still waits is held until the answer. Repeating it asks once.
 */
@Injectable()
export class AskTakeBack {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly access: SubmissionAccess,
    private readonly audit: AuditTrail,
    private readonly agencies: ExchangeAgencies,
    private readonly queue: JobQueue,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws WorkflowError DOCUMENT_NOT_FOUND, DELIVERY_NOT_FOUND, TAKE_BACK_NOT_POSSIBLE, TAKE_BACK_WAS_REFUSED
   */
  async run(
    actor: PersonActor,
    documentId: string,
    { recipientId, reason }: { readonly recipientId: string; readonly reason: string },
  ): Promise<{ readonly takeBack: TakeBackState }> {
    const signer = await this.agencies.signer(actor.agencyId);
    return this.unitOfWork.run(actor, async (tx) => {
      const submission = await this.access.read(tx, documentId);
      const [delivery] = submission ? await lockDeliveries(tx, documentId, recipientId) : [];
      if (!delivery) throw new WorkflowError('DELIVERY_NOT_FOUND');
      if (delivery.take_back === '13' || delivery.take_back === '15') return { takeBack: delivery.take_back };
      if (delivery.take_back === '16') throw new WorkflowError('TAKE_BACK_WAS_REFUSED');
      if (delivery.state === '02' || delivery.withdrawal !== 'IN_FORCE')
        throw new WorkflowError('TAKE_BACK_NOT_POSSIBLE');
      await this.ask(tx, signer, delivery, reason);
      return { takeBack: '13' };
    });
  }

  private async ask(tx: Tx, signer: Signer, delivery: SentDelivery, reason: string): Promise<void> {
    const { to } = nextState(takeBackMachine, delivery.take_back, 'X.13', {
      subject: delivery,
      actor: tx.actor,
    });
    const now = this.clock.now();
    const [subject] = await subjectsOf(tx, [delivery]);
    if (!subject) throw new Error('a delivery without a subject');
    const stated = await stateAbout(signer, subject, {
      id: newId(),
      event: 'X.13',
      time: now,
      details: { reason },
    });
    await tx.execute(
      'UPDATE workflow.delivery SET take_back = $2, take_back_asked_at = $3, version = version + 1 WHERE id = $1',
      [delivery.id, to, now],
    );
    const toCode = delivery.successor_code ?? delivery.recipient_code;
    await sendStatements(
      tx,
      this.queue,
      delivery.sender_agency_id,
      [{ stated, toCode, nodeId: delivery.node_id, incomingId: null }],
      now,
    );
    await this.audit.record(
      tx.actor,
      {
        action: 'delivery.take_back_asked',
        outcome: 'success',
        documentId: delivery.document_id,
        subject: { type: 'delivery', id: delivery.id },
        reason,
        details: { messageId: delivery.message_id, recipient: toCode, evidenceId: stated.evidence.id },
      },
      { within: tx },
    );
  }
}

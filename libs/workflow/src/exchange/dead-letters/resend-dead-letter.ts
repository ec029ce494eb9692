import { Injectable } from '@nestjs/common';

import { AuditTrail } from '#audit';
import type { PersonActor, Tx } from '#platform';
import { Clock, isId, JobQueue, UnitOfWork } from '#platform';

import { WorkflowError } from '../../errors';
import { deliverQueue, returnQueue } from '../queues';
import type { DeliverJob, ReturnJob } from '../queues';
import { resolveDeadLetter } from './dead-letter-rows';

interface LetterRow {
  readonly kind: 'delivery' | 'evidence';
  readonly subject_id: string;
  readonly agency_id: string;
  readonly document_id: string;
  readonly message_id: string;
  readonly counterpart: string;
  readonly resolved_at: Date | null;
}

/** Sends a dead letter again: the same message, byte by byte, with all its tries anew. */
@Injectable()
export class ResendDeadLetter {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditTrail,
    private readonly queue: JobQueue,
    private readonly clock: Clock,
  ) {}

  /** @throws WorkflowError DEAD_LETTER_NOT_FOUND, DEAD_LETTER_CLOSED */
  async run(actor: PersonActor, id: string): Promise<void> {
    await this.unitOfWork.run(actor, async (tx) => {
      const letter = await this.find(tx, actor, id);
      const now = this.clock.now();
      if (letter.kind === 'delivery') await this.requeueDelivery(tx, letter.subject_id, now);
      else await this.requeueReturn(tx, letter.subject_id, now);
      await resolveDeadLetter(tx, letter.subject_id, 'resent', now);
      await this.audit.record(
        actor,
        {
          action: 'delivery.resent',
          outcome: 'success',
          documentId: letter.document_id,
          subject: { type: 'dead-letter', id },
          details: { kind: letter.kind, messageId: letter.message_id, counterpart: letter.counterpart },
        },
        { within: tx },
      );
    });
  }

  private async find(tx: Tx, actor: PersonActor, id: string): Promise<LetterRow> {
    const [letter] = isId(id)
      ? await tx.query<LetterRow>(
          `SELECT kind, subject_id, agency_id, document_id, message_id, counterpart, resolved_at
             FROM workflow.dead_letter WHERE id = $1`,
          [id],
        )
      : [];
    if (letter?.agency_id !== actor.agencyId) {
      if (letter) {
        await this.audit.record(actor, {
          action: 'access.denied',
          outcome: 'denied',
          documentId: letter.document_id,
          subject: { type: 'dead-letter', id },
          concernedAgencyId: letter.agency_id,
          code: 'DEAD_LETTER_NOT_FOUND',
        });
      }
      throw new WorkflowError('DEAD_LETTER_NOT_FOUND');
    }
    if (letter.resolved_at !== null) throw new WorkflowError('DEAD_LETTER_CLOSED');
    return letter;
  }

  private async requeueDelivery(tx: Tx, deliveryId: string, now: Date): Promise<void> {
    const moved = await tx.execute(
      `UPDATE workflow.delivery SET state = 'QUEUED', attempts = 0, last_error = NULL, next_attempt_at = $2, version = version + 1
        WHERE id = $1 AND state = 'NON_DELIVERED'`,
      [deliveryId, now],
    );
    if (moved !== 1) throw new WorkflowError('DEAD_LETTER_CLOSED');
    const job: DeliverJob = { deliveryIds: [deliveryId] };
    await this.queue.enqueue(tx, deliverQueue, job);
  }

  private async requeueReturn(tx: Tx, evidenceReturnId: string, now: Date): Promise<void> {
    const moved = await tx.execute(
      `UPDATE workflow.evidence_return SET state = 'QUEUED', attempts = 0, last_error = NULL, next_attempt_at = $2
        WHERE id = $1 AND state = 'FAILED'`,
      [evidenceReturnId, now],
    );
    if (moved !== 1) throw new WorkflowError('DEAD_LETTER_CLOSED');
    const job: ReturnJob = { evidenceReturnId };
    await this.queue.enqueue(tx, returnQueue, job);
  }
}

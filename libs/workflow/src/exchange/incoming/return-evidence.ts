import { Injectable } from '@nestjs/common';

import { AuditTrail } from '#audit';
import type { SystemActor } from '#platform';
import { Clock, JobQueue, newId, UnitOfWork } from '#platform';

import { ExchangeAgencies } from '../agencies/exchange-agencies';
import { openDeadLetter } from '../dead-letters/dead-letter-rows';
import { ExchangeSettings } from '../exchange-settings';
import { envelopeBytes } from '../messages/envelope';
import { returnQueue } from '../queues';
import type { ReturnJob } from '../queues';
import { failureCode, isDatabaseAway, nextStep } from '../transport/retry';
import { Transports } from '../transport/transports';

interface ReturnRow {
  readonly id: string;
  readonly agency_id: string;
  readonly document_id: string;
  readonly message_id: string;
  readonly to_code: string;
  readonly node_id: string;
  readonly der: Uint8Array;
  readonly attempts: number;
}

const columns = 'id, agency_id, document_id, message_id, to_code, node_id, der, attempts';

/** Carries what a recipient stated (C.3, C.4, X.04 to X.06) back to the sender. Safe to repeat. */
@Injectable()
export class ReturnEvidence {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditTrail,
    private readonly agencies: ExchangeAgencies,
    private readonly queue: JobQueue,
    private readonly clock: Clock,
    private readonly transports: Transports,
    private readonly settings: ExchangeSettings,
  ) {}

  /** Throws only when the database is away. */
  async return(job: ReturnJob): Promise<void> {
    const actor: SystemActor = { kind: 'system', service: 'worker', requestId: newId() };
    const [row] = await this.unitOfWork.statement<ReturnRow>(
      actor,
      `SELECT ${columns} FROM workflow.evidence_return WHERE id = $1 AND state = 'QUEUED'`,
      [job.evidenceReturnId],
    );
    if (!row) return;
    try {
      // The sender may have moved to another node since its message came.
      const nodeId = (await this.agencies.nodeOf(row.to_code)) ?? row.node_id;
      await this.transports.deliver(nodeId, {
        files: [],
        envelope: envelopeBytes({ kind: 'evidence', evidence: row.der }),
      });
    } catch (error) {
      if (isDatabaseAway(error)) throw error;
      await this.recordFailure(actor, row.id, error);
      return;
    }
    // Lost in a crash, it is only sent once more, which changes nothing there.
    await this.unitOfWork.statement(
      actor,
      `UPDATE workflow.evidence_return SET state = 'SENT', sent_at = $2, last_error = NULL WHERE id = $1 AND state = 'QUEUED'`,
      [row.id, this.clock.now()],
      { durability: 'relaxed' },
    );
  }

  private async recordFailure(actor: SystemActor, id: string, error: unknown): Promise<void> {
    const now = this.clock.now();
    const code = failureCode(error);
    await this.unitOfWork.run(actor, async (tx) => {
      const [row] = await tx.query<ReturnRow>(
        `SELECT ${columns} FROM workflow.evidence_return WHERE id = $1 AND state = 'QUEUED' FOR UPDATE`,
        [id],
      );
      if (!row) return;
      const attempts = row.attempts + 1;
      const step = nextStep(error, attempts, this.settings, now);
      await tx.execute(
        'UPDATE workflow.evidence_return SET attempts = $2, last_error = $3, state = $4, next_attempt_at = $5 WHERE id = $1',
        [
          id,
          attempts,
          code,
          step.kind === 'give-up' ? 'FAILED' : 'QUEUED',
          step.kind === 'retry' ? step.at : now,
        ],
      );
      if (step.kind === 'retry') {
        const job: ReturnJob = { evidenceReturnId: id };
        await this.queue.enqueue(tx, returnQueue, job, { startAfter: step.at });
        return;
      }
      await openDeadLetter(
        tx,
        {
          kind: 'evidence',
          subjectId: id,
          agencyId: row.agency_id,
          documentId: row.document_id,
          messageId: row.message_id,
          counterpart: row.to_code,
          code,
          attempts,
        },
        now,
      );
      await this.audit.record(
        actor,
        {
          action: 'delivery.dead_lettered',
          outcome: 'failed',
          documentId: row.document_id,
          agencyId: row.agency_id,
          subject: { type: 'evidence-return', id },
          code,
          details: { messageId: row.message_id, recipient: row.to_code, attempts },
        },
        { within: tx },
      );
    });
  }
}

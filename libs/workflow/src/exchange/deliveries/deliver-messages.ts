import { Injectable } from '@nestjs/common';

import { AuditTrail } from '#audit';
import type { SystemActor } from '#platform';
import { BlobStore, Clock, JobQueue, newId, UnitOfWork } from '#platform';

import { ExchangeAgencies } from '../agencies/exchange-agencies';
import { lanePriority } from '../../rules/express-lane';
import { openDeadLetter } from '../dead-letters/dead-letter-rows';
import { ExchangeError } from '../exchange-error';
import { ExchangeSettings } from '../exchange-settings';
import { envelopeBytes } from '../messages/envelope';
import { deliverQueue } from '../queues';
import type { DeliverJob } from '../queues';
import { failureCode, isDatabaseAway, nextStep } from '../transport/retry';
import type { OfferedFile } from '../transport/transport';
import { Transports } from '../transport/transports';
import { deliveryAfter, stillToCarry } from './delivery-states';
import type { DeliveryState } from './delivery-states';
import { RecordEvidence } from './record-evidence';
import { tellOfDelivery } from './tell-of-delivery';

interface WaitingDelivery {
  readonly id: string;
  readonly node_id: string;
  readonly recipient_agency_id: string;
  readonly message_id: string;
  readonly manifest_cms: Uint8Array;
  readonly submission: Uint8Array;
  readonly files: readonly { readonly sha256: string; readonly size: number; readonly blobId: string }[];
}

interface FailedDelivery {
  readonly id: string;
  readonly document_id: string;
  readonly sender_agency_id: string;
  readonly recipient_code: string;
  readonly recipient_name: string;
  readonly message_id: string;
  readonly state: DeliveryState;
  readonly attempts: number;
  readonly urgency: number;
  readonly express: boolean;
}

/**
 * Carries waiting messages to their node and keeps what the recipient states about them. Safe to repeat at
 * any point: the receiving side takes a message once, and a delivery moves by its table under a row lock.
 */
@Injectable()
export class DeliverMessages {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditTrail,
    private readonly blobs: BlobStore,
    private readonly queue: JobQueue,
    private readonly clock: Clock,
    private readonly transports: Transports,
    private readonly recordEvidence: RecordEvidence,
    private readonly agencies: ExchangeAgencies,
    private readonly settings: ExchangeSettings,
  ) {}

  /**
   * One job: each message succeeds or fails by itself. Throws only when the database is away. Stops between two
   * messages when the job has lapsed: another worker has it then.
   */
  async deliver(job: DeliverJob, signal?: AbortSignal): Promise<void> {
    const actor: SystemActor = { kind: 'system', service: 'worker', requestId: newId() };
    const waiting = await this.unitOfWork.statement<WaitingDelivery>(actor, selectWaiting, [job.deliveryIds]);
    const files = new Map<string, Promise<Uint8Array>>();
    for (const delivery of waiting) {
      if (signal?.aborted === true) return;
      try {
        await this.deliverOne(actor, delivery, files);
      } catch (error) {
        if (isDatabaseAway(error)) throw error;
        await this.recordFailure(actor, delivery.id, error);
      }
    }
  }

  private async deliverOne(
    actor: SystemActor,
    delivery: WaitingDelivery,
    files: Map<string, Promise<Uint8Array>>,
  ): Promise<void> {
    const envelope = envelopeBytes({
      kind: 'document',
      manifest: delivery.manifest_cms,
      submission: delivery.submission,
    });
    // The recipient may have been merged, or have moved to another node, since the message was made.
    const nodeId =
      (await this.agencies.answeringFor(delivery.recipient_agency_id))?.nodeId ?? delivery.node_id;
    const answer = await this.transports.deliver(nodeId, {
      envelope,
      files: delivery.files.map((file) => this.offer(file, files)),
    });
    if (answer.outcome === 'recorded')
      throw new ExchangeError('PEER_REFUSED', 'a document was answered as if it were evidence');
    await this.recordEvidence.fromAnswer(actor, delivery.message_id, answer.evidence);
  }

  /** Bytes are read at most once per job, and only when the receiving side lacks them. */
  private offer(file: WaitingDelivery['files'][number], read: Map<string, Promise<Uint8Array>>): OfferedFile {
    const bytes = (): Promise<Uint8Array> => {
      const held = read.get(file.blobId) ?? this.blobs.get(file.blobId);
      read.set(file.blobId, held);
      return held;
    };
    return { sha256: file.sha256, size: file.size, bytes };
  }

  /** Counts the try; queues the next one or lays the message into the dead letters, in one transaction. */
  private async recordFailure(actor: SystemActor, deliveryId: string, error: unknown): Promise<void> {
    const now = this.clock.now();
    const code = failureCode(error);
    await this.unitOfWork.run(actor, async (tx) => {
      const [row] = await tx.query<FailedDelivery>(
        `SELECT id, document_id, sender_agency_id, recipient_code, recipient_name, message_id, state, attempts, urgency, express
           FROM workflow.delivery WHERE id = $1 AND state IN ('QUEUED', 'SENT') FOR UPDATE`,
        [deliveryId],
      );
      // Its evidence arrived meanwhile by another way.
      if (!row) return;
      const attempts = row.attempts + 1;
      const step = nextStep(error, attempts, this.settings, now);
      const state = step.kind === 'give-up' ? (deliveryAfter(row.state, 'gave-up') ?? row.state) : row.state;
      await tx.execute(
        `UPDATE workflow.delivery SET attempts = $2, last_error = $3, state = $4, next_attempt_at = $5, version = version + 1 WHERE id = $1`,
        [row.id, attempts, code, state, step.kind === 'retry' ? step.at : now],
      );
      if (step.kind === 'retry') {
        const job: DeliverJob = { deliveryIds: [row.id] };
        await this.queue.enqueue(tx, deliverQueue, job, {
          startAfter: step.at,
          priority: lanePriority(row),
        });
        return;
      }
      await openDeadLetter(
        tx,
        {
          kind: 'delivery',
          subjectId: row.id,
          agencyId: row.sender_agency_id,
          documentId: row.document_id,
          messageId: row.message_id,
          counterpart: row.recipient_code,
          code,
          attempts,
        },
        now,
      );
      await tellOfDelivery(tx, row, 'delivery.failed', now);
      await this.audit.record(
        actor,
        {
          action: 'delivery.dead_lettered',
          outcome: 'failed',
          documentId: row.document_id,
          agencyId: row.sender_agency_id,
          subject: { type: 'delivery', id: row.id },
          code,
          details: { messageId: row.message_id, recipient: row.recipient_code, attempts },
        },
        { within: tx },
      );
    });
  }
}

const selectWaiting = `
  SELECT d.id, d.node_id, d.recipient_agency_id, d.message_id, d.manifest_cms, e.der AS submission,
         (SELECT jsonb_agg(jsonb_build_object('sha256', f.sha256, 'size', f.size, 'blobId', f.blob_id) ORDER BY f.position)
            FROM workflow.submission_file f WHERE f.document_id = d.document_id) AS files
    FROM workflow.delivery d
    JOIN workflow.evidence e
      ON e.holder_agency_id = d.sender_agency_id AND e.message_id = d.message_id AND e.event = 'A.1'
   WHERE d.id = ANY($1) AND ${stillToCarry}
   ORDER BY d.created_at, d.id`;

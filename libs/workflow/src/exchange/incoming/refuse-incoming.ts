import { Injectable } from '@nestjs/common';

import { AuditTrail } from '#audit';
import type { PersonActor } from '#platform';
import { Clock, JobQueue, newId, UnitOfWork } from '#platform';

import { WorkflowError } from '../../errors';
import { ExchangeAgencies } from '../agencies/exchange-agencies';
import { stateEvidence } from '../evidence/state-evidence';
import { parseManifest } from '../messages/manifest';
import { returnQueue } from '../queues';
import type { ReturnJob } from '../queues';
import { IncomingAccess } from './incoming-access';
import { speakingFor } from './speaking-for';
import { settleIncoming } from './settle-incoming';

/** Từ chối tiếp nhận (status 02) with a reason the sender will read; the agency states so (evidence C.4). */
@Injectable()
export class RefuseIncoming {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly access: IncomingAccess,
    private readonly audit: AuditTrail,
    private readonly agencies: ExchangeAgencies,
    private readonly queue: JobQueue,
    private readonly clock: Clock,
  ) {}

  /** @throws WorkflowError INCOMING_NOT_FOUND, INCOMING_ALREADY_ACCEPTED, INCOMING_ON_PAPER */
  async run(actor: PersonActor, incomingId: string, reason: string): Promise<void> {
    const signer = await this.agencies.signer(actor.agencyId);
    await this.unitOfWork.run(actor, async (tx) => {
      const row = await this.access.lockElectronic(tx, incomingId);
      if (row.state === '02') return;
      if (row.state !== '01') throw new WorkflowError('INCOMING_ALREADY_ACCEPTED');
      const now = this.clock.now();
      const stated = await stateEvidence(
        signer,
        { manifest: parseManifest(row.manifest), manifestSha256: row.manifest_sha256 },
        {
          id: newId(),
          event: 'C.4',
          time: now,
          details: { reason, ...(await speakingFor(this.agencies, row)) },
        },
      );
      const returnId = await settleIncoming(tx, {
        row,
        event: 'C.4',
        stated,
        personId: actor.personId,
        now,
        reason,
        arrival: null,
      });
      const job: ReturnJob = { evidenceReturnId: returnId };
      await this.queue.enqueue(tx, returnQueue, job);
      await this.audit.record(
        actor,
        {
          action: 'delivery.refused',
          outcome: 'success',
          documentId: row.document_id,
          subject: { type: 'incoming', id: row.id },
          reason,
          details: { messageId: row.message_id, evidenceId: stated.evidence.id },
        },
        { within: tx },
      );
    });
  }
}

import { Injectable } from '@nestjs/common';
import type { Signer } from '#pki';
import type { PersonActor, Tx } from '#platform';
import { Clock, isId, JobQueue, newId, UnitOfWork } from '#platform';

import { ExchangeAgencies } from '../exchange/agencies/exchange-agencies';
import { stateEvidence } from '../exchange/evidence/state-evidence';
import type { LockedElectronicRow, LockedRow } from '../exchange/incoming/incoming-access';
import type { HandlingEvidence, IncomingState } from '../exchange/incoming/incoming-states';
import { incomingMachine } from '../exchange/incoming/incoming-states';
import { speakingFor } from '../exchange/incoming/speaking-for';
import { parseManifest } from '../exchange/messages/manifest';
import type { ReturnJob } from '../exchange/queues';
import { returnQueue } from '../exchange/queues';
import { nextState } from '../state-machine';

const statusOf = { 'X.04': '04', 'X.05': '05', 'X.06': '06' } as const satisfies Record<
  HandlingEvidence,
  IncomingState
>;

/**
 * Tells the sender that its document was assigned (04), is in progress (05) or completed (06), under the agency's
 * signature. Said once each and never taken back, however often the document is assigned again inside. Of a paper
 * the status is kept, and nobody is told.
 */
@Injectable()
export class StateStatus {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly agencies: ExchangeAgencies,
    private readonly queue: JobQueue,
    private readonly clock: Clock,
  ) {}

  /** The key that states it, fetched before the unit of work; undefined where nothing will be stated. */
  async signerFor(actor: PersonActor, incomingId: string): Promise<Signer | undefined> {
    const rows = isId(incomingId)
      ? await this.unitOfWork.statement(
          actor,
          `SELECT FROM workflow.incoming WHERE id = $1 AND agency_id = $2 AND source = 'electronic'`,
          [incomingId, actor.agencyId],
        )
      : [];
    return rows.length === 0 ? undefined : this.agencies.signer(actor.agencyId);
  }

  /** Answers the status as it stands then. */
  async state(
    tx: Tx,
    incoming: LockedRow,
    event: HandlingEvidence,
    signer: Signer | undefined,
  ): Promise<IncomingState> {
    if (incoming.state >= statusOf[event]) return incoming.state;
    const { to } = nextState(incomingMachine, incoming.state, event, { subject: incoming, actor: tx.actor });
    await tx.execute('UPDATE workflow.incoming SET state = $2, version = version + 1 WHERE id = $1', [
      incoming.id,
      to,
    ]);
    if (incoming.source === 'electronic') {
      if (!signer) throw new Error(`no evidence key for agency ${incoming.agency_id}`);
      await this.tell(tx, incoming, event, signer);
    }
    return to;
  }

  private async tell(
    tx: Tx,
    incoming: LockedElectronicRow,
    event: HandlingEvidence,
    signer: Signer,
  ): Promise<void> {
    const now = this.clock.now();
    const { evidence, der } = await stateEvidence(
      signer,
      { manifest: parseManifest(incoming.manifest), manifestSha256: incoming.manifest_sha256 },
      { id: newId(), event, time: now, details: await speakingFor(this.agencies, incoming) },
    );
    const job: ReturnJob = { evidenceReturnId: newId() };
    await tx.execute(
      `WITH stated AS (
         INSERT INTO workflow.evidence
           (holder_agency_id, evidence_id, message_id, document_id, event, stated_by, event_time, recorded_at, der)
         VALUES ($3, $4, $5, $6, $7, $8, $9, $9, $10)
       )
       INSERT INTO workflow.evidence_return
         (id, incoming_id, agency_id, document_id, message_id, to_code, node_id, der, next_attempt_at, created_at)
       VALUES ($1, $2, $3, $6, $5, $11, $12, $10, $9, $9)`,
      [
        job.evidenceReturnId,
        incoming.id,
        incoming.agency_id,
        evidence.id,
        incoming.message_id,
        incoming.document_id,
        event,
        evidence.statedBy,
        now,
        Buffer.from(der),
        incoming.sender_code,
        incoming.source_node,
      ],
    );
    await this.queue.enqueue(tx, returnQueue, job);
  }
}

import { Injectable } from '@nestjs/common';

import { AuditTrail } from '#audit';
import type { Tx } from '#platform';
import { Clock, UnitOfWork } from '#platform';

import { ExchangeAgencies } from '../agencies/exchange-agencies';
import { resolveDeadLetter } from '../dead-letters/dead-letter-rows';
import { tellOfDelivery } from '../deliveries/tell-of-delivery';
import type { Evidence } from '../evidence/evidence';
import { mismatch } from '../evidence/verify-evidence';
import { ExchangeError } from '../exchange-error';
import type { MessageSource } from '../transport/transport';
import { stateAfter, takeBackMachine } from './aftercare-states';
import type { SentDelivery } from './sent-deliveries';
import { lockDeliveryOf } from './sent-deliveries';

const orderOf = { 'OK.1': 'O.1', 'OK.2': 'O.2', 'OK.3': 'O.3' } as const;

/** The sender's side: what a recipient answers to taking back, and that it carried an order out. */
@Injectable()
export class RecordAnswer {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditTrail,
    private readonly agencies: ExchangeAgencies,
    private readonly clock: Clock,
  ) {}

  /** @throws ExchangeError EVIDENCE_WRONG_AGENCY, EVIDENCE_MISMATCH, EVIDENCE_UNEXPECTED */
  async run(source: MessageSource, evidence: Evidence, der: Uint8Array): Promise<void> {
    const stater = await this.agencies.inForceByCode(evidence.statedBy);
    if (stater?.nodeId !== source.nodeId)
      throw new ExchangeError(
        'EVIDENCE_WRONG_AGENCY',
        `${evidence.statedBy} does not live on ${source.nodeId}`,
      );
    await this.unitOfWork.run(source.actor, (tx) => this.record(tx, evidence, der));
  }

  private async record(tx: Tx, evidence: Evidence, der: Uint8Array): Promise<void> {
    const row = await lockDeliveryOf(tx, evidence.messageId);
    if (!row)
      throw new ExchangeError('EVIDENCE_MISMATCH', `no message ${evidence.messageId} was sent from here`);
    const fault = await this.faultOf(row, evidence);
    if (fault) throw fault;
    const held = await heldOf(tx, row, evidence.event);
    if (held === evidence.id) return;
    if (held !== undefined)
      throw new ExchangeError('EVIDENCE_UNEXPECTED', `other evidence of ${evidence.event} is kept already`);
    const now = this.clock.now();
    if (evidence.event === 'X.15' || evidence.event === 'X.16')
      await this.answered(tx, row, evidence, evidence.event);
    else await this.confirmed(tx, row, evidence);
    await keep(tx, row, evidence, { der, now });
    await this.audit.record(
      tx.actor,
      {
        action: 'delivery.evidence_received',
        outcome: 'success',
        documentId: row.document_id,
        agencyId: row.sender_agency_id,
        subject: { type: 'delivery', id: row.id },
        details: {
          messageId: row.message_id,
          recipient: row.recipient_code,
          event: evidence.event,
          evidenceId: evidence.id,
        },
      },
      { within: tx },
    );
  }

  private async faultOf(row: SentDelivery, evidence: Evidence): Promise<ExchangeError | undefined> {
    const fault = mismatch(evidence, {
      messageId: row.message_id,
      manifestSha256: row.manifest_sha256,
      sender: evidence.parties.sender.code,
      recipient: row.recipient_code,
    });
    if (fault) return new ExchangeError('EVIDENCE_MISMATCH', fault.message);
    if (evidence.successor === undefined) return undefined;
    const answering = await this.agencies.answeringFor(row.recipient_agency_id);
    return answering?.code === evidence.successor.code
      ? undefined
      : new ExchangeError(
          'EVIDENCE_WRONG_AGENCY',
          `${evidence.successor.code} does not answer for ${row.recipient_code}`,
        );
  }

  private async answered(
    tx: Tx,
    row: SentDelivery,
    evidence: Evidence,
    event: 'X.15' | 'X.16',
  ): Promise<void> {
    const takeBack = stateAfter(takeBackMachine, row.take_back, event);
    if (takeBack === undefined)
      throw new ExchangeError('EVIDENCE_UNEXPECTED', `taking back stands at ${row.take_back}`);
    await tx.execute(
      `UPDATE workflow.delivery SET take_back = $2, take_back_answered_at = $3, take_back_refusal = $4,
         version = version + 1 WHERE id = $1`,
      [row.id, takeBack, new Date(evidence.time), evidence.reason ?? null],
    );
    const now = this.clock.now();
    if (takeBack === '15' && row.state === 'NON_DELIVERED')
      await resolveDeadLetter(tx, row.id, 'settled', now);
    const kind = takeBack === '15' ? 'delivery.take_back_agreed' : 'delivery.take_back_refused';
    await tellOfDelivery(tx, row, kind, now);
  }

  private async confirmed(tx: Tx, row: SentDelivery, evidence: Evidence): Promise<void> {
    const order = orderOf[evidence.event as keyof typeof orderOf];
    if ((await heldOf(tx, row, order)) === undefined)
      throw new ExchangeError('EVIDENCE_UNEXPECTED', `${evidence.event} without an order`);
    await tx.execute(
      'UPDATE workflow.delivery SET withdrawal_confirmed_at = $2, version = version + 1 WHERE id = $1',
      [row.id, new Date(evidence.time)],
    );
  }
}

async function heldOf(tx: Tx, row: SentDelivery, event: string): Promise<string | undefined> {
  const [held] = await tx.query<{ evidence_id: string }>(
    'SELECT evidence_id FROM workflow.evidence WHERE holder_agency_id = $1 AND message_id = $2 AND event = $3',
    [row.sender_agency_id, row.message_id, event],
  );
  return held?.evidence_id;
}

async function keep(
  tx: Tx,
  row: SentDelivery,
  evidence: Evidence,
  { der, now }: { readonly der: Uint8Array; readonly now: Date },
): Promise<void> {
  await tx.execute(
    `INSERT INTO workflow.evidence
       (holder_agency_id, evidence_id, message_id, document_id, event, stated_by, event_time, recorded_at, der)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      row.sender_agency_id,
      evidence.id,
      evidence.messageId,
      row.document_id,
      evidence.event,
      evidence.statedBy,
      new Date(evidence.time),
      now,
      Buffer.from(der),
    ],
  );
}

import type { Tx } from '#platform';

import type { Urgency } from '../../rules/marks';
import type { Deadline } from '../deadlines/deadline';
import type { Evidence } from '../evidence/evidence';
import { mismatch } from '../evidence/verify-evidence';
import { ExchangeError } from '../exchange-error';
import type { DeliveryState } from './delivery-states';

/** A delivery as a piece of evidence finds it. */
export interface ProvedDelivery {
  readonly id: string;
  readonly document_id: string;
  readonly sender_agency_id: string;
  readonly sender_code: string;
  readonly recipient_agency_id: string;
  readonly recipient_code: string;
  readonly successor_code: string | null;
  readonly recipient_name: string;
  readonly message_id: string;
  readonly manifest_sha256: string;
  readonly state: DeliveryState;
  readonly attempts: number;
  readonly urgency: Urgency;
  readonly urgency_at: Date | null;
  readonly escalated: number;
  /** Given back, recalled or replaced: that it does not arrive is what was wanted. */
  readonly withheld: boolean;
  /** The sender has asked for it back and has no answer yet. */
  readonly asked_back: boolean;
  /** Evidence of the same event that is kept already. */
  readonly held: string | null;
}

/**
 * What is held is read in a statement of its own, after the lock: one that waits for the lock sees the row as it is
 * then, but everything else as it was before it waited.
 *
 * @throws ExchangeError EVIDENCE_MISMATCH
 */
export async function lockProvedDelivery(tx: Tx, evidence: Evidence): Promise<ProvedDelivery> {
  const [row] = await tx.query<Omit<ProvedDelivery, 'held'>>(
    `SELECT id, document_id, sender_agency_id, sender_code, recipient_agency_id, recipient_code, recipient_name, successor_code,
            message_id, manifest_sha256, state, attempts,
            urgency, urgency_at, escalated,
            take_back = '15' OR withdrawal IN ('RECALLED', 'REPLACED') AS withheld, take_back = '13' AS asked_back
       FROM workflow.delivery WHERE message_id = $1 FOR UPDATE`,
    [evidence.messageId],
  );
  if (!row)
    throw new ExchangeError('EVIDENCE_MISMATCH', `no message ${evidence.messageId} was sent from here`);
  const fault = mismatch(evidence, {
    messageId: row.message_id,
    manifestSha256: row.manifest_sha256,
    sender: row.sender_code,
    recipient: row.recipient_code,
  });
  if (fault) throw new ExchangeError('EVIDENCE_MISMATCH', fault.message);
  const [kept] = await tx.query<{ evidence_id: string }>(
    'SELECT evidence_id FROM workflow.evidence WHERE holder_agency_id = $1 AND message_id = $2 AND event = $3',
    [row.sender_agency_id, row.message_id, evidence.event],
  );
  return { ...row, held: kept?.evidence_id ?? null };
}

/** Keeps the evidence and moves the delivery, in one statement. */
export async function keepEvidence(
  tx: Tx,
  {
    row,
    evidence,
    der,
    states,
    now,
    deadline,
  }: {
    readonly row: ProvedDelivery;
    readonly evidence: Evidence;
    readonly der: Uint8Array;
    /** Those the delivery passes through. */
    readonly states: readonly DeliveryState[];
    readonly now: Date;
    readonly deadline: Deadline | null;
  },
): Promise<void> {
  await tx.execute(
    `WITH kept AS (
       INSERT INTO workflow.evidence
         (holder_agency_id, evidence_id, message_id, document_id, event, stated_by, event_time, recorded_at, der)
       VALUES ($2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING
     )
     UPDATE workflow.delivery SET
       state = $11, version = version + 1, last_error = NULL,
       sent_at = CASE WHEN $12 THEN $9 ELSE sent_at END,
       consigned_at = CASE WHEN $6 = 'D.1' THEN $8 ELSE consigned_at END,
       settled_at = CASE WHEN $6 IN ('C.3', 'C.4') THEN $8 ELSE settled_at END,
       refusal_reason = CASE WHEN $6 = 'C.4' THEN $13 ELSE refusal_reason END,
       arrival_number = CASE WHEN $6 = 'C.3' THEN $14::integer ELSE arrival_number END,
       arrival_date = CASE WHEN $6 = 'C.3' THEN $15::date ELSE arrival_date END,
       ack_due_at = coalesce($16, ack_due_at),
       escalate_at = CASE WHEN $16::timestamptz IS NULL THEN escalate_at ELSE $17 END
     WHERE id = $1`,
    [
      row.id,
      row.sender_agency_id,
      evidence.id,
      evidence.messageId,
      row.document_id,
      evidence.event,
      evidence.statedBy,
      new Date(evidence.time),
      now,
      Buffer.from(der),
      states.at(-1) ?? row.state,
      states.includes('SENT'),
      evidence.reason ?? null,
      evidence.arrival?.number ?? null,
      evidence.arrival?.date ?? null,
      deadline?.due ?? null,
      deadline?.escalateAt ?? null,
    ],
  );
}

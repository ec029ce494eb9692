import { Injectable } from '@nestjs/common';

import { AuditTrail } from '#audit';
import type { Agency } from '#directory';
import type { Actor, Tx } from '#platform';
import { Clock, UnitOfWork } from '#platform';

import { TrustService } from '../../trust/trust-service';
import { ExchangeAgencies } from '../agencies/exchange-agencies';
import { openDeadLetter, resolveDeadLetter } from '../dead-letters/dead-letter-rows';
import type { Urgency } from '../../rules/marks';
import type { Deadline } from '../deadlines/deadline';
import { deadlineOf } from '../deadlines/deadline';
import { ExchangeError } from '../exchange-error';
import { ExchangeSettings } from '../exchange-settings';
import { believedEvidence } from '../evidence/believed-evidence';
import type { Evidence } from '../evidence/evidence';
import { evidenceEvents } from '../evidence/evidence';
import { mismatch } from '../evidence/verify-evidence';
import type { MessageSource } from '../transport/transport';
import type { DeliveryEvent, DeliveryState } from './delivery-states';
import { deliveryAfter, isBehind } from './delivery-states';
import { recogniseSuccessor } from './recognise-successor';
import { tellOfDelivery } from './tell-of-delivery';

interface DeliveryRow {
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
  /** Evidence of the same event that is kept already. */
  readonly held: string | null;
}

/** The sender's side of what recipients state: verified, kept, and the delivery moved by its table. */
@Injectable()
export class RecordEvidence {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditTrail,
    private readonly agencies: ExchangeAgencies,
    private readonly clock: Clock,
    private readonly trust: TrustService,
    private readonly settings: ExchangeSettings,
  ) {}

  /**
   * Believed evidence that came as a message of its own.
   *
   * @throws ExchangeError EVIDENCE_WRONG_AGENCY, EVIDENCE_MISMATCH, EVIDENCE_UNEXPECTED
   */
  async fromNode(source: MessageSource, evidence: Evidence, der: Uint8Array): Promise<void> {
    requireOfRecipient(evidence);
    const stater = await this.agencies.inForceByCode(evidence.statedBy);
    if (stater?.nodeId !== source.nodeId) {
      throw new ExchangeError(
        'EVIDENCE_WRONG_AGENCY',
        `${evidence.statedBy} does not live on ${source.nodeId}`,
      );
    }
    await this.unitOfWork.run(source.actor, (tx) => this.record(tx, evidence, der, []));
  }

  /** Evidence that a transport brought back as the answer to a message: handing it over is proved with it. */
  async fromAnswer(actor: Actor, messageId: string, der: Uint8Array): Promise<void> {
    const evidence = await believedEvidence(der, await this.trust.material(), this.clock.now());
    requireOfRecipient(evidence);
    if (evidence.messageId !== messageId)
      throw new ExchangeError('EVIDENCE_MISMATCH', 'the answer is about another message');
    await this.unitOfWork.run(actor, (tx) => this.record(tx, evidence, der, ['handed-over']));
  }

  private async record(
    tx: Tx,
    evidence: Evidence,
    der: Uint8Array,
    before: readonly DeliveryEvent[],
  ): Promise<void> {
    const row = await lockDelivery(tx, evidence);
    const successor = await this.successorFor(row, evidence);
    if (row.held !== null && row.held !== evidence.id) {
      throw new ExchangeError('EVIDENCE_UNEXPECTED', `other evidence of ${evidence.event} is kept already`);
    }
    const events: readonly DeliveryEvent[] = [...before, evidence.event as DeliveryEvent];
    const states = walk(row.state, events);
    const after = states.at(-1) ?? row.state;
    if (row.held !== null && after === row.state) return;
    if (!states.includes(after) && !mayBeLate(row.state, evidence)) {
      throw new ExchangeError('EVIDENCE_UNEXPECTED', `${evidence.event} contradicts state ${row.state}`);
    }
    const now = this.clock.now();
    await keep(tx, { row, evidence, der, states, now, deadline: this.deadlineFrom(row, evidence) });
    if (successor !== undefined && successor.code !== row.successor_code) {
      const signer = await this.agencies.signer(row.sender_agency_id);
      await recogniseSuccessor(tx, signer, row, { successor, now });
    }
    if (row.state === 'NON_DELIVERED' && after !== 'NON_DELIVERED')
      await resolveDeadLetter(tx, row.id, 'settled', now);
    if (row.state !== 'NON_DELIVERED' && after === 'NON_DELIVERED' && !row.withheld)
      await this.giveUp(tx, row, evidence, now);
    if (states.includes('03') && evidence.event === 'C.3')
      await tellOfDelivery(tx, row, 'delivery.accepted', now);
    if (states.includes('02')) await tellOfDelivery(tx, row, 'delivery.refused', now);
    await this.audited(tx, row, evidence, states);
  }

  /** Who speaks in the place of the recipient; undefined when it speaks for itself. */
  private async successorFor(row: DeliveryRow, { successor }: Evidence): Promise<Agency | undefined> {
    if (successor === undefined) return undefined;
    const answering = await this.agencies.answeringFor(row.recipient_agency_id);
    if (answering?.code === successor.code) return answering;
    throw new ExchangeError(
      'EVIDENCE_WRONG_AGENCY',
      `${successor.code} does not answer for ${row.recipient_code}`,
    );
  }

  /** Time to answer runs from the arrival that the recipient states; until then from the submission. */
  private deadlineFrom(row: DeliveryRow, evidence: Evidence): Deadline | null {
    if (evidence.event !== 'D.1') return null;
    const from = new Date(evidence.time);
    const timed = { urgency: row.urgency, urgencyAt: row.urgency_at, from };
    return deadlineOf(timed, this.settings, { told: row.escalated, now: from });
  }

  private async giveUp(tx: Tx, row: DeliveryRow, evidence: Evidence, now: Date): Promise<void> {
    const code = evidence.reason ?? evidence.event;
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
        attempts: row.attempts + 1,
      },
      now,
    );
    await tellOfDelivery(tx, row, 'delivery.failed', now);
  }

  private async audited(
    tx: Tx,
    row: DeliveryRow,
    evidence: Evidence,
    states: readonly DeliveryState[],
  ): Promise<void> {
    const about = {
      documentId: row.document_id,
      agencyId: row.sender_agency_id,
      subject: { type: 'delivery', id: row.id },
      details: {
        messageId: row.message_id,
        recipient: row.recipient_code,
        ...(evidence.successor && { successor: evidence.successor.code }),
      },
    };
    if (states.includes('SENT')) {
      await this.audit.record(
        tx.actor,
        { action: 'delivery.sent', outcome: 'success', ...about },
        { within: tx },
      );
    }
    await this.audit.record(
      tx.actor,
      {
        action: 'delivery.evidence_received',
        outcome: 'success',
        ...about,
        details: { ...about.details, event: evidence.event, evidenceId: evidence.id },
      },
      { within: tx },
    );
    if (states.at(-1) === 'NON_DELIVERED') {
      await this.audit.record(
        tx.actor,
        {
          action: 'delivery.dead_lettered',
          outcome: 'failed',
          ...about,
          code: evidence.reason ?? evidence.event,
        },
        { within: tx },
      );
    }
  }
}

/** @throws ExchangeError EVIDENCE_UNEXPECTED */
function requireOfRecipient({ event }: Evidence): void {
  if (evidenceEvents[event].statedBy !== 'recipient')
    throw new ExchangeError('EVIDENCE_UNEXPECTED', `${event} is not for the recipient to state`);
}

/**
 * What is held is read in a statement of its own, after the lock: one that waits for the lock sees the row as it is
 * then, but everything else as it was before it waited.
 */
async function lockDelivery(tx: Tx, evidence: Evidence): Promise<DeliveryRow> {
  const [row] = await tx.query<Omit<DeliveryRow, 'held'>>(
    `SELECT id, document_id, sender_agency_id, sender_code, recipient_agency_id, recipient_code, recipient_name, successor_code,
            message_id, manifest_sha256, state, attempts,
            urgency, urgency_at, escalated,
            take_back IN ('13', '15') OR withdrawal IN ('RECALLED', 'REPLACED') AS withheld
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

/** The states that the events lead through; events that the table does not know from there are passed over. */
function walk(from: DeliveryState, events: readonly DeliveryEvent[]): readonly DeliveryState[] {
  const states: DeliveryState[] = [];
  for (const event of events) {
    const next = deliveryAfter(states.at(-1) ?? from, event);
    if (next !== undefined) states.push(next);
  }
  return states;
}

/** What came before may become known after what came later: kept, and nothing changes. */
function mayBeLate(state: DeliveryState, { event }: Evidence): boolean {
  return isBehind(evidenceEvents[event].status, state) || (event === 'D.2' && state === 'NON_DELIVERED');
}

async function keep(
  tx: Tx,
  {
    row,
    evidence,
    der,
    states,
    now,
    deadline,
  }: {
    readonly row: DeliveryRow;
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

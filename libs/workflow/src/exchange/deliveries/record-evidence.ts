import { Injectable } from '@nestjs/common';

import { AuditTrail } from '#audit';
import type { Agency } from '#directory';
import type { Actor, Tx } from '#platform';
import { Clock, UnitOfWork } from '#platform';

import { TrustService } from '../../trust/trust-service';
import { ExchangeAgencies } from '../agencies/exchange-agencies';
import { openDeadLetter, resolveDeadLetter } from '../dead-letters/dead-letter-rows';
import type { Deadline } from '../deadlines/deadline';
import { deadlineOf } from '../deadlines/deadline';
import { ExchangeError } from '../exchange-error';
import { ExchangeSettings } from '../exchange-settings';
import { believedEvidence } from '../evidence/believed-evidence';
import type { Evidence } from '../evidence/evidence';
import { evidenceEvents } from '../evidence/evidence';
import type { MessageSource } from '../transport/transport';
import type { DeliveryEvent, DeliveryState } from './delivery-states';
import { deliveryAfter, isBehind } from './delivery-states';
import type { ProvedDelivery } from './proved-delivery';
import { keepEvidence, lockProvedDelivery } from './proved-delivery';
import { recogniseSuccessor } from './recognise-successor';
import { tellOfDelivery } from './tell-of-delivery';

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
    const row = await lockProvedDelivery(tx, evidence);
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
    await keepEvidence(tx, { row, evidence, der, states, now, deadline: this.deadlineFrom(row, evidence) });
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
  private async successorFor(row: ProvedDelivery, { successor }: Evidence): Promise<Agency | undefined> {
    if (successor === undefined) return undefined;
    const answering = await this.agencies.answeringFor(row.recipient_agency_id);
    if (answering?.code === successor.code) return answering;
    throw new ExchangeError(
      'EVIDENCE_WRONG_AGENCY',
      `${successor.code} does not answer for ${row.recipient_code}`,
    );
  }

  /** Time to answer runs from the arrival that the recipient states; until then from the submission. */
  private deadlineFrom(row: ProvedDelivery, evidence: Evidence): Deadline | null {
    if (evidence.event !== 'D.1') return null;
    const from = new Date(evidence.time);
    const timed = { urgency: row.urgency, urgencyAt: row.urgency_at, from };
    return deadlineOf(timed, this.settings, { told: row.escalated, now: from });
  }

  private async giveUp(tx: Tx, row: ProvedDelivery, evidence: Evidence, now: Date): Promise<void> {
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
    // Whoever asked for it back waits for that answer, which settles the letter as well.
    if (!row.asked_back) await tellOfDelivery(tx, row, 'delivery.failed', now);
  }

  private async audited(
    tx: Tx,
    row: ProvedDelivery,
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

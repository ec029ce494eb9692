import { Injectable } from '@nestjs/common';

import { AuditTrail } from '#audit';
import type { Agency } from '#directory';
import type { Signer } from '#pki';
import type { Tx } from '#platform';
import { Clock, Config, JobQueue, newId, UnitOfWork } from '#platform';

import { ExchangeAgencies } from '../agencies/exchange-agencies';
import type { Evidence, EvidenceDetails, EvidenceEvent } from '../evidence/evidence';
import { stateAbout } from '../evidence/state-evidence';
import { ExchangeError } from '../exchange-error';
import type { MessageSource } from '../transport/transport';
import type { WithdrawalEvent } from './aftercare-states';
import { isFrozen, stateAfter, takeBackMachine, withdrawalMachine } from './aftercare-states';
import type { Copy } from './copies';
import { lockCopyOf, tellOfCopy } from './copies';
import { sendStatements } from './send-statements';

/** An order of a sender, with its bytes. */
interface Order {
  readonly source: MessageSource;
  readonly evidence: Evidence;
  readonly der: Uint8Array;
  readonly agency: Agency;
  readonly signer: Signer;
  readonly now: Date;
}

const carriedOut = { 'O.1': 'OK.1', 'O.2': 'OK.2', 'O.3': 'OK.3' } as const;
const told = {
  RECALLED: 'incoming.recalled',
  REPLACED: 'incoming.replaced',
  CORRECTED: 'incoming.corrected',
} as const;

/**
 * The recipient's side of what a sender orders after the issue: taking back (X.13), recall, correction, replacement (O.1
 * to O.3). Carried out and answered in one transaction, once, however often the order comes. An order that overtakes its
 * document closes the inbox for it: the document is then answered with failure and never comes in. A correction lets its
 * document in and has to come again after it.
 */
@Injectable()
export class ReceiveOrder {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditTrail,
    private readonly agencies: ExchangeAgencies,
    private readonly queue: JobQueue,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  /** @throws ExchangeError MESSAGE_WRONG_SENDER, RECIPIENT_NOT_HERE, EVIDENCE_UNEXPECTED, EVIDENCE_MISMATCH, DOCUMENT_NOT_ARRIVED */
  async run(source: MessageSource, evidence: Evidence, der: Uint8Array): Promise<void> {
    const sender = await this.agencies.inForceByCode(evidence.statedBy);
    if (sender?.nodeId !== source.nodeId)
      throw new ExchangeError(
        'MESSAGE_WRONG_SENDER',
        `${evidence.statedBy} does not live on ${source.nodeId}`,
      );
    const { code } = evidence.parties.recipient;
    const agency = await this.agencies.answeringForCode(code);
    if (agency?.nodeId !== this.config.nodeId)
      throw new ExchangeError('RECIPIENT_NOT_HERE', `${code} does not live on ${this.config.nodeId}`);
    const signer = await this.agencies.signer(agency.id);
    const order: Order = { source, evidence, der, agency, signer, now: this.clock.now() };
    await this.unitOfWork.run(source.actor, (tx) => this.carryOut(tx, order));
  }

  private async carryOut(tx: Tx, order: Order): Promise<void> {
    const { evidence } = order;
    await this.closeInbox(tx, order);
    const copy = await lockCopyOf(tx, evidence.parties.sender.code, evidence.messageId);
    const holder = copy?.agency_id ?? order.agency.id;
    if (!(await keepOnce(tx, holder, order))) return;
    if (evidence.event === 'X.13') await this.takeBack(tx, order, copy);
    else await this.withdraw(tx, order, evidence.event as WithdrawalEvent, copy);
    await this.audit.record(
      tx.actor,
      {
        action: 'delivery.order_received',
        outcome: 'success',
        documentId: evidence.document.documentId,
        agencyId: holder,
        subject: copy ? { type: 'incoming', id: copy.id } : { type: 'message', id: evidence.messageId },
        ...(evidence.reason !== undefined && { reason: evidence.reason }),
        details: {
          messageId: evidence.messageId,
          event: evidence.event,
          evidenceId: evidence.id,
          sender: evidence.statedBy,
        },
      },
      { within: tx },
    );
  }

  /**
   * Takes the place of a document that has not come: whoever inserts first wins, the other waits for that and sees it.
   *
   * @throws ExchangeError EVIDENCE_MISMATCH; DOCUMENT_NOT_ARRIVED for a correction, which corrects nothing here yet
   */
  private async closeInbox(tx: Tx, { evidence, agency, signer, source, now }: Order): Promise<void> {
    const key = [evidence.parties.sender.code, evidence.messageId];
    const [known] = await tx.query<{ manifest_sha256: string }>(
      'SELECT manifest_sha256 FROM workflow.inbox WHERE sender_code = $1 AND message_id = $2',
      key,
    );
    if (known && known.manifest_sha256 !== evidence.manifestSha256)
      throw new ExchangeError('EVIDENCE_MISMATCH', `${evidence.event} is about another content`);
    if (known) return;
    if (evidence.event === 'O.2')
      throw new ExchangeError('DOCUMENT_NOT_ARRIVED', `${evidence.messageId} has not come yet`, {
        retry: 'worth-retrying',
      });
    const details = { reason: 'MESSAGE_WITHDRAWN', ...speaking(agency, evidence) };
    const answer = await stateAbout(signer, evidence, { id: newId(), event: 'D.2', time: now, details });
    await tx.execute(
      `INSERT INTO workflow.inbox
         (sender_code, message_id, agency_id, manifest_sha256, outcome, answer, source_node, received_at)
       VALUES ($1, $2, $3, $4, 'rejected', $5, $6, $7) ON CONFLICT DO NOTHING`,
      [...key, agency.id, evidence.manifestSha256, Buffer.from(answer.der), source.nodeId, now],
    );
  }

  /** Granted by itself before 03; afterwards a person of the recipient decides. */
  private async takeBack(tx: Tx, order: Order, copy: Copy | undefined): Promise<void> {
    const { evidence, now } = order;
    if (!copy) {
      await this.answer(tx, order, 'X.15', undefined);
      return;
    }
    const asked = stateAfter(takeBackMachine, copy.take_back, 'X.13');
    if (asked === undefined)
      throw new ExchangeError('EVIDENCE_UNEXPECTED', `taking back stands at ${copy.take_back}`);
    const granted = copy.state < '03';
    const takeBack = granted ? (stateAfter(takeBackMachine, asked, 'X.15') ?? asked) : asked;
    await tx.execute(
      `UPDATE workflow.incoming SET take_back = $2, take_back_reason = $3, take_back_asked_at = $4,
         frozen_at = CASE WHEN $2 = '15' THEN coalesce(frozen_at, $4) ELSE frozen_at END, version = version + 1
       WHERE id = $1`,
      [copy.id, takeBack, evidence.reason ?? null, now],
    );
    await tellOfCopy(tx, copy, granted ? 'incoming.taken_back' : 'incoming.take_back_asked', now);
    if (granted) await this.answer(tx, order, 'X.15', copy);
  }

  private async withdraw(
    tx: Tx,
    order: Order,
    event: WithdrawalEvent,
    copy: Copy | undefined,
  ): Promise<void> {
    const { evidence, now } = order;
    const withdrawal = copy && stateAfter(withdrawalMachine, copy.withdrawal, event);
    if (copy && withdrawal !== undefined && withdrawal !== 'IN_FORCE') {
      const frozen = isFrozen({ takeBack: copy.take_back, withdrawal });
      await tx.execute(
        `UPDATE workflow.incoming SET withdrawal = $2, withdrawal_reason = $3, withdrawn_at = $4, withdrawn_for = $5::jsonb,
           frozen_at = CASE WHEN $6 THEN coalesce(frozen_at, $4) END, version = version + 1
         WHERE id = $1`,
        [
          copy.id,
          withdrawal,
          evidence.reason ?? null,
          now,
          evidence.by ? JSON.stringify(evidence.by) : null,
          frozen,
        ],
      );
      await tellOfCopy(tx, copy, told[withdrawal], now);
    }
    await this.answer(tx, order, carriedOut[event], copy);
  }

  private async answer(
    tx: Tx,
    { agency, signer, evidence, source, now }: Order,
    event: EvidenceEvent,
    copy: Copy | undefined,
  ): Promise<void> {
    const details = speaking(agency, evidence);
    const stated = await stateAbout(signer, evidence, { id: newId(), event, time: now, details });
    const toCode = evidence.parties.sender.code;
    await sendStatements(
      tx,
      this.queue,
      copy?.agency_id ?? agency.id,
      [{ stated, toCode, nodeId: source.nodeId, incomingId: copy?.id ?? null }],
      now,
    );
  }
}

/** What an agency says of itself where the message was meant for one that it succeeded. */
function speaking({ code, name }: Agency, evidence: Evidence): Pick<EvidenceDetails, 'successor'> {
  return code === evidence.parties.recipient.code ? {} : { successor: { code, name } };
}

/** False when the order was carried out before. */
async function keepOnce(tx: Tx, holder: string, { evidence, der, now }: Order): Promise<boolean> {
  const [held] = await tx.query<{ evidence_id: string }>(
    'SELECT evidence_id FROM workflow.evidence WHERE holder_agency_id = $1 AND message_id = $2 AND event = $3',
    [holder, evidence.messageId, evidence.event],
  );
  if (held?.evidence_id === evidence.id) return false;
  if (held)
    throw new ExchangeError('EVIDENCE_UNEXPECTED', `another ${evidence.event} was carried out already`);
  const kept = await tx.execute(
    `INSERT INTO workflow.evidence
       (holder_agency_id, evidence_id, message_id, document_id, event, stated_by, event_time, recorded_at, der)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING`,
    [
      holder,
      evidence.id,
      evidence.messageId,
      evidence.document.documentId,
      evidence.event,
      evidence.statedBy,
      new Date(evidence.time),
      now,
      Buffer.from(der),
    ],
  );
  // The same order at the same moment by another way: that transaction has carried it out.
  return kept === 1;
}

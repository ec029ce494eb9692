import { Injectable } from '@nestjs/common';

import { AuditTrail } from '#audit';
import type { Agency } from '#directory';
import { Clock, Config, newId, UnitOfWork, vietnamDate } from '#platform';

import { secrecyRules } from '../../rules/marks';
import type { SearchEntry } from '../../search/search-entry';
import { writeSearchEntry } from '../../search/search-entry';
import { TrustService } from '../../trust/trust-service';
import { ExchangeAgencies } from '../agencies/exchange-agencies';
import { ReceiveStatements } from '../aftercare/receive-statements';
import type { Deadline } from '../deadlines/deadline';
import { deadlineOf } from '../deadlines/deadline';
import type { ExchangeErrorCode } from '../exchange-error';
import { ExchangeError } from '../exchange-error';
import { ExchangeSettings } from '../exchange-settings';
import { stateEvidence } from '../evidence/state-evidence';
import type { StatedEvidence } from '../evidence/state-evidence';
import type { Answer, Envelope } from '../messages/envelope';
import { parseEnvelope } from '../messages/envelope';
import type { MessageSource, ReceivingSide } from '../transport/transport';
import { consignMessage } from './consign-message';
import { tellOfArrival } from './tell-of-arrival';
import { openMessage } from './open-message';
import type { OpenedMessage } from './open-message';
import { ReceivedFiles } from './received-files';
import type { ReceivedFile } from './received-files';

/**
 * Where every message arrives, from this node or another. Authenticates it, compares its files with what
 * it says, writes it once and answers with the recipient agency's signed statement. What cannot be
 * authenticated is refused and recorded; nothing is stated about it.
 */
@Injectable()
export class ReceiveMessages implements ReceivingSide {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditTrail,
    private readonly agencies: ExchangeAgencies,
    private readonly files: ReceivedFiles,
    private readonly statements: ReceiveStatements,
    private readonly clock: Clock,
    private readonly config: Config,
    private readonly trust: TrustService,
    private readonly settings: ExchangeSettings,
  ) {}

  async missingFiles(source: MessageSource, digests: readonly string[]): Promise<readonly string[]> {
    const held = await this.files.find(source, digests);
    return digests.filter((sha256) => !held.has(sha256));
  }

  putFile(source: MessageSource, sha256: string, bytes: Uint8Array): Promise<void> {
    return this.files.put(source, sha256, bytes);
  }

  async receive(source: MessageSource, bytes: Uint8Array): Promise<Answer> {
    try {
      const envelope = parseEnvelope(bytes);
      if (envelope.kind === 'document') return await this.receiveDocument(source, envelope);
      await this.statements.run(source, envelope.evidence);
      return { outcome: 'recorded' };
    } catch (error) {
      if (error instanceof ExchangeError && error.retry === 'final') await this.recordRefusal(source, error);
      throw error;
    }
  }

  private async receiveDocument(
    source: MessageSource,
    envelope: Extract<Envelope, { kind: 'document' }>,
  ): Promise<Answer> {
    const now = this.clock.now();
    const message = await openMessage(envelope, await this.trust.material(), now);
    await this.checkSender(source, message);
    const recipient = await this.recipientOf(message);
    const files = await this.files.find(
      source,
      message.manifest.files.map(({ sha256 }) => sha256),
    );
    const rejection = rejectionOf(message, files);
    if (rejection === 'MESSAGE_FILE_MISSING') {
      throw new ExchangeError('MESSAGE_FILE_MISSING', 'files have to be sent before their message', {
        retry: 'worth-retrying',
      });
    }
    const answer = await this.state(recipient, message, rejection, now);
    const consignment = {
      agencyId: recipient.id,
      sourceNode: source.nodeId,
      message,
      envelope,
      answer,
      files,
      now,
      deadline: this.deadlineOf(message, now),
    };
    const repeated = await this.unitOfWork.run(source.actor, async (tx) => {
      const { effect, incomingId } = await consignMessage(tx, consignment);
      if (effect === 'repeated') return { effect };
      if (rejection === undefined) {
        await tellOfArrival(tx, consignment, incomingId);
        await writeSearchEntry(tx, searchEntryOf(incomingId, recipient, message, now));
      }
      await this.audit.record(
        source.actor,
        {
          action: 'delivery.arrived',
          outcome: rejection === undefined ? 'success' : 'failed',
          documentId: message.manifest.document.documentId,
          agencyId: recipient.id,
          subject:
            rejection === undefined
              ? { type: 'incoming', id: incomingId }
              : { type: 'message', id: message.manifest.id },
          ...(rejection === undefined ? {} : { code: rejection }),
          details: {
            messageId: message.manifest.id,
            sender: message.manifest.sender.code,
            sourceNode: source.nodeId,
            ...(answer.evidence.successor && { meantFor: message.manifest.recipient.code }),
          },
        },
        { within: tx },
      );
      return { effect };
    });
    if (repeated.effect === 'repeated') return this.answerGivenBefore(source, message);
    return { outcome: rejection === undefined ? 'consigned' : 'rejected', evidence: answer.der };
  }

  private deadlineOf({ manifest }: OpenedMessage, from: Date): Deadline {
    const { urgency, urgencyAt } = manifest.marks;
    return deadlineOf(
      { urgency, urgencyAt: urgencyAt === null ? null : new Date(urgencyAt), from },
      this.settings,
    );
  }

  /** The sending agency must live on the node that the transport proved. */
  private async checkSender(source: MessageSource, { manifest }: OpenedMessage): Promise<void> {
    const sender = await this.agencies.inForceByCode(manifest.sender.code);
    if (sender?.nodeId !== source.nodeId) {
      throw new ExchangeError(
        'MESSAGE_WRONG_SENDER',
        `${manifest.sender.code} does not live on ${source.nodeId}`,
      );
    }
  }

  /** The recipient, or whoever has succeeded it since the message was made. */
  private async recipientOf({ manifest }: OpenedMessage): Promise<Agency> {
    const recipient = await this.agencies.answeringForCode(manifest.recipient.code);
    if (recipient?.nodeId !== this.config.nodeId) {
      throw new ExchangeError(
        'RECIPIENT_NOT_HERE',
        `${manifest.recipient.code} does not live on ${this.config.nodeId}, nor does a successor of it`,
      );
    }
    return recipient;
  }

  private async state(
    recipient: Agency,
    message: OpenedMessage,
    rejection: ExchangeErrorCode | undefined,
    time: Date,
  ): Promise<StatedEvidence> {
    const signer = await this.agencies.signer(recipient.id);
    const { counts, recipient: meantFor } = message.manifest;
    const { code, name } = recipient;
    const successor = code === meantFor.code ? {} : { successor: { code, name } };
    return stateEvidence(signer, message, {
      id: newId(),
      time,
      ...(rejection === undefined
        ? { event: 'D.1', details: { counts, ...successor } }
        : { event: 'D.2', details: { reason: rejection, ...successor } }),
    });
  }

  private async answerGivenBefore(
    source: MessageSource,
    { manifest, manifestSha256 }: OpenedMessage,
  ): Promise<Answer> {
    const [row] = await this.unitOfWork.statement<{
      manifest_sha256: string;
      outcome: 'consigned' | 'rejected';
      answer: Uint8Array;
    }>(
      source.actor,
      'SELECT manifest_sha256, outcome, answer FROM workflow.inbox WHERE sender_code = $1 AND message_id = $2',
      [manifest.sender.code, manifest.id],
    );
    if (!row) throw new Error(`message ${manifest.id} is neither new nor in the inbox`);
    if (row.manifest_sha256 !== manifestSha256) {
      throw new ExchangeError('MESSAGE_ID_REUSED', `message ${manifest.id} came before with another content`);
    }
    return { outcome: row.outcome, evidence: row.answer };
  }

  private recordRefusal(source: MessageSource, error: ExchangeError): Promise<void> {
    return this.audit.record(source.actor, {
      action: 'transport.refused',
      outcome: 'denied',
      code: error.code,
      details: { sourceNode: source.nodeId },
    });
  }
}

/** What an arrival is found by until it gets its number. */
function searchEntryOf(id: string, recipient: Agency, { manifest }: OpenedMessage, now: Date): SearchEntry {
  const { document, sender, marks, abstract } = manifest;
  const number = /^\d{1,9}/.exec(document.number)?.[0];
  return {
    id,
    agencyId: recipient.id,
    kind: 'incoming',
    date: vietnamDate(now),
    secrecy: marks.secrecy,
    symbol: document.symbol,
    typeCode: document.typeCode,
    abstract,
    numbers: number === undefined ? [] : [Number(number)],
    parties: [sender.name],
    people: [],
  };
}

/** Why an authenticated message cannot be consigned: what came is not what its manifest says. */
function rejectionOf(
  message: OpenedMessage,
  files: ReadonlyMap<string, ReceivedFile>,
): ExchangeErrorCode | undefined {
  const { manifest } = message;
  if (secrecyRules[manifest.marks.secrecy].handled !== 'yes') return 'MESSAGE_SECRECY_NOT_HANDLED';
  for (const { sha256, size, pages } of manifest.files) {
    const file = files.get(sha256);
    if (!file) return 'MESSAGE_FILE_MISSING';
    if (file.size !== size) return 'MESSAGE_FILE_MISMATCH';
    if (file.pages !== pages) return 'MESSAGE_PAGE_COUNT_MISMATCH';
  }
  return undefined;
}

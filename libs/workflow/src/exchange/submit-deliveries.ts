import { Injectable } from '@nestjs/common';

import type { Agency } from '#directory';
import type { Signer } from '#pki';
import type { Tx } from '#platform';
import { Clock, JobQueue, newId } from '#platform';

import { WorkflowError } from '../errors';
import { base64, sha256Hex } from '../bytes-as-text';
import type { IssuedDocument } from '../issued-document';
import { carryingPriority, isExpress } from '../rules/express-lane';
import { secrecyRules } from '../rules/marks';
import { ExchangeAgencies } from './agencies/exchange-agencies';
import type { Deadline } from './deadlines/deadline';
import { deadlineOf } from './deadlines/deadline';
import { stateEvidence } from './evidence/state-evidence';
import { ExchangeSettings } from './exchange-settings';
import { identityOf, makeManifest, manifestBytes } from './messages/manifest';
import { deliverQueue, deliveriesPerJob } from './queues';
import type { DeliverJob } from './queues';
import type { Party } from './statements/parties';
import { signStatement } from './statements/signed-statement';

/** A document given to the exchange at the moment it is issued. */
export interface SubmitDeliveriesInput {
  readonly documentId: string;
  /** Recipient agencies, without repetition, in the order of the document. */
  readonly recipients: readonly string[];
  readonly issued: IssuedDocument;
}

interface Addressed {
  readonly recipient: Agency;
  /** Where whoever answers for the recipient lives. */
  readonly nodeId: string;
}

interface PreparedDelivery extends Addressed {
  readonly id: string;
  readonly messageId: string;
  readonly manifestCms: Uint8Array;
  readonly manifestSha256: string;
  readonly evidenceId: string;
  readonly evidenceDer: Uint8Array;
}

/**
 * Takes an issued document over: one signed message and one evidence of submission (A.1) per recipient, and
 * the jobs that carry them, all in the transaction that issues the document.
 */
@Injectable()
export class SubmitDeliveries {
  constructor(
    private readonly agencies: ExchangeAgencies,
    private readonly queue: JobQueue,
    private readonly clock: Clock,
    private readonly settings: ExchangeSettings,
  ) {}

  /**
   * Computes signatures inside the transaction, with a key that is held in memory; nothing is fetched over the network.
   *
   * @throws WorkflowError RECIPIENT_UNKNOWN (with one field problem per recipient), RECIPIENTS_MISSING,
   * SECRECY_NOT_SUPPORTED, DELIVERY_ALREADY_SUBMITTED
   */
  async submitDeliveries(tx: Tx, input: SubmitDeliveriesInput): Promise<void> {
    const { issued } = input;
    if (secrecyRules[issued.secrecy].handled !== 'yes') throw new WorkflowError('SECRECY_NOT_SUPPORTED');
    const recipients = await this.recipientsOf(input.recipients);
    const sender = await this.agencies.inForceById(issued.agencyId);
    if (!sender) throw new Error(`the sending agency ${issued.agencyId} is not in force`);
    const signer = await this.agencies.signer(sender.id);
    const now = this.clock.now();
    const deliveries: PreparedDelivery[] = [];
    for (const [index, { recipient, nodeId }] of recipients.entries()) {
      const message = { issued, sender, recipient, now, index: index + 1, of: recipients.length };
      deliveries.push({ ...(await prepare(signer, message)), nodeId });
    }
    const { urgency, urgencyAt } = issued;
    const deadline = deadlineOf({ urgency, urgencyAt, from: now }, this.settings);
    await insert(tx, input, sender, deliveries, { now, deadline });
    await this.enqueue(tx, deliveries, issued);
  }

  /**
   * The agencies that the document names, and where those live that answer for them: one that was merged since the
   * document was drafted is still named, and its successor gets the message.
   */
  private async recipientsOf(ids: readonly string[]): Promise<readonly Addressed[]> {
    if (ids.length === 0) throw new WorkflowError('RECIPIENTS_MISSING');
    const found = await Promise.all(ids.map((id) => this.addressed(id)));
    const unknown = ids.flatMap((id, index) => (found[index] ? [] : [{ id, index }]));
    if (unknown.length === 0) return found.filter((recipient) => recipient !== undefined);
    throw new WorkflowError('RECIPIENT_UNKNOWN', {
      errors: unknown.map(({ id, index }) => ({
        field: `recipients[${index}]`,
        code: 'RECIPIENT_UNKNOWN',
        vi: `Nơi nhận ${id} không có trong danh bạ hoặc đã kết thúc hoạt động mà không có cơ quan kế thừa.`,
        en: `Recipient ${id} is not in the directory or has ended without a successor.`,
      })),
    });
  }

  private async addressed(id: string): Promise<Addressed | undefined> {
    const answering = await this.agencies.answeringFor(id);
    const recipient = answering?.id === id ? answering : answering && (await this.agencies.byId(id));
    return answering && recipient && { recipient, nodeId: answering.nodeId };
  }

  /** Jobs per node, so that a dead node holds up its own messages only. */
  private async enqueue(
    tx: Tx,
    deliveries: readonly PreparedDelivery[],
    issued: IssuedDocument,
  ): Promise<void> {
    const options = { priority: carryingPriority(issued) };
    const byNode = Map.groupBy(deliveries, ({ nodeId }) => nodeId);
    for (const there of byNode.values()) {
      for (let at = 0; at < there.length; at += deliveriesPerJob) {
        const job: DeliverJob = { deliveryIds: there.slice(at, at + deliveriesPerJob).map(({ id }) => id) };
        await this.queue.enqueue(tx, deliverQueue, job, options);
      }
    }
  }
}

async function prepare(
  signer: Signer,
  input: {
    readonly issued: IssuedDocument;
    readonly sender: Agency;
    readonly recipient: Agency;
    readonly now: Date;
    readonly index: number;
    readonly of: number;
  },
): Promise<Omit<PreparedDelivery, 'nodeId'>> {
  const { issued, sender, recipient, now, index, of } = input;
  const manifest = makeManifest(issued, {
    id: newId(),
    createdAt: now,
    sender: partyOf(sender),
    recipient: partyOf(recipient),
  });
  const bytes = manifestBytes(manifest);
  const manifestSha256 = sha256Hex(bytes);
  const { evidence, der } = await stateEvidence(
    signer,
    { manifest, manifestSha256 },
    { id: newId(), event: 'A.1', time: now, details: { submission: { index, of } } },
  );
  return {
    id: newId(),
    recipient,
    messageId: manifest.id,
    manifestCms: await signStatement(signer, bytes),
    manifestSha256,
    evidenceId: evidence.id,
    evidenceDer: der,
  };
}

function partyOf({ code, name }: Agency): Party {
  return { code, name };
}

async function insert(
  tx: Tx,
  { documentId, issued }: SubmitDeliveriesInput,
  sender: Agency,
  deliveries: readonly PreparedDelivery[],
  { now, deadline }: { readonly now: Date; readonly deadline: Deadline },
): Promise<void> {
  const rows = deliveries.map((delivery) => ({
    id: delivery.id,
    recipient_agency_id: delivery.recipient.id,
    recipient_code: delivery.recipient.code,
    recipient_name: delivery.recipient.name,
    node_id: delivery.nodeId,
    message_id: delivery.messageId,
    manifest_cms: base64(delivery.manifestCms),
    manifest_sha256: delivery.manifestSha256,
    evidence_id: delivery.evidenceId,
    evidence_der: base64(delivery.evidenceDer),
  }));
  const files = issued.files.map(({ sha256, size, blobId }, index) => ({
    position: index + 1,
    sha256,
    size,
    blob_id: blobId,
  }));
  const submitted = await tx.query(insertSubmission, [
    documentId,
    sender.id,
    JSON.stringify(identityOf(issued)),
    deliveries.length,
    now,
    JSON.stringify(files),
    JSON.stringify(rows),
    sender.code,
    issued.urgency,
    issued.urgencyAt,
    isExpress(issued),
    deadline.due,
    deadline.escalateAt,
  ]);
  if (submitted.length === 0) throw new WorkflowError('DELIVERY_ALREADY_SUBMITTED');
}

const insertSubmission = `
  WITH submitted AS (
    INSERT INTO workflow.submission (document_id, sender_agency_id, identity, recipients, submitted_at)
    VALUES ($1, $2, $3::jsonb, $4, $5) ON CONFLICT DO NOTHING
    RETURNING document_id
  ),
  files AS (
    INSERT INTO workflow.submission_file (document_id, position, sha256, size, blob_id)
    SELECT s.document_id, f.position, f.sha256, f.size, f.blob_id
    FROM submitted s, jsonb_to_recordset($6::jsonb) AS f (position integer, sha256 text, size bigint, blob_id text)
  ),
  queued AS (
    INSERT INTO workflow.delivery
      (id, document_id, sender_agency_id, sender_code, recipient_agency_id, recipient_code, recipient_name, node_id, message_id,
       manifest_cms, manifest_sha256, next_attempt_at, created_at, urgency, urgency_at, express, ack_due_at, escalate_at)
    SELECT d.id, s.document_id, $2, $8, d.recipient_agency_id, d.recipient_code, d.recipient_name, d.node_id, d.message_id,
           decode(d.manifest_cms, 'base64'), d.manifest_sha256, $5, $5, $9, $10, $11, $12, $13
    FROM submitted s, jsonb_to_recordset($7::jsonb) AS d (id uuid, recipient_agency_id uuid, recipient_code text,
      recipient_name text, node_id text, message_id uuid, manifest_cms text, manifest_sha256 text)
  ),
  stated AS (
    INSERT INTO workflow.evidence
      (holder_agency_id, evidence_id, message_id, document_id, event, stated_by, event_time, recorded_at, der)
    SELECT $2, d.evidence_id, d.message_id, s.document_id, 'A.1', $8, $5, $5, decode(d.evidence_der, 'base64')
    FROM submitted s, jsonb_to_recordset($7::jsonb) AS d (message_id uuid, evidence_id uuid, evidence_der text)
  )
  SELECT document_id FROM submitted`;

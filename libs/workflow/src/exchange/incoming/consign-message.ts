import type { Tx } from '#platform';
import { newId } from '#platform';

import type { Deadline } from '../deadlines/deadline';
import type { StatedEvidence } from '../evidence/state-evidence';
import type { Envelope } from '../messages/envelope';
import type { OpenedMessage } from './open-message';
import type { ReceivedFile } from './received-files';

/** A message on its way into the rows of the recipient, with the answer that this node will give. */
export interface Consignment {
  readonly agencyId: string;
  readonly sourceNode: string;
  readonly message: OpenedMessage;
  readonly envelope: Extract<Envelope, { kind: 'document' }>;
  /** D.1 or D.2. */
  readonly answer: StatedEvidence;
  /** By digest; may lack some where the answer is D.2. */
  readonly files: ReadonlyMap<string, ReceivedFile>;
  readonly now: Date;
  /** Until when it is to be accepted or refused. */
  readonly deadline: Deadline;
}

export interface ConsignmentResult {
  readonly incomingId: string;
  /** `repeated`: the message was taken in before, nothing was written. */
  readonly effect: 'first' | 'repeated';
}

/**
 * Writes a message exactly once, in one statement: the inbox key decides, everything else hangs on it. A
 * rejected message leaves its inbox row and the evidence of the rejection only.
 */
export async function consignMessage(tx: Tx, consignment: Consignment): Promise<ConsignmentResult> {
  const incomingId = newId();
  const { message, envelope, answer, now } = consignment;
  const { manifest } = message;
  const consigned = answer.evidence.event === 'D.1';
  const rows = await tx.query(consigned ? insertConsigned : insertRejected, [
    manifest.sender.code,
    manifest.id,
    consignment.agencyId,
    message.manifestSha256,
    consigned ? 'consigned' : 'rejected',
    Buffer.from(answer.der),
    consignment.sourceNode,
    now,
    JSON.stringify(evidenceRows(consignment)),
    ...(consigned ? incomingValues(incomingId, consignment, envelope) : [manifest.document.documentId]),
  ]);
  return { incomingId, effect: rows.length === 1 ? 'first' : 'repeated' };
}

function evidenceRows({ message, envelope, answer }: Consignment): readonly object[] {
  return [
    { evidence: message.submission, der: envelope.submission },
    { evidence: answer.evidence, der: answer.der },
  ].map(({ evidence, der }) => ({
    evidence_id: evidence.id,
    event: evidence.event,
    stated_by: evidence.statedBy,
    event_time: evidence.time,
    der: Buffer.from(der).toString('base64'),
  }));
}

function incomingValues(
  incomingId: string,
  { message, files, answer, deadline }: Consignment,
  envelope: Consignment['envelope'],
): readonly unknown[] {
  const { manifest } = message;
  const { document, marks } = manifest;
  const fileRows = manifest.files.map((file, index) => ({
    id: newId(),
    position: index + 1,
    role: file.role,
    title: file.title,
    media_type: file.mediaType,
    sha256: file.sha256,
    size: file.size,
    pages: file.pages,
    blob_id: files.get(file.sha256)?.blobId,
    fault: files.get(file.sha256)?.fault ?? null,
  }));
  return [
    incomingId,
    manifest.sender.name,
    document.documentId,
    document.bodyId,
    document.typeCode,
    document.number,
    document.symbol,
    document.issuedOn,
    manifest.abstract,
    marks.secrecy,
    marks.urgency,
    marks.urgencyAt,
    Buffer.from(message.manifestBytes),
    Buffer.from(envelope.manifest),
    JSON.stringify(fileRows),
    answer.evidence.successor ? JSON.stringify(manifest.recipient) : null,
    deadline.due,
    deadline.escalateAt,
  ];
}

const inbox = `
  WITH taken AS (
    INSERT INTO workflow.inbox
      (sender_code, message_id, agency_id, manifest_sha256, outcome, answer, source_node, received_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
    ON CONFLICT DO NOTHING
    RETURNING message_id
  )`;

/** @param documentId the parameter that holds the document's id */
function keepEvidence(documentId: '$10' | '$12'): string {
  return `
  kept AS (
    INSERT INTO workflow.evidence
      (holder_agency_id, evidence_id, message_id, document_id, event, stated_by, event_time, recorded_at, der)
    SELECT $3, e.evidence_id, taken.message_id, ${documentId}, e.event, e.stated_by, e.event_time, $8, decode(e.der, 'base64')
    FROM taken, jsonb_to_recordset($9::jsonb)
      AS e (evidence_id uuid, event text, stated_by text, event_time timestamptz, der text)
    ON CONFLICT DO NOTHING
  )`;
}

const insertConsigned = `${inbox},
  arrived AS (
    INSERT INTO workflow.incoming
      (id, agency_id, sender_code, sender_name, message_id, document_id, source_node, body_id, type_code, number, symbol,
       issued_on, abstract, secrecy, urgency, urgency_at, manifest, manifest_cms, manifest_sha256, arrived_at, meant_for,
       ack_due_at, escalate_at)
    SELECT $10, $3, $1, $11, taken.message_id, $12, $7, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $4, $8, $25::jsonb, $26, $27
    FROM taken
  ),
  files AS (
    INSERT INTO workflow.incoming_file
      (id, incoming_id, position, role, title, media_type, sha256, size, pages, blob_id, fault)
    SELECT f.id, $10, f.position, f.role, f.title, f.media_type, f.sha256, f.size, f.pages, f.blob_id, f.fault
    FROM taken, jsonb_to_recordset($24::jsonb)
      AS f (id uuid, position integer, role text, title text, media_type text, sha256 text, size bigint, pages integer, blob_id text, fault text)
  ),
  ${keepEvidence('$12')}
  SELECT message_id FROM taken`;

const insertRejected = `${inbox},
  ${keepEvidence('$10')}
  SELECT message_id FROM taken`;

import type { JobQueue, Tx } from '#platform';
import { newId } from '#platform';

import { base64 } from '../../bytes-as-text';
import type { StatedEvidence } from '../evidence/state-evidence';
import { returnQueue } from '../queues';
import type { ReturnJob } from '../queues';

/** A statement of the own agency that the other side has to get. */
export interface OutgoingStatement {
  readonly stated: StatedEvidence;
  readonly toCode: string;
  readonly nodeId: string;
  /** The copy it is about; null at the sender, and where the document never came. */
  readonly incomingId: string | null;
}

/** Ahead of any document: what is recalled must not be read meanwhile. */
const ahead = { priority: 200 };

/** Keeps statements as evidence and sends each on its way, in the transaction that makes them true. */
export async function sendStatements(
  tx: Tx,
  queue: JobQueue,
  agencyId: string,
  statements: readonly OutgoingStatement[],
  now: Date,
): Promise<void> {
  const rows = statements.map(({ stated: { evidence, der }, toCode, nodeId, incomingId }) => ({
    id: newId(),
    incoming_id: incomingId,
    evidence_id: evidence.id,
    message_id: evidence.messageId,
    document_id: evidence.document.documentId,
    event: evidence.event,
    stated_by: evidence.statedBy,
    event_time: evidence.time,
    der: base64(der),
    to_code: toCode,
    node_id: nodeId,
  }));
  await tx.execute(insertStatements, [agencyId, now, JSON.stringify(rows)]);
  for (const { id } of rows) {
    const job: ReturnJob = { evidenceReturnId: id };
    await queue.enqueue(tx, returnQueue, job, ahead);
  }
}

const insertStatements = `
  WITH given AS (
    SELECT * FROM jsonb_to_recordset($3::jsonb) AS s (id uuid, incoming_id uuid, evidence_id uuid, message_id uuid,
      document_id uuid, event text, stated_by text, event_time timestamptz, der text, to_code text, node_id text)
  ),
  kept AS (
    INSERT INTO workflow.evidence
      (holder_agency_id, evidence_id, message_id, document_id, event, stated_by, event_time, recorded_at, der)
    SELECT $1, evidence_id, message_id, document_id, event, stated_by, event_time, $2, decode(der, 'base64') FROM given
  )
  INSERT INTO workflow.evidence_return
    (id, incoming_id, agency_id, document_id, message_id, to_code, node_id, der, next_attempt_at, created_at)
  SELECT id, incoming_id, $1, document_id, message_id, to_code, node_id, decode(der, 'base64'), $2, $2 FROM given`;

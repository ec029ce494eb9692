import type { Tx } from '#platform';
import { newId } from '#platform';

import type { StatedEvidence } from '../evidence/state-evidence';
import { nextState } from '../../state-machine';
import type { ElectronicRow } from './incoming-access';
import { incomingMachine } from './incoming-states';

/** The recipient's last word, its evidence, and the way back to the sender. */
export interface Settlement {
  readonly row: ElectronicRow;
  readonly event: 'C.3' | 'C.4';
  readonly stated: StatedEvidence;
  readonly personId: string;
  readonly now: Date;
  readonly reason: string | null;
  readonly arrival: { readonly year: number; readonly number: number; readonly date: string } | null;
}

/**
 * Writes a settlement in one statement and returns the id of the evidence's way back. What is registered stands with
 * the clerk then (`workflow.handling`).
 *
 * @throws WorkflowError when the table of states does not allow it
 */
export async function settleIncoming(tx: Tx, settlement: Settlement): Promise<string> {
  const { row, stated, arrival } = settlement;
  const { to } = nextState(incomingMachine, row.state, settlement.event, { subject: row, actor: tx.actor });
  const returnId = newId();
  await tx.execute(settle, [
    row.id,
    to,
    settlement.now,
    settlement.personId,
    settlement.reason,
    arrival?.year ?? null,
    arrival?.number ?? null,
    arrival?.date ?? null,
    row.agency_id,
    stated.evidence.id,
    row.message_id,
    row.document_id,
    stated.evidence.event,
    stated.evidence.statedBy,
    Buffer.from(stated.der),
    returnId,
    row.sender_code,
    row.source_node,
    row.secrecy,
  ]);
  return returnId;
}

const settle = `
  WITH settled AS (
    UPDATE workflow.incoming SET
      state = $2, version = version + 1, settled_at = $3, settled_by = $4, refusal_reason = $5,
      arrival_number = $7::integer, arrival_date = $8::date
    WHERE id = $1
  ),
  registered AS (
    INSERT INTO workflow.arrival_register (agency_id, year, number, date, incoming_id, registered_by, registered_at)
    SELECT $9, $6::integer, $7::integer, $8::date, $1, $4, $3 WHERE $7::integer IS NOT NULL
  ),
  handled AS (
    INSERT INTO workflow.handling (id, agency_id, secrecy, state, entered_at)
    SELECT $1, $9, $19, 'REGISTERED', $3 WHERE $7::integer IS NOT NULL
  ),
  stated AS (
    INSERT INTO workflow.evidence
      (holder_agency_id, evidence_id, message_id, document_id, event, stated_by, event_time, recorded_at, der)
    VALUES ($9, $10, $11, $12, $13, $14, $3, $3, $15)
  )
  INSERT INTO workflow.evidence_return
    (id, incoming_id, agency_id, document_id, message_id, to_code, node_id, der, next_attempt_at, created_at)
  VALUES ($16, $1, $9, $12, $11, $17, $18, $15, $3, $3)`;

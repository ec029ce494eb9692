import type { Tx, UnitOfWork } from '#platform';
import { newId } from '#platform';
import { findFaults } from './find-faults';
import type { Ledger } from './ledger';

/** A state that must not be, made by the owner of the tables, and what the checker has to say of it. */
interface Tampering {
  readonly name: string;
  readonly expected: string;
  readonly statements: readonly string[];
}

const accepted = `(SELECT id FROM workflow.incoming WHERE state = '03' ORDER BY id LIMIT 1)`;
const forgetAccepted = [
  `DELETE FROM workflow.handling WHERE id = ${accepted}`,
  `DELETE FROM workflow.stamped_copy WHERE file_id IN (SELECT id FROM workflow.incoming_file WHERE incoming_id = ${accepted})`,
  ...['evidence_return', 'arrival_register', 'incoming_verification', 'incoming_file'].map(
    (table) => `DELETE FROM workflow.${table} WHERE incoming_id = ${accepted}`,
  ),
];
const openTrail = 'ALTER TABLE audit.entry DISABLE TRIGGER USER';

const tamperings: readonly Tampering[] = [
  {
    name: 'a second D.1 at the sender',
    expected: 'CONSIGNED_ONCE',
    statements: [
      'DROP INDEX workflow.evidence_once_idx',
      `INSERT INTO workflow.evidence
         SELECT e.holder_agency_id, gen_random_uuid(), e.message_id, e.document_id, e.event, e.stated_by, e.event_time, e.recorded_at, e.der
           FROM workflow.evidence e JOIN workflow.delivery v ON v.message_id = e.message_id
          WHERE e.event = 'D.1' AND e.holder_agency_id = v.sender_agency_id LIMIT 1`,
    ],
  },
  {
    name: 'a lost D.1 at the sender',
    expected: 'CONSIGNED_ONCE',
    statements: [
      `DELETE FROM workflow.evidence WHERE evidence_id =
         (SELECT e.evidence_id FROM workflow.evidence e JOIN workflow.delivery v
            ON v.message_id = e.message_id AND v.sender_agency_id = e.holder_agency_id WHERE e.event = 'D.1' LIMIT 1)`,
    ],
  },
  {
    name: 'a lost incoming document',
    expected: 'ARRIVED_ONCE',
    statements: [...forgetAccepted, `DELETE FROM workflow.incoming WHERE id = ${accepted}`],
  },
  {
    name: 'a document that arrived twice',
    expected: 'ARRIVED_ONCE',
    statements: [
      `INSERT INTO workflow.incoming
         SELECT (r).* FROM (SELECT jsonb_populate_record(i, jsonb_build_object('id', gen_random_uuid(), 'message_id', gen_random_uuid())) AS r
                              FROM workflow.incoming i WHERE i.id = ${accepted}) copy`,
    ],
  },
  {
    name: 'a second số đến for one document',
    expected: 'ONE_ARRIVAL_NUMBER',
    statements: [
      'ALTER TABLE workflow.arrival_register DROP CONSTRAINT arrival_register_incoming_id_key',
      `INSERT INTO workflow.arrival_register
         SELECT agency_id, year, 1000000, date, incoming_id, registered_by, registered_at
           FROM workflow.arrival_register WHERE incoming_id = ${accepted}`,
    ],
  },
  {
    name: 'a gap in the numbers of arrival',
    expected: 'ARRIVAL_NUMBERS_GAP_FREE',
    statements: [
      `UPDATE workflow.arrival_register SET number = number + 1000000 WHERE incoming_id = ${accepted}`,
    ],
  },
  {
    name: 'a gap in the outgoing numbers',
    expected: 'OUTGOING_NUMBERS_GAP_FREE',
    statements: [
      `DELETE FROM workflow.register_entry WHERE document_id = (SELECT document_id FROM workflow.register_entry ORDER BY number LIMIT 1)`,
    ],
  },
  {
    name: 'a lost delivery',
    expected: 'BALANCED',
    statements: [
      `DELETE FROM workflow.delivery WHERE id = (SELECT id FROM workflow.delivery WHERE state = '02' ORDER BY id LIMIT 1)`,
      `UPDATE workflow.incoming SET state = '01', refusal_reason = NULL, settled_at = NULL
        WHERE id = (SELECT id FROM workflow.incoming WHERE state = '02'
                     AND NOT EXISTS (SELECT FROM workflow.delivery v WHERE v.message_id = incoming.message_id))`,
    ],
  },
  {
    name: 'a delivery given up without a dead letter',
    expected: 'DELIVERY_BALANCE',
    statements: [
      `UPDATE workflow.delivery SET state = 'NON_DELIVERED' WHERE id = (SELECT id FROM workflow.delivery ORDER BY id LIMIT 1)`,
    ],
  },
  {
    name: 'an acceptance that did not reach the sender',
    expected: 'BOTH_SIDES_AGREE',
    statements: [
      `UPDATE workflow.delivery SET state = '01', arrival_number = NULL, arrival_date = NULL
        WHERE id = (SELECT id FROM workflow.delivery WHERE state = '03' ORDER BY id LIMIT 1)`,
    ],
  },
  {
    name: 'an acknowledged acceptance taken back',
    expected: 'ACKNOWLEDGED',
    statements: [
      `DELETE FROM workflow.arrival_register`,
      `UPDATE workflow.incoming SET state = '01', settled_at = NULL, arrival_number = NULL, arrival_date = NULL WHERE state = '03'`,
    ],
  },
  {
    name: 'an entry of the trail that is gone',
    expected: 'IN_THE_TRAIL',
    statements: [
      openTrail,
      `DELETE FROM audit.entry WHERE seq = (SELECT min(seq) FROM audit.entry WHERE action = 'delivery.arrived')`,
    ],
  },
  {
    name: 'an entry of the trail that was changed',
    expected: 'TRAIL_ENTRY',
    statements: [
      openTrail,
      `UPDATE audit.entry SET person_id = gen_random_uuid() WHERE seq = (SELECT min(seq) FROM audit.entry)`,
    ],
  },
];

export interface ControlResult {
  readonly name: string;
  readonly expected: string;
  /** Codes of what the checker found. */
  readonly found: readonly string[];
}

class RollBack extends Error {}

/**
 * The negative control: makes each tampered state in a transaction of the owner's role, runs the checker in it and
 * rolls it back.
 */
export async function runNegativeControls(owner: UnitOfWork, ledger: Ledger): Promise<ControlResult[]> {
  const results: ControlResult[] = [];
  for (const { name, expected, statements } of tamperings) {
    const actor = { kind: 'system', service: 'chaos', requestId: newId() } as const;
    const attempt = owner.run(actor, async (tx: Tx) => {
      for (const statement of statements) {
        const touched = await tx.execute(statement);
        if (touched === 0 && !/^(ALTER|DROP)/.test(statement))
          throw new Error(`${name}: ${statement} met no row`);
      }
      const faults = await findFaults(tx, ledger);
      results.push({ name, expected, found: [...new Set(faults.map(({ code }) => code))].sort() });
      throw new RollBack();
    });
    await attempt.catch((error: unknown) => {
      if (!(error instanceof RollBack)) throw error;
    });
  }
  return results;
}

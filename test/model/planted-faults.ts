import type { Tx, UnitOfWork } from '#platform';
import { aSystem } from '#platform/testing';
import { findFaults } from './walk-rules';

/** A state that must not be, made by the owner of the tables, and what the checker has to say of it. */
interface Planted {
  readonly name: string;
  readonly expected: string;
  readonly statements: readonly string[];
}

const numbered = `(SELECT document_id FROM workflow.register_entry WHERE cancelled_at IS NULL ORDER BY document_id LIMIT 1)`;
const accepted = `(SELECT id FROM workflow.incoming WHERE state = '03' AND source = 'electronic' ORDER BY id LIMIT 1)`;
const answeredDelivery = `(SELECT id FROM workflow.delivery WHERE state = '03' AND take_back = 'NONE' AND withdrawal = 'IN_FORCE' ORDER BY id LIMIT 1)`;
const withoutTriggers = (table: string): string => `ALTER TABLE ${table} DISABLE TRIGGER USER`;
const aDelivery = (changed: string): string => `INSERT INTO workflow.delivery
  SELECT (r).* FROM (SELECT jsonb_populate_record(v, jsonb_build_object('id', gen_random_uuid(), 'message_id', gen_random_uuid(), ${changed})) AS r
                       FROM workflow.delivery v WHERE v.id = ${answeredDelivery}) copy`;

const planted: readonly Planted[] = [
  {
    name: 'a missing number',
    expected: 'OUTGOING_NUMBERS_GAP_FREE',
    statements: [`DELETE FROM workflow.register_entry WHERE document_id = ${numbered}`],
  },
  {
    name: 'a document without its register entry',
    expected: 'NUMBER_REGISTERED',
    statements: [`DELETE FROM workflow.register_entry WHERE document_id = ${numbered}`],
  },
  {
    name: 'a cancelled number that nobody explains',
    expected: 'CANCELLED_NUMBER_EXPLAINED',
    statements: [
      withoutTriggers('workflow.register_entry'),
      `UPDATE workflow.register_entry SET cancelled_at = now(), cancel_reason = 'Không rõ' WHERE document_id = ${numbered}`,
    ],
  },
  {
    name: 'a document in two registers',
    expected: 'ONE_REGISTER',
    statements: [
      `ALTER TABLE workflow.register_entry DROP CONSTRAINT register_entry_document_id_key`,
      `INSERT INTO workflow.register_entry SELECT (r).* FROM (
         SELECT jsonb_populate_record(n, jsonb_build_object('number', 1000000)) AS r
           FROM workflow.register_entry n WHERE n.document_id = ${numbered}) copy`,
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
    name: 'an accepted document in no register',
    expected: 'REGISTERED_ON_ARRIVAL',
    statements: [`DELETE FROM workflow.arrival_register WHERE incoming_id = ${accepted}`],
  },
  {
    name: 'an accepted document that nobody handles',
    expected: 'HANDLED_WHEN_REGISTERED',
    statements: [
      `DELETE FROM workflow.handling WHERE id = (SELECT id FROM workflow.handling WHERE state = 'REGISTERED'
         AND version = (SELECT min(version) FROM workflow.handling) ORDER BY id LIMIT 1)`,
    ],
  },
  {
    name: 'a delivery too many',
    expected: 'DELIVERED_ONCE',
    statements: [
      'ALTER TABLE workflow.delivery DROP CONSTRAINT delivery_document_id_recipient_agency_id_key',
      aDelivery(`'state', '03'`),
    ],
  },
  {
    name: 'a delivery to somebody whom the document does not name',
    expected: 'SUM_OF_DELIVERIES',
    statements: [aDelivery(`'recipient_agency_id', v.sender_agency_id`)],
  },
  {
    name: 'a lost delivery',
    expected: 'DELIVERED_ONCE',
    statements: [`DELETE FROM workflow.delivery WHERE id = ${answeredDelivery}`],
  },
  {
    name: 'an acceptance that did not reach the sender',
    expected: 'SUMS_BY_STATE',
    statements: [
      `UPDATE workflow.delivery SET state = '01', arrival_number = NULL, arrival_date = NULL WHERE id = ${answeredDelivery}`,
    ],
  },
  {
    name: 'evidence that the sender lost',
    expected: 'SAME_EVIDENCE',
    statements: [
      `DELETE FROM workflow.evidence e USING workflow.delivery v
        WHERE v.id = ${answeredDelivery} AND e.message_id = v.message_id AND e.holder_agency_id = v.sender_agency_id AND e.event = 'C.3'`,
    ],
  },
  {
    name: 'an order that one side alone knows',
    expected: 'BOTH_SIDES_AGREE',
    statements: [
      `UPDATE workflow.delivery SET withdrawal = 'CORRECTED', withdrawn_at = now() WHERE id = ${answeredDelivery}`,
    ],
  },
  {
    name: 'a step that no table has',
    expected: 'STEP_OUTSIDE_THE_TABLE',
    statements: [`UPDATE workflow.delivery SET state = 'QUEUED' WHERE id = ${answeredDelivery}`],
  },
  {
    name: 'a step that left no entry in the trail',
    expected: 'STEP_NOT_IN_THE_TRAIL',
    statements: [
      `UPDATE workflow.document SET state = 'IN_REVIEW' WHERE id = (SELECT id FROM workflow.document WHERE state = 'DRAFT' ORDER BY id LIMIT 1)`,
    ],
  },
];

class RollBack extends Error {}

/** What the checker says to each planted fault: expected beside found. Nothing of it stays. */
export async function plantFaults(
  owner: UnitOfWork,
): Promise<
  readonly { readonly name: string; readonly expected: string; readonly found: readonly string[] }[]
> {
  const results: { name: string; expected: string; found: readonly string[] }[] = [];
  for (const { name, expected, statements } of planted) {
    const attempt = owner.run(aSystem(), async (tx: Tx) => {
      for (const statement of statements)
        if ((await tx.execute(statement)) === 0 && !statement.startsWith('ALTER'))
          throw new Error(`${name}: ${statement} met no row`);
      const faults = await findFaults(tx);
      results.push({ name, expected, found: [...new Set(faults.map(({ code }) => code))] });
      throw new RollBack();
    });
    await attempt.catch((error: unknown) => {
      if (!(error instanceof RollBack)) throw error;
    });
  }
  return results;
}

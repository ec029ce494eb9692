import type { Tx } from '#platform';
import { deliveryBalance } from '#workflow';
import type { Rule } from '../support/table-rules';
import { issuedTo, tableRules } from '../support/table-rules';
import { machineFaults } from './machine-faults';

/** That a message does not arrive, or not as far, is what its sender or its recipient wanted. */
const withheld = `(v.take_back = '15' OR v.withdrawal IN ('RECALLED', 'REPLACED'))`;

/** Withheld after it had arrived, before its sender learned of that: it is asked no more. */
const arrivedUnheard = `(${withheld} AND v.consigned_at IS NULL AND v.state IN ('QUEUED', 'NON_DELIVERED'))`;

/** Beside what holds of all tables: what people may have ordered after the issue is taken into account. */
const walkRules: readonly Rule[] = [
  {
    code: 'CANCELLED_NUMBER_EXPLAINED',
    sql: `SELECT n.symbol || ': ' || d.state || ', ' || coalesce(n.cancel_reason, 'no reason') AS what
            FROM workflow.register_entry n JOIN workflow.document d ON d.id = n.document_id
           WHERE (d.state = 'CANCELLED') <> (n.cancelled_at IS NOT NULL AND length(trim(coalesce(n.cancel_reason, ''))) >= 3)
              OR n.cancel_reason IS DISTINCT FROM d.cancel_reason`,
  },
  {
    code: 'ONE_REGISTER',
    sql: `SELECT x.id || ' stands ' || count(*) || ' times' AS what
            FROM (SELECT document_id AS id FROM workflow.register_entry
                  UNION ALL SELECT incoming_id FROM workflow.arrival_register) x
           GROUP BY x.id HAVING count(*) <> 1`,
  },
  {
    code: 'REGISTERED_ON_ARRIVAL',
    sql: `SELECT coalesce(i.id, n.incoming_id) || ': ' || coalesce(i.arrival_number, 0) || ', registered ' || coalesce(n.number, 0) AS what
            FROM (SELECT * FROM workflow.incoming WHERE arrival_number IS NOT NULL) i
            FULL JOIN workflow.arrival_register n ON n.incoming_id = i.id
           WHERE (i.agency_id, i.arrival_number, i.arrival_date) IS DISTINCT FROM (n.agency_id, n.number, n.date)`,
  },
  {
    code: 'DELIVERED_ONCE',
    sql: `SELECT x.document_id || ' to ' || x.recipient_code || ': ' || count(v.id) || ' deliveries' AS what
            FROM (${issuedTo}) x LEFT JOIN workflow.delivery v
              ON v.document_id = x.document_id AND v.recipient_agency_id = x.recipient_id
           GROUP BY x.document_id, x.recipient_code HAVING count(v.id) <> 1`,
  },
  {
    // Both sides count by themselves; what was withheld on its way has not arrived.
    code: 'SUMS_BY_STATE',
    sql: `SELECT coalesce(s.state, r.state) || ': ' || coalesce(s.n, 0) || ' at senders, ' || coalesce(r.n, 0) || ' at recipients' AS what
            FROM (SELECT v.state, count(*) AS n FROM workflow.delivery v
                   WHERE EXISTS (SELECT FROM workflow.incoming i WHERE i.message_id = v.message_id)
                     AND NOT ${arrivedUnheard} GROUP BY 1) s
            FULL JOIN (SELECT i.state, count(*) AS n FROM workflow.incoming i JOIN workflow.delivery v ON v.message_id = i.message_id
                          WHERE NOT ${arrivedUnheard} GROUP BY 1) r
              ON r.state = s.state
           WHERE s.n IS DISTINCT FROM r.n`,
  },
  {
    code: 'SUM_OF_DELIVERIES',
    sql: `SELECT c.recipients || ' recipients, ' || c.deliveries || ' deliveries, ' || c.arrived || ' arrived and ' || c.kept || ' withheld' AS what
            FROM (SELECT
              (SELECT count(*) FROM (${issuedTo}) x) AS recipients,
              (SELECT count(*) FROM workflow.delivery) AS deliveries,
              (SELECT count(*) FROM workflow.incoming WHERE source = 'electronic') AS arrived,
              (SELECT count(*) FROM workflow.delivery v WHERE ${withheld}
                 AND NOT EXISTS (SELECT FROM workflow.incoming i WHERE i.message_id = v.message_id)) AS kept) c
           WHERE c.recipients <> c.deliveries OR c.deliveries <> c.arrived + c.kept`,
  },
  {
    code: 'BOTH_SIDES_AGREE',
    sql: `SELECT v.document_id || ' to ' || v.recipient_code || ': sender ' || concat_ws(' ', v.state, v.take_back, v.withdrawal)
              || ', recipient ' || coalesce(concat_ws(' ', i.state, i.take_back, i.withdrawal), 'nothing') AS what
            FROM workflow.delivery v LEFT JOIN workflow.incoming i ON i.message_id = v.message_id
           WHERE CASE WHEN i.id IS NULL THEN NOT ${withheld}
                 WHEN ${arrivedUnheard} THEN (v.take_back, v.withdrawal) IS DISTINCT FROM (i.take_back, i.withdrawal)
                 ELSE (v.state, v.take_back, v.withdrawal, v.arrival_number, v.arrival_date)
                   IS DISTINCT FROM (i.state, i.take_back, i.withdrawal, i.arrival_number, i.arrival_date) END`,
  },
  {
    // D.1 of what was withheld meanwhile may never be asked for again; D.2 is the answer to what came too late.
    code: 'SAME_EVIDENCE',
    sql: `SELECT v.document_id || ' to ' || v.recipient_code || ': ' || coalesce(s.events, '') || ' and ' || coalesce(r.events, '') AS what
            FROM workflow.delivery v
           CROSS JOIN LATERAL (SELECT string_agg(event || evidence_id, ' ' ORDER BY event) AS events FROM workflow.evidence e
             WHERE e.holder_agency_id = v.sender_agency_id AND e.message_id = v.message_id
               AND e.event NOT IN ('A.1', 'D.2') AND (e.event <> 'D.1' OR NOT ${withheld})) s
           CROSS JOIN LATERAL (SELECT string_agg(event || evidence_id, ' ' ORDER BY event) AS events FROM workflow.evidence e
             WHERE e.holder_agency_id = v.recipient_agency_id AND e.message_id = v.message_id
               AND e.event NOT IN ('A.1', 'D.2') AND (e.event <> 'D.1' OR NOT ${withheld})) r
           WHERE s.events IS DISTINCT FROM r.events`,
  },
];

export interface Fault {
  readonly code: string;
  readonly what: string;
}

/** Everything that should hold once all is quiet and every dead letter has been sent again. */
export async function findFaults(tx: Tx): Promise<readonly Fault[]> {
  const faults = await brokenRules(tx, [...tableRules, ...walkRules]);
  return [...faults, ...(await machineFaults(tx))];
}

/** What holds at any quiet moment, with messages still among the dead letters. */
export async function findFaultsOnTheWay(tx: Tx): Promise<readonly Fault[]> {
  const late = [
    'SETTLED_ONCE',
    'STATUS_PROVED',
    'SUMS_BY_STATE',
    'SUM_OF_DELIVERIES',
    'BOTH_SIDES_AGREE',
    'SAME_EVIDENCE',
  ];
  const rules = [...tableRules, ...walkRules].filter(({ code }) => !late.includes(code));
  return [...(await brokenRules(tx, rules)), ...(await machineFaults(tx))];
}

async function brokenRules(tx: Tx, rules: readonly Rule[]): Promise<Fault[]> {
  const faults: Fault[] = [];
  for (const { code, sql } of rules)
    for (const { what } of await tx.query<{ what: string }>(sql)) faults.push({ code, what });
  const { balanced, ...counts } = await deliveryBalance(tx);
  if (!balanced) faults.push({ code: 'DELIVERY_BALANCE', what: JSON.stringify(counts) });
  return faults;
}

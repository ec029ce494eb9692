import type { Rule } from '../support/table-rules';
import { issuedTo, registered, tableRules } from '../support/table-rules';

/** Of documents that are issued, answered and neither asked back nor withdrawn. */
export const rules: readonly Rule[] = [
  ...tableRules,
  {
    code: 'CONSIGNED_ONCE',
    sql: `SELECT x.document_id || ' to ' || x.recipient_code || ': D.1 ' || count(e.evidence_id) || ' times' AS what
            FROM (${issuedTo}) x LEFT JOIN workflow.evidence e
              ON e.document_id = x.document_id AND e.holder_agency_id = x.sender_id
             AND e.event = 'D.1' AND e.stated_by = x.recipient_code
           GROUP BY x.document_id, x.recipient_code HAVING count(e.evidence_id) <> 1`,
  },
  {
    code: 'ARRIVED_ONCE',
    sql: `SELECT x.document_id || ' to ' || x.recipient_code || ': arrived ' || count(i.id) || ' times' AS what
            FROM (${issuedTo}) x LEFT JOIN workflow.incoming i
              ON i.document_id = x.document_id AND i.agency_id = x.recipient_id
           GROUP BY x.document_id, x.recipient_code HAVING count(i.id) <> 1`,
  },
  {
    code: 'BOTH_SIDES_AGREE',
    sql: `SELECT v.document_id || ' to ' || v.recipient_code || ': sender ' || v.state || ', recipient ' || coalesce(i.state, 'nothing') AS what
            FROM workflow.delivery v LEFT JOIN workflow.incoming i ON i.message_id = v.message_id
           WHERE (v.state, v.arrival_number, v.arrival_date) IS DISTINCT FROM (i.state, i.arrival_number, i.arrival_date)`,
  },
  {
    // Not workflow.delivery_balance: counted from the documents and from what the recipients hold.
    code: 'BALANCED',
    sql: `SELECT c.expected || ' = ' || c.accepted || ' + ' || c.refused || ' + ' || c.pending || ' + ' || c.dead || ' does not hold' AS what
            FROM (SELECT
              (SELECT count(*) FROM (${issuedTo}) x) AS expected,
              (SELECT count(*) FROM workflow.arrival_register n JOIN workflow.incoming i ON i.id = n.incoming_id
                WHERE i.source = 'electronic') AS accepted,
              (SELECT count(*) FROM workflow.incoming WHERE refusal_reason IS NOT NULL) AS refused,
              (SELECT count(*) FROM workflow.delivery WHERE state IN ('QUEUED', 'SENT', '01')) AS pending,
              (SELECT count(*) FROM workflow.dead_letter WHERE kind = 'delivery' AND resolved_at IS NULL) AS dead) c
           WHERE c.expected <> c.accepted + c.refused + c.pending + c.dead`,
  },
  {
    code: 'ONE_DOCUMENT_PER_REQUEST',
    sql: `SELECT abstract || ': ' || count(*) || ' documents' AS what FROM workflow.document GROUP BY abstract HAVING count(*) > 1
          UNION ALL
          SELECT document_id || ': ' || count(*) || ' files' FROM workflow.document_file GROUP BY document_id HAVING count(*) > 1`,
  },
  {
    code: 'IN_THE_TRAIL',
    sql: `SELECT t.document_id || ': ' || t.action || ' ' || t.entries || ' times instead of ' || t.facts AS what FROM (
            SELECT d.id AS document_id, f.action, f.facts,
                   (SELECT count(*) FROM audit.entry e
                     WHERE e.document_id = d.id AND e.action = f.action AND e.outcome = 'success') AS entries
              FROM workflow.document d
             CROSS JOIN LATERAL (VALUES
               ('document.created', 1),
               ('document.numbered', CASE WHEN d.number IS NULL THEN 0 ELSE 1 END),
               ('document.issued', CASE WHEN d.state = 'ISSUED' THEN 1 ELSE 0 END),
               ('delivery.sent', (SELECT count(*) FROM workflow.delivery v WHERE v.document_id = d.id AND v.sent_at IS NOT NULL)),
               ('delivery.arrived', (SELECT count(*) FROM workflow.incoming i WHERE i.document_id = d.id)),
               ('delivery.accepted', (SELECT count(*) FROM workflow.incoming i WHERE i.document_id = d.id AND i.state IN ${registered})),
               ('delivery.refused', (SELECT count(*) FROM workflow.incoming i WHERE i.document_id = d.id AND i.state = '02')),
               ('delivery.evidence_received', (SELECT count(*) FROM workflow.evidence e
                  WHERE e.document_id = d.id AND e.holder_agency_id = d.agency_id AND e.event NOT IN ('A.1', 'S.1')))
             ) AS f (action, facts)) t
           WHERE t.entries <> t.facts`,
  },
];

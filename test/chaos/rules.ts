/** What must be true of the tables once everything is quiet: each statement gives one row per fault, `what`. */
export interface Rule {
  readonly code: string;
  readonly sql: string;
}

/** Every issued document and each of its recipients, with what should be there once. */
const expected = `
  SELECT d.id AS document_id, d.agency_id AS sender_id, r.agency_id AS recipient_id, a.code AS recipient_code
    FROM workflow.document d
    JOIN workflow.recipient r ON r.document_id = d.id
    JOIN directory.agency a ON a.id = r.agency_id
   WHERE d.state = 'ISSUED'`;

/** Accepted and registered, however far it has been handled since. */
const registered = `('03', '04', '05', '06')`;

export const rules: readonly Rule[] = [
  {
    code: 'CONSIGNED_ONCE',
    sql: `SELECT x.document_id || ' to ' || x.recipient_code || ': D.1 ' || count(e.evidence_id) || ' times' AS what
            FROM (${expected}) x LEFT JOIN workflow.evidence e
              ON e.document_id = x.document_id AND e.holder_agency_id = x.sender_id
             AND e.event = 'D.1' AND e.stated_by = x.recipient_code
           GROUP BY x.document_id, x.recipient_code HAVING count(e.evidence_id) <> 1`,
  },
  {
    code: 'ARRIVED_ONCE',
    sql: `SELECT x.document_id || ' to ' || x.recipient_code || ': arrived ' || count(i.id) || ' times' AS what
            FROM (${expected}) x LEFT JOIN workflow.incoming i
              ON i.document_id = x.document_id AND i.agency_id = x.recipient_id
           GROUP BY x.document_id, x.recipient_code HAVING count(i.id) <> 1`,
  },
  {
    code: 'ONE_ARRIVAL_NUMBER',
    sql: `SELECT i.id || ' in state ' || i.state || ': ' || count(n.number) || ' numbers' AS what
            FROM workflow.incoming i LEFT JOIN workflow.arrival_register n ON n.incoming_id = i.id
           GROUP BY i.id
          HAVING count(n.number) <> CASE WHEN i.state IN ${registered} THEN 1 ELSE 0 END
              OR (i.state IN ${registered} AND (min(n.number), min(n.date)) <> (i.arrival_number, i.arrival_date))`,
  },
  {
    code: 'ARRIVAL_NUMBERS_GAP_FREE',
    sql: `SELECT coalesce(n.agency_id, s.agency_id) || ': ' || count(n.number) || ' numbers up to ' || coalesce(max(n.number), 0) AS what
            FROM workflow.arrival_series s FULL JOIN workflow.arrival_register n
              ON n.agency_id = s.agency_id AND n.year = s.year
           GROUP BY coalesce(n.agency_id, s.agency_id), coalesce(n.year, s.year), s.last_number
          HAVING count(DISTINCT n.number) <> coalesce(max(n.number), 0) OR min(n.number) <> 1
              OR max(n.number) IS DISTINCT FROM s.last_number`,
  },
  {
    code: 'OUTGOING_NUMBERS_GAP_FREE',
    sql: `SELECT s.id || ': ' || count(n.number) || ' numbers, last ' || s.last_number AS what
            FROM workflow.number_series s LEFT JOIN workflow.register_entry n ON n.series_id = s.id
           GROUP BY s.id
          HAVING count(DISTINCT n.number) <> s.last_number OR min(n.number) <> 1 OR max(n.number) <> s.last_number`,
  },
  {
    code: 'NUMBER_REGISTERED',
    sql: `SELECT coalesce(d.id, n.document_id) || ': ' || coalesce(d.symbol, 'no number') || ', registered ' || coalesce(n.symbol, 'none') AS what
            FROM (SELECT * FROM workflow.document WHERE number IS NOT NULL) d
            FULL JOIN workflow.register_entry n ON n.document_id = d.id
           WHERE (d.series_id, d.number, d.symbol) IS DISTINCT FROM (n.series_id, n.number, n.symbol)`,
  },
  {
    code: 'BOTH_SIDES_AGREE',
    sql: `SELECT v.document_id || ' to ' || v.recipient_code || ': sender ' || v.state || ', recipient ' || coalesce(i.state, 'nothing') AS what
            FROM workflow.delivery v LEFT JOIN workflow.incoming i ON i.message_id = v.message_id
           WHERE (v.state, v.arrival_number, v.arrival_date) IS DISTINCT FROM (i.state, i.arrival_number, i.arrival_date)`,
  },
  {
    code: 'SETTLED_ONCE',
    sql: `SELECT v.document_id || ' to ' || v.recipient_code || ', kept by ' || h.holder || ': ' || coalesce(string_agg(e.event, ' '), 'nothing') AS what
            FROM workflow.delivery v
           CROSS JOIN LATERAL (VALUES (v.sender_agency_id), (v.recipient_agency_id)) AS h (holder)
            LEFT JOIN workflow.evidence e ON e.holder_agency_id = h.holder AND e.message_id = v.message_id AND e.event IN ('C.3', 'C.4')
           GROUP BY v.id, h.holder
          HAVING coalesce(string_agg(e.event, ' '), '') <> CASE WHEN v.state IN ${registered} THEN 'C.3' WHEN v.state = '02' THEN 'C.4' ELSE '' END`,
  },
  {
    code: 'STATUS_PROVED',
    sql: `SELECT v.document_id || ' to ' || v.recipient_code || ', kept by ' || h.holder || ': ' || v.state || ' by ' || coalesce(string_agg(e.event, ' ' ORDER BY e.event), 'nothing') AS what
            FROM workflow.delivery v
           CROSS JOIN LATERAL (VALUES (v.sender_agency_id), (v.recipient_agency_id)) AS h (holder)
            LEFT JOIN workflow.evidence e ON e.holder_agency_id = h.holder AND e.message_id = v.message_id AND e.event LIKE 'X.0_'
           GROUP BY v.id, h.holder
          HAVING coalesce(string_agg(e.event, ' ' ORDER BY e.event), '')
              <> CASE v.state WHEN '04' THEN 'X.04' WHEN '05' THEN 'X.04 X.05' WHEN '06' THEN 'X.04 X.05 X.06' ELSE '' END`,
  },
  {
    code: 'HANDLED_WHEN_REGISTERED',
    sql: `SELECT i.id || ' in state ' || i.state || ': ' || coalesce(h.state, 'not handled') AS what
            FROM workflow.incoming i LEFT JOIN workflow.handling h ON h.id = i.id
           WHERE (i.state IN ${registered}) <> (h.id IS NOT NULL)
              OR (h.state = 'DONE') <> (i.state = '06')`,
  },
  {
    code: 'NOTHING_INVENTED',
    sql: `SELECT 'incoming ' || i.id AS what FROM workflow.incoming i
           WHERE i.source = 'electronic' AND NOT EXISTS (SELECT FROM (${expected}) x WHERE x.document_id = i.document_id AND x.recipient_id = i.agency_id)
          UNION ALL
          SELECT 'evidence ' || e.evidence_id FROM workflow.evidence e
           WHERE NOT EXISTS (SELECT FROM workflow.delivery v WHERE v.message_id = e.message_id)
          UNION ALL
          SELECT 'delivery ' || v.id FROM workflow.delivery v
           WHERE NOT EXISTS (SELECT FROM (${expected}) x WHERE x.document_id = v.document_id AND x.recipient_id = v.recipient_agency_id)`,
  },
  {
    // Not workflow.delivery_balance: counted from the documents and from what the recipients hold.
    code: 'BALANCED',
    sql: `SELECT c.expected || ' = ' || c.accepted || ' + ' || c.refused || ' + ' || c.pending || ' + ' || c.dead || ' does not hold' AS what
            FROM (SELECT
              (SELECT count(*) FROM (${expected}) x) AS expected,
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

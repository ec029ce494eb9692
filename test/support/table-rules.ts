/** What must be true of the tables once everything is quiet: the statement gives one row per fault, `what`. */
export interface Rule {
  readonly code: string;
  readonly sql: string;
}

/** Every issued document, whatever became of it since, and each of its electronic recipients. */
export const issuedTo = `
  SELECT d.id AS document_id, d.agency_id AS sender_id, r.agency_id AS recipient_id, a.code AS recipient_code
    FROM workflow.document d
    JOIN workflow.recipient r ON r.document_id = d.id AND r.channel = 'electronic'
    JOIN directory.agency a ON a.id = r.agency_id
   WHERE d.issued_at IS NOT NULL`;

/** Accepted and registered, however far it has been handled since. */
export const registered = `('03', '04', '05', '06')`;

/** Numbers, registers, evidence and handling, however far a document has come and whatever was ordered since. */
export const tableRules: readonly Rule[] = [
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
           WHERE i.source = 'electronic' AND NOT EXISTS (SELECT FROM (${issuedTo}) x WHERE x.document_id = i.document_id AND x.recipient_id = i.agency_id)
          UNION ALL
          SELECT 'evidence ' || e.evidence_id FROM workflow.evidence e
           WHERE NOT EXISTS (SELECT FROM workflow.delivery v WHERE v.message_id = e.message_id)
          UNION ALL
          SELECT 'delivery ' || v.id FROM workflow.delivery v
           WHERE NOT EXISTS (SELECT FROM (${issuedTo}) x WHERE x.document_id = v.document_id AND x.recipient_id = v.recipient_agency_id)`,
  },
];

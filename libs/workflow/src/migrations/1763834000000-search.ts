import type { MigrationInterface, QueryRunner } from 'typeorm';

import type { SearchEntry, SearchKind } from '../search/search-entry';
import { searchKeys } from '../search/search-entry';

/**
 * What documents are found by. The keys of an entry are indexed together with agency and days, so that what a question
 * costs depends on how much fits within some days, not on how many documents there are.
 */
export class Search1763834000000 implements MigrationInterface {
  readonly name = 'Search1763834000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(table);
    await fill(runner, 'outgoing', outgoing);
    await fill(runner, 'incoming', incoming);
    await runner.query(indexes);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE workflow.search_entry;
      DROP FUNCTION workflow.search_vector(uuid, date, text), workflow.search_scope(uuid, integer), workflow.search_bucket(date);
    `);
  }
}

const table = `
  CREATE TABLE workflow.search_entry (
    id        uuid PRIMARY KEY,
    agency_id uuid NOT NULL,
    kind      text NOT NULL CHECK (kind IN ('outgoing', 'incoming')),
    on_date   date NOT NULL,
    keys      text NOT NULL CHECK (keys <> '')
  );
  COMMENT ON TABLE workflow.search_entry IS 'Documents without a secrecy mark, by what they are found by. Nothing here is the only copy.';

  CREATE FUNCTION workflow.search_bucket(day date) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN (day - date '2000-01-01') / 14;
  CREATE FUNCTION workflow.search_scope(agency uuid, bucket integer) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN right(agency::text, 8) || bucket::text || ':';
  CREATE FUNCTION workflow.search_vector(agency uuid, day date, keys text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN array_to_tsvector(string_to_array(
      workflow.search_scope(agency, workflow.search_bucket(day))
        || replace(keys, ' ', ' ' || workflow.search_scope(agency, workflow.search_bucket(day))), ' '));
  REVOKE ALL ON FUNCTION workflow.search_bucket(date), workflow.search_scope(uuid, integer),
    workflow.search_vector(uuid, date, text) FROM PUBLIC;
  GRANT EXECUTE ON FUNCTION workflow.search_bucket(date), workflow.search_scope(uuid, integer),
    workflow.search_vector(uuid, date, text) TO sealpost_app;
  GRANT SELECT, INSERT, UPDATE, DELETE ON workflow.search_entry TO sealpost_app;
`;

/** Without a list of what waits to be indexed: a question must not have to read through it. */
const indexes = `
  CREATE INDEX search_entry_by_day ON workflow.search_entry (agency_id, on_date, id);
  CREATE INDEX search_entry_keys ON workflow.search_entry
    USING gin (workflow.search_vector(agency_id, on_date, keys)) WITH (fastupdate = off);
  ANALYZE workflow.search_entry;
`;

const outgoing = `
  SELECT d.id, d.agency_id AS "agencyId", d.issued_on::text AS date, d.secrecy, d.symbol, d.type_code AS "typeCode", d.abstract,
    ARRAY[d.number] AS numbers,
    ARRAY(SELECT n.name FROM workflow.recipient r
      CROSS JOIN LATERAL (SELECT r.name UNION ALL SELECT a.name FROM directory.agency a WHERE a.id = r.agency_id
        UNION ALL SELECT a.short_name FROM directory.agency a WHERE a.id = r.agency_id) n (name)
      WHERE r.document_id = d.id AND n.name IS NOT NULL) AS parties,
    ARRAY(SELECT d.drafter_id::text UNION SELECT r ->> 'personId' FROM jsonb_array_elements(d.reviewers) AS r) AS people
  FROM workflow.document d
  WHERE d.issued_on IS NOT NULL AND d.secrecy = 'THUONG' AND d.id > $1 ORDER BY d.id LIMIT 2000`;

const incoming = `
  SELECT i.id, i.agency_id AS "agencyId",
    coalesce(i.arrival_date, (i.arrived_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date)::text AS date, i.secrecy, i.symbol,
    i.type_code AS "typeCode", i.abstract,
    array_remove(ARRAY[i.arrival_number, substring(i.number FROM '^[0-9]{1,9}')::integer], NULL) AS numbers,
    ARRAY[i.sender_name] AS parties, '{}'::text[] AS people
  FROM workflow.incoming i WHERE i.secrecy = 'THUONG' AND i.id > $1 ORDER BY i.id LIMIT 2000`;

/** The database has no function of its own that takes the marks off letters: no extension is installed. */
async function fill(runner: QueryRunner, kind: SearchKind, sql: string): Promise<void> {
  let last = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const rows = (await runner.query(sql, [last])) as readonly Omit<SearchEntry, 'kind'>[];
    const end = rows.at(-1);
    if (end === undefined) return;
    last = end.id;
    await runner.query(
      `INSERT INTO workflow.search_entry (id, agency_id, kind, on_date, keys)
       SELECT id, agency_id, $5, on_date, keys FROM unnest($1::uuid[], $2::uuid[], $3::date[], $4::text[])
         AS given (id, agency_id, on_date, keys)`,
      [
        rows.map(({ id }) => id),
        rows.map(({ agencyId }) => agencyId),
        rows.map(({ date }) => date),
        rows.map((row) => searchKeys({ ...row, kind })),
        kind,
      ],
    );
  }
}

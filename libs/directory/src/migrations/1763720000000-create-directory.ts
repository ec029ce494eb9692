import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Half-open validity, as every table of the directory has it. */
const validity = `
  valid_from date NOT NULL,
  valid_to   date CHECK (valid_to > valid_from)`;

/**
 * Agencies and what belongs to them. Nothing is ever deleted: it ends, and perhaps has a successor. No
 * extension is needed: uniqueness over time rests on range types, search on words without marks.
 */
export class CreateDirectory1763720000000 implements MigrationInterface {
  readonly name = 'CreateDirectory1763720000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SCHEMA IF NOT EXISTS directory;
      CREATE TYPE directory.code_range AS RANGE (subtype = text, collation = "C");

      CREATE TABLE directory.agency (
        id           uuid PRIMARY KEY,
        code         text NOT NULL CHECK (code ~ '^[!-~]{1,64}$'),
        name         text NOT NULL,
        short_name   text NOT NULL,
        symbol       text NOT NULL,
        bloc         text NOT NULL CHECK (bloc IN ('party', 'state', 'front', 'union')),
        level        text NOT NULL CHECK (level IN ('central', 'province', 'commune')),
        parent_id    uuid REFERENCES directory.agency DEFERRABLE INITIALLY DEFERRED,
        node_id      text NOT NULL,
        place        text NOT NULL,
        contact080   text,
        successor_id uuid REFERENCES directory.agency DEFERRABLE INITIALLY DEFERRED,
        search       text COLLATE "C" NOT NULL,
        words        tsvector NOT NULL GENERATED ALWAYS AS (to_tsvector('simple', search)) STORED,
        ${validity},
        CHECK (successor_id IS NULL OR valid_to IS NOT NULL),
        CONSTRAINT agency_code_once_at_a_time EXCLUDE USING gist (
          directory.code_range(code, code, '[]') WITH &&,
          daterange(valid_from, valid_to) WITH &&
        )
      );
      COMMENT ON COLUMN directory.agency.search IS 'Code, name and short name in lower case without marks.';
      CREATE INDEX agency_code_idx ON directory.agency (code);
      CREATE INDEX agency_search_idx ON directory.agency (search, id);
      CREATE INDEX agency_place_idx ON directory.agency (bloc, level, search, id);
      CREATE INDEX agency_words_idx ON directory.agency USING gin (words);
      CREATE INDEX agency_parent_idx ON directory.agency (parent_id) WHERE parent_id IS NOT NULL;
      CREATE INDEX agency_successor_idx ON directory.agency (successor_id) WHERE successor_id IS NOT NULL;

      CREATE TABLE directory.body (
        id         uuid PRIMARY KEY,
        agency_id  uuid NOT NULL REFERENCES directory.agency,
        name       text NOT NULL,
        symbol     text NOT NULL,
        leadership text NOT NULL CHECK (leadership IN ('collective', 'headed')),
        has_seal   boolean NOT NULL,
        may_issue  text[] NOT NULL,
        ${validity}
      );
      CREATE INDEX body_agency_idx ON directory.body (agency_id);

      CREATE TABLE directory.term (
        id        uuid PRIMARY KEY,
        agency_id uuid NOT NULL REFERENCES directory.agency,
        name      text NOT NULL,
        ${validity}
      );
      CREATE INDEX term_agency_idx ON directory.term (agency_id, valid_from);

      CREATE TABLE directory.post (
        id                    uuid PRIMARY KEY,
        agency_id             uuid NOT NULL REFERENCES directory.agency,
        title                 text NOT NULL,
        rank                  text NOT NULL CHECK (rank IN ('head', 'deputy', 'member', 'staff')),
        body_ids              uuid[] NOT NULL,
        by_order_of_body_ids  uuid[] NOT NULL,
        ${validity}
      );
      CREATE INDEX post_agency_idx ON directory.post (agency_id);
      CREATE INDEX post_body_idx ON directory.post USING gin (body_ids);

      CREATE TABLE directory.person (
        id        uuid PRIMARY KEY,
        full_name text NOT NULL
      );

      CREATE TABLE directory.appointment (
        id        uuid PRIMARY KEY,
        person_id uuid NOT NULL REFERENCES directory.person,
        post_id   uuid NOT NULL REFERENCES directory.post,
        agency_id uuid NOT NULL REFERENCES directory.agency,
        roles     text[] NOT NULL
          CHECK (roles <@ ARRAY['drafter', 'clerk', 'leader', 'inspector', 'administrator']),
        acting    boolean NOT NULL,
        ${validity}
      );
      CREATE INDEX appointment_person_idx ON directory.appointment (person_id);
      CREATE INDEX appointment_post_idx ON directory.appointment (post_id);
      CREATE INDEX appointment_agency_idx ON directory.appointment (agency_id);

      CREATE TABLE directory.certificate (
        id            uuid PRIMARY KEY,
        agency_id     uuid REFERENCES directory.agency,
        person_id     uuid REFERENCES directory.person,
        use           text NOT NULL CHECK (use IN ('signing', 'evidence', 'encryption')),
        der           bytea NOT NULL,
        thumbprint    text NOT NULL UNIQUE CHECK (thumbprint ~ '^[0-9a-f]{64}$'),
        serial_number text NOT NULL,
        not_before    timestamptz NOT NULL,
        not_after     timestamptz NOT NULL,
        status        text NOT NULL CHECK (status IN ('active', 'withdrawn')),
        CHECK (num_nonnulls(agency_id, person_id) = 1)
      );
      CREATE INDEX certificate_agency_idx ON directory.certificate (agency_id, use) WHERE agency_id IS NOT NULL;
      CREATE INDEX certificate_person_idx ON directory.certificate (person_id, use) WHERE person_id IS NOT NULL;

      REVOKE ALL ON SCHEMA directory FROM PUBLIC;
      GRANT USAGE ON SCHEMA directory TO sealpost_app;
      GRANT USAGE ON TYPE directory.code_range TO sealpost_app;
      GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA directory TO sealpost_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP SCHEMA directory CASCADE');
  }
}

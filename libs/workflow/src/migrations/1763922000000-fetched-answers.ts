import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Revocation lists and OCSP answers that were fetched and verified, until they end. Public facts about certificates,
 * of no agency's business; `certificate` and `issuer` say for whom to fetch the next one.
 */
export class FetchedAnswers1763922000000 implements MigrationInterface {
  readonly name = 'FetchedAnswers1763922000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE workflow.fetched_answer (
        key text PRIMARY KEY CHECK (key ~ '^[0-9a-f]{64}$'),
        kind text NOT NULL CHECK (kind IN ('crl', 'ocsp')),
        url text NOT NULL CHECK (char_length(url) <= 2048),
        der bytea NOT NULL,
        sha256 text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
        fetched_at timestamptz NOT NULL,
        this_update timestamptz NOT NULL,
        next_update timestamptz NOT NULL CHECK (next_update > this_update),
        renew_at timestamptz NOT NULL,
        wanted_at timestamptz NOT NULL,
        tried_at timestamptz,
        etag text,
        last_modified text,
        certificate bytea NOT NULL,
        issuer bytea NOT NULL,
        CONSTRAINT answer_is_bounded
          CHECK (octet_length(der) <= CASE kind WHEN 'crl' THEN 16777216 ELSE 1048576 END)
      );
      CREATE INDEX fetched_answer_due ON workflow.fetched_answer (renew_at);
      GRANT SELECT, INSERT, UPDATE, DELETE ON workflow.fetched_answer TO sealpost_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE workflow.fetched_answer');
  }
}

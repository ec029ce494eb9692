import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Requests that were answered under an Idempotency-Key, kept for 24 hours. */
export class Platform1763700000000 implements MigrationInterface {
  readonly name = 'Platform1763700000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE platform.idempotency_key (
        owner text NOT NULL CHECK (length(owner) <= 200),
        route text NOT NULL CHECK (length(route) <= 300),
        key text NOT NULL CHECK (length(key) <= 200),
        request_digest bytea NOT NULL CHECK (length(request_digest) = 32),
        created_at timestamptz NOT NULL,
        status smallint,
        body text,
        completed_at timestamptz,
        PRIMARY KEY (owner, route, key)
      );
      CREATE INDEX idempotency_key_created_at ON platform.idempotency_key (created_at);
      GRANT USAGE ON SCHEMA platform TO sealpost_app;
      GRANT SELECT, INSERT, UPDATE, DELETE ON platform.idempotency_key TO sealpost_app;
      GRANT SELECT ON platform.migration TO sealpost_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE platform.idempotency_key');
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Entries per partition; the default partition takes what lies beyond the last, so nothing is refused. */
const partitionSize = 50_000_000n;
const partitionCount = 20n;

const partitions = Array.from({ length: Number(partitionCount) }, (_, index) => ({
  name: `audit.entry_p${String(index).padStart(3, '0')}`,
  from: BigInt(index) * partitionSize,
  to: (BigInt(index) + 1n) * partitionSize,
}));

const tables = ['audit.entry', ...partitions.map(({ name }) => name), 'audit.entry_rest'];

/**
 * The trail. The application may add and read; nobody may change or remove, the owner included: the
 * triggers are ENABLE ALWAYS, because an ordinary one is skipped under session_replication_role=replica.
 */
export class CreateAuditTrail1763710000000 implements MigrationInterface {
  readonly name = 'CreateAuditTrail1763710000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SCHEMA IF NOT EXISTS audit;
      CREATE SEQUENCE audit.entry_seq AS bigint;
      CREATE TABLE audit.entry (
        seq         bigint         NOT NULL DEFAULT nextval('audit.entry_seq'),
        bytes       bytea          NOT NULL CHECK (octet_length(bytes) <= 65536),
        leaf_hash   bytea          NOT NULL GENERATED ALWAYS AS (sha256('\\x00'::bytea || bytes)) STORED,
        at          timestamptz(3) NOT NULL,
        action      text           NOT NULL,
        outcome     text           NOT NULL,
        person_id   uuid,
        agency_id   uuid,
        document_id uuid,
        PRIMARY KEY (seq)
      ) PARTITION BY RANGE (seq);
      COMMENT ON TABLE audit.entry IS 'Audit trail: exact bytes of each entry; the other columns repeat what the bytes say.';
    `);
    for (const { name, from, to } of partitions) {
      await runner.query(
        `CREATE TABLE ${name} PARTITION OF audit.entry FOR VALUES FROM (${from}) TO (${to})`,
      );
    }
    await runner.query(`
      CREATE TABLE audit.entry_rest PARTITION OF audit.entry DEFAULT;
      CREATE INDEX entry_at_idx ON audit.entry (at, seq);
      CREATE INDEX entry_action_idx ON audit.entry (action, at, seq);
      CREATE INDEX entry_person_idx ON audit.entry (person_id, at, seq) WHERE person_id IS NOT NULL;
      CREATE INDEX entry_document_idx ON audit.entry (document_id, at, seq) WHERE document_id IS NOT NULL;

      CREATE FUNCTION audit.refuse_change() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
      BEGIN
        RAISE EXCEPTION 'the audit trail cannot be changed: % on %.%', TG_OP, TG_TABLE_SCHEMA, TG_TABLE_NAME
          USING ERRCODE = 'insufficient_privilege';
      END $$;
      REVOKE ALL ON FUNCTION audit.refuse_change() FROM PUBLIC;
    `);
    for (const table of tables) await runner.query(refuseChanges(table));
    await runner.query(`
      REVOKE ALL ON SCHEMA audit FROM PUBLIC;
      REVOKE ALL ON ALL TABLES IN SCHEMA audit FROM PUBLIC;
      GRANT USAGE ON SCHEMA audit TO sealpost_app;
      GRANT SELECT ON audit.entry TO sealpost_app;
      GRANT INSERT (bytes, at, action, outcome, person_id, agency_id, document_id) ON audit.entry TO sealpost_app;
      GRANT USAGE ON SEQUENCE audit.entry_seq TO sealpost_app;
    `);
  }

  async down(): Promise<void> {
    // A migration that removed the trail would be a way around it.
    return Promise.reject(new Error('The audit trail cannot be migrated away.'));
  }
}

/**
 * A statement trigger stops a command even when it meets no row, and TRUNCATE; a row trigger stops what
 * arrives row by row (logical replication fires no statement triggers).
 */
function refuseChanges(table: string): string {
  const rowTrigger =
    table === 'audit.entry'
      ? // Made once on the parent, PostgreSQL clones it to every partition.
        `CREATE TRIGGER refuse_row_change BEFORE UPDATE OR DELETE ON audit.entry
           FOR EACH ROW EXECUTE FUNCTION audit.refuse_change();`
      : '';
  return `
    ${rowTrigger}
    CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON ${table}
      FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_change();
    ALTER TABLE ${table} ENABLE ALWAYS TRIGGER refuse_change;
    ALTER TABLE ${table} ENABLE ALWAYS TRIGGER refuse_row_change;`;
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What inspectors need: every search begins with an agency, so the indexes do too; and mandates, under which the
 * trail of another agency is read. The index of actions without agency goes: nobody asks it that way, and each
 * index costs on every entry.
 */
export class InspectTrail1763814000000 implements MigrationInterface {
  readonly name = 'InspectTrail1763814000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX audit.entry_action_idx;
      CREATE INDEX entry_agency_idx ON audit.entry (agency_id, at, seq);
      CREATE INDEX entry_agency_action_idx ON audit.entry (agency_id, action, at, seq);
      CREATE INDEX entry_refusal_idx ON audit.entry (agency_id, outcome, at, seq) WHERE outcome <> 'success';

      CREATE TABLE audit.mandate (
        id            uuid        PRIMARY KEY,
        -- The commission that inspects.
        agency_id     uuid        NOT NULL,
        decision      text        NOT NULL,
        subject       text        NOT NULL,
        -- The inspected agencies, and the time of which their trail may be read.
        agency_ids    uuid[]      NOT NULL CHECK (cardinality(agency_ids) BETWEEN 1 AND 200),
        period_from   timestamptz NOT NULL,
        period_to     timestamptz NOT NULL CHECK (period_to > period_from),
        team          uuid[]      NOT NULL CHECK (cardinality(team) BETWEEN 1 AND 50),
        opens_at      timestamptz NOT NULL,
        expires_at    timestamptz NOT NULL CHECK (expires_at > opens_at AND expires_at <= opens_at + interval '366 days'),
        entered_by    uuid        NOT NULL,
        entered_at    timestamptz NOT NULL,
        confirmed_by  uuid        CHECK (confirmed_by <> entered_by),
        confirmed_at  timestamptz,
        closed_by     uuid,
        closed_at     timestamptz,
        CHECK ((confirmed_by IS NULL) = (confirmed_at IS NULL)),
        CHECK ((closed_by IS NULL) = (closed_at IS NULL))
      );
      COMMENT ON TABLE audit.mandate IS 'Decisions to inspect; what is written is not changed, only confirmed and closed.';
      CREATE INDEX mandate_agency_idx ON audit.mandate (agency_id, entered_at, id);
      GRANT SELECT, INSERT ON audit.mandate TO sealpost_app;
      GRANT UPDATE (confirmed_by, confirmed_at, closed_by, closed_at) ON audit.mandate TO sealpost_app;
    `);
  }

  async down(): Promise<void> {
    // Mandates are cited by entries that nobody may change.
    return Promise.reject(new Error('The mandates of inspections cannot be migrated away.'));
  }
}

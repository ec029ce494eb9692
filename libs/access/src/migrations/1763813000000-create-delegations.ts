import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Written authority of a leader for a time, never more than the leader's own. */
export class CreateDelegations1763813000000 implements MigrationInterface {
  readonly name = 'CreateDelegations1763813000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE access.delegation (
        id             uuid        PRIMARY KEY,
        agency_id      uuid        NOT NULL,
        from_person_id uuid        NOT NULL,
        appointment_id uuid        NOT NULL,
        to_person_id   uuid        NOT NULL CHECK (to_person_id <> from_person_id),
        valid_from     date        NOT NULL,
        valid_to       date        NOT NULL CHECK (valid_to > valid_from AND valid_to <= valid_from + 366),
        ceiling        text        NOT NULL CHECK (ceiling IN ('THUONG', 'MAT', 'TOI_MAT')),
        types          text[]      CHECK (cardinality(types) > 0),
        reason         text        NOT NULL,
        created_at     timestamptz NOT NULL,
        ended_at       timestamptz,
        ended_by       uuid,
        CHECK ((ended_at IS NULL) = (ended_by IS NULL))
      );
      CREATE INDEX delegation_to_idx ON access.delegation (to_person_id, valid_to);
      CREATE INDEX delegation_agency_idx ON access.delegation (agency_id, created_at, id);
      GRANT SELECT, INSERT ON access.delegation TO sealpost_app;
      GRANT UPDATE (ended_at, ended_by) ON access.delegation TO sealpost_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE access.delegation');
  }
}

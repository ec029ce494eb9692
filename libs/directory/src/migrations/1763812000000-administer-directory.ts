import type { MigrationInterface, QueryRunner } from 'typeorm';

const changeable = ['agency', 'body', 'post', 'person', 'appointment', 'certificate'] as const;

/** Rows that people change carry a version, and whoever inspects takes no other part, whatever is entered. */
export class AdministerDirectory1763812000000 implements MigrationInterface {
  readonly name = 'AdministerDirectory1763812000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const table of changeable)
      await runner.query(
        `ALTER TABLE directory.${table} ADD COLUMN version integer NOT NULL DEFAULT 1 CHECK (version > 0)`,
      );
    await runner.query(`
      ALTER TABLE directory.appointment ADD CONSTRAINT inspector_alone
        CHECK (NOT (roles @> ARRAY['inspector'] AND cardinality(roles) > 1));
      CREATE INDEX certificate_end_idx ON directory.certificate (not_after) WHERE status = 'active';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX directory.certificate_end_idx;
      ALTER TABLE directory.appointment DROP CONSTRAINT inspector_alone;
    `);
    for (const table of changeable) await runner.query(`ALTER TABLE directory.${table} DROP COLUMN version`);
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

/** An attempt on what another agency has stands in one entry, and is seen by the inspectors of both. */
export class ConcernedAgency1763890000000 implements MigrationInterface {
  readonly name = 'ConcernedAgency1763890000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE audit.entry ADD COLUMN concerned_agency_id uuid;
      CREATE INDEX entry_concerned_idx ON audit.entry (concerned_agency_id, at, seq)
        WHERE concerned_agency_id IS NOT NULL;
      GRANT INSERT (concerned_agency_id) ON audit.entry TO sealpost_app;
    `);
  }

  async down(): Promise<void> {
    return Promise.reject(new Error('The audit trail cannot be migrated away.'));
  }
}

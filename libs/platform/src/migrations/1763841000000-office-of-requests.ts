import type { MigrationInterface, QueryRunner } from 'typeorm';

/** In which office a request was made: its answer is repeated in that office alone. */
export class OfficeOfRequests1763841000000 implements MigrationInterface {
  readonly name = 'OfficeOfRequests1763841000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `ALTER TABLE platform.idempotency_key ADD COLUMN office text NOT NULL DEFAULT '' CHECK (length(office) <= 300)`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE platform.idempotency_key DROP COLUMN office');
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Where a person has put number, date and signatures on the page. */
export class PlaceParts1763880000000 implements MigrationInterface {
  readonly name = 'PlaceParts1763880000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      "ALTER TABLE workflow.document ADD COLUMN layout jsonb CHECK (jsonb_typeof(layout) = 'object')",
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE workflow.document DROP COLUMN layout');
  }
}

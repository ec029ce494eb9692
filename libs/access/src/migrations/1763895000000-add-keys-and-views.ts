import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Keys of one character, which a person may turn off, and places of the page that a person comes back to. */
export class AddKeysAndViews1763895000000 implements MigrationInterface {
  readonly name = 'AddKeysAndViews1763895000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE access.preference
        ADD COLUMN keys  boolean NOT NULL DEFAULT true,
        ADD COLUMN views jsonb   NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(views) = 'array');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE access.preference DROP COLUMN views, DROP COLUMN keys');
  }
}

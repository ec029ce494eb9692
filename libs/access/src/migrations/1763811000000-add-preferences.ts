import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a person likes the page to be, and passwords that somebody else gave and the owner must change. */
export class AddPreferences1763811000000 implements MigrationInterface {
  readonly name = 'AddPreferences1763811000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE access.preference (
        person_id uuid    PRIMARY KEY REFERENCES access.account (person_id),
        language  text    NOT NULL CHECK (language IN ('vi', 'en')),
        theme     text    NOT NULL CHECK (theme IN ('system', 'light', 'dark')),
        hints     boolean NOT NULL,
        tour_seen boolean NOT NULL
      );
      GRANT SELECT, INSERT, UPDATE ON access.preference TO sealpost_app;

      ALTER TABLE access.account ADD COLUMN must_change_password boolean NOT NULL DEFAULT false;
      CREATE INDEX session_opened_idx ON access.session (person_id, opened_at);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX access.session_opened_idx;
      ALTER TABLE access.account DROP COLUMN must_change_password;
      DROP TABLE access.preference;
    `);
  }
}

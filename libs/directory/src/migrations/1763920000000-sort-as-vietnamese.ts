import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Names sort as Vietnamese: a letter with its own mark (ă, â, đ, ê, ô, ơ, ư) after the one without, tones only
 * between words that are otherwise equal. People are listed by their given name, the last word, then by
 * the whole of it, as lists of people are in Vietnam. The order rests on ICU: `docs/deployment/backup.md` says what a new version of it asks for.
 */
export class SortAsVietnamese1763920000000 implements MigrationInterface {
  readonly name = 'SortAsVietnamese1763920000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX directory.agency_search_idx, directory.agency_place_idx;
      ALTER TABLE directory.agency ALTER COLUMN name TYPE text COLLATE "vi-x-icu";
      ALTER TABLE directory.body ALTER COLUMN name TYPE text COLLATE "vi-x-icu";
      ALTER TABLE directory.post ALTER COLUMN title TYPE text COLLATE "vi-x-icu";
      ALTER TABLE directory.person ALTER COLUMN full_name TYPE text COLLATE "vi-x-icu";
      ALTER TABLE directory.person ADD COLUMN given_name text COLLATE "vi-x-icu" NOT NULL
        GENERATED ALWAYS AS (regexp_replace(full_name, '^.*\\s', '')) STORED;
      CREATE INDEX agency_name_idx ON directory.agency (name, id);
      CREATE INDEX agency_place_idx ON directory.agency (bloc, level, name, id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX directory.agency_name_idx, directory.agency_place_idx;
      ALTER TABLE directory.person DROP COLUMN given_name;
      ALTER TABLE directory.person ALTER COLUMN full_name TYPE text COLLATE "default";
      ALTER TABLE directory.post ALTER COLUMN title TYPE text COLLATE "default";
      ALTER TABLE directory.body ALTER COLUMN name TYPE text COLLATE "default";
      ALTER TABLE directory.agency ALTER COLUMN name TYPE text COLLATE "default";
      CREATE INDEX agency_search_idx ON directory.agency (search, id);
      CREATE INDEX agency_place_idx ON directory.agency (bloc, level, search, id);
    `);
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';
import { searchText } from '../search-text';

/** People and posts are found by words without marks, as agencies are. */
export class SearchPeople1763810000000 implements MigrationInterface {
  readonly name = 'SearchPeople1763810000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE directory.person ADD COLUMN search text COLLATE "C" NOT NULL DEFAULT '';
      ALTER TABLE directory.post ADD COLUMN search text COLLATE "C" NOT NULL DEFAULT '';
      COMMENT ON COLUMN directory.person.search IS 'Full name in lower case without marks.';
      COMMENT ON COLUMN directory.post.search IS 'Title in lower case without marks.';
    `);
    await fill(runner, 'person', 'full_name');
    await fill(runner, 'post', 'title');
    await runner.query(`
      ALTER TABLE directory.person ALTER COLUMN search DROP DEFAULT;
      ALTER TABLE directory.post ALTER COLUMN search DROP DEFAULT;
      CREATE INDEX post_by_order_idx ON directory.post USING gin (by_order_of_body_ids);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX directory.post_by_order_idx;
      ALTER TABLE directory.person DROP COLUMN search;
      ALTER TABLE directory.post DROP COLUMN search;
    `);
  }
}

/** The database has no function of its own for it: no extension is installed. */
async function fill(runner: QueryRunner, table: string, column: string): Promise<void> {
  const rows = (await runner.query(`SELECT id, ${column} AS text FROM directory.${table}`)) as readonly {
    readonly id: string;
    readonly text: string;
  }[];
  await runner.query(
    `UPDATE directory.${table} AS t SET search = given.search
     FROM unnest($1::uuid[], $2::text[]) AS given (id, search) WHERE t.id = given.id`,
    [rows.map(({ id }) => id), rows.map(({ text }) => searchText(text))],
  );
}

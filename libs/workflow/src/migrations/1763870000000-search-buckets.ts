import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Five days go into a bucket of the search. A common word costs what fits into one bucket, a rare one a look at each: with
 * a hundred thousand documents a year and ten years, both cost about the same.
 */
export class SearchBuckets1763870000000 implements MigrationInterface {
  readonly name = 'SearchBuckets1763870000000';

  async up(runner: QueryRunner): Promise<void> {
    await rebuild(runner, 5);
  }

  async down(runner: QueryRunner): Promise<void> {
    await rebuild(runner, 14);
  }
}

async function rebuild(runner: QueryRunner, days: number): Promise<void> {
  await runner.query(`
    DROP INDEX workflow.search_entry_keys;
    CREATE OR REPLACE FUNCTION workflow.search_bucket(day date) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE
      RETURN (day - date '2000-01-01') / ${days};
    CREATE INDEX search_entry_keys ON workflow.search_entry
      USING gin (workflow.search_vector(agency_id, on_date, keys)) WITH (fastupdate = off);
  `);
}

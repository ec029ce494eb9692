import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who of the recipients on paper was told that a document is recalled, replaced or corrected. */
export class TellOnPaper1763911000000 implements MigrationInterface {
  readonly name = 'TellOnPaper1763911000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE workflow.dispatch
        ADD COLUMN told_of text CHECK (told_of IN ('RECALLED', 'REPLACED', 'CORRECTED')),
        ADD COLUMN told_at timestamptz,
        ADD COLUMN told_to text,
        ADD CONSTRAINT told_is_whole CHECK (num_nonnulls(told_of, told_at, told_to) IN (0, 3)),
        ADD CONSTRAINT handed_before_told CHECK (told_at IS NULL OR handed_at IS NOT NULL);
      COMMENT ON COLUMN workflow.dispatch.told_to IS 'Who signed for having been told, as written.';
      GRANT UPDATE (told_of, told_at, told_to) ON workflow.dispatch TO sealpost_app;`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE workflow.dispatch DROP COLUMN told_of, DROP COLUMN told_at, DROP COLUMN told_to;`);
  }
}

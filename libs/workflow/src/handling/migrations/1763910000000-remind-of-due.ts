import type { MigrationInterface, QueryRunner } from 'typeorm';

/** On which day whoever handles a document was reminded of its due date last. */
export class RemindOfDue1763910000000 implements MigrationInterface {
  readonly name = 'RemindOfDue1763910000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE workflow.handling ADD COLUMN reminded_on date;
      CREATE INDEX handling_to_remind ON workflow.handling (due_on) WHERE state IN ('ASSIGNED', 'IN_PROGRESS');
      GRANT UPDATE (reminded_on) ON workflow.handling TO sealpost_app;`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX workflow.handling_to_remind;
      ALTER TABLE workflow.handling DROP COLUMN reminded_on;`);
  }
}

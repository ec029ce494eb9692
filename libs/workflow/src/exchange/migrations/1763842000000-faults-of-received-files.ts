import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Files of other nodes are looked at as uploads are; what was found wrong stands with the file. */
export class FaultsOfReceivedFiles1763842000000 implements MigrationInterface {
  readonly name = 'FaultsOfReceivedFiles1763842000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE workflow.received_file ADD COLUMN fault text;
      ALTER TABLE workflow.incoming_file ADD COLUMN fault text;
      COMMENT ON COLUMN workflow.incoming_file.fault IS
        'Code for which an upload would be refused; such a file is not shown and its document not accepted.';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE workflow.incoming_file DROP COLUMN fault;
      ALTER TABLE workflow.received_file DROP COLUMN fault;
    `);
  }
}

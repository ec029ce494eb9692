import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a post signs for other agencies is found without walking through all that it signs for its own. */
export class SignedForOthers1763872000000 implements MigrationInterface {
  readonly name = 'SignedForOthers1763872000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX workflow.document_of_signer;
      CREATE INDEX document_of_signer ON workflow.document (signer_post_id, agency_id, changed_at DESC, id DESC);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX workflow.document_of_signer;
      CREATE INDEX document_of_signer ON workflow.document (signer_post_id, changed_at DESC, id DESC);
    `);
  }
}

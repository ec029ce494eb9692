import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Nearly every post signs for its own agency alone: told so, the planner does not walk through an agency to find none. */
export class SignersOfAgencies1763884000000 implements MigrationInterface {
  readonly name = 'SignersOfAgencies1763884000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'CREATE STATISTICS workflow.document_signers (mcv) ON signer_post_id, agency_id FROM workflow.document',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP STATISTICS workflow.document_signers');
  }
}

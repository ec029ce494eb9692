import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What waits for somebody is a small part of all documents: it is found without reading the others. */
export class WaitingDocuments1763850000000 implements MigrationInterface {
  readonly name = 'WaitingDocuments1763850000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE INDEX document_waiting ON workflow.document (agency_id, state, urgency DESC, changed_at, id)
        WHERE state IN ('DRAFT', 'IN_REVIEW', 'RETURNED', 'PERSON_SIGNED', 'NUMBERED', 'AGENCY_SIGNED');
      CREATE INDEX document_to_sign ON workflow.document (signer_post_id, urgency DESC, changed_at, id)
        WHERE state = 'APPROVED';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX workflow.document_waiting, workflow.document_to_sign');
  }
}

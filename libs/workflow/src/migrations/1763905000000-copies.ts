import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Copies of documents (sao y, sao lục, trích sao): documents with a source and without a signatory. They are numbered
 * for the agency as a whole, so their series names the agency where another names a body.
 */
export class Copies1763905000000 implements MigrationInterface {
  readonly name = 'Copies1763905000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE workflow.document
        ADD COLUMN copied_document_id uuid REFERENCES workflow.document (id),
        ADD COLUMN copied_incoming_id uuid REFERENCES workflow.incoming (id),
        ADD COLUMN copied_pages text CHECK (char_length(copied_pages) BETWEEN 1 AND 200),
        ALTER COLUMN signer_post_id DROP NOT NULL,
        ALTER COLUMN capacity_code DROP NOT NULL,
        DROP CONSTRAINT document_state_check,
        ADD CONSTRAINT document_state_check CHECK (state IN ('DRAFT', 'IN_REVIEW', 'RETURNED', 'APPROVED', 'PERSON_SIGNED',
          'COPIED', 'NUMBERED', 'AGENCY_SIGNED', 'ISSUED', 'RECALLED', 'REPLACED', 'CORRECTED', 'CANCELLED')),
        ADD CONSTRAINT copy_has_one_source
          CHECK ((type_code IN ${copies}) = (num_nonnulls(copied_document_id, copied_incoming_id) = 1)),
        ADD CONSTRAINT extract_has_its_pages CHECK ((type_code = 'TRS') = (copied_pages IS NOT NULL)),
        ADD CONSTRAINT copy_has_no_signer
          CHECK (num_nonnulls(signer_post_id, capacity_code) = CASE WHEN type_code IN ${copies} THEN 0 ELSE 2 END),
        ADD CONSTRAINT copy_is_not_drafted CHECK (type_code NOT IN ${copies}
          OR state NOT IN ('DRAFT', 'IN_REVIEW', 'RETURNED', 'APPROVED', 'PERSON_SIGNED')),
        ADD CONSTRAINT copy_is_not_secret CHECK (type_code NOT IN ${copies} OR secrecy = 'THUONG');
      CREATE INDEX copy_of_document ON workflow.document (copied_document_id) WHERE copied_document_id IS NOT NULL;
      CREATE INDEX copy_of_incoming ON workflow.document (copied_incoming_id) WHERE copied_incoming_id IS NOT NULL;
      ALTER TABLE workflow.register_entry ALTER COLUMN signer_person_id DROP NOT NULL;
      DROP INDEX workflow.document_waiting;
      ${waiting(`'DRAFT', 'IN_REVIEW', 'RETURNED', 'PERSON_SIGNED', 'COPIED', 'NUMBERED', 'AGENCY_SIGNED'`)}
    `);
  }

  /** A node that has made copies does not go back: they have no place in the tables as they were. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX workflow.document_waiting;
      ${waiting(`'DRAFT', 'IN_REVIEW', 'RETURNED', 'PERSON_SIGNED', 'NUMBERED', 'AGENCY_SIGNED'`)}
      ALTER TABLE workflow.register_entry ALTER COLUMN signer_person_id SET NOT NULL;
      ALTER TABLE workflow.document
        DROP CONSTRAINT copy_has_one_source, DROP CONSTRAINT extract_has_its_pages, DROP CONSTRAINT copy_has_no_signer,
        DROP CONSTRAINT copy_is_not_drafted, DROP CONSTRAINT copy_is_not_secret, DROP CONSTRAINT document_state_check,
        ADD CONSTRAINT document_state_check CHECK (state IN ('DRAFT', 'IN_REVIEW', 'RETURNED', 'APPROVED', 'PERSON_SIGNED',
          'NUMBERED', 'AGENCY_SIGNED', 'ISSUED', 'RECALLED', 'REPLACED', 'CORRECTED', 'CANCELLED')),
        ALTER COLUMN signer_post_id SET NOT NULL,
        ALTER COLUMN capacity_code SET NOT NULL,
        DROP COLUMN copied_document_id, DROP COLUMN copied_incoming_id, DROP COLUMN copied_pages;
    `);
  }
}

const copies = `('SY', 'SL', 'TRS')`;

function waiting(states: string): string {
  return `CREATE INDEX document_waiting ON workflow.document (agency_id, state, urgency DESC, changed_at, id)
        WHERE state IN (${states});`;
}

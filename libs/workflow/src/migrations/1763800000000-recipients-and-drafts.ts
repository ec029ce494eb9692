import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Recipients with a channel each, also such as no directory knows; what of them goes on paper, with its
 * receipt; groups of recipients; source files, and files taken out of a draft again.
 */
export class RecipientsAndDrafts1763800000000 implements MigrationInterface {
  readonly name = 'RecipientsAndDrafts1763800000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [recipients, dispatches, groups, files, grants]) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE workflow.recipient_group, workflow.dispatch;
      DELETE FROM workflow.recipient WHERE agency_id IS NULL;
      ALTER TABLE workflow.recipient DROP COLUMN channel, DROP COLUMN copies, DROP COLUMN name, DROP COLUMN address,
        DROP CONSTRAINT recipient_pkey, DROP CONSTRAINT recipient_document_id_agency_id_key,
        ALTER COLUMN agency_id SET NOT NULL;
      ALTER TABLE workflow.recipient ADD PRIMARY KEY (document_id, agency_id), ADD UNIQUE (document_id, position);
      ALTER TABLE workflow.document DROP COLUMN paper_reason;
      DROP INDEX workflow.document_of_body_and_type, workflow.document_has_one_source, workflow.document_has_one_main_file;
      ALTER TABLE workflow.document_file DROP COLUMN removed_at;
      CREATE UNIQUE INDEX document_has_one_main_file ON workflow.document_file (document_id) WHERE role = 'main';
      ALTER TABLE workflow.file_version DROP COLUMN file_name, DROP COLUMN media_type;
    `);
  }
}

const recipients = `
  ALTER TABLE workflow.recipient
    DROP CONSTRAINT recipient_pkey,
    DROP CONSTRAINT recipient_document_id_position_key,
    ALTER COLUMN agency_id DROP NOT NULL,
    ADD COLUMN channel text NOT NULL DEFAULT 'electronic' CHECK (channel IN ('electronic', 'kt1', 'post', 'direct')),
    ADD COLUMN copies integer NOT NULL DEFAULT 1 CHECK (copies BETWEEN 1 AND 10000),
    ADD COLUMN name text CHECK (char_length(name) BETWEEN 1 AND 300),
    ADD COLUMN address text CHECK (char_length(address) BETWEEN 1 AND 500),
    ADD PRIMARY KEY (document_id, position),
    ADD UNIQUE (document_id, agency_id),
    ADD CONSTRAINT agency_or_name CHECK (num_nonnulls(agency_id, name) = 1),
    ADD CONSTRAINT outside_the_directory_on_paper CHECK (agency_id IS NOT NULL OR channel <> 'electronic');
  ALTER TABLE workflow.document ADD COLUMN paper_reason text CHECK (char_length(paper_reason) BETWEEN 3 AND 500);
  CREATE INDEX document_of_body_and_type ON workflow.document (body_id, type_code, issued_at DESC)
    WHERE state = 'ISSUED';
`;

const dispatches = `
  CREATE TABLE workflow.dispatch (
    document_id uuid NOT NULL,
    n integer NOT NULL CHECK (n >= 1),
    recipient_position integer NOT NULL,
    agency_id uuid,
    name text NOT NULL,
    address text,
    channel text NOT NULL CHECK (channel IN ('kt1', 'post', 'direct')),
    copies integer NOT NULL CHECK (copies >= 1),
    created_at timestamptz NOT NULL,
    handed_at timestamptz,
    handed_by uuid,
    receipt_no text,
    received_at timestamptz,
    received_by text,
    PRIMARY KEY (document_id, n),
    FOREIGN KEY (document_id, recipient_position) REFERENCES workflow.recipient (document_id, position),
    CHECK ((handed_at IS NULL) = (handed_by IS NULL)),
    CHECK (receipt_no IS NULL OR handed_at IS NOT NULL),
    CHECK ((received_at IS NULL) = (received_by IS NULL)),
    CONSTRAINT handed_before_received CHECK (received_at IS NULL OR handed_at <= received_at)
  );
  CREATE INDEX dispatch_on_its_way ON workflow.dispatch (created_at) WHERE received_at IS NULL;
  COMMENT ON TABLE workflow.dispatch IS 'One copy, or several, on paper to one recipient, and who signed for it.';
`;

const groups = `
  CREATE TABLE workflow.recipient_group (
    id uuid PRIMARY KEY,
    agency_id uuid NOT NULL,
    name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 100),
    version integer NOT NULL DEFAULT 1,
    recipients jsonb NOT NULL,
    paper_recipients jsonb NOT NULL,
    changed_at timestamptz NOT NULL,
    changed_by uuid NOT NULL,
    UNIQUE (agency_id, name)
  );
`;

const files = `
  ALTER TABLE workflow.document_file
    DROP CONSTRAINT document_file_role_check,
    ADD CONSTRAINT document_file_role_check CHECK (role IN ('main', 'annex', 'attachment', 'source')),
    ADD COLUMN removed_at timestamptz;
  DROP INDEX workflow.document_has_one_main_file;
  CREATE UNIQUE INDEX document_has_one_main_file ON workflow.document_file (document_id)
    WHERE role = 'main' AND removed_at IS NULL;
  CREATE UNIQUE INDEX document_has_one_source ON workflow.document_file (document_id)
    WHERE role = 'source' AND removed_at IS NULL;
  ALTER TABLE workflow.file_version
    DROP CONSTRAINT file_version_page_count_check,
    ADD CONSTRAINT file_version_page_count_check CHECK (page_count >= 0),
    ADD COLUMN file_name text CHECK (char_length(file_name) BETWEEN 1 AND 255),
    ADD COLUMN media_type text;
  COMMENT ON COLUMN workflow.file_version.page_count IS '0 for a source file, which has no pages of its own.';
  COMMENT ON COLUMN workflow.file_version.file_name IS 'As uploaded; null where the node made the version.';
`;

const grants = `
  GRANT SELECT, INSERT ON workflow.dispatch TO sealpost_app;
  GRANT UPDATE (handed_at, handed_by, receipt_no, received_at, received_by) ON workflow.dispatch TO sealpost_app;
  GRANT SELECT, INSERT, UPDATE, DELETE ON workflow.recipient_group TO sealpost_app;
`;

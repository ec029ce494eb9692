import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Outgoing documents: files and their versions, drafts, review, signatures, number series, register.
 * What the law forbids is forbidden here too, whatever the application does.
 */
export class CreateDocuments1763740000000 implements MigrationInterface {
  readonly name = 'CreateDocuments1763740000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE SCHEMA IF NOT EXISTS workflow');
    await runner.query('GRANT USAGE ON SCHEMA workflow TO sealpost_app');
    for (const statement of [document, files, drafts, register, signing, guards, grants])
      await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE workflow.signing_operation, workflow.signature, workflow.register_entry, workflow.recipient,
        workflow.review_step, workflow.draft, workflow.file_version, workflow.document_file, workflow.document,
        workflow.number_series CASCADE;
      DROP FUNCTION workflow.number_series_only_counts_up();
    `);
  }
}

const document = `
  CREATE TABLE workflow.document (
    id uuid PRIMARY KEY,
    agency_id uuid NOT NULL,
    agency_code text NOT NULL,
    bloc text NOT NULL CHECK (bloc IN ('party', 'state', 'front', 'union')),
    body_id uuid NOT NULL,
    has_seal boolean NOT NULL,
    type_code text NOT NULL,
    abstract text CHECK (char_length(abstract) BETWEEN 1 AND 500),
    secrecy text NOT NULL CHECK (secrecy IN ('THUONG', 'MAT', 'TOI_MAT', 'TUYET_MAT')),
    urgency smallint NOT NULL CHECK (urgency BETWEEN 0 AND 4),
    urgency_at timestamptz,
    unit_symbol text,
    place text NOT NULL,
    body_symbol text NOT NULL,
    state text NOT NULL CHECK (state IN ('DRAFT', 'IN_REVIEW', 'RETURNED', 'APPROVED', 'PERSON_SIGNED', 'NUMBERED',
      'AGENCY_SIGNED', 'ISSUED', 'CANCELLED')),
    version integer NOT NULL DEFAULT 1,
    draft_no integer NOT NULL DEFAULT 1 CHECK (draft_no >= 1),
    drafter_id uuid NOT NULL,
    signer_post_id uuid NOT NULL,
    capacity_code text NOT NULL CHECK (capacity_code IN ('DIRECT', 'TM', 'Q', 'KT', 'TL', 'TUQ')),
    authority_reference text,
    authority_until date,
    signature_block text[] NOT NULL,
    open_steps integer NOT NULL DEFAULT 0 CHECK (open_steps >= 0),
    reviewers jsonb NOT NULL DEFAULT '[]',
    series_id uuid,
    number integer,
    number_text text,
    symbol text,
    issued_on date,
    created_at timestamptz NOT NULL,
    changed_at timestamptz NOT NULL,
    issued_at timestamptz,
    cancel_reason text,
    UNIQUE (id, secrecy),
    CONSTRAINT top_secret_has_no_abstract CHECK (secrecy <> 'TUYET_MAT' OR abstract IS NULL),
    CONSTRAINT timed_express_has_its_time CHECK ((urgency = 4) = (urgency_at IS NOT NULL)),
    CONSTRAINT number_is_whole CHECK (num_nonnulls(series_id, number, number_text, symbol, issued_on) IN (0, 5)),
    CONSTRAINT numbered_has_number CHECK (state NOT IN ('NUMBERED', 'AGENCY_SIGNED', 'ISSUED') OR number IS NOT NULL),
    CONSTRAINT unnumbered_has_none CHECK (state IN ('NUMBERED', 'AGENCY_SIGNED', 'ISSUED', 'CANCELLED') OR number IS NULL),
    CONSTRAINT issued_has_its_moment CHECK ((state = 'ISSUED') = (issued_at IS NOT NULL)),
    CONSTRAINT cancelled_has_a_reason CHECK ((state = 'CANCELLED') = (cancel_reason IS NOT NULL))
  );
  CREATE INDEX document_of_agency ON workflow.document (agency_id, changed_at DESC, id DESC);
  CREATE INDEX document_of_signer ON workflow.document (signer_post_id, changed_at DESC, id DESC);
  CREATE INDEX document_of_agency_in_state ON workflow.document (agency_id, state, changed_at DESC, id DESC);

  CREATE TABLE workflow.recipient (
    document_id uuid NOT NULL REFERENCES workflow.document (id),
    position integer NOT NULL CHECK (position >= 1),
    agency_id uuid NOT NULL,
    PRIMARY KEY (document_id, agency_id),
    UNIQUE (document_id, position)
  );
`;

const files = `
  CREATE TABLE workflow.document_file (
    id uuid PRIMARY KEY,
    document_id uuid NOT NULL,
    secrecy text NOT NULL,
    role text NOT NULL CHECK (role IN ('main', 'annex', 'attachment')),
    position integer NOT NULL CHECK (position >= 1),
    title text NOT NULL CHECK (char_length(title) BETWEEN 1 AND 500),
    file_name text NOT NULL CHECK (char_length(file_name) BETWEEN 1 AND 255),
    media_type text NOT NULL,
    upload_version_id uuid NOT NULL,
    current_version_id uuid NOT NULL,
    FOREIGN KEY (document_id, secrecy) REFERENCES workflow.document (id, secrecy) ON UPDATE CASCADE,
    CONSTRAINT top_secret_has_no_file CHECK (secrecy <> 'TUYET_MAT')
  );
  CREATE INDEX document_file_of_document ON workflow.document_file (document_id, position);
  CREATE UNIQUE INDEX document_has_one_main_file ON workflow.document_file (document_id) WHERE role = 'main';

  CREATE TABLE workflow.file_version (
    id uuid PRIMARY KEY,
    file_id uuid NOT NULL REFERENCES workflow.document_file (id) DEFERRABLE INITIALLY DEFERRED,
    document_id uuid NOT NULL REFERENCES workflow.document (id),
    draft_no integer NOT NULL,
    stage text NOT NULL CHECK (stage IN ('upload', 'laid_out', 'person_signed', 'numbered', 'agency_signed')),
    blob_id uuid NOT NULL,
    sha256 text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    size integer NOT NULL CHECK (size > 0),
    page_count integer NOT NULL CHECK (page_count >= 1),
    foreign_signatures integer NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL,
    created_by uuid
  );
  CREATE INDEX file_version_of_file ON workflow.file_version (file_id, created_at);
  CREATE INDEX file_version_of_document ON workflow.file_version (document_id);
  ALTER TABLE workflow.document_file
    ADD FOREIGN KEY (upload_version_id) REFERENCES workflow.file_version (id) DEFERRABLE INITIALLY DEFERRED,
    ADD FOREIGN KEY (current_version_id) REFERENCES workflow.file_version (id) DEFERRABLE INITIALLY DEFERRED;
`;

const drafts = `
  CREATE TABLE workflow.draft (
    document_id uuid NOT NULL REFERENCES workflow.document (id),
    n integer NOT NULL CHECK (n >= 1),
    content jsonb NOT NULL,
    submitted_at timestamptz NOT NULL,
    submitted_by uuid NOT NULL,
    returned_at timestamptz,
    returned_by uuid,
    returned_from text,
    return_reason text,
    PRIMARY KEY (document_id, n),
    CHECK (num_nonnulls(returned_at, returned_by, returned_from, return_reason) IN (0, 4))
  );

  CREATE TABLE workflow.review_step (
    document_id uuid NOT NULL,
    draft_no integer NOT NULL,
    position integer NOT NULL CHECK (position >= 1),
    name text NOT NULL,
    person_id uuid NOT NULL,
    state text NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'initialled', 'returned')),
    comment text,
    decided_at timestamptz,
    PRIMARY KEY (document_id, draft_no, position),
    FOREIGN KEY (document_id, draft_no) REFERENCES workflow.draft (document_id, n),
    CHECK ((state = 'pending') = (decided_at IS NULL))
  );
  CREATE INDEX review_step_waiting ON workflow.review_step (person_id) WHERE state = 'pending';
`;

const register = `
  CREATE TABLE workflow.number_series (
    id uuid PRIMARY KEY,
    body_id uuid NOT NULL,
    type_group text NOT NULL,
    secrecy_class text NOT NULL CHECK (secrecy_class IN ('ordinary', 'secret', 'all')),
    period_kind text NOT NULL CHECK (period_kind IN ('year', 'term')),
    period text NOT NULL,
    last_number integer NOT NULL CHECK (last_number >= 1),
    last_date date NOT NULL,
    UNIQUE (body_id, type_group, secrecy_class, period_kind, period)
  );

  CREATE TABLE workflow.register_entry (
    series_id uuid NOT NULL REFERENCES workflow.number_series (id),
    number integer NOT NULL CHECK (number >= 1),
    document_id uuid NOT NULL UNIQUE,
    secrecy text NOT NULL,
    agency_id uuid NOT NULL,
    number_text text NOT NULL,
    symbol text NOT NULL,
    issued_on date NOT NULL,
    type_code text NOT NULL,
    abstract text,
    signer_person_id uuid NOT NULL,
    registered_by uuid NOT NULL,
    registered_at timestamptz NOT NULL,
    cancelled_at timestamptz,
    cancel_reason text,
    PRIMARY KEY (series_id, number),
    FOREIGN KEY (document_id, secrecy) REFERENCES workflow.document (id, secrecy) ON UPDATE CASCADE,
    CONSTRAINT top_secret_has_no_abstract CHECK (secrecy <> 'TUYET_MAT' OR abstract IS NULL),
    CHECK ((cancelled_at IS NULL) = (cancel_reason IS NULL))
  );
  CREATE INDEX register_of_agency ON workflow.register_entry (agency_id, issued_on, number);
  ALTER TABLE workflow.document ADD FOREIGN KEY (series_id) REFERENCES workflow.number_series (id);
`;

const signing = `
  CREATE TABLE workflow.signing_operation (
    id uuid PRIMARY KEY,
    purpose text NOT NULL CHECK (purpose IN ('personal', 'agency')),
    person_id uuid NOT NULL,
    session_id text NOT NULL,
    agency_id uuid NOT NULL,
    items jsonb NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    used_at timestamptz,
    CHECK (expires_at > created_at)
  );

  CREATE TABLE workflow.signature (
    file_version_id uuid PRIMARY KEY REFERENCES workflow.file_version (id),
    document_id uuid NOT NULL REFERENCES workflow.document (id),
    operation_id uuid NOT NULL REFERENCES workflow.signing_operation (id),
    kind text NOT NULL CHECK (kind IN ('personal', 'agency')),
    person_id uuid NOT NULL,
    agency_id uuid NOT NULL,
    post_id uuid,
    capacity_code text,
    signature_block text[],
    certificate bytea NOT NULL,
    level text NOT NULL CHECK (level IN ('B-B', 'B-T')),
    signed_at timestamptz NOT NULL,
    CONSTRAINT personal_has_its_capacity
      CHECK ((kind = 'personal') = (num_nonnulls(post_id, capacity_code, signature_block) = 3))
  );
  CREATE INDEX signature_of_document ON workflow.signature (document_id);
`;

const guards = `
  CREATE FUNCTION workflow.number_series_only_counts_up() RETURNS trigger LANGUAGE plpgsql AS $body$
  BEGIN
    IF TG_OP = 'INSERT' THEN
      IF NEW.last_number <> 1 THEN RAISE EXCEPTION 'a series begins at 1'; END IF;
    ELSIF NEW.last_number <> OLD.last_number + 1 OR NEW.last_date < OLD.last_date
      OR (NEW.id, NEW.body_id, NEW.type_group, NEW.secrecy_class, NEW.period_kind, NEW.period)
        IS DISTINCT FROM (OLD.id, OLD.body_id, OLD.type_group, OLD.secrecy_class, OLD.period_kind, OLD.period) THEN
      RAISE EXCEPTION 'a series only counts up, one by one, and its date never goes back';
    END IF;
    RETURN NEW;
  END $body$;
  CREATE TRIGGER only_counts_up BEFORE INSERT OR UPDATE ON workflow.number_series
    FOR EACH ROW EXECUTE FUNCTION workflow.number_series_only_counts_up();
`;

const grants = `
  GRANT SELECT, INSERT, UPDATE ON workflow.document, workflow.document_file, workflow.draft, workflow.review_step,
    workflow.signing_operation, workflow.number_series TO sealpost_app;
  GRANT SELECT, INSERT ON workflow.file_version, workflow.signature TO sealpost_app;
  GRANT SELECT, INSERT, DELETE ON workflow.recipient TO sealpost_app;
  GRANT SELECT, INSERT ON workflow.register_entry TO sealpost_app;
  GRANT UPDATE (secrecy, cancelled_at, cancel_reason) ON workflow.register_entry TO sealpost_app;
`;

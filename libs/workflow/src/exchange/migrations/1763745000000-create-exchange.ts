import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What one agency sends and receives. The sending side (`submission`, `delivery`, `submission_file`) and the
 * receiving side (`received_file`, `inbox`, `incoming…`) never refer to each other's rows, also where both
 * agencies live on this node: all that passes between them is a signed message.
 */
export class CreateExchange1763745000000 implements MigrationInterface {
  readonly name = 'CreateExchange1763745000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE SCHEMA IF NOT EXISTS workflow');
    await runner.query(sendingSide);
    await runner.query(receivingSide);
    await runner.query(evidenceAndBalance);
    await runner.query(grants);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP FUNCTION workflow.delivery_balance(uuid);
      DROP TABLE workflow.evidence, workflow.dead_letter, workflow.evidence_return, workflow.arrival_register,
        workflow.arrival_series, workflow.incoming_verification, workflow.incoming_file, workflow.incoming,
        workflow.inbox, workflow.received_file, workflow.delivery, workflow.submission_file, workflow.submission;
    `);
  }
}

const sendingSide = `
  CREATE TABLE workflow.submission (
    document_id      uuid        PRIMARY KEY,
    sender_agency_id uuid        NOT NULL,
    identity         jsonb       NOT NULL,
    recipients       integer     NOT NULL CHECK (recipients > 0),
    submitted_at     timestamptz NOT NULL
  );
  COMMENT ON TABLE workflow.submission IS 'A document given to the exchange, and to how many recipients.';

  CREATE TABLE workflow.submission_file (
    document_id uuid    NOT NULL REFERENCES workflow.submission,
    position    integer NOT NULL,
    sha256      text    NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    size        bigint  NOT NULL,
    blob_id     text    NOT NULL,
    PRIMARY KEY (document_id, position)
  );

  CREATE TABLE workflow.delivery (
    id                  uuid        PRIMARY KEY,
    document_id         uuid        NOT NULL REFERENCES workflow.submission,
    sender_agency_id    uuid        NOT NULL,
    sender_code         text        NOT NULL,
    recipient_agency_id uuid        NOT NULL,
    recipient_code      text        NOT NULL,
    recipient_name      text        NOT NULL,
    node_id             text        NOT NULL,
    message_id          uuid        NOT NULL UNIQUE,
    manifest_cms        bytea       NOT NULL,
    manifest_sha256     text        NOT NULL,
    state               text        NOT NULL DEFAULT 'QUEUED'
                        CHECK (state IN ('QUEUED', 'SENT', '01', '02', '03', 'NON_DELIVERED')),
    version             integer     NOT NULL DEFAULT 1,
    attempts            integer     NOT NULL DEFAULT 0,
    next_attempt_at     timestamptz NOT NULL,
    last_error          text,
    created_at          timestamptz NOT NULL,
    sent_at             timestamptz,
    consigned_at        timestamptz,
    settled_at          timestamptz,
    refusal_reason      text,
    arrival_number      integer,
    arrival_date        date,
    UNIQUE (document_id, recipient_agency_id)
  );
  CREATE INDEX delivery_waiting_idx ON workflow.delivery (next_attempt_at)
    WHERE consigned_at IS NULL AND state <> 'NON_DELIVERED';
  COMMENT ON TABLE workflow.delivery IS 'One document on its way to one recipient, as the sender knows it.';

  CREATE TABLE workflow.dead_letter (
    id              uuid        PRIMARY KEY,
    kind            text        NOT NULL CHECK (kind IN ('delivery', 'evidence')),
    subject_id      uuid        NOT NULL,
    agency_id       uuid        NOT NULL,
    document_id     uuid        NOT NULL,
    message_id      uuid        NOT NULL,
    counterpart     text        NOT NULL,
    code            text        NOT NULL,
    attempts        integer     NOT NULL,
    created_at      timestamptz NOT NULL,
    resolved_at     timestamptz,
    resolution      text        CHECK (resolution IN ('resent', 'settled')),
    CHECK ((resolved_at IS NULL) = (resolution IS NULL))
  );
  CREATE UNIQUE INDEX dead_letter_open_idx ON workflow.dead_letter (subject_id) WHERE resolved_at IS NULL;
  CREATE INDEX dead_letter_agency_idx ON workflow.dead_letter (agency_id, created_at DESC, id);
  COMMENT ON COLUMN workflow.dead_letter.agency_id IS 'Whose message it is: the agency that may send it again.';
`;

const receivingSide = `
  CREATE TABLE workflow.received_file (
    source_node text        NOT NULL,
    sha256      text        NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    size        bigint      NOT NULL,
    pages       integer,
    blob_id     text        NOT NULL,
    received_at timestamptz NOT NULL,
    PRIMARY KEY (source_node, sha256)
  );
  COMMENT ON TABLE workflow.received_file IS
    'Files by digest, per node they came from: knowing the digest of another node''s file opens nothing.';
  COMMENT ON COLUMN workflow.received_file.pages IS 'Null where it cannot be read as PDF.';

  CREATE TABLE workflow.inbox (
    sender_code     text        NOT NULL,
    message_id      uuid        NOT NULL,
    agency_id       uuid        NOT NULL,
    manifest_sha256 text        NOT NULL,
    outcome         text        NOT NULL CHECK (outcome IN ('consigned', 'rejected')),
    answer          bytea       NOT NULL,
    source_node     text        NOT NULL,
    received_at     timestamptz NOT NULL,
    PRIMARY KEY (sender_code, message_id)
  );
  COMMENT ON TABLE workflow.inbox IS 'Every message taken in once; a repeated one gets the same answer again.';

  CREATE TABLE workflow.incoming (
    id              uuid        PRIMARY KEY,
    agency_id       uuid        NOT NULL,
    sender_code     text        NOT NULL,
    sender_name     text        NOT NULL,
    message_id      uuid        NOT NULL,
    document_id     uuid        NOT NULL,
    source_node     text        NOT NULL,
    body_id         uuid        NOT NULL,
    type_code       text        NOT NULL,
    number          text        NOT NULL,
    symbol          text        NOT NULL,
    issued_on       date        NOT NULL,
    abstract        text,
    secrecy         text        NOT NULL,
    urgency         smallint    NOT NULL CHECK (urgency BETWEEN 0 AND 4),
    urgency_at      timestamptz,
    manifest        bytea       NOT NULL,
    manifest_cms    bytea       NOT NULL,
    manifest_sha256 text        NOT NULL,
    state           text        NOT NULL DEFAULT '01' CHECK (state IN ('01', '02', '03')),
    version         integer     NOT NULL DEFAULT 1,
    arrived_at      timestamptz NOT NULL,
    settled_at      timestamptz,
    settled_by      uuid,
    refusal_reason  text,
    arrival_number  integer,
    arrival_date    date,
    UNIQUE (sender_code, message_id),
    CHECK (secrecy <> 'TUYET_MAT' OR abstract IS NULL),
    CHECK ((urgency = 4) = (urgency_at IS NOT NULL)),
    CHECK ((state = '01') = (settled_at IS NULL)),
    CHECK ((state = '02') = (refusal_reason IS NOT NULL)),
    CHECK ((state = '03') = (arrival_number IS NOT NULL AND arrival_date IS NOT NULL))
  );
  CREATE INDEX incoming_agency_idx ON workflow.incoming (agency_id, arrived_at DESC, id DESC);
  CREATE INDEX incoming_agency_state_idx ON workflow.incoming (agency_id, state, arrived_at DESC, id DESC);
  COMMENT ON TABLE workflow.incoming IS 'A document that arrived for an agency of this node, from its message alone.';

  CREATE TABLE workflow.incoming_file (
    id          uuid    PRIMARY KEY,
    incoming_id uuid    NOT NULL REFERENCES workflow.incoming,
    position    integer NOT NULL,
    role        text    NOT NULL,
    title       text    NOT NULL,
    media_type  text    NOT NULL,
    sha256      text    NOT NULL,
    size        bigint  NOT NULL,
    pages       integer NOT NULL,
    blob_id     text    NOT NULL,
    UNIQUE (incoming_id, position)
  );

  CREATE TABLE workflow.incoming_verification (
    id              uuid        PRIMARY KEY,
    incoming_id     uuid        NOT NULL REFERENCES workflow.incoming,
    content_sha256  text        NOT NULL,
    verified_at     timestamptz NOT NULL,
    verified_by     uuid        NOT NULL,
    verdict         text        NOT NULL CHECK (verdict IN ('TOTAL-PASSED', 'INDETERMINATE', 'TOTAL-FAILED')),
    files           jsonb       NOT NULL
  );
  CREATE INDEX incoming_verification_idx ON workflow.incoming_verification (incoming_id, verified_at DESC);
  COMMENT ON COLUMN workflow.incoming_verification.content_sha256 IS 'SHA-256 over the digests of all files in order: what the verdict is about.';

  CREATE TABLE workflow.arrival_series (
    agency_id   uuid    NOT NULL,
    year        integer NOT NULL,
    last_number integer NOT NULL,
    last_date   date    NOT NULL,
    PRIMARY KEY (agency_id, year)
  );
  CREATE TABLE workflow.arrival_register (
    agency_id     uuid        NOT NULL,
    year          integer     NOT NULL,
    number        integer     NOT NULL CHECK (number > 0),
    date          date        NOT NULL,
    incoming_id   uuid        NOT NULL UNIQUE REFERENCES workflow.incoming,
    registered_by uuid        NOT NULL,
    registered_at timestamptz NOT NULL,
    PRIMARY KEY (agency_id, year, number)
  );
  COMMENT ON TABLE workflow.arrival_register IS 'Số đến: one gap-free series per agency and calendar year.';

  CREATE TABLE workflow.evidence_return (
    id              uuid        PRIMARY KEY,
    incoming_id     uuid        NOT NULL REFERENCES workflow.incoming,
    agency_id       uuid        NOT NULL,
    document_id     uuid        NOT NULL,
    message_id      uuid        NOT NULL,
    to_code         text        NOT NULL,
    node_id         text        NOT NULL,
    der             bytea       NOT NULL,
    state           text        NOT NULL DEFAULT 'QUEUED' CHECK (state IN ('QUEUED', 'SENT', 'FAILED')),
    attempts        integer     NOT NULL DEFAULT 0,
    next_attempt_at timestamptz NOT NULL,
    last_error      text,
    created_at      timestamptz NOT NULL,
    sent_at         timestamptz
  );
  CREATE INDEX evidence_return_waiting_idx ON workflow.evidence_return (next_attempt_at) WHERE state = 'QUEUED';
  CREATE INDEX evidence_return_incoming_idx ON workflow.evidence_return (incoming_id);
  COMMENT ON TABLE workflow.evidence_return IS 'Evidence C.3 and C.4 on its way back to the sender.';
`;

const evidenceAndBalance = `
  CREATE TABLE workflow.evidence (
    holder_agency_id uuid        NOT NULL,
    evidence_id      uuid        NOT NULL,
    message_id       uuid        NOT NULL,
    document_id      uuid        NOT NULL,
    event            text        NOT NULL,
    stated_by        text        NOT NULL,
    event_time       timestamptz NOT NULL,
    recorded_at      timestamptz NOT NULL,
    der              bytea       NOT NULL,
    PRIMARY KEY (holder_agency_id, evidence_id),
    UNIQUE (holder_agency_id, message_id, event)
  );
  COMMENT ON TABLE workflow.evidence IS 'Signed statements, kept by each agency for itself.';

  -- documents × recipients on one side, what became of them on the other; p_document null: all of them.
  CREATE FUNCTION workflow.delivery_balance(p_document uuid DEFAULT NULL)
  RETURNS TABLE (expected bigint, accepted bigint, refused bigint, pending bigint, dead_letter bigint)
  LANGUAGE sql STABLE AS $$
    SELECT
      (SELECT coalesce(sum(s.recipients), 0) FROM workflow.submission s WHERE p_document IS NULL OR s.document_id = p_document),
      count(*) FILTER (WHERE d.state = '03'),
      count(*) FILTER (WHERE d.state = '02'),
      count(*) FILTER (WHERE d.state IN ('QUEUED', 'SENT', '01')),
      count(*) FILTER (WHERE d.state = 'NON_DELIVERED' AND EXISTS (
        SELECT FROM workflow.dead_letter l WHERE l.subject_id = d.id AND l.resolved_at IS NULL))
    FROM workflow.delivery d WHERE p_document IS NULL OR d.document_id = p_document
  $$;
`;

/**
 * Evidence, inbox and register only grow, and what a message says cannot be changed afterwards: the application may
 * only write where a row stands on its way.
 */
const grants = `
  REVOKE ALL ON FUNCTION workflow.delivery_balance(uuid) FROM PUBLIC;
  GRANT USAGE ON SCHEMA workflow TO sealpost_app;
  GRANT SELECT, INSERT ON workflow.submission, workflow.submission_file, workflow.delivery, workflow.dead_letter,
    workflow.received_file, workflow.inbox, workflow.incoming, workflow.incoming_file, workflow.incoming_verification,
    workflow.arrival_series, workflow.arrival_register, workflow.evidence_return, workflow.evidence TO sealpost_app;
  GRANT UPDATE (state, version, attempts, next_attempt_at, last_error, sent_at, consigned_at, settled_at, refusal_reason,
    arrival_number, arrival_date) ON workflow.delivery TO sealpost_app;
  GRANT UPDATE (resolved_at, resolution) ON workflow.dead_letter TO sealpost_app;
  GRANT UPDATE (state, version, settled_at, settled_by, refusal_reason, arrival_number, arrival_date)
    ON workflow.incoming TO sealpost_app;
  GRANT UPDATE (last_number, last_date) ON workflow.arrival_series TO sealpost_app;
  GRANT UPDATE (state, attempts, next_attempt_at, last_error, sent_at) ON workflow.evidence_return TO sealpost_app;
  GRANT EXECUTE ON FUNCTION workflow.delivery_balance(uuid) TO sealpost_app;
`;

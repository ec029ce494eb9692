import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What happens to an incoming document inside the agency that received it, and papers that came by post: one table of
 * incoming documents, one series of số đến, for both.
 */
export class HandleIncoming1763842000000 implements MigrationInterface {
  readonly name = 'HandleIncoming1763842000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [papers, statuses, handling, instructions, copies, registered, grants])
      await runner.query(statement);
  }

  /** Papers and later statuses have no place in the tables as they were: a node that has them does not go back. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE workflow.answer, workflow.stamped_copy, workflow.handling_task, workflow.instruction,
        workflow.handling_step, workflow.handling;
      ALTER TABLE workflow.incoming_file DROP CONSTRAINT top_secret_has_no_file, DROP COLUMN secrecy;
      DROP INDEX workflow.incoming_id_secrecy;
      ALTER TABLE workflow.incoming
        DROP CONSTRAINT electronic_came_by_message, DROP CONSTRAINT paper_came_by_hand, DROP CONSTRAINT opened_paper_is_described,
        DROP CONSTRAINT incoming_state_check, DROP CONSTRAINT registered_has_its_number,
        DROP COLUMN source, DROP COLUMN sender_agency_id, DROP COLUMN channel, DROP COLUMN pages,
        DROP COLUMN envelope_marks, DROP COLUMN envelope_remarks,
        ALTER COLUMN sender_code SET NOT NULL, ALTER COLUMN message_id SET NOT NULL,
        ALTER COLUMN document_id SET NOT NULL, ALTER COLUMN source_node SET NOT NULL, ALTER COLUMN body_id SET NOT NULL,
        ALTER COLUMN type_code SET NOT NULL, ALTER COLUMN number SET NOT NULL, ALTER COLUMN symbol SET NOT NULL,
        ALTER COLUMN issued_on SET NOT NULL, ALTER COLUMN manifest SET NOT NULL, ALTER COLUMN manifest_cms SET NOT NULL,
        ALTER COLUMN manifest_sha256 SET NOT NULL,
        ADD CONSTRAINT incoming_state_check CHECK (state IN ('01', '02', '03')),
        ADD CONSTRAINT incoming_check4 CHECK ((state = '03') = (arrival_number IS NOT NULL AND arrival_date IS NOT NULL));
      ALTER TABLE workflow.delivery DROP CONSTRAINT delivery_state_check,
        ADD CONSTRAINT delivery_state_check CHECK (state IN ('QUEUED', 'SENT', '01', '02', '03', 'NON_DELIVERED'));
    `);
    await runner.query(balance(`d.state = '03'`));
  }
}

const papers = `
  ALTER TABLE workflow.incoming
    ADD COLUMN source text NOT NULL DEFAULT 'electronic' CHECK (source IN ('electronic', 'paper')),
    ADD COLUMN sender_agency_id uuid,
    ADD COLUMN channel text CHECK (channel IN ('kt1', 'post', 'direct')),
    ADD COLUMN pages integer CHECK (pages BETWEEN 1 AND 100000),
    ADD COLUMN envelope_marks text[] NOT NULL DEFAULT '{}',
    ADD COLUMN envelope_remarks text CHECK (char_length(envelope_remarks) BETWEEN 1 AND 500),
    ALTER COLUMN sender_code DROP NOT NULL,
    ALTER COLUMN message_id DROP NOT NULL,
    ALTER COLUMN document_id DROP NOT NULL,
    ALTER COLUMN source_node DROP NOT NULL,
    ALTER COLUMN body_id DROP NOT NULL,
    ALTER COLUMN type_code DROP NOT NULL,
    ALTER COLUMN number DROP NOT NULL,
    ALTER COLUMN symbol DROP NOT NULL,
    ALTER COLUMN issued_on DROP NOT NULL,
    ALTER COLUMN manifest DROP NOT NULL,
    ALTER COLUMN manifest_cms DROP NOT NULL,
    ALTER COLUMN manifest_sha256 DROP NOT NULL,
    ADD CONSTRAINT electronic_came_by_message CHECK (source = 'paper' OR num_nonnulls(sender_code, message_id, document_id,
      source_node, body_id, type_code, number, symbol, issued_on, manifest, manifest_cms, manifest_sha256) = 12),
    ADD CONSTRAINT paper_came_by_hand CHECK (CASE source
      WHEN 'paper' THEN channel IS NOT NULL AND num_nonnulls(message_id, document_id, source_node, body_id, manifest,
        manifest_cms, manifest_sha256) = 0 AND state NOT IN ('01', '02')
      ELSE channel IS NULL AND pages IS NULL AND envelope_remarks IS NULL AND envelope_marks = '{}' END),
    ADD CONSTRAINT opened_paper_is_described CHECK (secrecy <> 'THUONG' OR abstract IS NOT NULL
      AND num_nonnulls(type_code, issued_on) = 2 OR source = 'electronic'),
    ADD CONSTRAINT top_secret_has_no_remark CHECK (secrecy <> 'TUYET_MAT' OR envelope_remarks IS NULL);
  CREATE UNIQUE INDEX incoming_id_secrecy ON workflow.incoming (id, secrecy);
  COMMENT ON COLUMN workflow.incoming.sender_code IS 'Of the directory; null for the sender of a paper who is not in it.';
  COMMENT ON COLUMN workflow.incoming.arrived_at IS 'When the message came, or the paper was handed over.';

  ALTER TABLE workflow.incoming_file
    ADD COLUMN secrecy text NOT NULL DEFAULT 'THUONG',
    ADD CONSTRAINT top_secret_has_no_file CHECK (secrecy <> 'TUYET_MAT');
  UPDATE workflow.incoming_file f SET secrecy = i.secrecy FROM workflow.incoming i WHERE i.id = f.incoming_id AND i.secrecy <> f.secrecy;
  ALTER TABLE workflow.incoming_file
    ADD FOREIGN KEY (incoming_id, secrecy) REFERENCES workflow.incoming (id, secrecy) ON UPDATE CASCADE;
`;

function balance(accepted: string): string {
  return `
  CREATE OR REPLACE FUNCTION workflow.delivery_balance(p_document uuid DEFAULT NULL)
  RETURNS TABLE (expected bigint, accepted bigint, refused bigint, pending bigint, dead_letter bigint)
  LANGUAGE sql STABLE AS $$
    SELECT
      (SELECT coalesce(sum(s.recipients), 0) FROM workflow.submission s WHERE p_document IS NULL OR s.document_id = p_document),
      count(*) FILTER (WHERE ${accepted}),
      count(*) FILTER (WHERE d.state = '02'),
      count(*) FILTER (WHERE d.state IN ('QUEUED', 'SENT', '01')),
      count(*) FILTER (WHERE d.state = 'NON_DELIVERED' AND EXISTS (
        SELECT FROM workflow.dead_letter l WHERE l.subject_id = d.id AND l.resolved_at IS NULL))
    FROM workflow.delivery d WHERE p_document IS NULL OR d.document_id = p_document
  $$;`;
}

const statuses = `
  ALTER TABLE workflow.incoming
    DROP CONSTRAINT incoming_state_check,
    DROP CONSTRAINT incoming_check4,
    ADD CONSTRAINT incoming_state_check CHECK (state IN ('01', '02', '03', '04', '05', '06')),
    ADD CONSTRAINT registered_has_its_number
      CHECK ((state IN ('03', '04', '05', '06')) = (arrival_number IS NOT NULL AND arrival_date IS NOT NULL));
  ALTER TABLE workflow.delivery
    DROP CONSTRAINT delivery_state_check,
    ADD CONSTRAINT delivery_state_check
      CHECK (state IN ('QUEUED', 'SENT', '01', '02', '03', '04', '05', '06', 'NON_DELIVERED'));
  COMMENT ON TABLE workflow.evidence_return IS 'What a recipient states (C.3, C.4, X.04 to X.06) on its way back to the sender.';
  ${balance(`d.state IN ('03', '04', '05', '06')`)}
`;

const handling = `
  CREATE TABLE workflow.handling (
    id                uuid        PRIMARY KEY,
    agency_id         uuid        NOT NULL,
    secrecy           text        NOT NULL,
    state             text        NOT NULL
                      CHECK (state IN ('REGISTERED', 'SUBMITTED', 'ASSIGNED', 'IN_PROGRESS', 'DONE')),
    version           integer     NOT NULL DEFAULT 1,
    entered_at        timestamptz NOT NULL,
    leader_id         uuid,
    instruction_id    uuid,
    lead_person_id    uuid,
    due_on            date,
    result            text        CHECK (char_length(result) BETWEEN 1 AND 2000),
    reply_document_id uuid        REFERENCES workflow.document (id),
    done_at           timestamptz,
    UNIQUE (id, secrecy),
    FOREIGN KEY (id, secrecy) REFERENCES workflow.incoming (id, secrecy) ON UPDATE CASCADE,
    CONSTRAINT submitted_to_somebody CHECK ((state = 'REGISTERED') = (leader_id IS NULL)),
    CONSTRAINT assigned_to_exactly_one_lead CHECK (CASE WHEN state IN ('ASSIGNED', 'IN_PROGRESS', 'DONE')
      THEN num_nonnulls(instruction_id, lead_person_id) = 2 ELSE num_nonnulls(instruction_id, lead_person_id, due_on) = 0 END),
    CONSTRAINT done_has_its_moment CHECK ((state = 'DONE') = (done_at IS NOT NULL)),
    CONSTRAINT only_done_has_a_result CHECK (state = 'DONE' OR num_nonnulls(result, reply_document_id) = 0),
    CONSTRAINT top_secret_has_no_text CHECK (secrecy <> 'TUYET_MAT' OR result IS NULL)
  );
  CREATE INDEX handling_in_state ON workflow.handling (agency_id, state, entered_at, id);
  CREATE INDEX handling_to_instruct ON workflow.handling (leader_id, agency_id, entered_at, id) WHERE state = 'SUBMITTED';
  CREATE INDEX handling_due ON workflow.handling (agency_id, (coalesce(due_on, '9999-12-31')), id)
    WHERE state IN ('ASSIGNED', 'IN_PROGRESS');
  COMMENT ON TABLE workflow.handling IS 'One registered incoming document on its way through the agency; same id.';

  CREATE TABLE workflow.handling_step (
    handling_id uuid        NOT NULL,
    seq         integer     NOT NULL CHECK (seq >= 1),
    secrecy     text        NOT NULL,
    event       text        NOT NULL,
    to_state    text        NOT NULL,
    person_id   uuid        NOT NULL,
    at          timestamptz NOT NULL,
    note        text        CHECK (char_length(note) BETWEEN 1 AND 2000),
    PRIMARY KEY (handling_id, seq),
    FOREIGN KEY (handling_id, secrecy) REFERENCES workflow.handling (id, secrecy) ON UPDATE CASCADE,
    CONSTRAINT top_secret_has_no_text CHECK (secrecy <> 'TUYET_MAT' OR note IS NULL)
  );
`;

const instructions = `
  CREATE TABLE workflow.instruction (
    id          uuid        PRIMARY KEY,
    handling_id uuid        NOT NULL,
    secrecy     text        NOT NULL,
    n           integer     NOT NULL CHECK (n >= 1),
    text        text        CHECK (char_length(text) BETWEEN 1 AND 2000),
    due_on      date,
    given_by    uuid        NOT NULL,
    given_at    timestamptz NOT NULL,
    ended_at    timestamptz,
    UNIQUE (handling_id, n),
    FOREIGN KEY (handling_id, secrecy) REFERENCES workflow.handling (id, secrecy) ON UPDATE CASCADE,
    CONSTRAINT top_secret_has_no_text CHECK ((secrecy = 'TUYET_MAT') = (text IS NULL))
  );
  CREATE UNIQUE INDEX one_instruction_in_force ON workflow.instruction (handling_id) WHERE ended_at IS NULL;
  COMMENT ON TABLE workflow.instruction IS 'Bút phê: each replaces the one before, all are kept.';

  CREATE TABLE workflow.handling_task (
    id             uuid        PRIMARY KEY,
    handling_id    uuid        NOT NULL REFERENCES workflow.handling (id),
    instruction_id uuid        NOT NULL REFERENCES workflow.instruction (id),
    agency_id      uuid        NOT NULL,
    person_id      uuid        NOT NULL,
    post_id        uuid,
    part           text        NOT NULL CHECK (part IN ('lead', 'support', 'inform')),
    state          text        NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'done', 'relieved', 'withdrawn')),
    due_on         date,
    given_at       timestamptz NOT NULL,
    seen_at        timestamptz,
    ended_at       timestamptz,
    UNIQUE (instruction_id, person_id),
    CHECK ((state = 'open') = (ended_at IS NULL))
  );
  CREATE UNIQUE INDEX one_lead ON workflow.handling_task (instruction_id) WHERE part = 'lead';
  CREATE INDEX handling_task_of ON workflow.handling_task (handling_id, person_id);
  CREATE INDEX handling_task_mine ON workflow.handling_task (person_id, agency_id, (coalesce(due_on, '9999-12-31')), id)
    WHERE state = 'open' AND part <> 'inform';
  CREATE INDEX handling_task_to_know ON workflow.handling_task (person_id, agency_id, given_at, id)
    WHERE part = 'inform' AND seen_at IS NULL AND state <> 'withdrawn';
  CREATE INDEX handling_task_assigned ON workflow.handling_task (person_id, agency_id, given_at DESC, id DESC)
    WHERE state IN ('open', 'done');
`;

const copies = `
  CREATE TABLE workflow.stamped_copy (
    file_id uuid        PRIMARY KEY REFERENCES workflow.incoming_file (id),
    kind    text        NOT NULL CHECK (kind IN ('revision', 'rendition')),
    sha256  text        NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    size    bigint      NOT NULL,
    blob_id text        NOT NULL,
    made_at timestamptz NOT NULL
  );
  COMMENT ON TABLE workflow.stamped_copy IS 'The recipient''s own copy with its ĐẾN stamp; the bytes that came are never touched.';

  CREATE TABLE workflow.answer (
    document_id uuid NOT NULL REFERENCES workflow.document (id),
    incoming_id uuid NOT NULL REFERENCES workflow.incoming (id),
    PRIMARY KEY (document_id, incoming_id)
  );
  CREATE INDEX answer_to_incoming ON workflow.answer (incoming_id);
  COMMENT ON TABLE workflow.answer IS 'Which incoming documents an outgoing one answers.';
`;

/** What was accepted before stands with the clerk. */
const registered = `
  INSERT INTO workflow.handling (id, agency_id, secrecy, state, entered_at)
  SELECT id, agency_id, secrecy, 'REGISTERED', settled_at FROM workflow.incoming WHERE state = '03';
`;

const grants = `
  GRANT SELECT, INSERT ON workflow.handling, workflow.handling_step, workflow.instruction, workflow.handling_task,
    workflow.stamped_copy, workflow.answer TO sealpost_app;
  GRANT UPDATE (state, version, entered_at, leader_id, instruction_id, lead_person_id, due_on, result, reply_document_id,
    done_at) ON workflow.handling TO sealpost_app;
  GRANT UPDATE (ended_at) ON workflow.instruction TO sealpost_app;
  GRANT UPDATE (state, seen_at, ended_at) ON workflow.handling_task TO sealpost_app;
`;

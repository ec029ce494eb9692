import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What may happen to a document after its issue: taken back from one recipient, recalled, replaced or corrected. Kept
 * beside the state of its delivery, because neither undoes what was proved before.
 */
export class AfterIssue1763850000000 implements MigrationInterface {
  readonly name = 'AfterIssue1763850000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [documents, sendingSide, receivingSide, statements, balance(countWithdrawn)])
      await runner.query(statement);
  }

  /** A node that has withdrawn documents does not go back: its states have no place in the tables as they were. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP FUNCTION workflow.delivery_balance(uuid)');
    await runner.query(balance({ columns: '', counted: '', apart: 'true' }));
    await runner.query(`
      ALTER TABLE workflow.incoming DROP COLUMN take_back, DROP COLUMN take_back_reason, DROP COLUMN take_back_asked_at,
        DROP COLUMN withdrawal, DROP COLUMN withdrawal_reason, DROP COLUMN withdrawn_at, DROP COLUMN withdrawn_for,
        DROP COLUMN frozen_at;
      ALTER TABLE workflow.delivery DROP COLUMN take_back, DROP COLUMN take_back_asked_at, DROP COLUMN take_back_answered_at,
        DROP COLUMN take_back_refusal, DROP COLUMN withdrawal, DROP COLUMN withdrawn_at, DROP COLUMN withdrawal_confirmed_at;
      ALTER TABLE workflow.document
        DROP CONSTRAINT document_state_check, DROP CONSTRAINT numbered_has_number, DROP CONSTRAINT unnumbered_has_none,
        DROP CONSTRAINT issued_has_its_moment, DROP COLUMN withdrawn_at, DROP COLUMN withdrawn_by,
        DROP COLUMN withdrawal_reason, DROP COLUMN withdrawn_for,
        ADD CONSTRAINT document_state_check CHECK (state IN ('DRAFT', 'IN_REVIEW', 'RETURNED', 'APPROVED', 'PERSON_SIGNED',
          'NUMBERED', 'AGENCY_SIGNED', 'ISSUED', 'CANCELLED')),
        ADD CONSTRAINT numbered_has_number CHECK (state NOT IN ('NUMBERED', 'AGENCY_SIGNED', 'ISSUED') OR number IS NOT NULL),
        ADD CONSTRAINT unnumbered_has_none
          CHECK (state IN ('NUMBERED', 'AGENCY_SIGNED', 'ISSUED', 'CANCELLED') OR number IS NULL),
        ADD CONSTRAINT issued_has_its_moment CHECK ((state = 'ISSUED') = (issued_at IS NOT NULL));
    `);
  }
}

const issued = `'ISSUED', 'RECALLED', 'REPLACED', 'CORRECTED'`;

const documents = `
  ALTER TABLE workflow.document
    DROP CONSTRAINT document_state_check, DROP CONSTRAINT numbered_has_number, DROP CONSTRAINT unnumbered_has_none,
    DROP CONSTRAINT issued_has_its_moment,
    ADD COLUMN withdrawn_at timestamptz,
    ADD COLUMN withdrawn_by uuid,
    ADD COLUMN withdrawal_reason text CHECK (char_length(withdrawal_reason) BETWEEN 3 AND 1000),
    ADD COLUMN withdrawn_for uuid REFERENCES workflow.document (id),
    ADD CONSTRAINT document_state_check CHECK (state IN ('DRAFT', 'IN_REVIEW', 'RETURNED', 'APPROVED', 'PERSON_SIGNED',
      'NUMBERED', 'AGENCY_SIGNED', ${issued}, 'CANCELLED')),
    ADD CONSTRAINT numbered_has_number
      CHECK (state NOT IN ('NUMBERED', 'AGENCY_SIGNED', ${issued}) OR number IS NOT NULL),
    ADD CONSTRAINT unnumbered_has_none
      CHECK (state IN ('NUMBERED', 'AGENCY_SIGNED', ${issued}, 'CANCELLED') OR number IS NULL),
    ADD CONSTRAINT issued_has_its_moment CHECK ((state IN (${issued})) = (issued_at IS NOT NULL)),
    ADD CONSTRAINT withdrawn_has_its_moment CHECK (CASE WHEN state IN ('RECALLED', 'REPLACED', 'CORRECTED')
      THEN num_nonnulls(withdrawn_at, withdrawn_by, withdrawal_reason) = 3
      ELSE num_nonnulls(withdrawn_at, withdrawn_by, withdrawal_reason, withdrawn_for) = 0 END),
    ADD CONSTRAINT by_another_document CHECK (withdrawn_for <> id AND (state NOT IN ('REPLACED', 'CORRECTED') OR withdrawn_for IS NOT NULL)),
    ADD CONSTRAINT top_secret_has_no_reason CHECK (secrecy <> 'TUYET_MAT' OR withdrawal_reason IS NULL);
  COMMENT ON COLUMN workflow.document.withdrawn_for IS 'The document that replaces or corrects it.';
`;

/** The same words on both sides; each side keeps its own. */
const beside = `
    ADD COLUMN take_back text NOT NULL DEFAULT 'NONE' CHECK (take_back IN ('NONE', '13', '15', '16')),
    ADD COLUMN withdrawal text NOT NULL DEFAULT 'IN_FORCE'
      CHECK (withdrawal IN ('IN_FORCE', 'CORRECTED', 'REPLACED', 'RECALLED')),
    ADD COLUMN take_back_asked_at timestamptz,
    ADD COLUMN withdrawn_at timestamptz`;

const sendingSide = `
  ALTER TABLE workflow.delivery ${beside},
    ADD COLUMN take_back_answered_at timestamptz,
    ADD COLUMN take_back_refusal text,
    ADD COLUMN withdrawal_confirmed_at timestamptz,
    ADD CONSTRAINT take_back_is_whole CHECK ((take_back = 'NONE') = (take_back_asked_at IS NULL)
      AND (take_back IN ('15', '16')) = (take_back_answered_at IS NOT NULL)
      AND (take_back = '16') = (take_back_refusal IS NOT NULL)),
    ADD CONSTRAINT withdrawal_is_whole CHECK ((withdrawal = 'IN_FORCE') = (withdrawn_at IS NULL));
  GRANT UPDATE (take_back, take_back_asked_at, take_back_answered_at, take_back_refusal, withdrawal, withdrawn_at,
    withdrawal_confirmed_at) ON workflow.delivery TO sealpost_app;
`;

const receivingSide = `
  ALTER TABLE workflow.incoming ${beside},
    ADD COLUMN take_back_reason text,
    ADD COLUMN withdrawal_reason text,
    ADD COLUMN withdrawn_for jsonb,
    ADD COLUMN frozen_at timestamptz,
    ADD CONSTRAINT take_back_is_whole CHECK ((take_back = 'NONE') = (take_back_asked_at IS NULL)),
    ADD CONSTRAINT withdrawal_is_whole CHECK ((withdrawal = 'IN_FORCE') = (withdrawn_at IS NULL)),
    ADD CONSTRAINT frozen_with_cause
      CHECK ((take_back = '15' OR withdrawal IN ('REPLACED', 'RECALLED')) = (frozen_at IS NOT NULL));
  COMMENT ON COLUMN workflow.incoming.frozen_at IS 'Since when its content is no longer handed out; what is known about it stays.';
  GRANT UPDATE (take_back, take_back_asked_at, take_back_reason, withdrawal, withdrawn_at, withdrawal_reason, withdrawn_for,
    frozen_at) ON workflow.incoming TO sealpost_app;
`;

const statements = `
  ALTER TABLE workflow.evidence_return ALTER COLUMN incoming_id DROP NOT NULL;
  COMMENT ON TABLE workflow.evidence_return IS 'Statements on their way to the other side: of a recipient to the sender, and back.';
`;

interface Counting {
  readonly columns: string;
  readonly counted: string;
  /** What is still to be counted by its state. */
  readonly apart: string;
}

const withdrawn = `(d.take_back = '15' OR d.withdrawal IN ('REPLACED', 'RECALLED'))`;
const countWithdrawn: Counting = {
  columns: ', withdrawn bigint',
  counted: `, count(*) FILTER (WHERE ${withdrawn})`,
  apart: `NOT ${withdrawn}`,
};

function balance({ columns, counted, apart }: Counting): string {
  return `
  DROP FUNCTION IF EXISTS workflow.delivery_balance(uuid);
  CREATE FUNCTION workflow.delivery_balance(p_document uuid DEFAULT NULL)
  RETURNS TABLE (expected bigint, accepted bigint, refused bigint, pending bigint, dead_letter bigint${columns})
  LANGUAGE sql STABLE AS $$
    SELECT
      (SELECT coalesce(sum(s.recipients), 0) FROM workflow.submission s WHERE p_document IS NULL OR s.document_id = p_document),
      count(*) FILTER (WHERE ${apart} AND d.state IN ('03', '04', '05', '06')),
      count(*) FILTER (WHERE ${apart} AND d.state = '02'),
      count(*) FILTER (WHERE ${apart} AND d.state IN ('QUEUED', 'SENT', '01')),
      count(*) FILTER (WHERE ${apart} AND d.state = 'NON_DELIVERED' AND EXISTS (
        SELECT FROM workflow.dead_letter l WHERE l.subject_id = d.id AND l.resolved_at IS NULL))
      ${counted}
    FROM workflow.delivery d WHERE p_document IS NULL OR d.document_id = p_document
  $$;
  REVOKE ALL ON FUNCTION workflow.delivery_balance(uuid) FROM PUBLIC;
  GRANT EXECUTE ON FUNCTION workflow.delivery_balance(uuid) TO sealpost_app;`;
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What people are told, one row a person. No title of a secret document: the constraint keeps its abstract out. */
export class CreateNotices1763830000000 implements MigrationInterface {
  readonly name = 'CreateNotices1763830000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE workflow.notice (
        id           uuid        PRIMARY KEY,
        person_id    uuid        NOT NULL,
        agency_id    uuid        NOT NULL,
        kind         text        NOT NULL CHECK (kind ~ '^[a-z]+\\.[a-z_]+$'),
        subject_type text        NOT NULL CHECK (subject_type IN ('document', 'incoming')),
        subject_id   uuid        NOT NULL,
        document_id  uuid,
        type_code    text        NOT NULL,
        symbol       text,
        abstract     text,
        secrecy      text        NOT NULL CHECK (secrecy IN ('THUONG', 'MAT', 'TOI_MAT', 'TUYET_MAT')),
        urgency      smallint    NOT NULL CHECK (urgency BETWEEN 0 AND 4),
        express      boolean     NOT NULL,
        facts        jsonb       NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(facts) = 'object'),
        created_at   timestamptz NOT NULL,
        read_at      timestamptz,
        CONSTRAINT secret_has_no_abstract CHECK (secrecy = 'THUONG' OR abstract IS NULL)
      );
      CREATE INDEX notice_of_person ON workflow.notice (person_id, agency_id, created_at DESC, id DESC);
      CREATE INDEX notice_unread ON workflow.notice (person_id, agency_id, created_at DESC, id DESC)
        WHERE read_at IS NULL;
      COMMENT ON COLUMN workflow.notice.agency_id IS 'For which agency the person acts who is told.';
      GRANT SELECT, INSERT ON workflow.notice TO sealpost_app;
      GRANT UPDATE (read_at) ON workflow.notice TO sealpost_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE workflow.notice');
  }
}

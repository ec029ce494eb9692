import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A message goes to whoever answers for its recipient: the sender keeps who that was, the receiving side for whom it
 * was meant. A recipient may be succeeded more than once while a message is under way, so that the sender may
 * recognise (S.1) more than one successor; everything else is still stated once.
 */
export class FollowSuccessors1763820000000 implements MigrationInterface {
  readonly name = 'FollowSuccessors1763820000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE workflow.delivery
        ADD COLUMN successor_agency_id uuid, ADD COLUMN successor_code text, ADD COLUMN successor_name text,
        ADD CONSTRAINT delivery_successor_whole
          CHECK (num_nonnulls(successor_agency_id, successor_code, successor_name) IN (0, 3));
      COMMENT ON COLUMN workflow.delivery.successor_code IS 'Who got it, where the recipient had been succeeded.';
      GRANT UPDATE (successor_agency_id, successor_code, successor_name) ON workflow.delivery TO sealpost_app;

      ALTER TABLE workflow.incoming ADD COLUMN meant_for jsonb;
      COMMENT ON COLUMN workflow.incoming.meant_for IS
        'Code and name of the agency it was sent to, where this one has succeeded it.';

      ALTER TABLE workflow.evidence DROP CONSTRAINT evidence_holder_agency_id_message_id_event_key;
      CREATE UNIQUE INDEX evidence_once_idx ON workflow.evidence (holder_agency_id, message_id, event)
        WHERE event <> 'S.1';
      CREATE INDEX evidence_message_idx ON workflow.evidence (holder_agency_id, message_id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX workflow.evidence_message_idx, workflow.evidence_once_idx;
      ALTER TABLE workflow.evidence ADD UNIQUE (holder_agency_id, message_id, event);
      ALTER TABLE workflow.incoming DROP COLUMN meant_for;
      ALTER TABLE workflow.delivery
        DROP COLUMN successor_agency_id, DROP COLUMN successor_code, DROP COLUMN successor_name;
    `);
  }
}

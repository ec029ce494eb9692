import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Until when a delivery should be answered, on both sides, and what goes by the express lane. */
export class AcknowledgementDue1763840000000 implements MigrationInterface {
  readonly name = 'AcknowledgementDue1763840000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE workflow.delivery
        ADD COLUMN urgency smallint NOT NULL DEFAULT 0 CHECK (urgency BETWEEN 0 AND 4),
        ADD COLUMN urgency_at timestamptz,
        ADD COLUMN express boolean NOT NULL DEFAULT false,
        ${columns};
      ALTER TABLE workflow.incoming ${columns};
      CREATE INDEX delivery_escalate_idx ON workflow.delivery (escalate_at) WHERE escalate_at IS NOT NULL AND settled_at IS NULL;
      CREATE INDEX incoming_escalate_idx ON workflow.incoming (escalate_at) WHERE escalate_at IS NOT NULL AND settled_at IS NULL;
      COMMENT ON COLUMN workflow.delivery.ack_due_at IS 'From the moment it arrived; until that is known, from its submission.';
      COMMENT ON COLUMN workflow.delivery.escalated IS 'Per cent of the time allowed after which people were told last.';
      GRANT UPDATE (ack_due_at, escalated, escalate_at) ON workflow.delivery, workflow.incoming TO sealpost_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE workflow.incoming DROP COLUMN ack_due_at, DROP COLUMN escalated, DROP COLUMN escalate_at;
      ALTER TABLE workflow.delivery DROP COLUMN ack_due_at, DROP COLUMN escalated, DROP COLUMN escalate_at,
        DROP COLUMN urgency, DROP COLUMN urgency_at, DROP COLUMN express;
    `);
  }
}

const columns = `
        ADD COLUMN ack_due_at timestamptz,
        ADD COLUMN escalated smallint NOT NULL DEFAULT 0 CHECK (escalated IN (0, 50, 100, 200)),
        ADD COLUMN escalate_at timestamptz`;

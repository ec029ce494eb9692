import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Days of exchange that are over, counted once; and what is not answered, in the order in which it is watched. */
export class Statistics1763860000000 implements MigrationInterface {
  readonly name = 'Statistics1763860000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE workflow.exchange_day (
        agency_id  uuid    NOT NULL,
        day        date    NOT NULL,
        issued     integer NOT NULL CHECK (issued >= 0),
        signed     integer NOT NULL CHECK (signed BETWEEN 0 AND issued),
        electronic integer NOT NULL CHECK (electronic >= 0),
        paper      integer NOT NULL CHECK (paper >= 0),
        received   integer NOT NULL CHECK (received >= 0),
        PRIMARY KEY (agency_id, day)
      );
      COMMENT ON TABLE workflow.exchange_day IS 'Counted from the registers when the day was over; nothing here is the only copy.';
      GRANT SELECT, INSERT ON workflow.exchange_day TO sealpost_app;

      CREATE FUNCTION workflow.due_or_never(due timestamptz) RETURNS timestamptz LANGUAGE sql IMMUTABLE PARALLEL SAFE
        RETURN coalesce(due, timestamptz '9999-12-31 00:00:00+00');
      REVOKE ALL ON FUNCTION workflow.due_or_never(timestamptz) FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION workflow.due_or_never(timestamptz) TO sealpost_app;
      CREATE INDEX delivery_watched ON workflow.delivery
        (sender_agency_id, (4 - urgency), (workflow.due_or_never(ack_due_at)), id)
        WHERE state IN ('QUEUED', 'SENT', '01', 'NON_DELIVERED');
      CREATE INDEX delivery_refused ON workflow.delivery (sender_agency_id, settled_at) WHERE state = '02';
      CREATE INDEX delivery_consigned ON workflow.delivery (sender_agency_id, consigned_at) WHERE consigned_at IS NOT NULL;
      CREATE INDEX incoming_not_settled ON workflow.incoming (agency_id, arrival_date) WHERE state IN ('03', '04', '05');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX workflow.delivery_watched, workflow.delivery_refused, workflow.delivery_consigned, workflow.incoming_not_settled;
      DROP FUNCTION workflow.due_or_never(timestamptz);
      DROP TABLE workflow.exchange_day;
    `);
  }
}

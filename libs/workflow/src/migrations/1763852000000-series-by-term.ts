import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A series is known by its term, no longer by the term's name: one that is written otherwise in the directory (`2025-2030`
 * for `2025–2030`) would have begun at 1 again. A series belongs to the term that ran on its last date. Where the name
 * had been changed before and two series ran in one term, the one that counts further goes on; the other stays as it is.
 */
export class SeriesByTerm1763852000000 implements MigrationInterface {
  readonly name = 'SeriesByTerm1763852000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE workflow.number_series ADD COLUMN period_key text;
      ALTER TABLE workflow.number_series DISABLE TRIGGER only_counts_up;
      WITH known AS (
        SELECT s.id, t.id AS term_id, row_number() OVER (
                 PARTITION BY s.body_id, s.type_group, s.secrecy_class, t.id ORDER BY s.last_number DESC, s.id
               ) AS place
        FROM workflow.number_series s
        LEFT JOIN directory.body b ON b.id = s.body_id
        LEFT JOIN directory.term t ON t.agency_id = b.agency_id AND t.valid_from <= s.last_date
          AND (t.valid_to IS NULL OR s.last_date < t.valid_to)
        WHERE s.period_kind = 'term'
      )
      UPDATE workflow.number_series s
      SET period_key = coalesce((
        SELECT known.term_id::text FROM known WHERE known.id = s.id AND known.place = 1
      ), CASE WHEN s.period_kind = 'year' THEN s.period ELSE s.id::text END);
      ALTER TABLE workflow.number_series ENABLE TRIGGER only_counts_up;
      ALTER TABLE workflow.number_series
        ALTER COLUMN period_key SET NOT NULL,
        ADD CONSTRAINT number_series_once UNIQUE (body_id, type_group, secrecy_class, period_kind, period_key);
      ${dropFormerKey}
      COMMENT ON COLUMN workflow.number_series.period_key IS 'The year, or the id of the term; period is how it is written.';
      ${countsUp('period_key')}
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ${countsUp('period')}
      ALTER TABLE workflow.number_series
        DROP CONSTRAINT number_series_once, DROP COLUMN period_key,
        ADD UNIQUE (body_id, type_group, secrecy_class, period_kind, period);
    `);
  }
}

/** PostgreSQL named it, and cut the name. */
const dropFormerKey = `
  DO $do$ DECLARE former text; BEGIN
    SELECT conname INTO STRICT former FROM pg_constraint
     WHERE conrelid = 'workflow.number_series'::regclass AND contype = 'u' AND conname <> 'number_series_once';
    EXECUTE format('ALTER TABLE workflow.number_series DROP CONSTRAINT %I', former);
  END $do$;`;

function countsUp(period: 'period' | 'period_key'): string {
  return `
    CREATE OR REPLACE FUNCTION workflow.number_series_only_counts_up() RETURNS trigger LANGUAGE plpgsql AS $body$
    BEGIN
      IF TG_OP = 'INSERT' THEN
        IF NEW.last_number <> 1 THEN RAISE EXCEPTION 'a series begins at 1'; END IF;
      ELSIF NEW.last_number <> OLD.last_number + 1 OR NEW.last_date < OLD.last_date
        OR (NEW.id, NEW.body_id, NEW.type_group, NEW.secrecy_class, NEW.period_kind, NEW.${period})
          IS DISTINCT FROM (OLD.id, OLD.body_id, OLD.type_group, OLD.secrecy_class, OLD.period_kind, OLD.${period}) THEN
        RAISE EXCEPTION 'a series only counts up, one by one, and its date never goes back';
      END IF;
      RETURN NEW;
    END $body$;`;
}

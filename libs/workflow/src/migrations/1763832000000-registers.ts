import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Registers as books: their order, their volumes, and that a closed volume stays as it is. */
export class Registers1763832000000 implements MigrationInterface {
  readonly name = 'Registers1763832000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [order, volumes, opening, guards, grants]) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TRIGGER opens_volume ON workflow.register_entry;
      DROP TRIGGER opens_volume ON workflow.arrival_register;
      DROP TRIGGER closed_volume_stays ON workflow.register_entry;
      DROP TRIGGER closed_volume_stays ON workflow.arrival_register;
      DROP TABLE workflow.register_volume;
      DROP FUNCTION workflow.open_outgoing_volume(), workflow.open_incoming_volume(), workflow.keep_outgoing_volume(),
        workflow.keep_incoming_volume(), workflow.volume_closes_once();
      DROP INDEX workflow.register_of_agency_by_day, workflow.register_of_body, workflow.arrival_register_by_day;
      CREATE INDEX register_of_agency ON workflow.register_entry (agency_id, issued_on, number);
      ALTER TABLE workflow.register_entry DROP COLUMN body_id;
    `);
  }
}

const order = `
  ALTER TABLE workflow.register_entry ADD COLUMN body_id uuid;
  UPDATE workflow.register_entry e SET body_id = s.body_id FROM workflow.number_series s WHERE s.id = e.series_id;
  ALTER TABLE workflow.register_entry ALTER COLUMN body_id SET NOT NULL;
  DROP INDEX workflow.register_of_agency;
  CREATE INDEX register_of_agency_by_day ON workflow.register_entry (agency_id, issued_on, series_id, number);
  CREATE INDEX register_of_body ON workflow.register_entry (agency_id, body_id, issued_on, series_id, number);
  CREATE INDEX arrival_register_by_day ON workflow.arrival_register (agency_id, date, number);
`;

const volumes = `
  CREATE TABLE workflow.register_volume (
    id           uuid        PRIMARY KEY DEFAULT gen_random_uuid(),
    agency_id    uuid        NOT NULL,
    register     text        NOT NULL CHECK (register IN ('outgoing', 'incoming')),
    series_id    uuid        REFERENCES workflow.number_series (id),
    year         integer     NOT NULL,
    no           integer     NOT NULL CHECK (no >= 1),
    opened_on    date        NOT NULL,
    first_number integer     NOT NULL CHECK (first_number >= 1),
    last_number  integer,
    closed_on    date,
    closed_at    timestamptz,
    closed_by    uuid,
    blob_id      uuid,
    sha256       text        CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    size         bigint      CHECK (size > 0),
    CONSTRAINT series_of_outgoing CHECK ((register = 'outgoing') = (series_id IS NOT NULL)),
    CONSTRAINT closed_is_whole
      CHECK (num_nonnulls(last_number, closed_on, closed_at, closed_by, blob_id, sha256, size) IN (0, 7)),
    CONSTRAINT volume_holds_something CHECK (last_number >= first_number)
  );
  CREATE UNIQUE INDEX register_volume_no ON workflow.register_volume (series_id, no) WHERE register = 'outgoing';
  CREATE UNIQUE INDEX register_volume_open ON workflow.register_volume (series_id)
    WHERE register = 'outgoing' AND closed_at IS NULL;
  CREATE UNIQUE INDEX arrival_volume_no ON workflow.register_volume (agency_id, year, no) WHERE register = 'incoming';
  CREATE UNIQUE INDEX arrival_volume_open ON workflow.register_volume (agency_id, year)
    WHERE register = 'incoming' AND closed_at IS NULL;
  CREATE INDEX register_volume_of_agency ON workflow.register_volume (agency_id, opened_on DESC, id DESC);
  COMMENT ON TABLE workflow.register_volume IS
    'A book of a register (quyển): numbers go on from one to the next. Opened by its first number, closed by the clerk.';
  COMMENT ON COLUMN workflow.register_volume.sha256 IS 'Of its printed form, which is kept as a blob.';

  INSERT INTO workflow.register_volume (agency_id, register, series_id, year, no, opened_on, first_number)
  SELECT DISTINCT ON (series_id) agency_id, 'outgoing', series_id, extract(year FROM issued_on), 1, issued_on, number
  FROM workflow.register_entry ORDER BY series_id, number;
  INSERT INTO workflow.register_volume (agency_id, register, year, no, opened_on, first_number)
  SELECT DISTINCT ON (agency_id, year) agency_id, 'incoming', year, 1, date, number
  FROM workflow.arrival_register ORDER BY agency_id, year, number;
`;

/** Whoever numbers holds the row of the series, so that two first numbers never open two volumes. */
const opening = `
  CREATE FUNCTION workflow.open_outgoing_volume() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog AS $body$
  BEGIN
    IF NOT EXISTS (SELECT FROM workflow.register_volume v
      WHERE v.series_id = NEW.series_id AND v.register = 'outgoing' AND v.closed_at IS NULL) THEN
      INSERT INTO workflow.register_volume (agency_id, register, series_id, year, no, opened_on, first_number)
      SELECT NEW.agency_id, 'outgoing', NEW.series_id, extract(year FROM NEW.issued_on), 1 + count(*), NEW.issued_on, NEW.number
      FROM workflow.register_volume v WHERE v.series_id = NEW.series_id AND v.register = 'outgoing';
    END IF;
    RETURN NULL;
  END $body$;
  CREATE FUNCTION workflow.open_incoming_volume() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog AS $body$
  BEGIN
    IF NOT EXISTS (SELECT FROM workflow.register_volume v
      WHERE v.agency_id = NEW.agency_id AND v.year = NEW.year AND v.register = 'incoming' AND v.closed_at IS NULL) THEN
      INSERT INTO workflow.register_volume (agency_id, register, year, no, opened_on, first_number)
      SELECT NEW.agency_id, 'incoming', NEW.year, 1 + count(*), NEW.date, NEW.number
      FROM workflow.register_volume v WHERE v.agency_id = NEW.agency_id AND v.year = NEW.year AND v.register = 'incoming';
    END IF;
    RETURN NULL;
  END $body$;
  REVOKE ALL ON FUNCTION workflow.open_outgoing_volume(), workflow.open_incoming_volume() FROM PUBLIC;
  CREATE TRIGGER opens_volume AFTER INSERT ON workflow.register_entry
    FOR EACH ROW EXECUTE FUNCTION workflow.open_outgoing_volume();
  CREATE TRIGGER opens_volume AFTER INSERT ON workflow.arrival_register
    FOR EACH ROW EXECUTE FUNCTION workflow.open_incoming_volume();
`;

/** Also for the owner of the tables. The level of a secret may change by law, whatever has been printed. */
const guards = `
  CREATE FUNCTION workflow.keep_outgoing_volume() RETURNS trigger LANGUAGE plpgsql AS $body$
  DECLARE entry workflow.register_entry := CASE TG_OP WHEN 'INSERT' THEN NEW ELSE OLD END;
  BEGIN
    IF EXISTS (SELECT FROM workflow.register_volume v WHERE v.series_id = entry.series_id AND v.closed_at IS NOT NULL
        AND entry.number BETWEEN v.first_number AND v.last_number)
      AND (TG_OP <> 'UPDATE' OR to_jsonb(NEW) - 'secrecy' <> to_jsonb(OLD) - 'secrecy') THEN
      RAISE EXCEPTION 'a closed volume of a register does not change';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
  END $body$;
  CREATE FUNCTION workflow.keep_incoming_volume() RETURNS trigger LANGUAGE plpgsql AS $body$
  DECLARE entry workflow.arrival_register := CASE TG_OP WHEN 'INSERT' THEN NEW ELSE OLD END;
  BEGIN
    IF EXISTS (SELECT FROM workflow.register_volume v WHERE v.agency_id = entry.agency_id AND v.year = entry.year
        AND v.register = 'incoming' AND v.closed_at IS NOT NULL
        AND entry.number BETWEEN v.first_number AND v.last_number) THEN
      RAISE EXCEPTION 'a closed volume of a register does not change';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
  END $body$;
  CREATE TRIGGER closed_volume_stays BEFORE INSERT OR UPDATE OR DELETE ON workflow.register_entry
    FOR EACH ROW EXECUTE FUNCTION workflow.keep_outgoing_volume();
  CREATE TRIGGER closed_volume_stays BEFORE INSERT OR UPDATE OR DELETE ON workflow.arrival_register
    FOR EACH ROW EXECUTE FUNCTION workflow.keep_incoming_volume();

  CREATE FUNCTION workflow.volume_closes_once() RETURNS trigger LANGUAGE plpgsql AS $body$
  BEGIN
    IF TG_OP = 'DELETE' OR OLD.closed_at IS NOT NULL
      OR (NEW.id, NEW.agency_id, NEW.register, NEW.series_id, NEW.year, NEW.no, NEW.opened_on, NEW.first_number)
        IS DISTINCT FROM (OLD.id, OLD.agency_id, OLD.register, OLD.series_id, OLD.year, OLD.no, OLD.opened_on, OLD.first_number) THEN
      RAISE EXCEPTION 'a volume of a register is closed once and never opened again';
    END IF;
    RETURN NEW;
  END $body$;
  CREATE TRIGGER closes_once BEFORE UPDATE OR DELETE ON workflow.register_volume
    FOR EACH ROW EXECUTE FUNCTION workflow.volume_closes_once();
`;

const grants = `
  GRANT SELECT ON workflow.register_volume TO sealpost_app;
  GRANT UPDATE (last_number, closed_on, closed_at, closed_by, blob_id, sha256, size)
    ON workflow.register_volume TO sealpost_app;
`;

import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Logins, sessions, throttling, stored keys and enrolled images. */
export class CreateAccess1763730000000 implements MigrationInterface {
  readonly name = 'CreateAccess1763730000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SCHEMA IF NOT EXISTS access;

      CREATE TABLE access.account (
        person_id     uuid        PRIMARY KEY,
        login_name    text        NOT NULL UNIQUE CHECK (login_name = lower(login_name)),
        password_hash text        NOT NULL,
        disabled_at   timestamptz,
        created_at    timestamptz NOT NULL
      );

      -- The token itself is only in the cookie: who reads this table cannot take over a session.
      CREATE TABLE access.session (
        id             uuid        PRIMARY KEY,
        token_hash     bytea       NOT NULL UNIQUE CHECK (octet_length(token_hash) = 32),
        person_id      uuid        NOT NULL REFERENCES access.account (person_id),
        appointment_id uuid        NOT NULL,
        ip             text        NOT NULL,
        opened_at      timestamptz NOT NULL,
        seen_at        timestamptz NOT NULL,
        expires_at     timestamptz NOT NULL,
        closed_at      timestamptz
      );
      CREATE INDEX session_person_idx ON access.session (person_id) WHERE closed_at IS NULL;

      -- Names and addresses are kept as hashes; a row counts the attempts of one window.
      CREATE TABLE access.login_throttle (
        scope      text        NOT NULL CHECK (scope IN ('account', 'address')),
        key_hash   bytea       NOT NULL CHECK (octet_length(key_hash) = 32),
        attempts   integer     NOT NULL CHECK (attempts >= 0),
        window_end timestamptz NOT NULL,
        PRIMARY KEY (scope, key_hash)
      );
      CREATE INDEX login_throttle_window_idx ON access.login_throttle (window_end);

      CREATE TABLE access.stored_key (
        id                 uuid        PRIMARY KEY,
        owner_kind         text        NOT NULL CHECK (owner_kind IN ('person', 'agency')),
        owner_id           uuid        NOT NULL,
        agency_id          uuid        NOT NULL,
        use                text        NOT NULL CHECK (use IN ('signing', 'evidence')),
        certificate        bytea       NOT NULL,
        chain              bytea[]     NOT NULL,
        thumbprint         text        NOT NULL CHECK (thumbprint ~ '^[0-9a-f]{64}$'),
        wrapped            bytea       NOT NULL,
        pin_salt           bytea,
        argon2_memory      integer,
        argon2_passes      integer,
        argon2_parallelism integer,
        attempts           integer     NOT NULL DEFAULT 0 CHECK (attempts >= 0),
        imported_at        timestamptz NOT NULL,
        withdrawn_at       timestamptz,
        UNIQUE (thumbprint),
        -- A key opens without a PIN only where nobody is there to type one: an agency's evidence key.
        CHECK ((pin_salt IS NULL) = (owner_kind = 'agency' AND use = 'evidence')),
        CHECK (num_nulls(pin_salt, argon2_memory, argon2_passes, argon2_parallelism) IN (0, 4))
      );
      CREATE INDEX stored_key_owner_idx ON access.stored_key (owner_kind, owner_id, use) WHERE withdrawn_at IS NULL;
      CREATE INDEX stored_key_agency_idx ON access.stored_key (agency_id) WHERE withdrawn_at IS NULL;

      CREATE TABLE access.signature_image (
        owner_kind  text        NOT NULL CHECK (owner_kind IN ('person', 'agency')),
        owner_id    uuid        NOT NULL,
        png         bytea       NOT NULL CHECK (octet_length(png) <= 1048576),
        enrolled_at timestamptz NOT NULL,
        PRIMARY KEY (owner_kind, owner_id)
      );

      REVOKE ALL ON SCHEMA access FROM PUBLIC;
      GRANT USAGE ON SCHEMA access TO sealpost_app;
      GRANT SELECT, INSERT, UPDATE ON access.account, access.session, access.stored_key, access.signature_image
        TO sealpost_app;
      GRANT SELECT, INSERT, UPDATE, DELETE ON access.login_throttle TO sealpost_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP SCHEMA access CASCADE');
  }
}

import type { DataSource } from 'typeorm';
import { Clock } from '#platform';
import type { TestDatabase } from '#platform/testing';
import { aSystem, testDatabase } from '#platform/testing';
import { AuditTrail } from './audit-trail';
import { auditMigrations } from './index';

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase({ migrations: auditMigrations });
  const trail = new AuditTrail(database.unitOfWork, new Clock());
  for (let i = 0; i < 3; i += 1)
    await trail.record(aSystem(), { action: 'document.read', outcome: 'success' });
});
afterAll(() => database.drop());

afterEach(async () => {
  const [row] = await database.ownerDataSource.query<[{ n: number }]>(
    'SELECT count(*)::int AS n FROM audit.entry',
  );
  expect(row.n).toBe(3);
});

const denied = '42501';

/** SQLSTATE of a refused statement, or `done`. */
async function attempt(source: DataSource, sql: string): Promise<string> {
  try {
    await source.query(sql);
    return 'done';
  } catch (error) {
    return (error as { driverError: { code: string } }).driverError.code;
  }
}

describe("the application's role", () => {
  it.each([
    ['update', `UPDATE audit.entry SET action = 'document.created'`],
    ['update nothing', `UPDATE audit.entry SET action = action WHERE false`],
    ['delete', 'DELETE FROM audit.entry'],
    ['truncate', 'TRUNCATE audit.entry'],
    ['truncate a partition', 'TRUNCATE audit.entry_p000'],
    ['delete from a partition', 'DELETE FROM audit.entry_p000'],
    [
      'update by an upsert',
      `INSERT INTO audit.entry (bytes, at, action, outcome) VALUES ('', now(), '', '')
       ON CONFLICT (seq) DO UPDATE SET action = 'x'`,
    ],
    [
      'update by a merge',
      `MERGE INTO audit.entry e USING (VALUES (1)) v ON e.seq > 0 WHEN MATCHED THEN DELETE`,
    ],
    [
      'choose the place of an entry',
      `INSERT INTO audit.entry (seq, bytes, at, action, outcome) VALUES (-1, '', now(), '', '')`,
    ],
    [
      'add to a partition directly',
      `INSERT INTO audit.entry_p000 (bytes, at, action, outcome) VALUES ('', now(), '', '')`,
    ],
    ['lock others out', 'DO $$ BEGIN LOCK TABLE audit.entry IN ACCESS EXCLUSIVE MODE; END $$'],
    ['drop the table', 'DROP TABLE audit.entry CASCADE'],
    ['drop a partition', 'DROP TABLE audit.entry_p000'],
    ['detach a partition', 'ALTER TABLE audit.entry DETACH PARTITION audit.entry_p000'],
    ['drop the schema', 'DROP SCHEMA audit CASCADE'],
    ['disable the triggers', 'ALTER TABLE audit.entry DISABLE TRIGGER ALL'],
    ['drop a trigger', 'DROP TRIGGER refuse_change ON audit.entry'],
    [
      'replace the trigger function',
      `CREATE OR REPLACE FUNCTION audit.refuse_change() RETURNS trigger LANGUAGE sql AS ''`,
    ],
    ['skip triggers as a replica', `SET session_replication_role = 'replica'`],
    ['rewind the sequence', `SELECT setval('audit.entry_seq', 1)`],
    ['become the owner', 'SET ROLE sealpost_owner'],
    ['make tables of its own here', 'CREATE TABLE audit.mine (a int)'],
    ['rewrite on selection', `CREATE RULE r AS ON INSERT TO audit.entry DO INSTEAD NOTHING`],
  ])('cannot %s', async (_what, sql) => {
    expect(await attempt(database.dataSource, sql)).toBe(denied);
  });

  it('has no way around grants: no superuser, no role creation, no bypass, no membership in the owner', async () => {
    const [role] = await database.dataSource.query<unknown[]>(
      `SELECT rolsuper, rolcreaterole, rolbypassrls, rolreplication,
              pg_has_role(current_user, 'sealpost_owner', 'MEMBER') AS owner
       FROM pg_roles WHERE rolname = current_user`,
    );
    expect(role).toEqual({
      rolsuper: false,
      rolcreaterole: false,
      rolbypassrls: false,
      rolreplication: false,
      owner: false,
    });
  });
});

describe('the owner of the tables', () => {
  it.each([
    ['update', `UPDATE audit.entry SET action = 'document.created'`],
    ['update nothing', `UPDATE audit.entry SET action = action WHERE false`],
    ['delete', 'DELETE FROM audit.entry'],
    ['truncate', 'TRUNCATE audit.entry'],
    ['update a partition', `UPDATE audit.entry_p000 SET action = 'x'`],
    ['delete from a partition', 'DELETE FROM audit.entry_p000'],
    ['truncate a partition', 'TRUNCATE audit.entry_p000'],
    ['truncate the last partition', 'TRUNCATE audit.entry_rest'],
  ])('meets the triggers when it tries to %s', async (_what, sql) => {
    expect(await attempt(database.ownerDataSource, sql)).toBe(denied);
  });

  it('finds every trigger enabled ALWAYS on every partition, so that replica mode does not skip them', async () => {
    const rows = await database.ownerDataSource.query<{ table: string; triggers: string; always: boolean }[]>(
      `SELECT c.relname AS table, string_agg(t.tgname, ',' ORDER BY t.tgname) AS triggers, bool_and(t.tgenabled = 'A') AS always
       FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace LEFT JOIN pg_trigger t ON t.tgrelid = c.oid
       WHERE n.nspname = 'audit' AND c.relkind IN ('r', 'p') AND c.relname LIKE 'entry%' GROUP BY c.relname`,
    );
    expect(rows).toHaveLength(22);
    for (const row of rows)
      expect(row).toMatchObject({ triggers: 'refuse_change,refuse_row_change', always: true });
  });
});

import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import type { BlobRef } from '../blobs/blob-store';
import { BlobStore } from '../blobs/blob-store';
import { openNodeKeys } from '../keys/node-keys';
import { createLogger } from '../logs/logger';
import { platformMigrations } from '../migrations';
import { JobQueue } from '../queue/job-queue';
import type { TestDatabase } from '../testing';
import { aSystem, emptyTestDatabase, testDatabase } from '../testing';
import { createBackup } from './create-backup';
import type { RestoreSettings } from './restore-backup';
import { restoreBackup } from './restore-backup';
import { verifyBackup } from './verify-backup';

/** Everything that makes restoring hard: partitions, a cycle of references, guarded rows, a digest, a series, seeds. */
class Archive1763750000000 implements MigrationInterface {
  readonly name = 'Archive1763750000000';
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SCHEMA archive;
      CREATE TABLE archive.kind (code text PRIMARY KEY);
      INSERT INTO archive.kind VALUES ('seed');
      CREATE TABLE archive.letter (
        id uuid PRIMARY KEY, kind text REFERENCES archive.kind, latest uuid, body text, raw bytea,
        seq bigint GENERATED ALWAYS AS IDENTITY, digest bytea GENERATED ALWAYS AS (sha256(raw)) STORED);
      CREATE TABLE archive.version (id uuid PRIMARY KEY, letter uuid NOT NULL REFERENCES archive.letter);
      ALTER TABLE archive.letter ADD CONSTRAINT letter_latest FOREIGN KEY (latest) REFERENCES archive.version;
      CREATE TABLE archive.entry (seq bigint PRIMARY KEY, text text) PARTITION BY RANGE (seq);
      CREATE TABLE archive.entry_0 PARTITION OF archive.entry FOR VALUES FROM (0) TO (10);
      CREATE FUNCTION archive.refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''never changed''; END';
      CREATE FUNCTION archive.stamp() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.text := NEW.text || ''!''; RETURN NEW; END';
      CREATE TRIGGER refuse BEFORE UPDATE OR DELETE ON archive.entry FOR EACH ROW EXECUTE FUNCTION archive.refuse();
      CREATE TRIGGER refuse_all BEFORE TRUNCATE ON archive.entry EXECUTE FUNCTION archive.refuse();
      CREATE TRIGGER stamp BEFORE INSERT ON archive.entry FOR EACH ROW EXECUTE FUNCTION archive.stamp();
      ALTER TABLE archive.entry ENABLE ALWAYS TRIGGER refuse;
      ALTER TABLE archive.entry ENABLE ALWAYS TRIGGER refuse_all;
      GRANT USAGE ON SCHEMA archive TO sealpost_app;
      GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA archive TO sealpost_app;`);
  }
  down(): Promise<void> {
    return Promise.resolve();
  }
}

const migrations = [...platformMigrations, Archive1763750000000];
const queues = [{ name: 'deliver' }];
const passphrase = 'đường dài mới biết ngựa hay';
const letter = '7b1f3e1c-0a51-4a53-9d55-0c3a7f0c6a01';
const version = '7b1f3e1c-0a51-4a53-9d55-0c3a7f0c6a02';

let base: string;
let db: TestDatabase;
let blob: BlobRef;
const content = Buffer.from('Nội dung đã ký\n'.repeat(20_000));
const paths = (): { blobDir: string; nodeKeyFile: string } => ({
  blobDir: join(base, 'blobs'),
  nodeKeyFile: join(base, 'keys', 'node.key'),
});

beforeAll(async () => {
  base = mkdtempSync(join(tmpdir(), 'sealpost-backup-'));
  db = await testDatabase({ migrations, queues });
  const keys = await openNodeKeys(paths().nodeKeyFile);
  blob = await new BlobStore(paths().blobDir, keys, 1e9).put(content);
  await db.ownerDataSource.query(`
    CREATE TABLE archive.entry_1 PARTITION OF archive.entry FOR VALUES FROM (10) TO (20);
    INSERT INTO archive.kind VALUES ('ở đây	tab'), ('xuống
dòng');
    INSERT INTO archive.letter (id, kind, body, raw) VALUES ('${letter}', 'seed', NULL, '\\x00ff5c');
    INSERT INTO archive.version VALUES ('${version}', '${letter}');
    UPDATE archive.letter SET latest = '${version}';
    INSERT INTO archive.entry VALUES (1, 'a'), (11, 'b');`);
  const jobs = new JobQueue({
    url: db.url,
    logger: createLogger({ level: 'silent', service: 't' }),
    supervisionSeconds: 0,
  });
  await db.unitOfWork.run(aSystem(), (tx) => jobs.enqueue(tx, 'deliver', { document: 'waiting' }));
  await jobs.stop(1);
  await backup('good', { passphrase });
  await backup('keyless', {});
});
afterAll(async () => {
  await db.drop();
  rmSync(base, { recursive: true, force: true });
});

async function backup(name: string, given: { passphrase?: string }): Promise<void> {
  const nodeKeys = await openNodeKeys(paths().nodeKeyFile);
  await createBackup({
    ownerUrl: db.ownerUrl,
    blobDir: paths().blobDir,
    folder: join(base, name),
    nodeId: 'node-1',
    nodeKeys,
    now: new Date(),
    ...given,
  });
}

const dump = async (url: string): Promise<unknown> => {
  const client = new Client({ connectionString: url });
  await client.connect();
  const all: unknown[] = [];
  for (const query of [
    'SELECT * FROM archive.kind ORDER BY 1',
    'SELECT * FROM archive.letter ORDER BY 1',
    'SELECT * FROM archive.version ORDER BY 1',
    'SELECT tableoid::regclass::text, * FROM archive.entry ORDER BY 2',
    "SELECT name, data, state FROM pgboss.job WHERE state < 'active' ORDER BY 1",
    'SELECT conname, condeferrable FROM pg_constraint WHERE connamespace = to_regnamespace($1) ORDER BY 1'.replace(
      '$1',
      "'archive'",
    ),
    "SELECT tgrelid::regclass::text, tgname, tgenabled FROM pg_trigger WHERE NOT tgisinternal AND tgname IN ('refuse', 'refuse_all', 'stamp') ORDER BY 1, 2",
    'SELECT last_value FROM archive.letter_seq_seq',
    'SELECT name FROM platform.migration ORDER BY 1',
  ])
    all.push((await client.query(query)).rows);
  await client.end();
  return all;
};

interface Target {
  readonly settings: RestoreSettings;
  readonly ownerUrl: string;
  readonly appUrl: string;
  readonly drop: () => Promise<void>;
}

async function target(name: string, given: Partial<RestoreSettings> = {}): Promise<Target> {
  const empty = await emptyTestDatabase();
  const folder = mkdtempSync(join(base, 'target-'));
  const settings = {
    folder: join(base, name),
    ownerUrl: empty.ownerUrl,
    blobDir: join(folder, 'blobs'),
    nodeKeyFile: join(folder, 'node.key'),
    migrations,
    queues,
    ...given,
  };
  return { ...empty, settings };
}

describe('a backup', () => {
  it('restored into an empty node gives the same rows, guards, series, jobs and blobs', async () => {
    const to = await target('good', { passphrase });
    await restoreBackup(to.settings);
    expect(await dump(to.ownerUrl)).toEqual(await dump(db.ownerUrl));
    const keys = await openNodeKeys(to.settings.nodeKeyFile, 'must exist');
    const store = new BlobStore(to.settings.blobDir, keys, 1e9);
    expect(Buffer.from(await store.get(blob.id)).equals(content)).toBe(true);
    const client = new Client({ connectionString: to.ownerUrl });
    await client.connect();
    await expect(client.query('DELETE FROM archive.entry')).rejects.toThrow('never changed');
    await expect(client.query('TRUNCATE archive.entry')).rejects.toThrow('never changed');
    const { rows } = await client.query(
      'INSERT INTO archive.letter (id) VALUES (gen_random_uuid()) RETURNING seq::int',
    );
    expect(rows).toEqual([{ seq: 2 }]);
    await client.end();
    await to.drop();
  });

  it('keeps its files from others and holds no key in the clear', () => {
    const key = readFileSync(paths().nodeKeyFile);
    const files = readdirSync(join(base, 'good'), { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    expect(files.length).toBeGreaterThan(8);
    for (const file of files) {
      const path = join(file.parentPath, file.name);
      expect(statSync(path).mode & 0o077).toBe(0);
      const bytes = readFileSync(path);
      expect(
        bytes.includes(key) || bytes.includes(key.toString('base64')) || bytes.includes(key.toString('hex')),
      ).toBe(false);
    }
  });

  it('is refused by a target that is not empty', async () => {
    const to = await target('good', { passphrase, ownerUrl: db.ownerUrl });
    await expect(restoreBackup(to.settings)).rejects.toMatchObject({ code: 'BACKUP_TARGET_NOT_EMPTY' });
    const blobs = await target('good', { passphrase, blobDir: paths().blobDir });
    await expect(restoreBackup(blobs.settings)).rejects.toMatchObject({ code: 'BACKUP_TARGET_NOT_EMPTY' });
    await to.drop();
    await blobs.drop();
  });

  it('needs the key it was sealed with', async () => {
    const without = await target('keyless');
    await expect(restoreBackup(without.settings)).rejects.toMatchObject({ code: 'NODE_KEY_UNUSABLE' });
    await openNodeKeys(without.settings.nodeKeyFile);
    await expect(restoreBackup(without.settings)).rejects.toMatchObject({ code: 'BACKUP_INCOMPATIBLE' });
    const wrong = await target('good', { passphrase: 'không phải câu này đâu' });
    await expect(restoreBackup(wrong.settings)).rejects.toMatchObject({ code: 'UNWRAP_FAILED' });
    const brought = await target('keyless', { nodeKeyFile: paths().nodeKeyFile });
    await expect(restoreBackup(brought.settings)).resolves.toMatchObject({ nodeId: 'node-1' });
    for (const used of [without, wrong, brought]) await used.drop();
  });

  it('of a later release is refused', async () => {
    const to = await target('good', { passphrase, migrations: platformMigrations });
    await expect(restoreBackup(to.settings)).rejects.toMatchObject({ code: 'BACKUP_INCOMPATIBLE' });
    await to.drop();
  });

  it('is never written over another', async () => {
    await expect(backup('good', {})).rejects.toMatchObject({ code: 'BACKUP_TARGET_NOT_EMPTY' });
  });

  it('is refused when any single part is damaged or missing, before anything is written', async () => {
    const to = await target('damaged', { passphrase });
    const parts = readdirSync(join(base, 'good'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(join(base, 'good').length + 1));
    for (const part of parts) {
      const file = join(base, 'damaged', part);
      rmSync(join(base, 'damaged'), { recursive: true, force: true });
      cpSync(join(base, 'good'), join(base, 'damaged'), { recursive: true });
      const bytes = readFileSync(file);
      if (bytes.length > 0) {
        const at = Math.floor(bytes.length / 3);
        bytes[at] = (bytes[at] ?? 0) ^ 1;
        writeFileSync(file, bytes);
        await expect(verifyBackup(join(base, 'damaged'))).rejects.toMatchObject({ code: 'BACKUP_DAMAGED' });
      }
      rmSync(file);
      await expect(restoreBackup(to.settings)).rejects.toMatchObject({ code: 'BACKUP_DAMAGED' });
    }
    await expect(restoreBackup({ ...to.settings, folder: join(base, 'good') })).resolves.toBeDefined();
    await to.drop();
  });

  it('shows one moment although the node goes on working', async () => {
    const progress = { stop: false };
    const writer = (async (): Promise<void> => {
      for (let n = 100; !progress.stop; n += 1) {
        const id = `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
        await db.unitOfWork.run(aSystem(), async (tx) => {
          await tx.execute('INSERT INTO archive.letter (id) VALUES ($1)', [id]);
          await tx.execute('INSERT INTO archive.version VALUES ($1, $1)', [id]);
        });
      }
    })();
    await backup('busy', {});
    progress.stop = true;
    await writer;
    const manifest = await verifyBackup(join(base, 'busy'));
    const rowsOf = (table: string): number | undefined =>
      manifest.tables.find((part) => part.table === table)?.rows;
    expect(rowsOf('version')).toBe(rowsOf('letter'));
    const to = await target('busy', { nodeKeyFile: paths().nodeKeyFile });
    await restoreBackup(to.settings);
    await to.drop();
  });
});

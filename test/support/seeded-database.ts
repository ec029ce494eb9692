import { existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { NestFactory } from '@nestjs/core';
import type { DataSource } from 'typeorm';
import { SeedDemoAccess } from '#access';
import { readPkiIndex, seedDemoDirectory } from '#directory';
import { UnitOfWork } from '#platform';
import type { TestDatabase } from '#platform/testing';
import { aSystem, runFolderVariable, testDatabase, withLock } from '#platform/testing';
import { migrations, queues } from '../../apps/composition/src/migrations';
import { NodeModule } from '../../apps/composition/src/node.module';

/** Rows of one table, as JSON that PostgreSQL reads back. */
interface SeededTable {
  readonly table: string;
  readonly columns: readonly string[];
  readonly rows: string;
}

const keyOf = (dataDir: string): string => join(dataDir, 'keys', 'node.key');

/**
 * A migrated database with the demo's agencies, people, logins and keys, for one test file; the node key that
 * opens them is put into `dataDir`. Wrapping keys and hashing passwords takes seconds, so that is done once per
 * run, and its rows are copied.
 */
export async function seededDatabase(pkiDir: string, dataDir: string): Promise<TestDatabase> {
  const run = process.env[runFolderVariable];
  if (run === undefined) throw new Error('jest.config.js lacks the globalSetup of #platform/testing');
  const seed = join(run, 'seed');
  await withLock(`${seed}.lock`, async () => {
    if (!existsSync(join(seed, 'rows.json'))) await makeSeed(seed, pkiDir);
  });
  const tables = JSON.parse(await readFile(join(seed, 'rows.json'), 'utf8')) as readonly SeededTable[];
  const database = await testDatabase({ migrations, queues });
  for (const table of tables) await insertRows(database.ownerDataSource, table);
  await mkdir(dirname(keyOf(dataDir)), { recursive: true, mode: 0o700 });
  await copyFile(join(seed, 'node.key'), keyOf(dataDir));
  return database;
}

async function makeSeed(seed: string, pkiDir: string): Promise<void> {
  const database = await testDatabase({ migrations, queues });
  const dataDir = await mkdtemp(join(tmpdir(), 'sealpost-seed-'));
  Object.assign(process.env, {
    NODE_ENV: 'test',
    DATABASE_URL: database.url,
    SEALPOST_DATA_DIR: dataDir,
    SEALPOST_LOG_LEVEL: 'silent',
  });
  const app = await NestFactory.createApplicationContext(NodeModule, { logger: false });
  try {
    const pki = await readPkiIndex(pkiDir);
    await app.get(UnitOfWork, { strict: false }).run(aSystem(), (tx) => seedDemoDirectory(tx, pki));
    await app.get(SeedDemoAccess, { strict: false }).seed({ folder: pkiDir, index: pki.index }, 'one-node');
    await mkdir(seed, { recursive: true });
    await copyFile(keyOf(dataDir), join(seed, 'node.key'));
    await writeFile(join(seed, 'rows.json'), JSON.stringify(await seededTables(database.ownerDataSource)));
  } finally {
    await app.close();
    await database.drop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** Tables of the two schemas that a seed fills, those first that others refer to. */
async function seededTables(owner: DataSource): Promise<readonly SeededTable[]> {
  const found = await owner.query<{ table: string; columns: string[]; refers: string[] }[]>(`
    SELECT c.oid::regclass::text AS "table",
           (SELECT array_agg(quote_ident(a.attname) ORDER BY a.attnum) FROM pg_attribute a
             WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '') AS columns,
           ARRAY(SELECT f.confrelid::regclass::text FROM pg_constraint f
             WHERE f.conrelid = c.oid AND f.contype = 'f' AND f.confrelid <> c.oid) AS refers
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname IN ('directory', 'access') AND c.relkind IN ('r', 'p') AND NOT c.relispartition
     ORDER BY 1`);
  const ordered: typeof found = [];
  while (ordered.length < found.length) {
    const done = new Set(ordered.map(({ table }) => table));
    const next = found.filter(
      ({ table, refers }) => !done.has(table) && refers.every((one) => done.has(one)),
    );
    if (next.length === 0) throw new Error('the tables of the seed refer to each other in a circle');
    ordered.push(...next);
  }
  return Promise.all(
    ordered.map(async ({ table, columns }) => {
      const [row] = await owner.query<[{ rows: string }]>(
        `SELECT coalesce(json_agg(t), '[]')::text AS rows FROM ${table} t`,
      );
      return { table, columns, rows: row.rows };
    }),
  );
}

async function insertRows(owner: DataSource, { table, columns, rows }: SeededTable): Promise<void> {
  const list = columns.join(', ');
  await owner.query(
    `INSERT INTO ${table} (${list}) OVERRIDING SYSTEM VALUE
     SELECT ${list} FROM json_populate_recordset(null::${table}, $1::json) ON CONFLICT DO NOTHING`,
    [rows],
  );
}

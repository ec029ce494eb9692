import { createReadStream } from 'node:fs';
import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { dirname, join, resolve } from 'node:path';
import { Client, escapeIdentifier } from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { migrationLock } from '../database/migrate';
import type { NodeKeys } from '../keys/node-keys';
import { PlatformError } from '../platform-error';
import type { CatalogueTable } from './database-catalogue';
import { migrationsOf, partitionsOf, sequencesOf, tablesOf } from './database-catalogue';
import type { BlobPart, Manifest, TablePart } from './manifest';
import { filesBelow, syncFolder, writePart } from './parts';
import { wrapNodeKey } from './wrapped-key';

export interface BackupSettings {
  readonly ownerUrl: string;
  readonly blobDir: string;
  /** Made by this; must not exist. */
  readonly folder: string;
  readonly nodeId: string;
  readonly nodeKeys: NodeKeys;
  /** Puts the node key into the backup under this passphrase; without, the key is not in it. */
  readonly passphrase?: string;
  readonly now: Date;
}

/**
 * Writes one consistent state of the node into a new folder: rows of all schemas out of one snapshot, then blobs, then the
 * manifest with the SHA-256 of each part. The node goes on working meanwhile: a blob is on disk before the row that names
 * it commits, and is never changed, so every blob that the snapshot names is among those copied after it. The folder
 * appears under its name only when it is whole.
 */
export async function createBackup(settings: BackupSettings): Promise<Manifest> {
  const folder = resolve(settings.folder);
  if (await stat(folder).catch(() => undefined))
    throw new PlatformError(
      'BACKUP_TARGET_NOT_EMPTY',
      `${folder} exists already: name a folder that does not`,
    );
  const partial = `${folder}.part`;
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial, { recursive: true, mode: 0o700 });
  const wrappedNodeKey =
    settings.passphrase === undefined
      ? null
      : await wrapNodeKey(settings.nodeKeys.exportKey(), settings.passphrase);
  const database = await copyDatabase(settings.ownerUrl, partial);
  const manifest: Manifest = {
    format: 'sealpost-backup-1',
    createdAt: settings.now.toISOString(),
    nodeId: settings.nodeId,
    ...database,
    blobs: await copyBlobs(settings.blobDir, partial),
    nodeKeyId: Buffer.from(settings.nodeKeys.keyId).toString('hex'),
    wrappedNodeKey,
  };
  await writeManifest(partial, manifest);
  await rename(partial, folder);
  await syncFolder(dirname(folder));
  return manifest;
}

type DatabaseParts = Pick<Manifest, 'migrations' | 'tables' | 'partitions' | 'sequences'>;

async function copyDatabase(ownerUrl: string, folder: string): Promise<DatabaseParts> {
  const client = new Client({ connectionString: ownerUrl, application_name: 'sealpost-backup' });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock_shared($1)', [migrationLock]);
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    // Rows that a policy would hide from the owner must end the backup, not be missing from it.
    await client.query('SET LOCAL row_security = off');
    const tables: TablePart[] = [];
    for (const table of await tablesOf(client)) tables.push(await copyTable(client, table, folder));
    const parts = {
      migrations: await migrationsOf(client),
      tables,
      partitions: await partitionsOf(client),
      sequences: await sequencesOf(client),
    };
    await client.query('COMMIT');
    return parts;
  } finally {
    await client.end();
  }
}

async function copyTable(client: Client, table: CatalogueTable, folder: string): Promise<TablePart> {
  const file = `tables/${table.schema}.${table.table}.copy`;
  const columns = table.columns.map((column) => escapeIdentifier(column)).join(', ');
  const from = `${escapeIdentifier(table.schema)}.${escapeIdentifier(table.table)}`;
  // Of pg-boss only jobs still to be done, those in the dead letters among them.
  const where = table.schema === 'pgboss' ? ` WHERE state IN ('created', 'retry', 'active')` : '';
  const stream = client.query(copyTo(`COPY (SELECT ${columns} FROM ${from}${where}) TO STDOUT`));
  const digest = await writePart(join(folder, file), stream);
  return { ...table, rows: stream.rowCount, file, ...digest };
}

async function copyBlobs(blobDir: string, folder: string): Promise<readonly BlobPart[]> {
  const parts: BlobPart[] = [];
  for (const name of await filesBelow(resolve(blobDir))) {
    if (name.endsWith('.part')) continue;
    const file = `blobs/${name}`;
    parts.push({ file, ...(await writePart(join(folder, file), createReadStream(join(blobDir, name)))) });
  }
  return parts;
}

async function writeManifest(folder: string, manifest: Manifest): Promise<void> {
  const text = `${JSON.stringify(manifest, null, 2)}\n`;
  const digest = createHash('sha256').update(text).digest('hex');
  const privately = { mode: 0o600, flush: true };
  await writeFile(join(folder, 'manifest.json'), text, privately);
  await writeFile(join(folder, 'manifest.sha256'), `${digest}  manifest.json\n`, privately);
}

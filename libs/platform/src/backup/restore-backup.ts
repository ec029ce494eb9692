import { createReadStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { Client } from 'pg';
import type { MigrationClass } from '../database/migrate';
import { migrate } from '../database/migrate';
import { NodeKeys, openNodeKeys, writeNodeKey } from '../keys/node-keys';
import { PlatformError } from '../platform-error';
import type { QueueDefinition } from '../queue/queue-definition';
import { isEmpty } from './database-catalogue';
import { loadRows } from './load-rows';
import type { Manifest } from './manifest';
import { filesBelow, syncFolder, writePart } from './parts';
import { verifyBackup } from './verify-backup';
import { unwrapNodeKey } from './wrapped-key';

export interface RestoreSettings {
  readonly folder: string;
  /** An empty database. */
  readonly ownerUrl: string;
  /** Absent or empty. */
  readonly blobDir: string;
  /** Written if the backup carries the key; else it must hold the key already. */
  readonly nodeKeyFile: string;
  readonly passphrase?: string;
  /** Of this release; must include all that the backup lists. */
  readonly migrations: readonly MigrationClass[];
  readonly queues: readonly QueueDefinition[];
}

/**
 * Brings a backup back into an empty node. Everything is checked before anything is written: digests, migrations, the
 * emptiness of the target and the node key. The database is migrated to where the backup stood, filled in one transaction, then
 * migrated to this release. A process started on the target finds the state of the backup.
 */
export async function restoreBackup(settings: RestoreSettings): Promise<Manifest> {
  const manifest = await verifyBackup(settings.folder);
  const known = selectMigrations(manifest, settings.migrations);
  await refuseUnlessEmpty(settings);
  await restoreNodeKey(manifest, settings);
  await restoreBlobs(manifest, settings);
  await migrate({ ownerUrl: settings.ownerUrl, migrations: known, queues: settings.queues });
  await loadRows(settings.ownerUrl, resolve(settings.folder), manifest);
  await migrate({ ownerUrl: settings.ownerUrl, migrations: settings.migrations, queues: settings.queues });
  return manifest;
}

function selectMigrations(
  manifest: Manifest,
  migrations: readonly MigrationClass[],
): readonly MigrationClass[] {
  const byName = new Map(migrations.map((migration) => [new migration().name ?? migration.name, migration]));
  return manifest.migrations.map((name) => {
    const migration = byName.get(name);
    if (!migration)
      throw new PlatformError(
        'BACKUP_INCOMPATIBLE',
        `the backup was made by a later release: it has the migration ${name}`,
      );
    return migration;
  });
}

async function refuseUnlessEmpty({ ownerUrl, blobDir }: RestoreSettings): Promise<void> {
  const client = new Client({ connectionString: ownerUrl, application_name: 'sealpost-restore' });
  await client.connect();
  try {
    if (!(await isEmpty(client)))
      throw new PlatformError('BACKUP_TARGET_NOT_EMPTY', 'the database is not empty: restore into a new one');
  } finally {
    await client.end();
  }
  if ((await filesBelow(resolve(blobDir))).length > 0)
    throw new PlatformError(
      'BACKUP_TARGET_NOT_EMPTY',
      `${blobDir} holds blobs: restore into an empty folder`,
    );
}

async function restoreNodeKey(
  manifest: Manifest,
  { nodeKeyFile, passphrase }: RestoreSettings,
): Promise<void> {
  const { wrappedNodeKey } = manifest;
  if (wrappedNodeKey && passphrase !== undefined) {
    const key = await unwrapNodeKey(wrappedNodeKey, passphrase);
    requireKey(new NodeKeys(key), manifest, 'the backup');
    await writeNodeKey(nodeKeyFile, key);
  }
  const present = await openNodeKeys(nodeKeyFile, 'must exist').catch((cause: unknown) => {
    const how = wrappedNodeKey ? 'give the passphrase of the backup' : 'bring the key file of the node';
    throw new PlatformError('NODE_KEY_UNUSABLE', `${nodeKeyFile} has no usable node key: ${how}`, { cause });
  });
  requireKey(present, manifest, nodeKeyFile);
}

function requireKey(keys: NodeKeys, manifest: Manifest, where: string): void {
  if (Buffer.from(keys.keyId).toString('hex') !== manifest.nodeKeyId)
    throw new PlatformError(
      'BACKUP_INCOMPATIBLE',
      `the node key in ${where} is not the one this backup was sealed with`,
    );
}

async function restoreBlobs(manifest: Manifest, { folder, blobDir }: RestoreSettings): Promise<void> {
  await mkdir(blobDir, { recursive: true, mode: 0o700 });
  for (const blob of manifest.blobs) {
    const target = join(resolve(blobDir), blob.file.slice('blobs/'.length));
    const written = await writePart(target, createReadStream(join(folder, blob.file)));
    if (written.sha256 !== blob.sha256)
      throw new PlatformError('BACKUP_DAMAGED', `${blob.file} changed while it was read`);
    await syncFolder(dirname(target));
  }
}

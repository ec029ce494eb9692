import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ClientBase } from 'pg';
import { Client, escapeIdentifier, escapeLiteral } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { PlatformError } from '../platform-error';
import type { TriggerState } from './database-catalogue';
import { immediateForeignKeysOf, partitionsOf, triggersOf } from './database-catalogue';
import type { Manifest, TablePart } from './manifest';

/**
 * Fills a freshly migrated database with the rows of a backup, all in one transaction: either the whole state is there or
 * none of it. Foreign keys are checked at its end; triggers (which number, digest or refuse) sleep meanwhile, since the
 * rows are what they were, and rows that migrations put in give way to those of the backup.
 */
export async function loadRows(ownerUrl: string, folder: string, manifest: Manifest): Promise<void> {
  const client = new Client({ connectionString: ownerUrl, application_name: 'sealpost-restore' });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query('BEGIN');
    await makePartitions(client, manifest);
    const triggers = await triggersOf(client);
    for (const trigger of triggers)
      await alter(client, trigger, `DISABLE TRIGGER ${escapeIdentifier(trigger.trigger)}`);
    const keys = await immediateForeignKeysOf(client);
    for (const key of keys)
      await alter(
        client,
        key,
        `ALTER CONSTRAINT ${escapeIdentifier(key.constraint)} DEFERRABLE INITIALLY DEFERRED`,
      );
    await client.query(`TRUNCATE ${manifest.tables.map((table) => nameOf(table)).join(', ')}`);
    for (const table of manifest.tables) await loadTable(client, folder, table);
    await setSequences(client, manifest);
    await client.query('SET CONSTRAINTS ALL IMMEDIATE');
    for (const key of keys)
      await alter(client, key, `ALTER CONSTRAINT ${escapeIdentifier(key.constraint)} NOT DEFERRABLE`);
    for (const trigger of triggers) await alter(client, trigger, wake(trigger));
    await client.query('COMMIT');
    await client.query('ANALYZE');
  } finally {
    await client.end();
  }
}

function nameOf({ schema, table }: { readonly schema: string; readonly table: string }): string {
  return `${escapeIdentifier(schema)}.${escapeIdentifier(table)}`;
}

async function alter(
  client: ClientBase,
  table: { schema: string; table: string },
  change: string,
): Promise<void> {
  await client.query(`ALTER TABLE ${nameOf(table)} ${change}`);
}

function wake({ trigger, enabled }: TriggerState): string {
  const verb = { O: 'ENABLE', A: 'ENABLE ALWAYS', R: 'ENABLE REPLICA', D: 'DISABLE' }[enabled];
  return `${verb} TRIGGER ${escapeIdentifier(trigger)}`;
}

/** Partitions that the node made as it grew, beyond those of the migrations. */
async function makePartitions(client: ClientBase, manifest: Manifest): Promise<void> {
  const present = new Set((await partitionsOf(client)).map((partition) => nameOf(partition)));
  for (const partition of manifest.partitions) {
    if (present.has(nameOf(partition))) continue;
    const parent = nameOf({ schema: partition.parentSchema, table: partition.parent });
    await client.query(`CREATE TABLE ${nameOf(partition)} PARTITION OF ${parent} ${partition.bound}`);
  }
}

async function loadTable(client: ClientBase, folder: string, table: TablePart): Promise<void> {
  const columns = table.columns.map((column) => escapeIdentifier(column)).join(', ');
  const hash = createHash('sha256');
  const watched = new Transform({
    transform(chunk: Buffer, _encoding, done): void {
      hash.update(chunk);
      done(null, chunk);
    },
  });
  const rows = client.query(copyFrom(`COPY ${nameOf(table)} (${columns}) FROM STDIN`));
  await pipeline(createReadStream(join(folder, table.file)), watched, rows);
  if (hash.digest('hex') !== table.sha256 || rows.rowCount !== table.rows)
    throw new PlatformError('BACKUP_DAMAGED', `${table.file} changed while it was read`);
}

async function setSequences(client: ClientBase, manifest: Manifest): Promise<void> {
  for (const { schema, sequence, lastValue } of manifest.sequences) {
    if (lastValue === null) continue;
    const name = `${escapeIdentifier(schema)}.${escapeIdentifier(sequence)}`;
    await client.query(`SELECT setval(${escapeLiteral(name)}::regclass, $1::bigint, true)`, [lastValue]);
  }
}

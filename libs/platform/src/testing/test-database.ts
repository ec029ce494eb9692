import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { Client, escapeIdentifier } from 'pg';
import type { DataSource } from 'typeorm';
import type { EntityClass } from '../database/data-source';
import { createDataSource } from '../database/data-source';
import type { MigrationClass } from '../database/migrate';
import { createOwnerDataSource, migrate } from '../database/migrate';
import { UnitOfWork } from '../database/unit-of-work';
import { newId } from '../ids';
import type { DatabaseUrls } from '../postgres/node-database';
import type { QueueDefinition } from '../queue/queue-definition';
import { runFolderVariable, testServer, withLock } from './test-server';

export interface TestDatabaseSettings {
  readonly migrations: readonly MigrationClass[];
  readonly entities?: readonly EntityClass[];
  readonly queues?: readonly QueueDefinition[];
  /** 10 if not given. */
  readonly pool?: number;
}

export interface TestDatabase {
  /** As the application's role. */
  readonly dataSource: DataSource;
  readonly ownerDataSource: DataSource;
  readonly unitOfWork: UnitOfWork;
  /** For DATABASE_URL. */
  readonly url: string;
  /** For DATABASE_OWNER_URL. */
  readonly ownerUrl: string;
  /** Closes the pools and drops the database. */
  drop(): Promise<void>;
}

/** A fresh database with the migrations applied, for one test file. Needs some 50 ms after the first. */
export async function testDatabase(settings: TestDatabaseSettings): Promise<TestDatabase> {
  const { urls, drop } = await freshDatabase(settings);
  const dataSource = await pool(urls.appUrl, settings.pool ?? 10, settings.entities);
  const apart = await pool(urls.appUrl, 3, settings.entities);
  const ownerDataSource = await createOwnerDataSource(urls.ownerUrl, []).initialize();
  return {
    dataSource,
    ownerDataSource,
    unitOfWork: new UnitOfWork(dataSource, apart),
    url: urls.appUrl,
    ownerUrl: urls.ownerUrl,
    drop: async () => {
      for (const source of [dataSource, apart, ownerDataSource])
        if (source.isInitialized) await source.destroy();
      await drop();
    },
  };
}

/** An existing but empty database without any migration. */
export async function emptyTestDatabase(): Promise<DatabaseUrls & { drop(): Promise<void> }> {
  const server = await testServer();
  const name = `t_${newId().replaceAll('-', '')}`;
  const urls = await server.database(name);
  return { ...urls, drop: () => dropDatabase(server.adminUrl, name) };
}

function pool(url: string, size: number, entities: readonly EntityClass[] | undefined): Promise<DataSource> {
  return createDataSource({
    url,
    pool: size,
    name: 'sealpost-test',
    ...(entities ? { entities } : {}),
  }).initialize();
}

async function freshDatabase(
  settings: TestDatabaseSettings,
): Promise<{ urls: DatabaseUrls; drop: () => Promise<void> }> {
  const server = await testServer();
  const template = await migratedTemplate(settings);
  const name = `t_${newId().replaceAll('-', '')}`;
  await asAdmin(server.adminUrl, async (client) => {
    await client.query(
      `CREATE DATABASE ${name} TEMPLATE ${escapeIdentifier(template)} OWNER sealpost_owner STRATEGY WAL_LOG`,
    );
  });
  return { urls: await server.database(name), drop: () => dropDatabase(server.adminUrl, name) };
}

/** Migrated once per run and set of migrations. */
async function migratedTemplate(settings: TestDatabaseSettings): Promise<string> {
  const server = await testServer();
  const name = `template_${fingerprint(settings)}`;
  await withLock(join(process.env[runFolderVariable] ?? '', name), async () => {
    if (await databaseExists(server.adminUrl, name)) return;
    const draft = `${name}_draft`;
    await dropDatabase(server.adminUrl, draft);
    const { ownerUrl } = await server.database(draft);
    await migrate({ ownerUrl, migrations: settings.migrations, queues: settings.queues ?? [] });
    await asAdmin(server.adminUrl, async (client) => {
      await client.query(`ALTER DATABASE ${draft} RENAME TO ${name}`);
    });
  });
  return name;
}

function fingerprint({ migrations, queues }: TestDatabaseSettings): string {
  const sources = migrations.map((migration) => migration.toString());
  return createHash('sha256')
    .update(JSON.stringify([sources, queues ?? []]))
    .digest('hex')
    .slice(0, 16);
}

async function databaseExists(adminUrl: string, name: string): Promise<boolean> {
  return asAdmin(adminUrl, async (client) => {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    return rowCount === 1;
  });
}

async function dropDatabase(adminUrl: string, name: string): Promise<void> {
  await asAdmin(adminUrl, async (client) => {
    await client.query(`DROP DATABASE IF EXISTS ${escapeIdentifier(name)} WITH (FORCE)`);
  });
}

async function asAdmin<T>(adminUrl: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

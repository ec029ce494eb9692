import type { MigrationInterface } from 'typeorm';
import { DataSource } from 'typeorm';
import type { QueueDefinition } from '../queue/queue-definition';
import type { QueueTimes } from '../queue/prepare-queues';
import { prepareQueues } from '../queue/prepare-queues';

export type MigrationClass = new () => MigrationInterface;

export interface MigrateSettings {
  /** Role that owns the tables; never the application's. */
  readonly ownerUrl: string;
  /** Of all composed libs, in any order: they run by the time stamp at the end of their names. */
  readonly migrations: readonly MigrationClass[];
  readonly queues: readonly QueueDefinition[];
  readonly queueTimes?: QueueTimes;
}

/** The role that the application connects as; every migration grants it what it needs and no more. */
export const appRole = 'sealpost_app';
/** Advisory lock that migrations take alone and backups share. */
export const migrationLock = 7_325_651_108;

/**
 * Brings the database to the state of this release: each pending migration in its own transaction, then
 * the queues. Several callers at once are put in line by an advisory lock. Answers the names newly applied.
 */
export async function migrate(settings: MigrateSettings): Promise<readonly string[]> {
  const source = createOwnerDataSource(settings.ownerUrl, settings.migrations);
  await source.initialize();
  const runner = source.createQueryRunner();
  try {
    await runner.query('SELECT pg_advisory_lock($1)', [migrationLock]);
    await runner.query('CREATE SCHEMA IF NOT EXISTS platform');
    const applied = await source.runMigrations({ transaction: 'each' });
    await prepareQueues(settings.ownerUrl, settings.queues, settings.queueTimes ?? defaultTimes);
    await grantQueue(runner);
    return applied.map((migration) => migration.name);
  } finally {
    await runner.release();
    await source.destroy();
  }
}

const defaultTimes: QueueTimes = { expirySeconds: 120, heartbeatSeconds: 10 };

/** pg-boss's maintenance moves and deletes rows; it gets no right to change its tables. */
async function grantQueue(runner: { query(sql: string): Promise<unknown> }): Promise<void> {
  await runner.query(`GRANT USAGE ON SCHEMA pgboss TO ${appRole}`);
  await runner.query(`GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA pgboss TO ${appRole}`);
  await runner.query(`GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA pgboss TO ${appRole}`);
  await runner.query(`GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA pgboss TO ${appRole}`);
}

/** A small pool of the owner's role, for migrations and operations. */
export function createOwnerDataSource(ownerUrl: string, migrations: readonly MigrationClass[]): DataSource {
  return new DataSource({
    type: 'postgres',
    url: ownerUrl,
    applicationName: 'sealpost-owner',
    entities: [],
    migrations: [...migrations],
    migrationsTableName: 'migration',
    schema: 'platform',
    migrationsTransactionMode: 'each',
    poolSize: 3,
    synchronize: false,
    installExtensions: false,
    logging: false,
    poolErrorHandler: () => undefined,
  });
}

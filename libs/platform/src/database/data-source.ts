import type { EntitySchema } from 'typeorm';
import { DataSource, getMetadataArgsStorage } from 'typeorm';

// eslint-disable-next-line @typescript-eslint/no-unsafe-function-type -- the type TypeORM itself gives
export type EntityClass = Function | EntitySchema;

export interface DataSourceSettings {
  readonly url: string;
  readonly pool: number;
  /** Shown in pg_stat_activity. */
  readonly name: string;
  readonly entities?: readonly EntityClass[];
  /** Called for errors of idle connections, e.g. when PostgreSQL restarts; the pool replaces them. */
  readonly onConnectionLost?: (error: Error) => void;
}

/**
 * A pool for the application's role. Without a list, the entities are those that the composed libs have
 * declared by importing them. Structure is never changed from here.
 */
export function createDataSource(settings: DataSourceSettings): DataSource {
  return new DataSource({
    type: 'postgres',
    url: settings.url,
    entities: [...(settings.entities ?? declaredEntities())],
    applicationName: settings.name,
    poolSize: settings.pool,
    synchronize: false,
    migrationsRun: false,
    logging: false,
    installExtensions: false,
    poolErrorHandler: (error: unknown) => {
      settings.onConnectionLost?.(error instanceof Error ? error : new Error(String(error)));
    },
    extra: {
      onConnect: survive,
      pipeline: true,
      connectionTimeoutMillis: 10_000,
      idleTimeoutMillis: 60_000,
      keepAlive: true,
      statement_timeout: 60_000,
      idle_in_transaction_session_timeout: 60_000,
      // Every statement here reads some rows of an index: starting a parallel worker costs more than it ever saves.
      options: '-c max_parallel_workers_per_gather=0',
    },
  });
}

/**
 * PostgreSQL may go away in the very packet that makes a connection ready, before whoever asked for the connection
 * listens to it; an error that nobody listens to would end the process. The next statement fails and tells.
 */
function survive(client: { on(event: 'error', listener: () => void): unknown }): void {
  client.on('error', () => undefined);
}

/** Every class decorated with `@Entity` that has been loaded. */
function declaredEntities(): readonly EntityClass[] {
  return getMetadataArgsStorage()
    .tables.filter((table) => table.type === 'regular' || table.type === 'view')
    .map((table) => table.target)
    .filter((target) => typeof target === 'function');
}

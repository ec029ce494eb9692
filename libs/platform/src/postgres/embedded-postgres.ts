import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Binaries } from './binaries';
import { readyBinaries } from './binaries';
import type { Credentials } from './credentials';
import { readyCredentials } from './credentials';
import type { DatabaseUrls } from './node-database';
import { asAdmin, ensureDatabase, ensureRoles, ownerRole, urlOf } from './node-database';
import { appRole } from '../database/migrate';
import { PlatformError } from '../platform-error';
import type { RunningServer } from './postmaster-lock';
import { runningServer } from './postmaster-lock';
import { writePrivately } from './private-file';
import type { Account } from './run-as';
import { othersMayEnter, postgresAccount } from './run-as';
import { initialise, start, stop } from './server-process';
import { listeningSocketFolder, readySocketFolder } from './socket-folder';

export interface EmbeddedPostgresSettings {
  /** Folder for data, passwords, log and the record of where things are; kept between runs. */
  readonly dir: string;
  /** 0: the port of last time if it is free, else any free one. */
  readonly port?: number;
  /** `durable` outside tests: fsync is on. `fast` may lose everything in a crash of the machine. */
  readonly durability?: 'durable' | 'fast';
  /** 200 if not given. */
  readonly maxConnections?: number;
  /** Where data and binaries go when the account that runs PostgreSQL cannot enter `dir`. */
  readonly publicDir?: string;
}

/** What `dir/server.json` records. */
export interface EmbeddedPostgresRecord {
  readonly port: number;
  readonly pid: number;
  readonly dataDir: string;
  readonly binaries: string;
}

export interface EmbeddedPostgres {
  readonly record: EmbeddedPostgresRecord;
  /** `adopted`: it already ran, started by another process. */
  readonly origin: 'started' | 'adopted';
  /** Superuser's URL, for setting up test databases. */
  readonly adminUrl: string;
  /** A database of this server, made if absent; `sealpost` if not named. */
  database(name?: string): Promise<DatabaseUrls>;
  /** Ends all connections and stops the server cleanly (fast shutdown). */
  stop(): Promise<void>;
}

/**
 * Starts PostgreSQL from npm's binaries on loopback and a Unix socket only, or adopts the server that already runs on the same
 * folder. Throws a PlatformError `POSTGRES_BINARIES_MISSING` or `POSTGRES_NOT_STARTED` with the end of its log.
 */
export async function startEmbeddedPostgres(settings: EmbeddedPostgresSettings): Promise<EmbeddedPostgres> {
  const dir = resolve(settings.dir);
  mkdirSync(dir, { recursive: true });
  const account = postgresAccount();
  const place = placeFor(dir, account, settings.publicDir ?? '/var/lib/sealpost');
  const binaries = await readyBinaries(place, account);
  const credentials = readyCredentials(join(dir, 'passwords.json'));
  const dataDir = join(place, 'data');
  if (!existsSync(join(dataDir, 'PG_VERSION'))) await initialise({ binaries, dataDir, account, credentials });
  const running = await adoptable(dataDir, credentials);
  const record = running
    ? { pid: running.pid, port: running.port, dataDir, binaries: binaries.folder }
    : await launch(dir, dataDir, binaries, account, credentials, settings);
  writePrivately(join(dir, 'server.json'), `${JSON.stringify(record, null, 2)}\n`);
  await asAdmin(record.port, credentials, (client) => ensureRoles(client, credentials));
  return {
    record,
    origin: running ? 'adopted' : 'started',
    adminUrl: urlOf(record.port, 'postgres', credentials.admin, 'postgres'),
    database: async (name = 'sealpost') => {
      await asAdmin(record.port, credentials, (client) => ensureDatabase(client, name));
      return urlsOf(record, credentials, name);
    },
    stop: () => stop(record.pid),
  };
}

/** Recovery after a crash, or the end of a shutdown that waits for the last client. */
const settleTimeout = 60_000;

/**
 * The server that runs on the folder, once it is plain whether it goes on: one on its way up answers soon, one on its
 * way down must not be adopted, nor may another be started before it has ended.
 */
async function adoptable(dataDir: string, credentials: Credentials): Promise<RunningServer | undefined> {
  for (const deadline = Date.now() + settleTimeout; ;) {
    const server = runningServer(dataDir);
    if (!server) return undefined;
    if (server.status === 'running' && (await answers(server.port, credentials))) return server;
    if (Date.now() > deadline)
      throw new PlatformError(
        'POSTGRES_NOT_STARTED',
        `process ${server.pid} on ${dataDir} neither answers nor ends`,
      );
    await pause(100);
  }
}

async function answers(port: number, credentials: Credentials): Promise<boolean> {
  return asAdmin(port, credentials, () => Promise.resolve()).then(
    () => true,
    () => false,
  );
}

/** The URLs of an embedded server that was started from `dir`, for operations beside a running node. */
export function embeddedPostgresUrls(dir: string, database = 'sealpost'): DatabaseUrls | undefined {
  const record = readRecord(dir);
  if (!record || !runningServer(record.dataDir)) return undefined;
  return urlsOf(record, readyCredentials(join(dir, 'passwords.json')), database);
}

function urlsOf(
  { port, dataDir }: EmbeddedPostgresRecord,
  credentials: Credentials,
  database: string,
): DatabaseUrls {
  const socketFolder = listeningSocketFolder(dataDir, port);
  return {
    ownerUrl: urlOf(port, ownerRole, credentials.owner, database, socketFolder),
    appUrl: urlOf(port, appRole, credentials.app, database, socketFolder),
  };
}

function readRecord(dir: string): EmbeddedPostgresRecord | undefined {
  const file = join(dir, 'server.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as EmbeddedPostgresRecord) : undefined;
}

/** `dir` itself, or a folder of its own outside when the account cannot get into it (a home of mode 0700). */
function placeFor(dir: string, account: Account | undefined, publicDir: string): string {
  if (!account) return dir;
  if ((readRecord(dir)?.dataDir ?? join(dir, 'data')) === join(dir, 'data')) {
    chmodSync(dir, 0o711);
    if (othersMayEnter(dir)) return dir;
  }
  const place = join(publicDir, createHash('sha256').update(dir).digest('hex').slice(0, 16));
  mkdirSync(place, { recursive: true, mode: 0o755 });
  chmodSync(publicDir, 0o755);
  chmodSync(place, 0o755);
  return place;
}

async function launch(
  dir: string,
  dataDir: string,
  binaries: Binaries,
  account: Account | undefined,
  credentials: Credentials,
  settings: EmbeddedPostgresSettings,
): Promise<EmbeddedPostgresRecord> {
  const { pid, port } = await start({
    binaries,
    dataDir,
    account,
    log: join(dir, 'postgres.log'),
    preferredPort: settings.port ?? 0,
    lastPort: readRecord(dir)?.port,
    durability: settings.durability ?? 'durable',
    maxConnections: settings.maxConnections ?? 200,
    socketFolder: readySocketFolder(dataDir, account),
    isReady: (at) => asAdmin(at, credentials, () => Promise.resolve()),
  });
  return { pid, port, dataDir, binaries: binaries.folder };
}

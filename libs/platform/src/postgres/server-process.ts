import { spawn } from 'node:child_process';
import {
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { PlatformError } from '../platform-error';
import type { Binaries } from './binaries';
import type { Credentials } from './credentials';
import { isAlive } from './postmaster-lock';
import { writePrivately } from './private-file';
import type { Account } from './run-as';

const startTimeout = 60_000;
const stopTimeout = 60_000;
/** For a killed server's last processes to end, or a port to become free; with pauses of 0.5 s, 1 s, … in between. */
const patience = 60_000;
const largestLog = 16 * 1024 * 1024;

export interface InitialiseSettings {
  readonly binaries: Binaries;
  readonly dataDir: string;
  readonly account: Account | undefined;
  readonly credentials: Credentials;
}

/** Makes a database cluster: UTF-8, byte order collation, data checksums, SCRAM passwords. */
export async function initialise(settings: InitialiseSettings): Promise<void> {
  const { binaries, dataDir, account, credentials } = settings;
  // What an interrupted attempt has left holds no PG_VERSION and nothing of value.
  rmSync(dataDir, { recursive: true, force: true });
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  if (account) chownSync(dataDir, account.uid, account.gid);
  const passwordFile = `${dataDir}.password`;
  writePrivately(passwordFile, `${credentials.admin}\n`, account);
  try {
    await run(
      join(binaries.folder, 'bin', 'initdb'),
      [
        ...[
          '-D',
          dataDir,
          '-U',
          'postgres',
          '--pwfile',
          passwordFile,
          '--auth=scram-sha-256',
          '--encoding=UTF8',
        ],
        ...[
          '--locale-provider=builtin',
          '--builtin-locale=C.UTF-8',
          '--locale=C',
          '--data-checksums',
          '--no-instructions',
        ],
      ],
      dirname(dataDir),
      account,
    );
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

export interface StartSettings {
  readonly binaries: Binaries;
  readonly dataDir: string;
  readonly account: Account | undefined;
  readonly log: string;
  /** 0: `lastPort` if free, else any. */
  readonly preferredPort: number;
  readonly lastPort: number | undefined;
  readonly durability: 'durable' | 'fast';
  readonly maxConnections: number;
  /** Of the Unix socket; undefined: loopback only. */
  readonly socketFolder: string | undefined;
  /** Rejects while the server does not take connections yet. */
  readonly isReady: (port: number) => Promise<void>;
}

/** Starts the server as a process of its own session, so that Ctrl-C reaches the programs that use it first. */
export async function start(settings: StartSettings): Promise<{ pid: number; port: number }> {
  let lastPortIsTaken = false;
  const deadline = Date.now() + patience;
  for (let attempt = 1; ; attempt += 1) {
    const port = await choosePort(settings, lastPortIsTaken);
    rotate(settings.log);
    const before = existsSync(settings.log) ? statSync(settings.log).size : 0;
    const pid = await attemptStart(settings, port);
    if (pid !== undefined) return { pid, port };
    const said = readFileSync(settings.log, 'utf8').slice(before).trim();
    // Processes of a killed server finish what they are computing before they notice; then its place is free.
    const killedOneEnds = /pre-existing shared memory block|is another postmaster/.test(said);
    lastPortIsTaken ||= /Address already in use|could not bind/.test(said);
    const worthTrying = killedOneEnds || (lastPortIsTaken && settings.preferredPort === 0);
    if (!worthTrying || Date.now() > deadline)
      throw new PlatformError('POSTGRES_NOT_STARTED', `PostgreSQL did not start:\n${said.slice(-2000)}`);
    await pause(Math.min(500 * attempt, 3000));
  }
}

async function attemptStart(settings: StartSettings, port: number): Promise<number | undefined> {
  const log = openSync(settings.log, 'a', 0o600);
  const child = spawn(
    join(settings.binaries.folder, 'bin', 'postgres'),
    ['-D', settings.dataDir, ...options(settings, port)],
    {
      ...(settings.account ?? {}),
      cwd: settings.dataDir,
      detached: true,
      stdio: ['ignore', log, log],
      env: { LC_ALL: 'C', TZ: 'UTC' },
    },
  );
  closeSync(log);
  child.once('error', () => undefined);
  const runs = (): boolean => child.pid !== undefined && child.exitCode === null && child.signalCode === null;
  const deadline = Date.now() + startTimeout;
  while (runs() && Date.now() < deadline) {
    const ready = await settings.isReady(port).then(
      () => true,
      () => false,
    );
    // Ready, but is it ours? Another server on the port would answer although ours has ended.
    if (ready && runs() && child.pid !== undefined) {
      child.unref();
      return child.pid;
    }
    await pause(50);
  }
  if (runs()) child.kill('SIGKILL');
  return undefined;
}

function options({ durability, maxConnections, socketFolder }: StartSettings, port: number): string[] {
  const parameters: Record<string, string> = {
    port: String(port),
    listen_addresses: '127.0.0.1',
    unix_socket_directories: socketFolder ?? '',
    max_connections: String(maxConnections),
    shared_buffers: '256MB',
    max_wal_size: '2GB',
    random_page_cost: '1.1',
    jit: 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
    password_encryption: 'scram-sha-256',
    log_min_messages: 'warning',
    log_statement: 'none',
    log_min_error_statement: 'panic',
    log_parameter_max_length_on_error: '0',
    ...(durability === 'fast'
      ? { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off', shared_buffers: '64MB' }
      : { fsync: 'on', full_page_writes: 'on', synchronous_commit: 'on' }),
  };
  return Object.entries(parameters).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

/** Fast shutdown (SIGINT): sessions are ended, what is committed is on disk, nothing is left to recover. */
export async function stop(pid: number): Promise<void> {
  if (!isAlive(pid)) return;
  process.kill(pid, 'SIGINT');
  const deadline = Date.now() + stopTimeout;
  while (isAlive(pid)) {
    if (Date.now() > deadline)
      throw new PlatformError('POSTGRES_NOT_STARTED', 'PostgreSQL did not stop within a minute');
    await pause(20);
  }
}

async function choosePort(
  { preferredPort, lastPort }: StartSettings,
  lastPortIsTaken: boolean,
): Promise<number> {
  if (preferredPort !== 0) return preferredPort;
  if (lastPort !== undefined && !lastPortIsTaken && (await freePort(lastPort).catch(() => undefined)))
    return lastPort;
  return freePort(0);
}

function freePort(port: number): Promise<number> {
  return new Promise((resolvePort, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      const found = typeof address === 'object' && address !== null ? address.port : port;
      server.close(() => {
        resolvePort(found);
      });
    });
  });
}

function rotate(log: string): void {
  if (existsSync(log) && statSync(log).size > largestLog) renameSync(log, `${log}.1`);
}

function run(
  program: string,
  parameters: readonly string[],
  cwd: string,
  account: Account | undefined,
): Promise<void> {
  return new Promise((done, reject) => {
    const child = spawn(program, parameters, {
      ...(account ?? {}),
      cwd,
      env: { LC_ALL: 'C', TZ: 'UTC' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const said: Buffer[] = [];
    child.stdout.on('data', (part: Buffer) => said.push(part));
    child.stderr.on('data', (part: Buffer) => said.push(part));
    child.once('error', (cause) => {
      reject(new PlatformError('POSTGRES_NOT_STARTED', `${program} could not be run`, { cause }));
    });
    child.once('close', (code) => {
      if (code === 0) done();
      else
        reject(
          new PlatformError(
            'POSTGRES_NOT_STARTED',
            `initdb failed:\n${Buffer.concat(said).toString('utf8').slice(-2000)}`,
          ),
        );
    });
  });
}

import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, rmdirSync, writeFileSync } from 'node:fs';
import { mkdtempSync, chmodSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { EmbeddedPostgres } from '../postgres/embedded-postgres';
import { startEmbeddedPostgres } from '../postgres/embedded-postgres';
import { isAlive, runningServer } from '../postgres/postmaster-lock';
import { stop } from '../postgres/server-process';

/** Folder of this Jest run's PostgreSQL; set before the workers start, so that they share it. */
export const runFolderVariable = 'SEALPOST_TEST_RUN_DIR';
const prefix = 'sealpost-test-';

/** Makes the folder of a run; the server itself starts with the first test that asks for a database. */
export function openTestRun(): string {
  sweepAbandonedRuns();
  const folder = mkdtempSync(join(tmpdir(), prefix));
  chmodSync(folder, 0o711);
  writeFileSync(join(folder, 'run.pid'), String(process.pid));
  process.env[runFolderVariable] = folder;
  return folder;
}

/** Stops the run's server, if one was started, and removes its folder. */
export async function closeTestRun(folder: string): Promise<void> {
  const running = runningServer(join(folder, 'postgres', 'data'));
  if (running) await stop(running.pid);
  rmSync(folder, { recursive: true, force: true });
}

let server: Promise<EmbeddedPostgres> | undefined;

/** The PostgreSQL of this run, started by whoever comes first. */
export function testServer(): Promise<EmbeddedPostgres> {
  server ??= connect();
  return server;
}

async function connect(): Promise<EmbeddedPostgres> {
  const folder = process.env[runFolderVariable];
  if (folder === undefined) throw new Error('jest.config.js lacks the globalSetup of #platform/testing');
  return withLock(join(folder, 'starting'), () =>
    startEmbeddedPostgres({
      dir: join(folder, 'postgres'),
      durability: 'fast',
      maxConnections: 300,
      publicDir: join(folder, 'public'),
    }),
  );
}

/** Only one process at a time; a folder is made or not, in one step. */
export async function withLock<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + 120_000;
  for (;;) {
    try {
      mkdirSync(folder);
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || Date.now() > deadline) throw error;
      await pause(30);
    }
  }
  try {
    return await work();
  } finally {
    rmdirSync(folder);
  }
}

/** What runs left behind that were killed before they could clean up. */
function sweepAbandonedRuns(): void {
  for (const name of readdirSync(tmpdir())) {
    if (!name.startsWith(prefix)) continue;
    const folder = join(tmpdir(), name);
    const file = join(folder, 'run.pid');
    if (!existsSync(file) || isAlive(Number(readFileSync(file, 'utf8')))) continue;
    const running = existsSync(join(folder, 'postgres', 'data'))
      ? runningServer(join(folder, 'postgres', 'data'))
      : undefined;
    if (running) process.kill(running.pid, 'SIGINT');
    else rmSync(folder, { recursive: true, force: true });
  }
}

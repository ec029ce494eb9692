import { existsSync, readFileSync, readdirSync, readlinkSync, realpathSync, rmSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** A PostgreSQL server that runs on a data folder. */
export interface RunningServer {
  readonly pid: number;
  readonly port: number;
  /** `stopping`: it takes no new connection, and ends when the present ones have. */
  readonly status: 'running' | 'stopping';
}

/**
 * Reads `postmaster.pid` of a data folder. After a crash the file is left behind, and by then its process number
 * may belong to something else, in a restarted container almost surely: PostgreSQL would refuse to start.
 * The file is removed when no process works in the folder; else the running server is answered.
 */
export function runningServer(dataDir: string): RunningServer | undefined {
  const file = join(dataDir, 'postmaster.pid');
  const recorded = readLock(file);
  if (!recorded) return undefined;
  if (isPostmasterOf(recorded.pid, dataDir)) return recorded;
  // Server processes that outlive a killed postmaster end by themselves; PostgreSQL itself waits for them.
  if (isAlive(recorded.pid) && !anyProcessWorksIn(dataDir)) rmSync(file, { force: true });
  return undefined;
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Lines: process, data folder, start, port, socket folder, address, shared memory, status (pidfile.h). */
function readLock(file: string): RunningServer | undefined {
  if (!existsSync(file)) return undefined;
  const lines = readFileSync(file, 'utf8').split('\n');
  const pid = Number(lines[0]);
  const status = lines[7]?.trim() === 'stopping' ? 'stopping' : 'running';
  return Number.isInteger(pid) && pid > 0 ? { pid, port: Number(lines[3]), status } : undefined;
}

function isPostmasterOf(pid: number, dataDir: string): boolean {
  if (!isAlive(pid)) return false;
  const folder = workingFolder(pid);
  if (folder !== undefined) return folder === realpathSync(dataDir);
  const { stdout } = spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
  return stdout.includes('postgres') && stdout.includes(dataDir);
}

/** Linux only: a PostgreSQL process stands in its data folder. */
function workingFolder(pid: number | string): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return undefined;
  }
}

function anyProcessWorksIn(dataDir: string): boolean {
  if (!existsSync('/proc')) return false;
  const folder = realpathSync(dataDir);
  return readdirSync('/proc').some((entry) => /^\d+$/.test(entry) && workingFolder(entry) === folder);
}

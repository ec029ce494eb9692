import { mkdir, open, readFile, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const pollEvery = 100;
/** A process that died between making the file and writing its number leaves an empty one behind. */
const emptyForTooLong = 5_000;

/**
 * Does the work while no other process of this machine does the same: `file` holds the number of the one that
 * does. The file of a process that is no more is taken over.
 */
export async function withLock<T>(file: string, work: () => Promise<T>): Promise<T> {
  await mkdir(dirname(file), { recursive: true });
  while (!(await tryLock(file))) {
    if (!(await isAbandoned(file)) || !(await clear(file))) await pause(pollEvery);
  }
  try {
    return await work();
  } finally {
    await rm(file, { force: true });
  }
}

/**
 * Removes an abandoned lock. Only one process at a time may, and it looks again first: another may have cleared the
 * lock and taken it since. False when another is at it.
 */
async function clear(file: string): Promise<boolean> {
  const turn = `${file}.clearing`;
  if (!(await tryLock(turn))) {
    if (await isAbandoned(turn)) await rm(turn, { force: true });
    return false;
  }
  try {
    if (await isAbandoned(file)) await rm(file, { force: true });
    return true;
  } finally {
    await rm(turn, { force: true });
  }
}

async function tryLock(file: string): Promise<boolean> {
  try {
    const handle = await open(file, 'wx', 0o600);
    try {
      await handle.writeFile(String(process.pid));
    } finally {
      await handle.close();
    }
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

async function isAbandoned(file: string): Promise<boolean> {
  try {
    const text = await readFile(file, 'utf8');
    if (text === '') return Date.now() - (await stat(file)).mtimeMs > emptyForTooLong;
    return !isAlive(Number(text));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process is alive, too.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

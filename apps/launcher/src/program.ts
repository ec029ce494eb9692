import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The build's folder that mirrors the repository: this file stands in it, or beside it when a test loads the source. */
const here = resolve(__dirname, '../../..');
const build = existsSync(join(here, 'dist')) ? join(here, 'dist') : here;

export interface ProgramSettings {
  readonly name: string;
  /** Relative to the repository, e.g. `apps/api/src/main`. */
  readonly main: string;
  readonly args?: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Its output goes to `<logDir>/<name>.log`. */
  readonly logDir: string;
}

export interface RunningProgram {
  readonly name: string;
  readonly pid: number;
  /** What it said when it was ready. */
  readonly ready: Readonly<Record<string, unknown>>;
  /** Resolves when it has ended, for whatever reason. */
  readonly ended: Promise<void>;
  /** Asks it to end, and insists after `graceSeconds`. */
  stop(graceSeconds?: number): Promise<void>;
  /** Ends it as a power cut would. */
  kill(): void;
}

/**
 * Starts a program of this project and waits until it reports ready over its IPC channel (`reportReady`).
 * Throws with the end of its log when it ends before.
 */
export async function startProgram(settings: ProgramSettings): Promise<RunningProgram> {
  mkdirSync(settings.logDir, { recursive: true });
  const logFile = join(settings.logDir, `${settings.name}.log`);
  const log = openSync(logFile, 'a');
  const child = spawn(
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      '--enable-source-maps',
      join(build, `${settings.main}.js`),
      ...(settings.args ?? []),
    ],
    { env: { ...process.env, ...settings.env }, stdio: ['ignore', log, log, 'ipc'] },
  );
  closeSync(log);
  const ended = new Promise<void>((done) => {
    child.once('exit', () => {
      done();
    });
  });
  const ready = await Promise.race([readiness(child), ended.then(() => undefined)]);
  if (ready === undefined || child.pid === undefined)
    throw new Error(`${settings.name} did not start:\n${tailOf(logFile)}`);
  return {
    name: settings.name,
    pid: child.pid,
    ready,
    ended,
    stop: (graceSeconds = 20) => stop(child, ended, graceSeconds),
    kill: () => {
      child.kill('SIGKILL');
    },
  };
}

function readiness(child: ChildProcess): Promise<Readonly<Record<string, unknown>>> {
  return new Promise((done, fail) => {
    child.once('error', fail);
    child.once('message', (message) => {
      done(message as Readonly<Record<string, unknown>>);
    });
  });
}

async function stop(child: ChildProcess, ended: Promise<void>, graceSeconds: number): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  const insist = setTimeout(() => child.kill('SIGKILL'), graceSeconds * 1000);
  await ended;
  clearTimeout(insist);
}

function tailOf(file: string): string {
  return readFileSync(file, 'utf8').split('\n').slice(-40).join('\n');
}

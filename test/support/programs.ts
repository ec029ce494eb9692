import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

/** Whether a program of others, which our files are shown to, is on this machine. Where CI is set it has to be. */
export function isInstalled(program: string): boolean {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const found = folders.some((folder) => existsSync(join(folder, program)));
  if (!found && process.env['CI'] !== undefined)
    throw new Error(`${program} must be installed where CI is set`);
  return found;
}

export interface Ran {
  /** Exit code; null when a signal ended it. */
  readonly status: number | null;
  /** What it said, on both of its outputs. */
  readonly output: string;
}

export function runProgram(
  program: string,
  args: readonly string[],
  options: { readonly cwd?: string } = {},
): Ran {
  const ran = spawnSync(program, args, {
    ...options,
    encoding: 'utf8',
    timeout: 60_000,
    maxBuffer: 64 * 1024 * 1024,
  });
  if (ran.error) throw ran.error;
  return { status: ran.status, output: ran.stdout + ran.stderr };
}

type Files = Readonly<Record<string, Uint8Array | string>>;

/** Runs a program in a folder of its own that holds `files`; `left` is what lies there afterwards, by name. */
export function runOn(
  program: string,
  args: readonly string[],
  files: Files,
): Ran & { readonly left: ReadonlyMap<string, Uint8Array> } {
  const folder = mkdtempSync(join(tmpdir(), 'sealpost-outside-'));
  try {
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
    const ran = runProgram(program, args, { cwd: folder });
    const left = readdirSync(folder).map(
      (name) => [name, new Uint8Array(readFileSync(join(folder, name)))] as const,
    );
    return { ...ran, left: new Map(left) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

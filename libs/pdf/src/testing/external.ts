import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import process from 'node:process';

function onPath(program: string): boolean {
  return (process.env['PATH'] ?? '')
    .split(delimiter)
    .some((folder) => folder !== '' && existsSync(join(folder, program)));
}

interface TestRunner {
  (title: string, body: () => Promise<void>): void;
  readonly skip: (title: string, body: () => Promise<void>) => void;
}

/**
 * Declares a test that needs programs of the machine: skipped with the reason where they are absent, except in CI.
 * @param test Jest's `test`
 */
export function testWith(
  test: TestRunner,
  programs: readonly string[],
  title: string,
  body: () => void | Promise<void>,
): void {
  const run = async (): Promise<void> => {
    await body();
  };
  const absent = programs.filter((program) => !onPath(program));
  if (absent.length === 0 || process.env['CI'] !== undefined) test(title, run);
  else test.skip(`${title} (skipped: no ${absent.join(', ')} on this machine)`, run);
}

interface Ran {
  readonly status: number | null;
  /** What the program said, on both of its outputs. */
  readonly output: string;
}

/** Runs a program on a file that holds `bytes`; `{}` among the arguments stands for its path. */
export function runOn(bytes: Uint8Array, program: string, ...args: readonly string[]): Ran {
  const { status, output } = convertedBy(bytes, program, ...args);
  return { status, output };
}

/** Like `runOn`, giving back the file that the program wrote to the path `{out}`. */
export function convertedBy(
  bytes: Uint8Array,
  program: string,
  ...args: readonly string[]
): Ran & { readonly bytes: Uint8Array } {
  const folder = mkdtempSync(join(tmpdir(), 'sealpost-pdf-'));
  try {
    const input = join(folder, 'file.pdf');
    const out = join(folder, 'out');
    writeFileSync(input, bytes);
    const paths: Readonly<Record<string, string>> = { '{}': input, '{out}': out };
    const ran = spawnSync(
      program,
      args.map((arg) => paths[arg] ?? arg),
      { maxBuffer: 64 * 1024 * 1024 },
    );
    if (ran.error) throw ran.error;
    return {
      status: ran.status,
      output: ran.stdout.toString('utf8') + ran.stderr.toString('utf8'),
      bytes: existsSync(out) ? new Uint8Array(readFileSync(out)) : new Uint8Array(),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A folder of test data that lies beside the repository, or undefined. */
export function corpus(name: string): string | undefined {
  const root = process.env['SEALPOST_CORPORA'] ?? resolve(process.cwd(), '../shared/corpora');
  const folder = join(root, name);
  return existsSync(folder) ? folder : undefined;
}

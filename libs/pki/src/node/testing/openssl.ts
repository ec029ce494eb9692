import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const isPresent = spawnSync('openssl', ['version']).status === 0;

/** `it` where openssl is installed. Where it is not, the test is skipped by name; a CI run must have it. */
export const itWithOpenssl: jest.It = isPresent || process.env['CI'] !== undefined ? it : it.skip;

export interface OpensslRun {
  readonly status: number | null;
  readonly output: string;
}

/** Runs openssl in a folder of its own that holds `files`; returns exit status and all it printed. */
export function openssl(
  args: readonly string[],
  files: Readonly<Record<string, Uint8Array | string>>,
): OpensslRun {
  const folder = mkdtempSync(join(tmpdir(), 'pki-spec-'));
  try {
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
    const run = spawnSync('openssl', args, { cwd: folder, encoding: 'utf8' });
    if (run.error) throw run.error;
    return { status: run.status, output: run.stdout + run.stderr };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';

export const root = resolve(__dirname, '../..');
const launcher = join(root, 'apps', 'launcher', 'run.mjs');

/** Builds what is stale, as every npm script does first, for tests that start the programs themselves. */
export function readyBuild(): void {
  const { status, stderr } = spawnSync(process.execPath, [launcher, 'dist/apps/cli/src/main.js', '--help'], {
    cwd: root,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`the build is not usable:\n${stderr}`);
}

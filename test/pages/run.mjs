/** `npm run pages`: runs main.ts as it stands, because the tests' helpers are not part of the build. */
import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');
const hooks = join(root, 'libs', 'platform', 'src', 'testing', 'typescript-hooks.cjs');
const child = spawn(
  process.execPath,
  ['--conditions=source', '-r', hooks, join(import.meta.dirname, 'main.ts'), ...process.argv.slice(2)],
  { cwd: root, stdio: 'inherit' },
);
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('exit', (code) => process.exit(code ?? 1));

import { execFile, spawnSync } from 'node:child_process';

const missing = spawnSync('openssl', ['version']).status !== 0;

/** A test that needs the `openssl` program: skipped where it is missing, failed for it in CI. */
export function itWithOpenssl(name: string, test: () => Promise<void>): void {
  if (!missing) it(name, test);
  else if (process.env['CI'] === undefined) it.skip(`${name} (openssl is not installed)`, test);
  else
    it(name, () => {
      throw new Error('openssl is not installed');
    });
}

/** What openssl prints, on either output; rejects with its messages when it fails. */
export function openssl(cwd: string, ...args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile('openssl', args, { cwd, timeout: 20_000 }, (error, stdout, stderr) => {
      if (error) reject(new Error(`openssl ${args.join(' ')}\n${stdout}${stderr}`, { cause: error }));
      else resolve(stdout + stderr);
    });
  });
}

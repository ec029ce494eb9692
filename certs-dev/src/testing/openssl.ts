import { execFile } from 'node:child_process';

/** What openssl prints, on either output; rejects with its messages when it fails. */
export function openssl(cwd: string, ...args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile('openssl', args, { cwd, timeout: 20_000 }, (error, stdout, stderr) => {
      if (error) reject(new Error(`openssl ${args.join(' ')}\n${stdout}${stderr}`, { cause: error }));
      else resolve(stdout + stderr);
    });
  });
}

import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { join } from 'node:path';

/** Starts a TypeScript file as a process of its own, so that a test can kill it. */
export function startTypeScript(
  file: string,
  parameters: readonly string[],
  environment: NodeJS.ProcessEnv = {},
): ChildProcess {
  return spawn(
    process.execPath,
    ['--conditions=source', '-r', join(__dirname, 'typescript-hooks.cjs'), file, ...parameters],
    { env: { ...process.env, NODE_OPTIONS: '', ...environment }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
}

/** Waits for a line on the child's standard output that contains the text. */
export function lineOf(child: ChildProcess, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    child.stdout?.on('data', (part: Buffer) => {
      said += part.toString();
      const line = said.split('\n').find((candidate) => candidate.includes(text));
      if (line !== undefined) resolve(line);
    });
    child.stderr?.on('data', (part: Buffer) => (said += part.toString()));
    child.once('exit', (code, signal) => {
      reject(new Error(`the child ended (${code ?? signal ?? '?'}) before it said ${text}: ${said}`));
    });
  });
}

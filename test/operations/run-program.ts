import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { root } from '../support/build';

export interface RunEnded {
  readonly code: number | null;
  /** What it wrote, both streams together. */
  readonly said: string;
}

export interface Run {
  readonly child: ChildProcess;
  readonly ended: Promise<RunEnded>;
  /** Waits until it has written something that matches. */
  says(pattern: RegExp): Promise<RegExpExecArray>;
}

/** Starts a program with the environment of this process and what is given; `''` takes a variable away. */
export function runProgram(
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Run {
  const child = spawn(process.execPath, [join(root, program), ...args], {
    cwd: root,
    env: { ...process.env, NODE_ENV: 'development', DATABASE_URL: '', DATABASE_OWNER_URL: '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  const listeners = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (part: Buffer) => {
      said += part.toString();
      for (const listener of listeners) listener();
    });
  const ended = new Promise<RunEnded>((done) => {
    child.once('close', (code) => {
      done({ code, said });
    });
  });
  return {
    child,
    ended,
    says: (pattern) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const match = pattern.exec(said);
          if (match) resolve(match);
        };
        listeners.add(look);
        look();
        void ended.then(() => {
          reject(new Error(`it ended without saying ${pattern.source}:\n${said}`));
        });
      }),
  };
}

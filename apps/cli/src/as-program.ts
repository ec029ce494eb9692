import { useNodeCrypto } from '#pki/node';
import type { CommandIo } from './command';

/** 128 + SIGPIPE, what a shell reports of a program whose reader has gone. */
const readerGone = 141;

/** Runs commands as the program of this process: its arguments, its streams, its exit code. */
export function asProgram(run: (args: readonly string[], io: CommandIo) => Promise<number>): void {
  useNodeCrypto();
  // `sealpost … | head` closes the pipe early: nobody is left to be told anything.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(readerGone);
  });
  run(process.argv.slice(2), {
    out: (line) => process.stdout.write(`${line}\n`),
    err: (line) => process.stderr.write(`${line}\n`),
  }).then(
    (code) => {
      process.exitCode = code;
    },
    (error: unknown) => {
      process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
      process.exitCode = 70;
    },
  );
}

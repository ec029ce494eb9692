import type { CommandIo } from '../../apps/cli/src/command';

interface Captured {
  readonly code: number;
  readonly out: readonly string[];
  readonly err: readonly string[];
}

/** Runs what writes lines and answers an exit code; gives back both. */
export async function captured(run: (io: CommandIo) => Promise<number>): Promise<Captured> {
  const out: string[] = [];
  const err: string[] = [];
  const code = await run({ out: (line) => out.push(line), err: (line) => err.push(line) });
  return { code, out, err };
}

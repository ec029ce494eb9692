/** Exit codes that every command keeps to; `usage` is EX_USAGE of sysexits.h. */
export const exitCodes = { passed: 0, open: 1, failed: 2, usage: 64 } as const;

/** Where a command writes; whole lines. */
export interface CommandIo {
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
}

export interface Text {
  readonly vi: string;
  readonly en: string;
}

export interface Command {
  readonly summary: Text;
  /** One line that shows all options. */
  readonly usage: string;
  /** Runs with what follows the command's name; answers the exit code. @throws UsageError */
  run(args: readonly string[], io: CommandIo): Promise<number>;
}

/** The person typed something that cannot be done; shown with the usage line, exit 64. */
export class UsageError extends Error {
  constructor(readonly text: Text) {
    super(text.en);
    this.name = 'UsageError';
  }
}

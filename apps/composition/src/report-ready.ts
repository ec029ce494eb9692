/** Tells the launcher, if there is one, that the program is ready. */
export function reportReady(facts: Readonly<Record<string, string | number>> = {}): void {
  process.send?.(facts);
}

/** Runs a program; an error ends it with its message and exit code 1. */
export function runProgram(main: () => Promise<void>): void {
  main().catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exit(1);
  });
}

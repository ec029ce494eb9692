import { operationMessages, PlatformError } from '#platform';
import type { CommandIo } from '../command';
import { exitCodes } from '../command';

/** The passphrase comes from the environment: arguments are seen by everybody on the machine. */
export function passphraseGiven(): { readonly passphrase?: string } {
  const passphrase = process.env['SEALPOST_BACKUP_PASSPHRASE'];
  return passphrase ? { passphrase } : {};
}

/** Runs an operation; what a person can do something about is told in both languages, with exit code 2. */
export async function runOperation(io: CommandIo, operation: () => Promise<void>): Promise<number> {
  try {
    await operation();
    return exitCodes.passed;
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error;
    io.err(operationMessages[error.code].vi);
    io.err(operationMessages[error.code].en);
    io.err(`${error.code}: ${error.message}`);
    return exitCodes.failed;
  }
}

import { PkiError } from '../errors';

/** What a reader makes of an extension, or undefined where it is malformed: a finding then, not an error. */
export function readLeniently<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof PkiError) return undefined;
    throw error;
  }
}

import type { PkiErrorCode, PkiErrorDetail } from '../../errors';
import { PkiError } from '../../errors';

/** Return values of PKCS#11 that decide something here (v2.40, §5.1). */
export const returnValues = {
  slotIdInvalid: 0x3,
  cantLock: 0xa,
  attributeSensitive: 0x11,
  attributeTypeInvalid: 0x12,
  tokenNotPresent: 0xe0,
  tokenNotRecognized: 0xe1,
  mechanismParamInvalid: 0x71,
  argumentsBad: 0x7,
  alreadyInitialized: 0x191,
} as const;

const codes = new Map<number, PkiErrorCode>([
  [returnValues.slotIdInvalid, 'TOKEN_REMOVED'],
  [0x32, 'TOKEN_REMOVED'], // CKR_DEVICE_REMOVED
  [returnValues.tokenNotPresent, 'TOKEN_REMOVED'],
  [returnValues.tokenNotRecognized, 'TOKEN_REMOVED'],
  [0x1, 'TOKEN_CANCELLED'], // CKR_CANCEL
  [0x50, 'TOKEN_CANCELLED'], // CKR_FUNCTION_CANCELED
  [0x40, 'TOKEN_DATA_REFUSED'], // CKR_ENCRYPTED_DATA_INVALID
  [0x41, 'TOKEN_DATA_REFUSED'], // CKR_ENCRYPTED_DATA_LEN_RANGE
  [0x54, 'TOKEN_UNSUPPORTED'], // CKR_FUNCTION_NOT_SUPPORTED
  [0x68, 'TOKEN_UNSUPPORTED'], // CKR_KEY_FUNCTION_NOT_PERMITTED
  [0x63, 'TOKEN_UNSUPPORTED'], // CKR_KEY_TYPE_INCONSISTENT
  [0x70, 'TOKEN_UNSUPPORTED'], // CKR_MECHANISM_INVALID
  [returnValues.mechanismParamInvalid, 'TOKEN_UNSUPPORTED'],
  [returnValues.argumentsBad, 'TOKEN_UNSUPPORTED'],
  [0xa0, 'TOKEN_PIN_WRONG'], // CKR_PIN_INCORRECT
  [0xa1, 'TOKEN_PIN_FORM'], // CKR_PIN_INVALID
  [0xa2, 'TOKEN_PIN_FORM'], // CKR_PIN_LEN_RANGE
  [0xa3, 'TOKEN_PIN_EXPIRED'], // CKR_PIN_EXPIRED
  [0xa4, 'TOKEN_PIN_LOCKED'], // CKR_PIN_LOCKED
  [0xb0, 'TOKEN_SESSION_CLOSED'], // CKR_SESSION_CLOSED
  [0xb3, 'TOKEN_SESSION_CLOSED'], // CKR_SESSION_HANDLE_INVALID
  [0x101, 'TOKEN_SESSION_CLOSED'], // CKR_USER_NOT_LOGGED_IN
  [0x190, 'TOKEN_SESSION_CLOSED'], // CKR_CRYPTOKI_NOT_INITIALIZED
  [0x100, 'TOKEN_IN_USE'], // CKR_USER_ALREADY_LOGGED_IN
  [0x104, 'TOKEN_IN_USE'], // CKR_USER_ANOTHER_ALREADY_LOGGED_IN
  [0x105, 'TOKEN_IN_USE'], // CKR_USER_TOO_MANY_TYPES
  [0xb1, 'TOKEN_IN_USE'], // CKR_SESSION_COUNT
  [0x102, 'TOKEN_PIN_EXPIRED'], // CKR_USER_PIN_NOT_INITIALIZED
]);

/** The CK_RV in what the addon throws: `code` on its own classes, `NAME:number` in the text of a bare error. */
export function returnValueOf(error: unknown): number | undefined {
  if (!(error instanceof Error)) return undefined;
  if ('code' in error && typeof error.code === 'number' && error.code > 0) return error.code;
  const [, value] = /^\w+:(\d+)/.exec(error.message) ?? [];
  return value === undefined ? undefined : Number(value);
}

/** What the token said, under a code of ours; anything that is no answer of a token comes back as it is. */
export function tokenFailure(error: unknown, doing: string, detail: PkiErrorDetail = {}): unknown {
  const value = returnValueOf(error);
  if (value === undefined) return error;
  return new PkiError(codes.get(value) ?? 'TOKEN_FAILED', `${doing}: CK_RV 0x${value.toString(16)}`, {
    cause: error,
    detail: { ...detail, returnValue: `0x${value.toString(16)}` },
  });
}

/** Runs calls of one purpose, such as 'signing'; see `tokenFailure`. */
export function calling<T>(doing: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw tokenFailure(error, doing);
  }
}

export async function callingAsync<T>(doing: string, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    throw tokenFailure(error, doing);
  }
}

/** For closing what may be broken already: that a token fails at it changes nothing, and was told before. */
export function ignoringTokens(run: () => void): void {
  try {
    run();
  } catch (error) {
    if (returnValueOf(error) === undefined) throw error;
  }
}

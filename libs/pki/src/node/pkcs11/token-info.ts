import type { Cryptoki, Handle } from './cryptoki';
import { tokenFlags } from './constants';
import { calling, returnValueOf, returnValues } from './return-values';

/** What a token says of the user's PIN, to be shown to the person before the PIN is asked for. */
export type PinState = 'ok' | 'count-low' | 'final-try' | 'locked' | 'to-be-changed';

export interface TokenInfo {
  readonly label: string;
  readonly serial: string;
  readonly manufacturer: string;
  readonly model: string;
  readonly pin: PinState;
}

export interface FoundToken {
  readonly slot: Handle;
  readonly info: TokenInfo;
}

/** The initialised tokens that are plugged in. */
export function listTokens(cryptoki: Cryptoki): FoundToken[] {
  const slots = calling('listing slots', () => cryptoki.C_GetSlotList(true));
  return slots.flatMap((slot) => {
    const info = calling('reading a token', () => readTokenInfo(cryptoki, slot));
    return info ? [{ slot, info }] : [];
  });
}

/** Undefined for a slot whose token was pulled out meanwhile, is of another make, or was never set up. */
function readTokenInfo(cryptoki: Cryptoki, slot: Handle): TokenInfo | undefined {
  try {
    const raw = cryptoki.C_GetTokenInfo(slot);
    if ((raw.flags & tokenFlags.tokenInitialized) === 0) return undefined;
    return {
      label: unpadded(raw.label),
      serial: unpadded(raw.serialNumber),
      manufacturer: unpadded(raw.manufacturerID),
      model: unpadded(raw.model),
      pin: pinState(raw.flags),
    };
  } catch (error) {
    const value = returnValueOf(error);
    if (value === returnValues.tokenNotPresent || value === returnValues.tokenNotRecognized) return undefined;
    throw error;
  }
}

/** Fixed-length fields are padded by spaces (PKCS#11 §3.1); some libraries pad by zeros. */
function unpadded(field: string): string {
  return field.replace(/[\0 ]+$/u, '').normalize('NFC');
}

/** The worst of what the flags of a token say. */
export function pinState(flags: number): PinState {
  if (flags & tokenFlags.userPinLocked) return 'locked';
  if (flags & tokenFlags.userPinFinalTry) return 'final-try';
  if (flags & tokenFlags.userPinCountLow) return 'count-low';
  if (flags & tokenFlags.userPinToBeChanged) return 'to-be-changed';
  return 'ok';
}

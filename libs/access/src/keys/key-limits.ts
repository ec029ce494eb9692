import type { Argon2Cost } from '../secrets/argon2';
import { defaultArgon2Cost } from '../secrets/argon2';

/** Rules for keys under a PIN. */
export const keyLimits = {
  /** Wrong PINs in a row after which the key is locked until an administrator releases it. */
  pinAttempts: 5,
  pinLength: { min: 6, max: 64 },
  /** How long an unwrapped evidence key is used before asking whether it was withdrawn, in milliseconds. */
  evidenceKeyRecheck: 60_000,
} as const;

/** Cost of guessing one PIN; kept beside each key, so that it can be raised for new ones. */
export const pinCost: Argon2Cost = defaultArgon2Cost;

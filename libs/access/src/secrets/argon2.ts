import { argon2 } from 'node:crypto';
import { promisify } from 'node:util';

/** Cost of one Argon2id derivation (RFC 9106); kept beside each hash, so that it can be raised later. */
export interface Argon2Cost {
  /** KiB. */
  readonly memory: number;
  readonly passes: number;
  readonly parallelism: number;
}

/** 19 MiB, two passes, one lane: the least that OWASP's password storage guidance names for Argon2id. */
export const defaultArgon2Cost: Argon2Cost = { memory: 19 * 1024, passes: 2, parallelism: 1 };

/** Bytes of salt; RFC 9106 §3.1 recommends 16. */
export const argon2SaltBytes = 16;

/** What a stored cost may ask for at most, so that a planted row cannot eat the memory of the process. */
const highest: Argon2Cost = { memory: 1024 * 1024, passes: 16, parallelism: 16 };

const derive = promisify(argon2);

/** 32 bytes of Argon2id over a secret as typed, in Unicode NFC. Runs on the thread pool. */
export async function argon2id(secret: string, salt: Uint8Array, cost: Argon2Cost): Promise<Buffer> {
  if (
    cost.memory > highest.memory ||
    cost.passes > highest.passes ||
    cost.parallelism > highest.parallelism
  ) {
    throw new RangeError('the stored cost of Argon2id is beyond what this node computes');
  }
  const message = Buffer.from(secret.normalize('NFC'), 'utf8');
  try {
    return await derive('argon2id', { message, nonce: salt, tagLength: 32, ...cost });
  } finally {
    message.fill(0);
  }
}

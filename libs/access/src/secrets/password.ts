import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { Argon2Cost } from './argon2';
import { argon2id, argon2SaltBytes, defaultArgon2Cost } from './argon2';

/** A password's hash in PHC form: `$argon2id$v=19$m=19456,t=2,p=1$salt$hash`. */
export async function hashPassword(password: string, cost: Argon2Cost = defaultArgon2Cost): Promise<string> {
  const salt = randomBytes(argon2SaltBytes);
  return write(salt, await argon2id(password, salt, cost), cost);
}

/**
 * Whether the password is right. Without a stored hash (nobody of that name) the same work is done against
 * a decoy, so that the time taken does not tell names apart.
 */
export async function isPasswordRight(password: string, stored: string | undefined): Promise<boolean> {
  const { salt, hash, cost } = read(stored ?? decoy);
  const right = timingSafeEqual(await argon2id(password, salt, cost), hash);
  return right && stored !== undefined;
}

/** Nobody knows a password for it: its hash is random. */
const decoy = write(randomBytes(argon2SaltBytes), randomBytes(32), defaultArgon2Cost);

function write(salt: Uint8Array, hash: Uint8Array, { memory, passes, parallelism }: Argon2Cost): string {
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${base64(salt)}$${base64(hash)}`;
}

const form = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]{43})$/;

function read(stored: string): { salt: Buffer; hash: Buffer; cost: Argon2Cost } {
  const [, memory, passes, parallelism, salt, hash] = form.exec(stored) ?? [];
  if (salt === undefined || hash === undefined) throw new Error('a stored password hash is not in PHC form');
  return {
    salt: Buffer.from(salt, 'base64'),
    hash: Buffer.from(hash, 'base64'),
    cost: { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) },
  };
}

/** PHC strings carry base64 without padding. */
function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64').replace(/=+$/, '');
}

import { argon2, createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { PlatformError } from '../platform-error';
import type { WrappedKey } from './manifest';

const derive = promisify(argon2);
const context = Buffer.from('sealpost backup node key v1', 'latin1');
const shortestPassphrase = 16;

/** Puts the node key under a passphrase: 256 MiB and 3 passes make each guess cost about a second. */
export async function wrapNodeKey(key: Uint8Array, passphrase: string): Promise<WrappedKey> {
  if (passphrase.length < shortestPassphrase)
    throw new PlatformError(
      'NODE_KEY_UNUSABLE',
      `the passphrase must have at least ${shortestPassphrase} characters`,
    );
  const salt = randomBytes(16);
  const nonce = randomBytes(12);
  const cost = { memoryKiB: 262_144, passes: 3 };
  const cipher = createCipheriv('aes-256-gcm', await keyOf(passphrase, salt, cost), nonce);
  cipher.setAAD(context);
  const sealed = Buffer.concat([cipher.update(key), cipher.final(), cipher.getAuthTag()]);
  return {
    ...cost,
    salt: salt.toString('base64'),
    nonce: nonce.toString('base64'),
    sealed: sealed.toString('base64'),
  };
}

/** Throws a PlatformError `UNWRAP_FAILED` for a wrong passphrase or damage. */
export async function unwrapNodeKey(wrapped: WrappedKey, passphrase: string): Promise<Uint8Array> {
  const sealed = Buffer.from(wrapped.sealed, 'base64');
  const key = await keyOf(passphrase, Buffer.from(wrapped.salt, 'base64'), wrapped);
  const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(wrapped.nonce, 'base64'), {
    authTagLength: 16,
  });
  decipher.setAAD(context);
  decipher.setAuthTag(sealed.subarray(sealed.length - 16));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(0, sealed.length - 16)), decipher.final()]);
  } catch (cause) {
    throw new PlatformError('UNWRAP_FAILED', 'the passphrase does not open the node key in this backup', {
      cause,
    });
  }
}

function keyOf(
  passphrase: string,
  salt: Uint8Array,
  cost: { memoryKiB: number; passes: number },
): Promise<Buffer> {
  return derive('argon2id', {
    message: passphrase.normalize('NFC'),
    nonce: salt,
    parallelism: 1,
    tagLength: 32,
    memory: cost.memoryKiB,
    passes: cost.passes,
  });
}

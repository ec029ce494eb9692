import type { NodeKeys } from '#platform';
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Argon2Cost } from '../secrets/argon2';
import { argon2id, argon2SaltBytes } from '../secrets/argon2';

/** How the PIN's part of the wrapping was derived; absent for unattended keys. */
export interface PinWrapping {
  readonly salt: Uint8Array;
  readonly cost: Argon2Cost;
}

export interface WrappedKey {
  readonly wrapped: Uint8Array;
  readonly pin: PinWrapping | null;
}

const nonceLength = 12;
const tagLength = 16;

/** What the node key's wrapping is bound to: a wrapped key moved to another row does not open. */
const contextOf = (keyId: string): string => `private-key:${keyId}`;

/**
 * Wraps a private key by Argon2id of its PIN and, around that, by the node key. A stolen database holds
 * neither; with the node key alone a thief must still guess the PIN, at Argon2id's price for each guess.
 */
export async function wrapUnderPin(
  nodeKeys: NodeKeys,
  keyId: string,
  pkcs8: Uint8Array,
  pin: string,
  cost: Argon2Cost,
): Promise<WrappedKey> {
  const salt = randomBytes(argon2SaltBytes);
  const key = await argon2id(pin, salt, cost);
  const inner = seal(key, pkcs8, contextOf(keyId));
  key.fill(0);
  return { wrapped: nodeKeys.wrap(inner, contextOf(keyId)), pin: { salt, cost } };
}

/** Wraps the private key of a service that runs without anybody there: by the node key only. */
export function wrapUnattended(nodeKeys: NodeKeys, keyId: string, pkcs8: Uint8Array): WrappedKey {
  return { wrapped: nodeKeys.wrap(pkcs8, contextOf(keyId)), pin: null };
}

/** The PKCS #8 bytes, for the caller to wipe; undefined when the PIN is wrong. */
export async function unwrapUnderPin(
  nodeKeys: NodeKeys,
  keyId: string,
  key: { readonly wrapped: Uint8Array; readonly pin: PinWrapping },
  pin: string,
): Promise<Buffer | undefined> {
  // The outer layer proves that nothing is damaged, so that below only the PIN can be wrong.
  const inner = nodeKeys.unwrap(key.wrapped, contextOf(keyId));
  const pinKey = await argon2id(pin, key.pin.salt, key.pin.cost);
  const pkcs8 = open(pinKey, inner, contextOf(keyId));
  pinKey.fill(0);
  return pkcs8;
}

export function unwrapUnattended(nodeKeys: NodeKeys, keyId: string, wrapped: Uint8Array): Uint8Array {
  return nodeKeys.unwrap(wrapped, contextOf(keyId));
}

function seal(key: Uint8Array, bytes: Uint8Array, context: string): Buffer {
  const nonce = randomBytes(nonceLength);
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: tagLength });
  cipher.setAAD(Buffer.from(context, 'utf8'));
  return Buffer.concat([nonce, cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
}

function open(key: Uint8Array, sealed: Uint8Array, context: string): Buffer | undefined {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, nonceLength), {
    authTagLength: tagLength,
  });
  decipher.setAAD(Buffer.from(context, 'utf8'));
  decipher.setAuthTag(sealed.subarray(sealed.length - tagLength));
  const bytes = decipher.update(sealed.subarray(nonceLength, sealed.length - tagLength));
  try {
    return Buffer.concat([bytes, decipher.final()]);
  } catch {
    // GCM says only that the tag does not fit: with an intact inner layer, that is a wrong PIN.
    return undefined;
  }
}

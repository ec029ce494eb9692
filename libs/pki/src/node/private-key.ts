import { createPrivateKey, createPublicKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { Certificate } from '../certificate/certificate';
import { PkiError } from '../errors';

/** Reads a PrivateKeyInfo. Throws KEY_MALFORMED. */
export function readPrivateKey(pkcs8: Uint8Array): KeyObject {
  try {
    return createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' });
  } catch (cause) {
    throw new PkiError('KEY_MALFORMED', 'the private key cannot be read', { cause });
  }
}

/** Whether a private key belongs to a certificate. False, too, for a certificate whose key is not supported. */
export function isKeyOf(pkcs8: Uint8Array, certificate: Certificate): boolean {
  if (certificate.publicKey.algorithm === 'unknown') return false;
  const own = publicMembers(createPublicKey(readPrivateKey(pkcs8)));
  const spki = Buffer.from(certificate.publicKey.importable);
  return own === publicMembers(createPublicKey({ key: spki, format: 'der', type: 'spki' }));
}

/** Compared by their numbers: a key and its certificate may name the same RSA key by different identifiers. */
function publicMembers(key: KeyObject): string {
  if (key.asymmetricKeyType === 'rsa' || key.asymmetricKeyType === 'rsa-pss') {
    return key.export({ format: 'der', type: 'pkcs1' }).toString('hex');
  }
  const { kty, crv, x, y } = key.export({ format: 'jwk' });
  return JSON.stringify([kty, crv, x, y]);
}

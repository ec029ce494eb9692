import type { Decrypter, KeyAgreement } from '../../crypto/key-agreement';
import type { PublicKeyInfo } from '../../crypto/public-key';
import { parsePublicKey } from '../../crypto/public-key';
import { derOctetString } from '../../der/writer';
import { PkiError } from '../../errors';
import {
  attributes,
  hashMechanisms,
  keyTypes,
  labelInParameter,
  mechanisms,
  noKeyDerivation,
  objectClasses,
  parameterTypes,
} from './constants';
import type { Handle } from './cryptoki';
import type { KeyInUse } from './key-use';
import { useKey } from './key-use';
import { returnValueOf, returnValues } from './return-values';
import type { TokenObjects } from './token-keys';
import { read } from './token-keys';

/** See `TokenSession.decrypter`. */
export function tokenDecrypter(use: KeyInUse): Decrypter {
  const { certificate, uses } = use.key;
  const isAble = certificate.publicKey.algorithm === 'RSA' && use.mechanisms.has(mechanisms.rsaOaep);
  if (!isAble || !uses.includes('decrypt')) {
    throw new PkiError('TOKEN_UNSUPPORTED', 'the token or its key does not decrypt by RSA-OAEP');
  }
  return {
    certificate,
    decrypt(encrypted, hash) {
      const { digest, mgf } = hashMechanisms[hash];
      const parameter = { type: parameterTypes.rsaOaep, hashAlg: digest, mgf, source: labelInParameter };
      return useKey(use, 'decrypt', { mechanism: mechanisms.rsaOaep, parameter }, encrypted);
    },
  };
}

/** See `TokenSession.keyAgreement`. */
export function tokenKeyAgreement(use: KeyInUse): KeyAgreement {
  const { certificate, uses } = use.key;
  const { publicKey } = certificate;
  const isAble = publicKey.algorithm === 'EC' && use.mechanisms.has(mechanisms.ecdh);
  if (!isAble || !uses.includes('derive')) {
    throw new PkiError('TOKEN_UNSUPPORTED', 'the token or its key does not agree by ECDH');
  }
  return {
    certificate,
    async agree(peer) {
      const point = Buffer.from(pointOf(peer, publicKey));
      const length = Math.ceil(publicKey.bits / 8);
      const secret = await use.inSession('agreeing on a secret', (token) =>
        // Not in a thread of its own: the addon has no safe way to, and one derivation is short.
        Promise.resolve(derive(token, use.key.handle, point, length)),
      );
      return leftPadded(secret, length);
    },
  };
}

/**
 * The point of a peer's key. A point off the curve would draw the private key out of a token that does not look
 * (invalid-curve attack): `parsePublicKey` takes none for a key.
 */
function pointOf(peer: Uint8Array, own: PublicKeyInfo): Uint8Array {
  const { algorithm, curve, keyBits } = parsePublicKey(peer);
  if (algorithm === 'unknown') throw new PkiError('KEY_UNSUPPORTED', "the peer's key is none that is known");
  if (algorithm !== 'EC' || curve !== own.curve) {
    throw new PkiError('KEY_MISMATCH', "the peer's key is on another curve");
  }
  return keyBits;
}

function derive(token: TokenObjects, key: Handle, point: Buffer, length: number): Uint8Array {
  const secret = deriveFrom(token, key, point, length);
  const value = read(token, secret, attributes.value);
  if (!value) throw new PkiError('TOKEN_UNSUPPORTED', 'the token keeps what it derives to itself');
  return value;
}

/** The point raw, as PKCS#11 2.40 §2.3.2 wants it of every token; in an OCTET STRING for those that want only that. */
function deriveFrom(token: TokenObjects, key: Handle, point: Buffer, length: number): Handle {
  try {
    return deriveKey(token, key, point, length);
  } catch (error) {
    const value = returnValueOf(error);
    if (value !== returnValues.mechanismParamInvalid && value !== returnValues.argumentsBad) throw error;
    return deriveKey(token, key, Buffer.from(derOctetString(point)), length);
  }
}

function deriveKey({ cryptoki, session }: TokenObjects, key: Handle, point: Buffer, length: number): Handle {
  const parameter = { type: parameterTypes.ecdh, kdf: noKeyDerivation, publicData: point };
  return cryptoki.C_DeriveKey(session, { mechanism: mechanisms.ecdh, parameter }, key, [
    { type: attributes.class, value: objectClasses.secretKey },
    { type: attributes.keyType, value: keyTypes.genericSecret },
    { type: attributes.token, value: false },
    { type: attributes.sensitive, value: false },
    { type: attributes.extractable, value: true },
    { type: attributes.valueLength, value: length },
  ]);
}

/** Some tokens give the coordinate as a number, without its leading zeros. */
function leftPadded(secret: Uint8Array, length: number): Uint8Array {
  const padded = new Uint8Array(length);
  padded.set(secret, length - secret.length);
  secret.fill(0);
  return padded;
}

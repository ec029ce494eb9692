import { createPrivateKey, createPublicKey, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { signerAlgorithm } from '../crypto/signer';
import type { KeyedSignerInput, Signer } from '../crypto/signer';
import { PkiError } from '../errors';
import { nodeHashName, paddingOf } from './node-crypto-engine';

/** A signer on node:crypto. Throws KEY_MALFORMED, KEY_MISMATCH, KEY_UNSUPPORTED. */
export function nodeSigner(input: KeyedSignerInput): Promise<Signer> {
  // Any error becomes a rejection, as with the other signers.
  return Promise.resolve().then(() => makeSigner(input));
}

function makeSigner(input: KeyedSignerInput): Signer {
  const { certificate, chain } = input;
  const algorithm = signerAlgorithm(input);
  const key = readPrivateKey(input.pkcs8);
  if (!isSameKey(key, certificate.publicKey.importable)) {
    throw new PkiError('KEY_MISMATCH', 'the private key does not belong to the certificate');
  }
  const hash = algorithm.name === 'Ed25519' ? null : nodeHashName(algorithm.hash);
  const options = { key, ...paddingOf(algorithm), ...(algorithm.name === 'ECDSA' ? { dsaEncoding: 'der' as const } : {}) };
  return {
    certificate,
    chain,
    algorithm,
    sign(data) {
      return new Promise((resolve, reject) => {
        // With a callback node signs on its thread pool, so that RSA does not hold up the event loop.
        sign(hash, data, options, (error, value) => {
          if (error) reject(new PkiError('SIGNING_FAILED', 'node:crypto could not sign', { cause: error }));
          else resolve(new Uint8Array(value));
        });
      });
    },
  };
}

function readPrivateKey(pkcs8: Uint8Array): KeyObject {
  try {
    return createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' });
  } catch (cause) {
    throw new PkiError('KEY_MALFORMED', 'the private key cannot be read', { cause });
  }
}

/** Compared as JWK: a key and its certificate may name the same RSA key by different identifiers. */
function isSameKey(key: KeyObject, spki: Uint8Array): boolean {
  const own = publicMembers(createPublicKey(key));
  const certified = publicMembers(createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' }));
  return own === certified;
}

function publicMembers(key: KeyObject): string {
  if (key.asymmetricKeyType === 'rsa-pss') return key.export({ format: 'der', type: 'pkcs1' }).toString('hex');
  const { kty, crv, x, y, n, e } = key.export({ format: 'jwk' });
  return JSON.stringify([kty, crv, x, y, n, e]);
}

import { constants, createHash, createPublicKey, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { digestLength } from '../crypto/algorithms';
import type { DigestAlgorithm } from '../crypto/algorithms';
import { useCryptoEngine } from '../crypto/engine';
import type { CryptoEngine } from '../crypto/engine';
import type { PublicKeyInfo } from '../crypto/public-key';
import type { VerifiableAlgorithm } from '../crypto/verifiable-algorithms';

const hashNames: Readonly<Record<DigestAlgorithm, string>> = {
  'SHA-1': 'sha1',
  'SHA-256': 'sha256',
  'SHA-384': 'sha384',
  'SHA-512': 'sha512',
};

export function nodeHashName(hash: DigestAlgorithm): string {
  return hashNames[hash];
}

const imported = new WeakMap<PublicKeyInfo, KeyObject | 'refused'>();

/** A key OpenSSL refuses (a point off its curve) verifies nothing. */
function importKey(key: PublicKeyInfo): KeyObject | 'refused' {
  const known = imported.get(key);
  if (known) return known;
  let fresh: KeyObject | 'refused';
  try {
    fresh = createPublicKey(pemOf(key.importable));
  } catch {
    fresh = 'refused';
  }
  imported.set(key, fresh);
  return fresh;
}

/** node:crypto reads PEM in half the time of DER, which it only takes with options (see below). */
function pemOf(spki: Uint8Array): string {
  const base64 = Buffer.from(spki.buffer, spki.byteOffset, spki.length).toString('base64');
  let text = '-----BEGIN PUBLIC KEY-----\n';
  for (let at = 0; at < base64.length; at += 64) text += `${base64.slice(at, at + 64)}\n`;
  return `${text}-----END PUBLIC KEY-----\n`;
}

/** node:crypto without WebCrypto's thread hops: right for servers, where signatures are many and data is small. */
export const nodeCryptoEngine: CryptoEngine = {
  digest(hash, data) {
    return Promise.resolve(new Uint8Array(createHash(hashNames[hash]).update(data).digest()));
  },

  verify(key, algorithm, data, signature) {
    const keyObject = importKey(key);
    if (keyObject === 'refused') return Promise.resolve(false);
    const hash = algorithm.name === 'Ed25519' ? null : hashNames[algorithm.hash];
    // A bare key object: for a key with options node:crypto throws and catches an error inside, at half the price
    // of the verification. Without options it takes DER for ECDSA and PKCS #1 v1.5 for RSA.
    return Promise.resolve(
      algorithm.name === 'RSA-PSS'
        ? verify(hash, data, { key: keyObject, ...paddingOf(algorithm) }, signature)
        : verify(hash, data, keyObject, signature),
    );
  },
};

interface SignatureOptions {
  readonly padding?: number;
  readonly saltLength?: number;
}

/** Options of node:crypto's sign and verify. */
export function paddingOf(algorithm: VerifiableAlgorithm): SignatureOptions {
  switch (algorithm.name) {
    case 'RSA-PSS':
      return {
        padding: constants.RSA_PKCS1_PSS_PADDING,
        saltLength: algorithm.saltLength ?? digestLength[algorithm.hash],
      };
    case 'RSA-PKCS1':
      return { padding: constants.RSA_PKCS1_PADDING };
    case 'ECDSA':
    case 'Ed25519':
    case 'DSA':
      return {};
  }
}

/** Makes this process verify and hash by node:crypto. Call once at start. */
export function useNodeCrypto(): void {
  useCryptoEngine(nodeCryptoEngine);
}

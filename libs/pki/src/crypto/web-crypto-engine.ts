import { asBufferSource } from '../bytes';
import { digestLength } from './algorithms';
import { PkiError } from '../errors';
import type { EcCurve } from './curves';
import { ecdsaValueToFixed } from './ecdsa-value';
import type { CryptoEngine } from './engine';
import type { PublicKeyInfo } from './public-key';
import type { VerifiableAlgorithm } from './verifiable-algorithms';

/** Parameters of `importKey` for a signature algorithm. */
export function importParameters(
  algorithm: VerifiableAlgorithm,
  curve: EcCurve | undefined,
): RsaHashedImportParams | EcKeyImportParams | Algorithm {
  switch (algorithm.name) {
    case 'RSA-PSS':
      return { name: 'RSA-PSS', hash: algorithm.hash };
    case 'RSA-PKCS1':
      return { name: 'RSASSA-PKCS1-v1_5', hash: algorithm.hash };
    case 'ECDSA':
      return { name: 'ECDSA', namedCurve: curve ?? 'P-256' };
    case 'Ed25519':
      return { name: 'Ed25519' };
    case 'DSA':
      throw noDsa();
  }
}

/** Parameters of `sign` and `verify`. */
export function useParameters(algorithm: VerifiableAlgorithm): RsaPssParams | EcdsaParams | Algorithm {
  switch (algorithm.name) {
    case 'RSA-PSS':
      return { name: 'RSA-PSS', saltLength: algorithm.saltLength ?? digestLength[algorithm.hash] };
    case 'RSA-PKCS1':
      return { name: 'RSASSA-PKCS1-v1_5' };
    case 'ECDSA':
      return { name: 'ECDSA', hash: algorithm.hash };
    case 'Ed25519':
      return { name: 'Ed25519' };
    case 'DSA':
      throw noDsa();
  }
}

function noDsa(): PkiError {
  return new PkiError('ALGORITHM_UNSUPPORTED', 'WebCrypto has no DSA');
}

const imported = new WeakMap<PublicKeyInfo, Map<string, Promise<CryptoKey>>>();

function importPublicKey(key: PublicKeyInfo, algorithm: VerifiableAlgorithm): Promise<CryptoKey> {
  const forms = imported.get(key) ?? new Map<string, Promise<CryptoKey>>();
  imported.set(key, forms);
  const form = `${algorithm.name} ${algorithm.hash}`;
  const known = forms.get(form);
  if (known) return known;
  const fresh = globalThis.crypto.subtle.importKey(
    'spki',
    asBufferSource(key.importable),
    importParameters(algorithm, key.curve),
    false,
    ['verify'],
  );
  forms.set(form, fresh);
  return fresh;
}

export const webCryptoEngine: CryptoEngine = {
  async digest(hash, data) {
    return new Uint8Array(await globalThis.crypto.subtle.digest(hash, asBufferSource(data)));
  },

  async verify(key, algorithm, data, signature) {
    let publicKey: CryptoKey;
    try {
      publicKey = await importPublicKey(key, algorithm);
    } catch (error) {
      // A point off its curve or a modulus the platform refuses: no signature by such a key is right.
      if (error instanceof DOMException || error instanceof TypeError) return false;
      throw error;
    }
    return globalThis.crypto.subtle.verify(
      useParameters(algorithm),
      publicKey,
      asBufferSource(key.curve ? ecdsaValueToFixed(signature, key.curve) : signature),
      asBufferSource(data),
    );
  },
};

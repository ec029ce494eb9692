import { PkiError } from '../errors';
import { ecdsaValueToFixed } from './ecdsa-value';
import { cryptoEngine } from './engine';
import { keySuits, parsePublicKey } from './public-key';
import type { VerifiableAlgorithm } from './verifiable-algorithms';

/**
 * Verifies a signature value as it stands in X.509 and CMS (ECDSA: DER-encoded Ecdsa-Sig-Value).
 * False for a wrong signature or a key that does not suit the algorithm. Throws KEY_UNSUPPORTED, KEY_MALFORMED.
 */
export async function verifySignature(
  spki: Uint8Array,
  algorithm: VerifiableAlgorithm,
  data: Uint8Array,
  signature: Uint8Array,
): Promise<boolean> {
  const key = parsePublicKey(spki);
  if (key.algorithm === 'unknown') {
    throw new PkiError('KEY_UNSUPPORTED', 'the public key is of a type or size that is not supported');
  }
  if (!keySuits(key, algorithm)) return false;
  if (algorithm.name === 'ECDSA') {
    const fixed = key.curve && ecdsaValueToFixed(signature, key.curve);
    return fixed ? cryptoEngine().verify(key, algorithm, data, fixed) : false;
  }
  return cryptoEngine().verify(key, algorithm, data, signature);
}

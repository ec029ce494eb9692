import { PkiError } from '../errors';
import { isEcdsaValue } from './ecdsa-value';
import { cryptoEngine } from './engine';
import { keySuits, parsePublicKey } from './public-key';
import type { VerifiableAlgorithm } from './verifiable-algorithms';

/**
 * Verifies a signature value as it stands in X.509 and CMS (ECDSA: DER-encoded Ecdsa-Sig-Value; for r ‖ s of JOSE
 * and XML ask `isFixedEcdsaValue` first, then give `ecdsaFixedToValue` of it). Any message, the empty one too.
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
  if (key.curve && !isEcdsaValue(signature, key.curve)) return false;
  return cryptoEngine().verify(key, algorithm, data, signature);
}

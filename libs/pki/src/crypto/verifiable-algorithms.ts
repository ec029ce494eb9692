import { PkiError } from '../errors';
import { expectNull } from '../der/values';
import { oids } from '../oids';
import { signatureFromIdentifier } from './algorithms';
import type { AlgorithmIdentifier, DigestAlgorithm, SignatureAlgorithm } from './algorithms';

/** Algorithms that signatures of others may be made by: those this project signs with, and what only old ones use. */
export interface VerifiableAlgorithm {
  readonly name: SignatureAlgorithm['name'] | 'DSA';
  readonly hash: DigestAlgorithm;
  readonly saltLength?: number;
}

/** RFC 3279 §2.2.2, RFC 5758 §3.1. */
const dsaOids = new Map<string, VerifiableAlgorithm>([
  [oids.dsaWithSha1, { name: 'DSA', hash: 'SHA-1' }],
  [oids.dsaWithSha256, { name: 'DSA', hash: 'SHA-256' }],
]);

/** RFC 3279 §2.2.1, §2.2.3. */
const sha1Oids = new Map<string, VerifiableAlgorithm>([
  [oids.sha1WithRsa, { name: 'RSA-PKCS1', hash: 'SHA-1' }],
  [oids.ecdsaWithSha1, { name: 'ECDSA', hash: 'SHA-1' }],
]);

/**
 * The algorithm of a revocation list: DSA too, because whoever's key it is has a certificate, and there the
 * algorithm policy refuses the key unless told otherwise. Throws ALGORITHM_UNSUPPORTED.
 */
export function statusSignatureAlgorithm(identifier: AlgorithmIdentifier): VerifiableAlgorithm {
  const dsa = dsaOids.get(identifier.oid);
  if (!dsa) return signatureFromIdentifier(identifier);
  if (identifier.parameters) throw new PkiError('ALGORITHM_UNSUPPORTED', 'a DSA signature with parameters');
  return dsa;
}

/**
 * The algorithm of a certificate's signature: SHA-1 too, which the algorithm policy judges by time
 * (path/algorithm-policy.ts). Throws ALGORITHM_UNSUPPORTED.
 */
export function certificateSignatureAlgorithm(identifier: AlgorithmIdentifier): VerifiableAlgorithm {
  const weak = sha1Oids.get(identifier.oid);
  if (!weak) return statusSignatureAlgorithm(identifier);
  if (identifier.parameters) expectNull(identifier.parameters);
  return weak;
}

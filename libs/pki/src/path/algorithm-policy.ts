import type { Certificate } from '../certificate/certificate';
import type { DigestAlgorithm } from '../crypto/algorithms';
import type { PublicKeyInfo } from '../crypto/public-key';
import { certificateSignatureAlgorithm } from '../crypto/verifiable-algorithms';
import { readLeniently } from './read-leniently';
import type { Finding } from './result';

/** Keys of a kind and size that may be relied upon. */
interface KeyRule {
  readonly algorithm: Exclude<PublicKeyInfo['algorithm'], 'unknown'>;
  readonly minBits: number;
  /** The first moment at which they may no longer be relied upon; never when left out. */
  readonly until?: Date;
}

/** A digest under signatures of certificates that may be relied upon. */
interface DigestRule {
  readonly hash: DigestAlgorithm;
  readonly until?: Date;
}

/**
 * Which keys and digests may be relied upon, and until when (ETSI EN 319 102-1 §5.2.8). What no rule names is too
 * weak. Judged at the time that is asked about: what was strong enough then proves what was signed then.
 */
export interface AlgorithmPolicy {
  readonly keys: readonly KeyRule[];
  readonly digests: readonly DigestRule[];
}

/**
 * RSA of 2048 bits, ECDSA of 256 bits, SHA-256 to SHA-512: the floor of the technical circular under Decree 23/2025,
 * and inside of what ETSI TS 119 312 lists. Without end dates: neither gives one that has passed.
 */
export const defaultAlgorithmPolicy: AlgorithmPolicy = {
  keys: [
    { algorithm: 'RSA', minBits: 2048 },
    { algorithm: 'EC', minBits: 256 },
    { algorithm: 'Ed25519', minBits: 256 },
  ],
  digests: [{ hash: 'SHA-256' }, { hash: 'SHA-384' }, { hash: 'SHA-512' }],
};

const holds = (rule: { readonly until?: Date }, at: Date): boolean =>
  rule.until === undefined || at < rule.until;

/** Whether a key is too weak at a time. */
export function keyFindings({ publicKey }: Certificate, policy: AlgorithmPolicy, at: Date): Finding[] {
  const { algorithm, bits, inheritsParameters } = publicKey;
  // Without the parameters that no issuer had to give, no signature of this key was ever verified.
  const isAllowed =
    !inheritsParameters &&
    policy.keys.some((rule) => rule.algorithm === algorithm && bits >= rule.minBits && holds(rule, at));
  return isAllowed ? [] : [['CERTIFICATE_WEAK_KEY', `${algorithm} key of ${bits} bits`]];
}

/** Whether the issuer's signature is too weak at a time. Not asked of an anchor: nobody relies on its signature. */
export function signatureFindings(certificate: Certificate, policy: AlgorithmPolicy, at: Date): Finding[] {
  const { signatureAlgorithm } = certificate;
  const algorithm = readLeniently(() => certificateSignatureAlgorithm(signatureAlgorithm));
  if (!algorithm) return [['CERTIFICATE_WEAK_ALGORITHM', `signature ${signatureAlgorithm.oid}`]];
  const { name, hash } = algorithm;
  const isAllowed = policy.digests.some((rule) => rule.hash === hash && holds(rule, at));
  return isAllowed ? [] : [['CERTIFICATE_WEAK_ALGORITHM', `${name} with ${hash}`]];
}

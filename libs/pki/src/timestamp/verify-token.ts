import { equalBytes } from '../bytes';
import type { Certificate } from '../certificate/certificate';
import { findExtension } from '../certificate/certificate';
import { verifySignedData } from '../cms/verify-signed-data';
import type { CmsFailureCode } from '../cms/verify-signed-data';
import type { DigestAlgorithm } from '../crypto/algorithms';
import { digest } from '../crypto/engine';
import type { GeneralName } from '../names/general-name';
import { oids } from '../oids';
import { parseTimestampToken } from './token';
import type { TimestampToken } from './token';

export type TimestampFailureCode =
  | CmsFailureCode
  | 'TST_IMPRINT_MISMATCH'
  | 'TST_NONCE_MISMATCH'
  | 'TST_POLICY_MISMATCH'
  | 'TST_WEAK_DIGEST'
  | 'TST_SIGNER_USAGE'
  | 'TST_AUTHORITY_MISMATCH';

export interface TimestampExpectation {
  /** What the token must stamp: a digest (with its algorithm) … */
  readonly digest?: Uint8Array;
  readonly hash?: DigestAlgorithm;
  /** … or the data itself, hashed here as the token says. */
  readonly imprintOf?: Uint8Array;
  /** Hexadecimal as `nonceHex` gives it; checked when present. */
  readonly nonce?: string;
  /** OID of the policy asked for; checked when present. */
  readonly policy?: string;
  /** Candidates for the authority's certificate when the token does not bring it. */
  readonly certificates?: readonly Certificate[];
}

/** The authority's certificate still has to pass `validatePath` for `time-stamping` at `genTime`. */
export interface TimestampVerification {
  readonly ok: boolean;
  readonly token: TimestampToken;
  readonly genTime: Date;
  readonly signerCertificate: Certificate | undefined;
  readonly failures: readonly { readonly code: TimestampFailureCode }[];
}

/** Verifies a token against what it should stamp (RFC 3161 §2.2 to §2.4.2, RFC 5816). Throws TSA_BAD_TOKEN if it is none. */
export async function verifyTimestampToken(
  input: Uint8Array | TimestampToken,
  expected: TimestampExpectation,
): Promise<TimestampVerification> {
  const token = input instanceof Uint8Array ? parseTimestampToken(input) : input;
  const { hash, digest: stamped } = token.messageImprint;
  const failures: TimestampFailureCode[] = [];
  if (hash === 'SHA-1') failures.push('TST_WEAK_DIGEST');
  const wanted = expected.imprintOf ? await digest(hash, expected.imprintOf) : expected.digest;
  const isHashWanted =
    expected.imprintOf !== undefined || expected.hash === undefined || expected.hash === hash;
  if (!wanted || !isHashWanted || !equalBytes(wanted, stamped)) failures.push('TST_IMPRINT_MISMATCH');
  if (expected.nonce !== undefined && expected.nonce !== token.nonce) failures.push('TST_NONCE_MISMATCH');
  if (expected.policy !== undefined && expected.policy !== token.policy) failures.push('TST_POLICY_MISMATCH');

  const cms = await verifySignedData(token.signedData, {
    ...(expected.certificates ? { certificates: expected.certificates } : {}),
  });
  failures.push(...cms.failures.map((failure) => failure.code));
  if (cms.signerCertificate) failures.push(...authorityFailures(token, cms.signerCertificate));
  return {
    ok: failures.length === 0,
    token,
    genTime: token.genTime,
    signerCertificate: cms.signerCertificate,
    failures: failures.map((code) => ({ code })),
  };
}

function authorityFailures({ authority }: TimestampToken, signer: Certificate): TimestampFailureCode[] {
  return [
    ...(isTimestampingOnly(signer) ? [] : (['TST_SIGNER_USAGE'] as const)),
    ...(!authority || isNameOf(authority, signer) ? [] : (['TST_AUTHORITY_MISMATCH'] as const)),
  ];
}

/** The name a token gives its authority is one of the names in the certificate (RFC 3161 §2.4.2, tsa). */
function isNameOf(authority: GeneralName, signer: Certificate): boolean {
  if (authority.kind === 'directory' && authority.name.equals(signer.subject)) return true;
  return signer.subjectAltNames.some((name) => isSameName(name, authority));
}

function isSameName(one: GeneralName, other: GeneralName): boolean {
  if (one.kind === 'directory' && other.kind === 'directory') return one.name.equals(other.name);
  if (one.kind !== other.kind) return false;
  if ('text' in one && 'text' in other) return one.text.toLowerCase() === other.text.toLowerCase();
  if ('octets' in one && 'octets' in other) return equalBytes(one.octets, other.octets);
  if ('oid' in one && 'oid' in other) return one.oid === other.oid;
  return 'der' in one && 'der' in other && equalBytes(one.der, other.der);
}

/** Exactly one purpose, timeStamping, and critical (RFC 3161 §2.3). */
export function isTimestampingOnly(certificate: Certificate): boolean {
  const usage = certificate.extendedKeyUsage;
  const isCritical = findExtension(certificate.extensions, oids.extKeyUsage)?.critical === true;
  return isCritical && usage?.size === 1 && usage.has(oids.timeStamping);
}

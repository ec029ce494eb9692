import { equalBytes } from '../bytes';
import type { Certificate } from '../certificate/certificate';
import { findExtension } from '../certificate/certificate';
import { verifySignedData } from '../cms/verify-signed-data';
import type { CmsFailureCode } from '../cms/verify-signed-data';
import type { DigestAlgorithm } from '../crypto/algorithms';
import { digest } from '../crypto/engine';
import { oids } from '../oids';
import { parseTimestampToken } from './token';
import type { TimestampToken } from './token';

export type TimestampFailureCode =
  CmsFailureCode | 'TST_IMPRINT_MISMATCH' | 'TST_NONCE_MISMATCH' | 'TST_WEAK_DIGEST' | 'TST_SIGNER_USAGE';

export interface TimestampExpectation {
  /** What the token must stamp: a digest (with its algorithm) … */
  readonly digest?: Uint8Array;
  readonly hash?: DigestAlgorithm;
  /** … or the data itself, hashed here as the token says. */
  readonly imprintOf?: Uint8Array;
  /** Hexadecimal as `nonceHex` gives it; checked when present. */
  readonly nonce?: string;
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

/** Verifies a token against what it should stamp (RFC 3161 §2.2, §2.3). Throws TSA_BAD_TOKEN if it is none. */
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

  const cms = await verifySignedData(token.signedData, {
    ...(expected.certificates ? { certificates: expected.certificates } : {}),
  });
  failures.push(...cms.failures.map((failure) => failure.code));
  if (cms.signerCertificate && !isTimestampingOnly(cms.signerCertificate)) failures.push('TST_SIGNER_USAGE');
  return {
    ok: failures.length === 0,
    token,
    genTime: token.genTime,
    signerCertificate: cms.signerCertificate,
    failures: failures.map((code) => ({ code })),
  };
}

/** Exactly one purpose, timeStamping, and critical (RFC 3161 §2.3). */
export function isTimestampingOnly(certificate: Certificate): boolean {
  const usage = certificate.extendedKeyUsage;
  const isCritical = findExtension(certificate.extensions, oids.extKeyUsage)?.critical === true;
  return isCritical && usage?.size === 1 && usage.has(oids.timeStamping);
}

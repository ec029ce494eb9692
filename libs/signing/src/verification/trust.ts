import { parseTimestampToken, PkiError, validatePathFinding, verifyTimestampToken } from '#pki';
import type { Certificate, PathFailureCode, PathResult, Purpose, SignerInfo } from '#pki';
import { addEmbedded, firstRead } from './evidence';
import type { Evidence } from './evidence';
import type { Indication, SubIndication, ValidationContext } from './report';
import type { VerdictCode } from './verdict-codes';

export interface Trust {
  readonly indication: Indication;
  readonly subIndication: SubIndication | null;
  readonly codes: readonly VerdictCode[];
}

/** When a signature is known to have existed, and how well that is known. */
export interface ProvenTime {
  readonly at: Date;
  /** Proved by a trusted time-stamp; else `at` is the moment of verification. */
  readonly isProven: boolean;
  readonly codes: readonly VerdictCode[];
}

async function path(
  certificate: Certificate,
  at: Date,
  purpose: Purpose,
  revocation: 'required' | 'if-available',
  evidence: Evidence,
  context: ValidationContext,
): Promise<PathResult> {
  const input = {
    certificate,
    intermediates: evidence.certificates,
    anchors: context.anchors,
    at,
    purpose,
    crls: evidence.crls,
    ocsps: evidence.ocsps,
    revocation,
  };
  const { result, found } = await validatePathFinding(input, context.findRevocation);
  // What was found for one certificate may speak about another of the same file.
  evidence.crls.push(...found.crls);
  evidence.ocsps.push(...found.ocsps);
  return result;
}

/**
 * Whether a time-stamping authority may be believed: it was good when it stamped, and nothing known at the time
 * of proof speaks against it (ETSI EN 319 102-1 §5.4, without waiting for revocation data newer than the file's).
 */
export async function isAuthorityTrusted(
  certificate: Certificate,
  genTime: Date,
  provenAt: Date,
  evidence: Evidence,
  context: ValidationContext,
): Promise<boolean> {
  if (genTime > provenAt) return false;
  const then = await path(certificate, genTime, 'time-stamping', 'required', evidence, context);
  if (then.status !== 'valid') return false;
  const later = await path(certificate, provenAt, 'time-stamping', 'if-available', evidence, context);
  return later.status === 'valid';
}

/** The earliest time that a trusted signature time-stamp proves; else the time proved so far. */
export async function provenTime(
  signer: SignerInfo | undefined,
  proven: { readonly at: Date; readonly isProven: boolean },
  evidence: Evidence,
  context: ValidationContext,
): Promise<ProvenTime> {
  const tokens = signer?.timestampTokens ?? [];
  if (!signer || tokens.length === 0)
    return { ...proven, codes: proven.isProven ? [] : ['TIMESTAMP_ABSENT'] };
  let best: Date | undefined;
  const codes: VerdictCode[] = [];
  for (const der of tokens.slice(0, 8)) {
    const token = await readToken(der, signer);
    if (!token) codes.push('TIMESTAMP_INVALID');
    else {
      addEmbedded(evidence, token.signedData);
      const trusted =
        context.anchors.length > 0 &&
        (await isAuthorityTrusted(
          firstRead(evidence, token.authority),
          token.genTime,
          proven.at,
          evidence,
          context,
        ));
      if (!trusted) codes.push('TIMESTAMP_UNTRUSTED');
      else if (best === undefined || token.genTime < best) best = token.genTime;
    }
  }
  return best ? { at: best, isProven: true, codes } : { ...proven, codes };
}

async function readToken(
  der: Uint8Array,
  signer: SignerInfo,
): Promise<
  { authority: Certificate; genTime: Date; signedData: Parameters<typeof addEmbedded>[1] } | undefined
> {
  try {
    const token = parseTimestampToken(der);
    const result = await verifyTimestampToken(token, { imprintOf: signer.signature });
    if (!result.ok || !result.signerCertificate) return undefined;
    return { authority: result.signerCertificate, genTime: token.genTime, signedData: token.signedData };
  } catch (error) {
    if (error instanceof PkiError) return undefined;
    throw error;
  }
}

/** Whether the signer's certificate was good at the time proved. */
export async function signerTrust(
  certificate: Certificate,
  purpose: Purpose,
  proven: ProvenTime,
  claimed: Date | undefined,
  evidence: Evidence,
  context: ValidationContext,
): Promise<Trust> {
  if (context.anchors.length === 0) {
    return {
      indication: 'INDETERMINATE',
      subIndication: 'NO_CERTIFICATE_CHAIN_FOUND',
      codes: ['NO_TRUST_CONFIGURED'],
    };
  }
  const result = await path(certificate, proven.at, purpose, 'required', evidence, context);
  if (result.status === 'valid') return { indication: 'TOTAL-PASSED', subIndication: null, codes: [] };
  const codes = [...new Set(result.failures.map(({ code }) => code))];
  const own = (code: PathFailureCode): boolean =>
    result.failures.some((failure) => failure.code === code && failure.certificate === certificate);
  const revokedAt = result.revocation.find(
    (finding) => finding.certificate === certificate && finding.status === 'revoked',
  )?.at;
  return { ...indicationOf(codes, own, { certificate, proven, claimed, revokedAt }), codes };
}

interface Circumstances {
  readonly certificate: Certificate;
  readonly proven: ProvenTime;
  readonly claimed: Date | undefined;
  readonly revokedAt: Date | undefined;
}

/**
 * ETSI EN 319 102-1 §5.2.6: without proof of an earlier existence an expired or revoked certificate leaves the
 * question open, unless the signer's own claim puts the signature after that moment.
 */
function indicationOf(
  codes: readonly PathFailureCode[],
  own: (code: PathFailureCode) => boolean,
  facts: Circumstances,
): Omit<Trust, 'codes'> {
  const { certificate, proven, claimed, revokedAt } = facts;
  if (own('CERTIFICATE_REVOKED')) {
    const admitted = claimed !== undefined && revokedAt !== undefined && claimed >= revokedAt;
    return admitted
      ? { indication: 'TOTAL-FAILED', subIndication: 'REVOKED' }
      : { indication: 'INDETERMINATE', subIndication: 'REVOKED_NO_POE' };
  }
  if (own('CERTIFICATE_NOT_YET_VALID') && proven.isProven)
    return { indication: 'TOTAL-FAILED', subIndication: 'NOT_YET_VALID' };
  if (own('CERTIFICATE_EXPIRED') && claimed !== undefined && claimed > certificate.notAfter) {
    return { indication: 'TOTAL-FAILED', subIndication: 'EXPIRED' };
  }
  for (const [code, subIndication] of openQuestions)
    if (codes.includes(code)) return { indication: 'INDETERMINATE', subIndication };
  return { indication: 'INDETERMINATE', subIndication: 'CHAIN_CONSTRAINTS_FAILURE' };
}

const openQuestions: readonly (readonly [PathFailureCode, SubIndication])[] = [
  ['NO_PATH_TO_ANCHOR', 'NO_CERTIFICATE_CHAIN_FOUND'],
  ['PATH_SEARCH_LIMIT', 'NO_CERTIFICATE_CHAIN_FOUND'],
  ['CERTIFICATE_EXPIRED', 'OUT_OF_BOUNDS_NO_POE'],
  ['CERTIFICATE_NOT_YET_VALID', 'OUT_OF_BOUNDS_NO_POE'],
  ['CERTIFICATE_REVOKED', 'REVOKED_NO_POE'],
  ['CERTIFICATE_WEAK_KEY', 'CRYPTO_CONSTRAINTS_FAILURE_NO_POE'],
  ['CERTIFICATE_WEAK_ALGORITHM', 'CRYPTO_CONSTRAINTS_FAILURE_NO_POE'],
  ['CERTIFICATE_WRONG_USAGE', 'CHAIN_CONSTRAINTS_FAILURE'],
  ['CERTIFICATE_SUSPENDED', 'TRY_LATER'],
  ['REVOCATION_UNKNOWN', 'TRY_LATER'],
];

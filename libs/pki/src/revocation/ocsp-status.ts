import { toHex } from '../bytes';
import type { Certificate, Extension } from '../certificate/certificate';
import { oids } from '../oids';
import type { CertificateList } from './crl';
import { namesCertificate } from './ocsp-request';
import type { OcspResponse, OcspSingleResponse } from './ocsp';
import { responderProblem } from './ocsp-responder';
import { issuerAlone } from './question';
import type { RevocationQuestion, RevocationSources } from './question';
import { allowedClockDifferenceMs, revokedStatus, speaksAbout, together } from './status';
import type { Edition, RevocationReading, RevocationStatus } from './status';
import type { UnusedCode, UnusedEvidence } from './unused';

/** Extensions of answers that may be critical because what they say is honoured, or binds the asker alone. */
const understoodCritical: ReadonlySet<string> = new Set([
  oids.ocspNonce,
  oids.ocspArchiveCutoff,
  oids.ocspExtendedRevoke,
]);

/**
 * Status of a certificate by OCSP answers (RFC 6960 §3.2): about this certificate, current at the time asked for
 * unless they tell of a revocation, signed by its issuer or by a responder the issuer appointed directly, whose own
 * certificate holds.
 * The lists among the sources serve to check a responder without id-pkix-ocsp-nocheck.
 */
export async function statusByOcsps(
  question: RevocationQuestion,
  sources: RevocationSources,
): Promise<RevocationReading> {
  const { certificate, at } = question;
  const unused: UnusedEvidence[] = [];
  const editions: Edition[] = [];
  for (const ocsp of sources.ocsps) {
    const judged = await judgeAnswer(ocsp, question, sources);
    if (typeof judged === 'string') {
      unused.push({ source: 'ocsp', evidence: ocsp, code: judged });
      continue;
    }
    const current = judged.filter((single) => speaksAbout(single, certificate, at));
    if (current.length === 0) unused.push({ source: 'ocsp', evidence: ocsp, code: 'OCSP_NOT_CURRENT' });
    for (const single of judged) {
      const status = statusOf(single, at);
      const { thisUpdate } = single;
      // What has run out still tells of a revocation: that never ends.
      if (current.includes(single) || status.status === 'revoked') {
        editions.push({ scope: 'ocsp', thisUpdate, status });
      }
    }
  }
  return { status: together(editions, at), unused };
}

/** The single responses about the certificate that may be believed; cheap questions first, signatures last. */
async function judgeAnswer(
  ocsp: OcspResponse,
  question: RevocationQuestion,
  sources: RevocationSources,
): Promise<readonly OcspSingleResponse[] | UnusedCode> {
  const { certificate, above } = question;
  const about: OcspSingleResponse[] = [];
  for (const single of ocsp.responses) {
    if (await namesCertificate(single.id, certificate, above[0])) about.push(single);
  }
  if (about.length === 0) return 'OCSP_OTHER_CERTIFICATE';
  const known = about.filter((single) => single.status !== 'unknown');
  if (known.length === 0) return 'OCSP_STATUS_UNKNOWN';
  if (hasUnknownCritical(ocsp.extensions)) return 'OCSP_UNKNOWN_CRITICAL_EXTENSION';
  const understood = known.filter((single) => !hasUnknownCritical(single.extensions));
  if (understood.length === 0) return 'OCSP_UNKNOWN_CRITICAL_EXTENSION';
  const consistent = understood.filter((single) => isConsistent(single, ocsp.producedAt));
  if (consistent.length === 0) return 'OCSP_TIMES_CONTRADICT';
  return (await responderProblem(ocsp, question, sources)) ?? consistent;
}

/** RFC 6960 §4.2.2.1: what is known is known before it is told, and not for less than no time. */
function isConsistent({ thisUpdate, nextUpdate }: OcspSingleResponse, producedAt: Date): boolean {
  if (thisUpdate.getTime() > producedAt.getTime() + allowedClockDifferenceMs) return false;
  return nextUpdate === undefined || nextUpdate >= thisUpdate;
}

function hasUnknownCritical(extensions: readonly Extension[]): boolean {
  return extensions.some((found) => found.critical && !understoodCritical.has(found.oid));
}

function statusOf(single: OcspSingleResponse, at: Date): RevocationStatus {
  const { thisUpdate: statusTime, revocationTime: time, reason = 'unspecified' } = single;
  if (single.status === 'good' || !time) return { status: 'good', source: 'ocsp', statusTime };
  return revokedStatus({ time, reason }, 'ocsp', { at, statusTime });
}

export interface OcspVerificationContext {
  readonly at: Date;
  /** Serve to check a responder without id-pkix-ocsp-nocheck. */
  readonly crls: readonly CertificateList[];
  /** Octets of the nonce that was sent: the answer must carry the same (RFC 9654 §2.1). */
  readonly nonce?: Uint8Array;
}

/** Whether an answer is signed by this issuer or by a responder it authorised (RFC 6960 §4.2.2.2). */
export async function verifyOcspResponse(
  ocsp: OcspResponse,
  issuer: Certificate,
  context: OcspVerificationContext,
): Promise<boolean> {
  return (await ocspResponseProblem(ocsp, issuer, context)) === undefined;
}

/** Why `verifyOcspResponse` says no; undefined when it says yes. */
export async function ocspResponseProblem(
  ocsp: OcspResponse,
  issuer: Certificate,
  { at, crls, nonce }: OcspVerificationContext,
): Promise<UnusedCode | undefined> {
  if (nonce && ocsp.nonce !== toHex(nonce)) return 'OCSP_NONCE_DIFFERS';
  const sources = { crls, ocsps: [], intermediates: [], trust: issuerAlone };
  return responderProblem(ocsp, { above: [issuer], at }, sources);
}

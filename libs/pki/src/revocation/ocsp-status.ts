import { toHex } from '../bytes';
import type { Certificate } from '../certificate/certificate';
import { signatureFromIdentifier } from '../crypto/algorithms';
import { digest } from '../crypto/engine';
import { verifySignature } from '../crypto/verify';
import { PkiError } from '../errors';
import { oids } from '../oids';
import type { CertificateList } from './crl';
import { statusByCrls } from './crl-status';
import type { CrlQuestion } from './crl-status';
import { namesCertificate } from './ocsp-request';
import type { OcspResponse, OcspSingleResponse } from './ocsp';
import { isSameCertificate, needsNoCheck, revokedStatus, speaksAbout, unknownStatus, worse } from './status';
import type { RevocationStatus } from './status';

/**
 * Status of a certificate by OCSP answers (RFC 6960 §3.2): about this certificate, current at the time asked for,
 * signed by its issuer or by a responder the issuer appointed directly, whose own certificate holds.
 * `crls` serve to check a responder without id-pkix-ocsp-nocheck.
 */
export async function statusByOcsps(
  ocsps: readonly OcspResponse[],
  crls: readonly CertificateList[],
  question: CrlQuestion,
): Promise<RevocationStatus> {
  let status: RevocationStatus = unknownStatus;
  for (const ocsp of ocsps) {
    if (ocsp.extensions.some((extension) => extension.critical)) continue;
    for (const single of ocsp.responses) {
      if (!(await isAbout(single, question))) continue;
      if (!(await verifyOcspResponse(ocsp, question.issuer, { at: question.at, crls }))) continue;
      status = worse(status, reading(single, question.at));
    }
  }
  return status;
}

async function isAbout(
  single: OcspSingleResponse,
  { certificate, issuer, at }: CrlQuestion,
): Promise<boolean> {
  if (single.status === 'unknown' || single.extensions.some((extension) => extension.critical)) return false;
  return speaksAbout(single, certificate, at) && namesCertificate(single.id, certificate, issuer);
}

function reading(single: OcspSingleResponse, at: Date): RevocationStatus {
  if (single.status === 'good' || !single.revocationTime) {
    return { status: 'good', source: 'ocsp', statusTime: single.thisUpdate };
  }
  const entry = {
    time: single.revocationTime,
    reason: single.reason ?? 'unspecified',
    statusTime: single.thisUpdate,
  } as const;
  return revokedStatus(entry, 'ocsp', at);
}

export interface OcspVerificationContext {
  readonly at: Date;
  readonly crls: readonly CertificateList[];
}

/** Whether an answer is signed by this issuer or by a responder it authorised (RFC 6960 §4.2.2.2). */
export async function verifyOcspResponse(
  ocsp: OcspResponse,
  issuer: Certificate,
  context: OcspVerificationContext,
): Promise<boolean> {
  try {
    const algorithm = signatureFromIdentifier(ocsp.signatureAlgorithm);
    for (const responder of [issuer, ...ocsp.certificates]) {
      if (!(await isResponder(ocsp, responder))) continue;
      if (!(await verifySignature(responder.spki, algorithm, ocsp.tbs, ocsp.signature))) continue;
      if (isSameCertificate(responder, issuer) || (await isDelegate(responder, ocsp, issuer, context)))
        return true;
    }
    return false;
  } catch (error) {
    if (error instanceof PkiError) return false;
    throw error;
  }
}

async function isResponder({ responderId }: OcspResponse, candidate: Certificate): Promise<boolean> {
  if (responderId.kind === 'name') return candidate.subject.equals(responderId.name);
  return toHex(await digest('SHA-1', candidate.publicKey.keyBits)) === responderId.keyHash;
}

/** Appointed by the very issuer, for OCSP, valid when it answered, and itself not revoked. */
async function isDelegate(
  responder: Certificate,
  ocsp: OcspResponse,
  issuer: Certificate,
  context: OcspVerificationContext,
): Promise<boolean> {
  if (!responder.extendedKeyUsage?.has(oids.ocspSigning)) return false;
  if (
    responder.keyUsage &&
    !responder.keyUsage.has('digitalSignature') &&
    !responder.keyUsage.has('nonRepudiation')
  ) {
    return false;
  }
  const isValidThen = ocsp.producedAt >= responder.notBefore && ocsp.producedAt <= responder.notAfter;
  if (!isValidThen || !responder.issuer.equals(issuer.subject)) return false;
  const algorithm = signatureFromIdentifier(responder.signatureAlgorithm);
  if (!(await verifySignature(issuer.spki, algorithm, responder.tbs, responder.signature))) return false;
  if (needsNoCheck(responder)) return true;
  const own = await statusByCrls(context.crls, { certificate: responder, issuer, at: ocsp.producedAt });
  return own.status === 'good';
}

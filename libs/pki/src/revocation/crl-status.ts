import type { Certificate } from '../certificate/certificate';
import { PkiError } from '../errors';
import type { GeneralName } from '../names/general-name';
import { oids } from '../oids';
import type { CertificateList } from './crl';
import { verifyCrl } from './crl';
import { revokedStatus, speaksAbout, unknownStatus, worse } from './status';
import type { RevocationStatus } from './status';

const understoodCritical: ReadonlySet<string> = new Set([
  oids.issuingDistributionPoint,
  oids.authorityKeyIdentifier,
  oids.deltaCRLIndicator,
]);

/** Bits 1 to 8 of ReasonFlags: together, every reason there is. */
const allReasons: readonly number[] = [1, 2, 3, 4, 5, 6, 7, 8];

export interface CrlQuestion {
  readonly certificate: Certificate;
  readonly issuer: Certificate;
  readonly at: Date;
}

const verified = new WeakMap<CertificateList, Map<Certificate, Promise<boolean>>>();

/**
 * Status of a certificate by the complete lists of its own issuer (RFC 5280 §6.3.3). Lists of others,
 * indirect lists, and lists out of time, scope or signature say nothing. Good needs all reasons covered.
 */
export async function statusByCrls(
  crls: readonly CertificateList[],
  { certificate, issuer, at }: CrlQuestion,
): Promise<RevocationStatus> {
  let status: RevocationStatus = unknownStatus;
  const covered = new Set<number>();
  for (const crl of crls) {
    if (!crl.issuer.equals(certificate.issuer) || !speaksAbout(crl, certificate, at)) continue;
    const reasons = reasonsInScope(crl, certificate);
    if (reasons.length === 0 || !(await isUsable(crl, issuer))) continue;
    const entry = crl.entry(certificate.serialNumber);
    // A delta list can only add bad news here: its good news would have to be merged with its base.
    if (crl.isDelta && (!entry || entry.reason === 'removeFromCRL')) continue;
    const reading: RevocationStatus = entry
      ? revokedStatus(
          { time: entry.revocationDate, reason: entry.reason, statusTime: crl.thisUpdate },
          'crl',
          at,
        )
      : { status: 'good', source: 'crl', statusTime: crl.thisUpdate };
    if (!crl.isDelta) reasons.forEach((reason) => covered.add(reason));
    status = worse(status, reading);
  }
  const isCovered = allReasons.every((reason) => covered.has(reason));
  return status.status === 'good' && !isCovered ? unknownStatus : status;
}

async function isUsable(crl: CertificateList, issuer: Certificate): Promise<boolean> {
  // A complete list of version 2 has a number (RFC 5280 §5.2.3).
  if (crl.crlNumber === undefined) return false;
  if (crl.extensions.some((found) => found.critical && !understoodCritical.has(found.oid))) return false;
  const known = verified.get(crl) ?? new Map<Certificate, Promise<boolean>>();
  verified.set(crl, known);
  const result = known.get(issuer) ?? verifyAndIndex(crl, issuer);
  known.set(issuer, result);
  return result;
}

/** A list that cannot be read, or whose algorithm is refused, is worth as much as none. */
async function verifyAndIndex(crl: CertificateList, issuer: Certificate): Promise<boolean> {
  try {
    return (await verifyCrl(crl, issuer)) && !crl.hasUnknownCriticalEntry();
  } catch (error) {
    if (error instanceof PkiError) return false;
    throw error;
  }
}

/** The reasons for which this list is authoritative about this certificate; none when it is out of scope. */
function reasonsInScope(crl: CertificateList, certificate: Certificate): readonly number[] {
  const scope = crl.issuingDistributionPoint;
  if (!scope) return allReasons;
  if (scope.isIndirect || scope.onlyAttributeCertificates || scope.relativeName) return [];
  if (scope.onlyUserCertificates && certificate.isCa) return [];
  if (scope.onlyCaCertificates && !certificate.isCa) return [];
  const names = scope.fullName;
  const point = certificate.distributionPoints.find((candidate) => sharesName(candidate.fullName, names));
  if (names && !point) return [];
  return allReasons.filter(
    (reason) => (scope.onlySomeReasons?.has(reason) ?? true) && (point?.reasons?.has(reason) ?? true),
  );
}

function sharesName(a: readonly GeneralName[] | undefined, b: readonly GeneralName[] | undefined): boolean {
  return (a ?? []).some((left) => (b ?? []).some((right) => isSameName(left, right)));
}

function isSameName(a: GeneralName, b: GeneralName): boolean {
  if (a.kind === 'directory' && b.kind === 'directory') return a.name.equals(b.name);
  if ((a.kind === 'uri' || a.kind === 'dns' || a.kind === 'email') && a.kind === b.kind)
    return a.text === b.text;
  return false;
}

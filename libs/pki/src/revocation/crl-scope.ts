import { copyBytes, toHex } from '../bytes';
import type { Certificate, DistributionPoint } from '../certificate/certificate';
import { findExtension } from '../certificate/certificate';
import { readDer, tags } from '../der/element';
import { childrenOf } from '../der/reader';
import { derSequence } from '../der/writer';
import { readName } from '../names/distinguished-name';
import type { DistinguishedName } from '../names/distinguished-name';
import type { GeneralName } from '../names/general-name';
import { oids } from '../oids';
import type { CertificateList, IssuingDistributionPoint } from './crl';
import type { UnusedCode } from './unused';

/** Bits 1 to 8 of ReasonFlags: together, every reason there is. */
export const allReasons = 0b1_1111_1110;

/**
 * The reasons for which a list is authoritative about a certificate, as bits of ReasonFlags (RFC 5280 §6.3.3 b, d),
 * over all distribution points of the certificate and the one that its issuer is for every list (the last paragraph
 * of §6.3.3); or why it is not.
 */
export function reasonsInScope(
  crl: CertificateList,
  certificate: Certificate,
): number | Extract<UnusedCode, 'CRL_OTHER_ISSUER' | 'CRL_OUT_OF_SCOPE'> {
  const scope = crl.issuingDistributionPoint;
  const points = [...certificate.distributionPoints, issuerAsPoint(certificate)].filter((point) =>
    isIssuedFor(crl, point, certificate),
  );
  if (points.length === 0) return 'CRL_OTHER_ISSUER';
  if (!scope) return points.reduce((reasons, point) => reasons | bitsOf(point.reasons), 0);
  if (!coversKind(scope, certificate)) return 'CRL_OUT_OF_SCOPE';
  let reasons = 0;
  for (const point of points) {
    if (coversPoint(scope, crl, point, certificate)) {
      reasons |= bitsOf(scope.onlySomeReasons) & bitsOf(point.reasons);
    }
  }
  return reasons === 0 ? 'CRL_OUT_OF_SCOPE' : reasons;
}

/** What makes two lists editions of the same: issuer and issuingDistributionPoint (RFC 5280 §5.2.4 "same scope"). */
export function scopeKey(crl: CertificateList): string {
  const scope = findExtension(crl.extensions, oids.issuingDistributionPoint);
  return JSON.stringify([crl.issuer.keys, scope ? toHex(scope.value) : null]);
}

function issuerAsPoint(certificate: Certificate): DistributionPoint {
  return {
    fullName: [{ kind: 'directory', name: certificate.issuer }],
    relativeName: undefined,
    reasons: undefined,
    crlIssuer: undefined,
  };
}

/** RFC 5280 §6.3.3 (b)(1). */
function isIssuedFor(crl: CertificateList, point: DistributionPoint, certificate: Certificate): boolean {
  if (!point.crlIssuer) return crl.issuer.equals(certificate.issuer);
  return crl.issuingDistributionPoint?.isIndirect === true && namesIssuer(point, crl.issuer);
}

/** Whether cRLIssuer of a distribution point names this issuer of lists. */
export function namesIssuer({ crlIssuer }: DistributionPoint, issuer: DistinguishedName): boolean {
  return (crlIssuer ?? []).some((name) => name.kind === 'directory' && name.name.equals(issuer));
}

/** RFC 5280 §6.3.3 (b)(2)(ii) to (iv). */
function coversKind(scope: IssuingDistributionPoint, certificate: Certificate): boolean {
  if (scope.onlyAttributeCertificates) return false;
  return certificate.isCa ? !scope.onlyUserCertificates : !scope.onlyCaCertificates;
}

/** RFC 5280 §6.3.3 (b)(2)(i). */
function coversPoint(
  scope: IssuingDistributionPoint,
  crl: CertificateList,
  point: DistributionPoint,
  certificate: Certificate,
): boolean {
  const scopeNames = namesOf(scope, crl.issuer);
  if (!scopeNames) return true;
  const crlIssuerName = point.crlIssuer?.find((name) => name.kind === 'directory')?.name;
  const pointNames = namesOf(point, crlIssuerName ?? certificate.issuer) ?? point.crlIssuer ?? [];
  return scopeNames.some((a) => pointNames.some((b) => isSameName(a, b)));
}

/** The names of a point in full; a name relative to the issuer of lists is put under it (RFC 5280 §4.2.1.13). */
function namesOf(
  point: Pick<DistributionPoint, 'fullName' | 'relativeName'>,
  crlIssuer: DistinguishedName,
): readonly GeneralName[] | undefined {
  if (!point.relativeName) return point.fullName;
  const last = copyBytes(point.relativeName);
  last[0] = tags.set;
  const relatives = childrenOf(readDer(crlIssuer.der)).map((relative) => relative.der);
  return [{ kind: 'directory', name: readName(readDer(derSequence(...relatives, last))) }];
}

function isSameName(a: GeneralName, b: GeneralName): boolean {
  if (a.kind === 'directory' && b.kind === 'directory') return a.name.equals(b.name);
  if ((a.kind === 'uri' || a.kind === 'dns' || a.kind === 'email') && a.kind === b.kind)
    return a.text === b.text;
  return false;
}

function bitsOf(reasons: ReadonlySet<number> | undefined): number {
  if (!reasons) return allReasons;
  let bits = 0;
  for (const reason of reasons) bits |= 1 << reason;
  return bits & allReasons;
}

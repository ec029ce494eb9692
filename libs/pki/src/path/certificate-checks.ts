import type { Certificate } from '../certificate/certificate';
import { findExtension, isSelfIssued } from '../certificate/certificate';
import type { GeneralName } from '../names/general-name';
import { dnsName } from '../names/host-name';
import { oids } from '../oids';
import { authorityAllows, purposeProblem } from './purposes';
import { defaultAlgorithmPolicy, keyFindings, signatureFindings } from './algorithm-policy';
import type { AlgorithmPolicy } from './algorithm-policy';
import { nameConstraintsForm } from './name-constraints';
import { policyExtensionsForm } from './policy-extensions';
import type { Finding, PathFailure, Purpose } from './result';

/** Extensions whose meaning this validator honours, or which limit nothing that it decides. */
const understood: ReadonlySet<string> = new Set([
  oids.subjectKeyIdentifier,
  oids.authorityKeyIdentifier,
  oids.keyUsage,
  oids.subjectAltName,
  oids.issuerAltName,
  oids.basicConstraints,
  oids.extKeyUsage,
  oids.cRLDistributionPoints,
  oids.authorityInfoAccess,
  oids.qcStatements,
  oids.ocspNoCheck,
  oids.nameConstraints,
  oids.policyConstraints,
  oids.certificatePolicies,
  oids.policyMappings,
  oids.inhibitAnyPolicy,
]);

/** RFC 5280 §4.2.1.1, §4.2.1.2, §4.2.2.1, §4.2.1.15: must not be marked critical. */
const neverCritical: ReadonlySet<string> = new Set([
  oids.subjectKeyIdentifier,
  oids.authorityKeyIdentifier,
  oids.authorityInfoAccess,
  oids.freshestCRL,
]);

export interface CheckContext {
  readonly at: Date;
  readonly purpose: Purpose;
  readonly algorithms?: AlgorithmPolicy;
}

/** Where a certificate stands. */
export interface Place {
  readonly isAnchor: boolean;
}

/** Checks of one certificate by itself and by its place; `index` 0 is the end entity. What stands above does not matter. */
export function certificateFailures(
  path: readonly Certificate[],
  index: number,
  context: CheckContext,
  place: Place = { isAnchor: false },
): PathFailure[] {
  const certificate = path[index];
  if (!certificate) return [];
  const findings = [
    ...validity(certificate, context.at),
    ...form(certificate, place),
    ...algorithms(certificate, context, place),
    ...extensions(certificate),
    ...identifiers(certificate, place),
    ...(index === 0
      ? endEntity(certificate, context.purpose)
      : authority(path, index, place, context.purpose)),
  ];
  return findings.map(([code, message]) => ({ code, certificate, message }));
}

/** RFC 5280 §6.1.3 (a)(2); both ends belong to the period. What is no time (`Invalid Date`) lies in none. */
function validity(certificate: Certificate, at: Date): Finding[] {
  if (!(at >= certificate.notBefore))
    return [['CERTIFICATE_NOT_YET_VALID', certificate.notBefore.toISOString()]];
  // notAfter names a whole second.
  if (at.getTime() >= certificate.notAfter.getTime() + 1000) {
    return [['CERTIFICATE_EXPIRED', certificate.notAfter.toISOString()]];
  }
  return [];
}

function form(certificate: Certificate, place: Place): Finding[] {
  const findings: Finding[] = [];
  const { serialNumber } = certificate;
  // RFC 5280 §4.1.2.2; negative ones exist and are to be handled gracefully.
  if (serialNumber.length > 42 || /^0*$/.test(serialNumber)) {
    findings.push(['CERTIFICATE_BAD_SERIAL', 'serial number is zero or longer than 20 octets']);
  }
  if (certificate.version !== 3 && !place.isAnchor) {
    findings.push(['CERTIFICATE_BAD_VERSION', `version ${certificate.version} certificate`]);
  }
  return findings;
}

function algorithms(
  certificate: Certificate,
  { algorithms: policy = defaultAlgorithmPolicy, at }: CheckContext,
  place: Place,
): Finding[] {
  const key = keyFindings(certificate, policy, at);
  return place.isAnchor ? key : [...key, ...signatureFindings(certificate, policy, at)];
}

function extensions(certificate: Certificate): Finding[] {
  const findings: Finding[] = [];
  for (const { oid, critical } of certificate.extensions) {
    if (critical && neverCritical.has(oid))
      findings.push(['CERTIFICATE_BAD_EXTENSION', `${oid} is marked critical`]);
    else if (critical && !understood.has(oid)) findings.push(['CERTIFICATE_UNKNOWN_CRITICAL_EXTENSION', oid]);
  }
  return [...findings, ...nameConstraintsForm(certificate), ...policyExtensionsForm(certificate)];
}

/** Names and key identifiers that must be there (RFC 5280 §4.1.2.6, §4.2.1.1, §4.2.1.2, §4.2.1.6). */
function identifiers(certificate: Certificate, place: Place): Finding[] {
  const findings: Finding[] = [];
  const bad = (message: string): void => void findings.push(['CERTIFICATE_BAD_EXTENSION', message]);
  if (certificate.authorityKeyId === undefined && !place.isAnchor && !isSelfIssued(certificate)) {
    bad('authorityKeyIdentifier is missing');
  }
  if (certificate.isCa && certificate.subjectKeyId === undefined) {
    bad('subjectKeyIdentifier is missing in an authority');
  }
  if (certificate.issuer.isEmpty) bad('the issuer has no name');
  if (certificate.subject.isEmpty) {
    const altName = findExtension(certificate.extensions, oids.subjectAltName);
    if (certificate.isCa || !altName?.critical)
      bad('the subject has neither a name nor a critical alternative one');
  }
  return findings;
}

function endEntity(certificate: Certificate, purpose: Purpose): Finding[] {
  const findings: Finding[] = [];
  // RFC 5280 §4.2.1.3: keyCertSign only with cA.
  if (certificate.keyUsage?.has('keyCertSign') && !certificate.isCa) {
    findings.push(['CERTIFICATE_BAD_EXTENSION', 'keyCertSign in a certificate that is no authority']);
  }
  if (certificate.pathLength !== undefined && !certificate.isCa) {
    findings.push(['CERTIFICATE_BAD_EXTENSION', 'path length in a certificate that is no authority']);
  }
  // RFC 5280 §4.2.1.6: host names, and no address among them. Held against those whom names are matched with.
  if (purpose === 'tls' && certificate.subjectAltNames.some(isBadDnsName)) {
    findings.push(['CERTIFICATE_BAD_EXTENSION', 'a dNSName that is no host name']);
  }
  const problem = purposeProblem(certificate, purpose);
  if (problem !== undefined) findings.push(['CERTIFICATE_WRONG_USAGE', problem]);
  return findings;
}

function isBadDnsName(name: GeneralName): boolean {
  return name.kind === 'dns' && dnsName(name.text) === undefined;
}

/** RFC 5280 §6.1.4 (k)–(n), for the anchor's certificate too. */
function authority(path: readonly Certificate[], index: number, place: Place, purpose: Purpose): Finding[] {
  const certificate = path[index];
  if (!certificate) return [];
  const findings: Finding[] = [];
  if (!certificate.isCa) findings.push(['CERTIFICATE_NOT_A_CA', 'basicConstraints does not say cA']);
  // RFC 5280 §4.2.1.9: critical in an authority. Held against roots only; older authorities below them exist.
  const constraints = findExtension(certificate.extensions, oids.basicConstraints);
  if (place.isAnchor && constraints?.critical === false) {
    findings.push(['CERTIFICATE_BAD_EXTENSION', 'basicConstraints of the root is not critical']);
  }
  if (certificate.keyUsage && !certificate.keyUsage.has('keyCertSign')) {
    findings.push(['CERTIFICATE_NOT_A_CA', 'keyUsage lacks keyCertSign']);
  }
  if (!authorityAllows(certificate, purpose)) {
    findings.push(['CERTIFICATE_WRONG_USAGE', `the authority may not issue for ${purpose}`]);
  }
  // Self-issued certificates between this one and the end entity do not count.
  const below = path.slice(1, index).filter((lower) => !isSelfIssued(lower)).length;
  if (certificate.pathLength !== undefined && below > certificate.pathLength) {
    findings.push(['PATH_TOO_LONG', `${below} authorities below one that allows ${certificate.pathLength}`]);
  }
  return findings;
}

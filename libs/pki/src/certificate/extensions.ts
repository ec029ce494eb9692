import { toHex } from '../bytes';
import { contextTag, primitiveContextTag, readDer, tags } from '../der/element';
import type { DerElement } from '../der/element';
import { childrenOf, DerReader, expectTag } from '../der/reader';
import {
  bitStringContent,
  bitStringValue,
  booleanValue,
  integerBytes,
  namedBits,
  octetStringValue,
  oidValue,
  smallInteger,
} from '../der/values';
import { PkiError } from '../errors';
import { readGeneralName, readGeneralNames } from '../names/general-name';
import type { GeneralName } from '../names/general-name';
import { oids } from '../oids';
import type { DistributionPoint, Extension, KeyUsage } from './certificate';

/**
 * Extensions ::= SEQUENCE SIZE (1..MAX) OF Extension, or under an IMPLICIT context tag. An extension must not stand
 * twice (RFC 5280 §4.2).
 */
export function readExtensions(element: DerElement, tag: number = tags.sequence): Extension[] {
  const extensions: Extension[] = [];
  const names = new Set<string>();
  for (const child of childrenOf(expectTag(element, tag))) {
    const reader = new DerReader(child);
    const oid = oidValue(reader.read(tags.oid));
    const criticalField = reader.optional(tags.boolean);
    const critical = criticalField ? booleanValue(criticalField) : false;
    if (criticalField && !critical) throw new PkiError('DER_NOT_CANONICAL', 'default FALSE is written out');
    const value = octetStringValue(reader.read(tags.octetString));
    reader.finish();
    if (names.has(oid)) throw new PkiError('DER_MALFORMED', `extension ${oid} stands twice`);
    names.add(oid);
    extensions.push({ oid, critical, value });
  }
  if (extensions.length === 0) throw new PkiError('DER_MALFORMED', 'empty list of extensions');
  return extensions;
}

const keyUsageNames: readonly KeyUsage[] = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
  'encipherOnly',
  'decipherOnly',
];

export function keyUsageBit(usage: KeyUsage): number {
  return keyUsageNames.indexOf(usage);
}

export function readKeyUsage(value: Uint8Array): ReadonlySet<KeyUsage> {
  const bits = namedBits(bitStringValue(readDer(value)));
  return new Set(keyUsageNames.filter((_, position) => bits.has(position)));
}

export function readExtendedKeyUsage(value: Uint8Array): ReadonlySet<string> {
  const purposes = childrenOf(expectTag(readDer(value), tags.sequence)).map(oidValue);
  if (purposes.length === 0) throw new PkiError('DER_MALFORMED', 'extendedKeyUsage is empty');
  return new Set(purposes);
}

export interface BasicConstraints {
  readonly isCa: boolean;
  readonly pathLength: number | undefined;
}

export function readBasicConstraints(value: Uint8Array): BasicConstraints {
  const reader = new DerReader(readDer(value));
  const caField = reader.optional(tags.boolean);
  const isCa = caField ? booleanValue(caField) : false;
  const lengthField = reader.optional(tags.integer);
  reader.finish();
  return { isCa, pathLength: lengthField ? smallInteger(lengthField) : undefined };
}

export function readSubjectKeyId(value: Uint8Array): string {
  return toHex(octetStringValue(readDer(value)));
}

export interface AuthorityKeyId {
  readonly keyId: string | undefined;
  /** authorityCertIssuer or authorityCertSerialNumber is used. */
  readonly namesCertificate: boolean;
}

export function readAuthorityKeyId(value: Uint8Array): AuthorityKeyId {
  const reader = new DerReader(readDer(value));
  const keyId = reader.optional(primitiveContextTag(0));
  const issuer = reader.optional(contextTag(1));
  const serial = reader.optional(primitiveContextTag(2));
  reader.finish();
  if (issuer) readGeneralNames(issuer, contextTag(1));
  return {
    keyId: keyId && toHex(keyId.content),
    namesCertificate: issuer !== undefined || serial !== undefined,
  };
}

export function readAltNames(value: Uint8Array): GeneralName[] {
  return readGeneralNames(readDer(value));
}

export interface AccessUrls {
  readonly ocsp: readonly string[];
  readonly caIssuers: readonly string[];
}

/** Web addresses in authorityInfoAccess (RFC 5280 §4.2.2.1). They are claims of whoever made the certificate. */
export function readAuthorityInfoAccess(value: Uint8Array): AccessUrls {
  const ocsp: string[] = [];
  const caIssuers: string[] = [];
  for (const child of childrenOf(expectTag(readDer(value), tags.sequence))) {
    const reader = new DerReader(child);
    const method = oidValue(reader.read(tags.oid));
    const location = readGeneralName(reader.any());
    reader.finish();
    if (location.kind !== 'uri') continue;
    if (method === oids.ocspAccess) ocsp.push(location.text);
    if (method === oids.caIssuersAccess) caIssuers.push(location.text);
  }
  return { ocsp, caIssuers };
}

/** CRLDistributionPoints (RFC 5280 §4.2.1.13); freshestCRL has the same form. */
export function readDistributionPoints(value: Uint8Array): DistributionPoint[] {
  return childrenOf(expectTag(readDer(value), tags.sequence)).map((child) => {
    const reader = new DerReader(child);
    const nameField = reader.optional(contextTag(0));
    const reasonsField = reader.optional(primitiveContextTag(1));
    const issuerField = reader.optional(contextTag(2));
    reader.finish();
    return {
      ...(nameField ? readPointName(nameField) : { fullName: undefined, relativeName: undefined }),
      reasons: reasonsField && namedBits(bitStringContent(reasonsField)),
      crlIssuer: issuerField && readGeneralNames(issuerField, contextTag(2)),
    };
  });
}

/** DistributionPointName, inside its EXPLICIT tag. */
export function readPointName(field: DerElement): Pick<DistributionPoint, 'fullName' | 'relativeName'> {
  const reader = new DerReader(field, contextTag(0));
  const choice = reader.any();
  reader.finish();
  if (choice.tag === contextTag(0)) {
    return { fullName: readGeneralNames(choice, contextTag(0)), relativeName: undefined };
  }
  expectTag(choice, contextTag(1));
  return { fullName: undefined, relativeName: choice.der };
}

export function urlsOf(points: readonly DistributionPoint[]): string[] {
  return points.flatMap((point) =>
    (point.fullName ?? []).flatMap((name) => (name.kind === 'uri' ? [name.text] : [])),
  );
}

/** CRLNumber: hexadecimal of the content octets. */
export function readCrlNumber(value: Uint8Array): string {
  return toHex(integerBytes(readDer(value)));
}

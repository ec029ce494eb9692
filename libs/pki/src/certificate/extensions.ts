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
  for (const child of members(element, tag)) {
    const reader = new DerReader(child);
    const oid = oidValue(reader.read(tags.oid));
    const critical = readDefaultFalse(reader);
    const value = octetStringValue(reader.read(tags.octetString));
    reader.finish();
    if (names.has(oid)) throw new PkiError('DER_MALFORMED', `extension ${oid} stands twice`);
    names.add(oid);
    extensions.push({ oid, critical, value });
  }
  return extensions;
}

/** Members of a SEQUENCE SIZE (1..MAX) OF. */
function members(element: DerElement, tag: number = tags.sequence): DerElement[] {
  const found = childrenOf(expectTag(element, tag));
  if (found.length === 0) throw new PkiError('DER_MALFORMED', `empty list at offset ${element.start}`);
  return found;
}

/** BOOLEAN DEFAULT FALSE, which is never written out (X.690 §11.5). */
function readDefaultFalse(reader: DerReader): boolean {
  const field = reader.optional(tags.boolean);
  if (!field) return false;
  if (!booleanValue(field)) throw new PkiError('DER_NOT_CANONICAL', 'default FALSE is written out');
  return true;
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
  // RFC 5280 §4.2.1.3: where it stands, at least one bit is set.
  if (bits.size === 0) throw new PkiError('DER_MALFORMED', 'keyUsage is empty');
  return new Set(keyUsageNames.filter((_, position) => bits.has(position)));
}

export function readExtendedKeyUsage(value: Uint8Array): ReadonlySet<string> {
  return new Set(members(readDer(value)).map(oidValue));
}

export interface BasicConstraints {
  readonly isCa: boolean;
  readonly pathLength: number | undefined;
}

export function readBasicConstraints(value: Uint8Array): BasicConstraints {
  const reader = new DerReader(readDer(value));
  const isCa = readDefaultFalse(reader);
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
  // RFC 5280 §4.2.1.1: both or neither.
  if ((issuer === undefined) !== (serial === undefined))
    throw new PkiError('DER_MALFORMED', 'half a name of a certificate in authorityKeyIdentifier');
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
  for (const child of members(readDer(value))) {
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
  return members(readDer(value)).map((child) => {
    const reader = new DerReader(child);
    const nameField = reader.optional(contextTag(0));
    const reasonsField = reader.optional(primitiveContextTag(1));
    const issuerField = reader.optional(contextTag(2));
    reader.finish();
    // RFC 5280 §4.2.1.13: a point must not consist of reasons alone.
    if (!nameField && !issuerField) throw new PkiError('DER_MALFORMED', 'distribution point without a name');
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

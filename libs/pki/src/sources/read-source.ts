import type { Certificate } from '../certificate/certificate';
import { parseCertificate } from '../certificate/parse-certificate';
import { parseSignedData } from '../cms/parse-signed-data';
import { contextTag, readDer, tags } from '../der/element';
import { DerReader } from '../der/reader';
import { parsingAs, PkiError } from '../errors';
import { parsePemBlocks } from '../pem';
import { parseCrl } from '../revocation/crl';
import type { CertificateList } from '../revocation/crl';
import { parseOcspResponse } from '../revocation/ocsp';
import type { OcspResponse } from '../revocation/ocsp';

/** What one file or answer brings. Nothing of it is trusted for having been found there. */
export interface SourceContent {
  readonly certificates: readonly Certificate[];
  readonly crls: readonly CertificateList[];
  readonly ocsps: readonly OcspResponse[];
}

export interface SourceLimits {
  /** Longest file, in bytes; 32 MiB by default. */
  readonly maxBytes: number;
  /** Most certificates, lists and answers together; 4,096 by default. */
  readonly maxItems: number;
}

const defaultLimits: SourceLimits = { maxBytes: 32 * 1024 * 1024, maxItems: 4096 };

export type SourceKind = 'certificate' | 'crl' | 'ocsp';

/** One structure in a file; `other` is what has no place in a source, such as a private key or a request. */
export interface SourcePart {
  readonly kind: SourceKind | 'other';
  /** Of its PEM block. */
  readonly label?: string;
  readonly der: Uint8Array;
}

/** RFC 7468 §4, §6, §8, §9 and what older programs write. */
const kindOfLabel: ReadonlyMap<string, SourceKind | 'bundle'> = new Map([
  ['CERTIFICATE', 'certificate'],
  ['X509 CERTIFICATE', 'certificate'],
  ['X509 CRL', 'crl'],
  ['CRL', 'crl'],
  ['OCSP RESPONSE', 'ocsp'],
  ['PKCS7', 'bundle'],
  ['CMS', 'bundle'],
]);

/**
 * Certificates, revocation lists and OCSP answers in a file: PEM with any number of blocks, or DER of a certificate,
 * a CRL, an OCSPResponse or a certs-only SignedData (.p7b, .p7c; RFC 5652 §5.1, RFC 2797 §2.2).
 *
 * @throws PkiError SOURCE_UNRECOGNISED, SOURCE_TOO_LARGE, and the code of a damaged structure
 */
export function readSource(bytes: Uint8Array, limits: Partial<SourceLimits> = {}): SourceContent {
  const { maxBytes, maxItems } = { ...defaultLimits, ...limits };
  if (bytes.length > maxBytes)
    throw new PkiError('SOURCE_TOO_LARGE', `${bytes.length} bytes, more than ${maxBytes}`);
  const certificates: Certificate[] = [];
  const crls: CertificateList[] = [];
  const ocsps: OcspResponse[] = [];
  for (const { kind, label, der } of sourceParts(bytes)) {
    if (kind === 'other') throw new PkiError('SOURCE_UNRECOGNISED', `a PEM block ${label ?? ''}`);
    else if (kind === 'certificate') certificates.push(parseCertificate(der));
    else if (kind === 'crl') crls.push(parseCrl(der));
    else ocsps.push(parseOcspResponse(der));
    if (certificates.length + crls.length + ocsps.length > maxItems)
      throw new PkiError('SOURCE_TOO_LARGE', `more than ${maxItems} certificates and lists`);
  }
  return { certificates, crls, ocsps };
}

/**
 * What stands in a file, bundles opened, not yet read. DER whose kind is not `expected` to be one is told by its first
 * members.
 *
 * @throws PkiError SOURCE_UNRECOGNISED, PEM_MALFORMED, CMS_MALFORMED
 */
export function* sourceParts(bytes: Uint8Array, expected?: SourceKind): Generator<SourcePart> {
  if (bytes[0] === tags.sequence) {
    if (isBundle(bytes)) yield* partsOfBundle(bytes);
    else yield { kind: expected ?? kindOfDer(bytes), der: bytes };
    return;
  }
  const text = new TextDecoder().decode(bytes);
  if (!text.includes('-----BEGIN ')) throw new PkiError('SOURCE_UNRECOGNISED', 'neither PEM nor DER');
  for (const { label, der } of parsePemBlocks(text)) {
    const kind = kindOfLabel.get(label) ?? 'other';
    if (kind === 'bundle') yield* partsOfBundle(der);
    else yield { kind, label, der };
  }
}

/** A bundle begins with the identifier of its content type (RFC 5652 §3), no other structure here does. */
function isBundle(der: Uint8Array): boolean {
  const length = der[1] ?? 0;
  return der[length < 0x80 ? 2 : 2 + (length & 0x7f)] === tags.oid;
}

function* partsOfBundle(der: Uint8Array): Generator<SourcePart> {
  const { certificates, crls, ocsps } = parseSignedData(der);
  for (const certificate of certificates) yield { kind: 'certificate', der: certificate.der };
  for (const crl of crls) yield { kind: 'crl', der: crl };
  for (const ocsp of ocsps) yield { kind: 'ocsp', der: ocsp };
}

/** Tells the structures apart by their first members, without reading them. */
function kindOfDer(bytes: Uint8Array): SourceKind {
  const outer = new DerReader(parsingAs('SOURCE_UNRECOGNISED', () => readDer(bytes)));
  if (outer.nextTag === tags.enumerated) return 'ocsp';
  const kind = parsingAs('SOURCE_UNRECOGNISED', () => {
    const tbs = outer.enter(tags.sequence);
    if (tbs.nextTag === contextTag(0)) return 'certificate';
    // TBSCertificate of version 1: serial, algorithm, issuer, validity. TBSCertList: [version], algorithm, issuer, time.
    tbs.optional(tags.integer);
    tbs.read(tags.sequence);
    tbs.read(tags.sequence);
    if (tbs.nextTag === tags.sequence) return 'certificate';
    if (tbs.nextTag === tags.utcTime || tbs.nextTag === tags.generalizedTime) return 'crl';
    return undefined;
  });
  if (kind === undefined) throw new PkiError('SOURCE_UNRECOGNISED', 'DER of another structure');
  return kind;
}

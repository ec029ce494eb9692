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

type Kind = 'certificate' | 'crl' | 'ocsp' | 'signed-data';

/** RFC 7468 §4, §6, §8 and the older label of each; private keys and requests have no place in a source. */
const kindOfLabel: ReadonlyMap<string, Kind> = new Map([
  ['CERTIFICATE', 'certificate'],
  ['X509 CERTIFICATE', 'certificate'],
  ['X509 CRL', 'crl'],
  ['PKCS7', 'signed-data'],
  ['CMS', 'signed-data'],
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
  for (const { kind, der } of partsOf(bytes)) {
    const found = readPart(kind, der);
    certificates.push(...found.certificates);
    crls.push(...found.crls);
    ocsps.push(...found.ocsps);
    if (certificates.length + crls.length + ocsps.length > maxItems)
      throw new PkiError('SOURCE_TOO_LARGE', `more than ${maxItems} certificates and lists`);
  }
  return { certificates, crls, ocsps };
}

interface Part {
  readonly kind: Kind;
  readonly der: Uint8Array;
}

function partsOf(bytes: Uint8Array): Part[] {
  if (bytes[0] === tags.sequence) return [{ kind: kindOfDer(bytes), der: bytes }];
  const text = new TextDecoder().decode(bytes);
  if (!text.includes('-----BEGIN ')) throw new PkiError('SOURCE_UNRECOGNISED', 'neither PEM nor DER');
  return parsePemBlocks(text).map(({ label, der }) => {
    const kind = kindOfLabel.get(label);
    if (kind === undefined) throw new PkiError('SOURCE_UNRECOGNISED', `a PEM block ${label}`);
    return { kind, der };
  });
}

/** Tells the four structures apart by their first members, without reading them. */
function kindOfDer(bytes: Uint8Array): Kind {
  const outer = new DerReader(parsingAs('SOURCE_UNRECOGNISED', () => readDer(bytes)));
  if (outer.nextTag === tags.oid) return 'signed-data';
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

function readPart(kind: Kind, der: Uint8Array): SourceContent {
  switch (kind) {
    case 'certificate':
      return { certificates: [parseCertificate(der)], crls: [], ocsps: [] };
    case 'crl':
      return { certificates: [], crls: [parseCrl(der)], ocsps: [] };
    case 'ocsp':
      return { certificates: [], crls: [], ocsps: [parseOcspResponse(der)] };
    case 'signed-data': {
      const { certificates, crls, ocsps } = parseSignedData(der);
      return {
        certificates,
        crls: crls.map((list) => parseCrl(list)),
        ocsps: ocsps.map((answer) => parseOcspResponse(answer)),
      };
    }
  }
}

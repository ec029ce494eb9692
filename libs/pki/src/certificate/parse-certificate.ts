import { ByteCache, maxRememberedBytes } from '../byte-cache';
import { copyBytes, equalBytes } from '../bytes';
import { readAlgorithmIdentifier } from '../crypto/algorithms';
import { digest } from '../crypto/engine';
import { parseOwnPublicKey, parsePublicKey } from '../crypto/public-key';
import { contextTag, primitiveContextTag, readDer, tags } from '../der/element';
import type { DerElement } from '../der/element';
import { DerReader, onlyChild } from '../der/reader';
import { timeValue } from '../der/time';
import { bitStringContent, integerHex, smallInteger, wholeBitString } from '../der/values';
import { parsingAs, PkiError } from '../errors';
import { toHex } from '../bytes';
import { readName } from '../names/distinguished-name';
import type { DistinguishedName } from '../names/distinguished-name';
import { oids } from '../oids';
import { findExtension } from './certificate';
import type { Certificate, Extension } from './certificate';
import {
  readAltNames,
  readAuthorityInfoAccess,
  readAuthorityKeyId,
  readBasicConstraints,
  readDistributionPoints,
  readExtendedKeyUsage,
  readExtensions,
  readKeyUsage,
  readSubjectKeyId,
  urlsOf,
} from './extensions';

/** Certificates above this many bytes are refused. */
const maxCertificateBytes = 256 * 1024;

/**
 * Certificates met lately: the same few stand in every signature, and reading one costs more than all else that is
 * read of it. What is remembered is what the bytes say, nothing of whether they are trusted.
 */
const recent = new ByteCache<Certificate>(512);
/** The name of an authority stands in each certificate that it issued, and in its own. */
const recentNames = new ByteCache<DistinguishedName>(512);

/** Reads one DER certificate (RFC 5280 §4.1), strictly. Throws CERTIFICATE_MALFORMED. */
export function parseCertificate(der: Uint8Array): Certificate {
  const known = recent.get(der);
  if (known) return known;
  if (der.length > maxCertificateBytes)
    throw new PkiError('CERTIFICATE_MALFORMED', `a certificate of ${der.length} bytes is too large`);
  // A copy: a window would keep the whole file alive in which it was found, and change with it.
  const own = copyBytes(der);
  const read = parsingAs('CERTIFICATE_MALFORMED', () => readCertificate(own));
  recent.set(own, read);
  return read;
}

/** Of large ones no part is remembered either: it would keep the whole in memory. */
function isRemembered({ length }: Uint8Array): boolean {
  return length <= maxRememberedBytes;
}

function nameOf(element: DerElement): DistinguishedName {
  const known = recentNames.get(element.der);
  if (known) return known;
  const name = readName(element);
  if (isRemembered(element.source)) recentNames.set(name.der, name);
  return name;
}

function readCertificate(der: Uint8Array): Certificate {
  const outer = new DerReader(readDer(der));
  const tbs = outer.read(tags.sequence);
  const signatureAlgorithm = readAlgorithmIdentifier(outer.read(tags.sequence));
  const signature = wholeBitString(outer.read(tags.bitString));
  outer.finish();

  const reader = new DerReader(tbs);
  const versionField = reader.optional(contextTag(0));
  const version = versionField ? smallInteger(onlyChild(versionField)) + 1 : 1;
  if (version > 3 || (versionField && version === 1)) {
    throw new PkiError('DER_MALFORMED', `certificate version ${version} is wrong or written out`);
  }
  const serialNumber = integerHex(reader.read(tags.integer));
  const inner = reader.read(tags.sequence);
  if (!equalBytes(inner.der, signatureAlgorithm.der)) {
    throw new PkiError(
      'CERTIFICATE_MALFORMED',
      'signature algorithm differs inside and outside of the signed part',
    );
  }
  const issuer = nameOf(reader.read(tags.sequence));
  const validity = reader.enter(tags.sequence);
  const notBefore = timeValue(validity.any());
  const notAfter = timeValue(validity.any());
  validity.finish();
  const subject = nameOf(reader.read(tags.sequence));
  const spki = reader.read(tags.sequence).der;
  const issuerUniqueId = reader.optional(primitiveContextTag(1));
  const subjectUniqueId = reader.optional(primitiveContextTag(2));
  const extensionsField = reader.optional(contextTag(3));
  reader.finish();
  for (const id of [issuerUniqueId, subjectUniqueId]) if (id) bitStringContent(id);
  if ((issuerUniqueId ?? subjectUniqueId) && version === 1) {
    throw new PkiError('DER_MALFORMED', 'unique identifiers in a version 1 certificate');
  }
  if (extensionsField && version !== 3) {
    throw new PkiError('DER_MALFORMED', `extensions in a version ${version} certificate`);
  }
  const extensions = extensionsField ? readExtensions(onlyChild(extensionsField)) : [];

  return {
    der,
    tbs: tbs.der,
    version: version as 1 | 2 | 3,
    serialNumber,
    issuer,
    subject,
    notBefore,
    notAfter,
    spki,
    publicKey: isRemembered(der) ? parseOwnPublicKey(spki) : parsePublicKey(spki),
    signatureAlgorithm,
    signature,
    extensions,
    organizationIdentifier: subject.get(oids.organizationIdentifier),
    ...knownExtensions(extensions),
  };
}

type ExtensionFields = Pick<
  Certificate,
  | 'isCa'
  | 'pathLength'
  | 'keyUsage'
  | 'extendedKeyUsage'
  | 'subjectKeyId'
  | 'authorityKeyId'
  | 'subjectAltNames'
  | 'distributionPoints'
  | 'crlUrls'
  | 'ocspUrls'
  | 'caIssuerUrls'
  | 'isOcspNoCheck'
>;

function knownExtensions(extensions: readonly Extension[]): ExtensionFields {
  const read = <T>(oid: string, decode: (value: Uint8Array) => T): T | undefined => {
    const found = findExtension(extensions, oid);
    return found && decode(found.value);
  };
  const constraints = read(oids.basicConstraints, readBasicConstraints);
  const access = read(oids.authorityInfoAccess, readAuthorityInfoAccess);
  const points = read(oids.cRLDistributionPoints, readDistributionPoints) ?? [];
  return {
    isCa: constraints?.isCa ?? false,
    pathLength: constraints?.pathLength,
    keyUsage: read(oids.keyUsage, readKeyUsage),
    extendedKeyUsage: read(oids.extKeyUsage, readExtendedKeyUsage),
    subjectKeyId: read(oids.subjectKeyIdentifier, readSubjectKeyId),
    authorityKeyId: read(oids.authorityKeyIdentifier, readAuthorityKeyId)?.keyId,
    subjectAltNames: read(oids.subjectAltName, readAltNames) ?? [],
    distributionPoints: points,
    crlUrls: urlsOf(points),
    ocspUrls: access?.ocsp ?? [],
    caIssuerUrls: access?.caIssuers ?? [],
    isOcspNoCheck: findExtension(extensions, oids.ocspNoCheck) !== undefined,
  };
}

const hashes = new WeakMap<Certificate, Map<string, Promise<Uint8Array>>>();

/** Digest of the whole certificate, computed once per certificate object. */
export function certificateHash(
  certificate: Certificate,
  hash: 'SHA-256' | 'SHA-384' | 'SHA-512',
): Promise<Uint8Array> {
  const known = hashes.get(certificate) ?? new Map<string, Promise<Uint8Array>>();
  hashes.set(certificate, known);
  const found = known.get(hash) ?? digest(hash, certificate.der);
  known.set(hash, found);
  return found;
}

/** SHA-256 of the certificate, lower-case hexadecimal. */
export async function thumbprint(certificate: Certificate): Promise<string> {
  return toHex(await certificateHash(certificate, 'SHA-256'));
}

import { copyBytes, toHex } from '../bytes';
import type { Certificate } from '../certificate/certificate';
import { parseCertificate } from '../certificate/parse-certificate';
import { readAlgorithmIdentifier } from '../crypto/algorithms';
import type { AlgorithmIdentifier } from '../crypto/algorithms';
import { contextTag, primitiveContextTag, readDerPrefix, tags } from '../der/element';
import type { DerElement } from '../der/element';
import { childrenOf, DerReader, expectTag, onlyChild } from '../der/reader';
import { integerHex, octetStringValue, oidValue, smallInteger } from '../der/values';
import { parsingAs, PkiError } from '../errors';
import { readName } from '../names/distinguished-name';
import { oids } from '../oids';
import type { SignerIdentifier } from './signer-identifier';

export interface CmsAttribute {
  readonly type: string;
  readonly values: readonly DerElement[];
}

export interface SignerInfo {
  readonly sid: SignerIdentifier;
  readonly digestAlgorithm: AlgorithmIdentifier;
  readonly signatureAlgorithm: AlgorithmIdentifier;
  /** DER SET OF as it was signed, or undefined when there are none. */
  readonly signedAttributes: Uint8Array | undefined;
  readonly attributes: readonly CmsAttribute[];
  readonly signature: Uint8Array;
  readonly unsignedAttributes: readonly CmsAttribute[];
  /** DER of each id-aa-signatureTimeStampToken. */
  readonly timestampTokens: readonly Uint8Array[];
}

/** A CMS SignedData (RFC 5652 §5.1). */
export interface SignedData {
  /** The whole ContentInfo without what followed it. */
  readonly der: Uint8Array;
  readonly certificates: readonly Certificate[];
  /** CertificateLists, DER, not yet read. */
  readonly crls: readonly Uint8Array[];
  /** OCSPResponses, DER, not yet read (RFC 5940). */
  readonly ocsps: readonly Uint8Array[];
  readonly contentType: string;
  /** Undefined for a detached signature. */
  readonly encapsulatedContent: Uint8Array | undefined;
  readonly signerInfos: readonly SignerInfo[];
}

/** Most certificates or attributes that one SignedData may bring. */
const maxMembers = 256;

/**
 * Reads a ContentInfo that holds SignedData. Zero bytes after it are allowed (the padding of a PDF's
 * /Contents), anything else is not. Throws CMS_MALFORMED, CERTIFICATE_MALFORMED.
 */
export function parseSignedData(der: Uint8Array): SignedData {
  return parsingAs('CMS_MALFORMED', () => readSignedData(der));
}

function readSignedData(der: Uint8Array): SignedData {
  const outer = readDerPrefix(der);
  if (der.subarray(outer.end).some((byte) => byte !== 0)) {
    throw new PkiError('CMS_MALFORMED', 'bytes other than zero follow the signature');
  }
  const contentInfo = new DerReader(outer);
  const outerType = oidValue(contentInfo.read(tags.oid));
  if (outerType !== oids.signedData)
    throw new PkiError('CMS_MALFORMED', `content ${outerType} is not SignedData`);
  const reader = new DerReader(expectTag(onlyChild(contentInfo.read(contextTag(0))), tags.sequence));
  contentInfo.finish();

  smallInteger(reader.read(tags.integer));
  const digests = childrenOf(reader.read(tags.set)).map((element) => readAlgorithmIdentifier(element).oid);
  const encapsulated = reader.enter(tags.sequence);
  const contentType = oidValue(encapsulated.read(tags.oid));
  const content = encapsulated.optional(contextTag(0));
  encapsulated.finish();
  const certificates = reader.optional(contextTag(0));
  const revocation = reader.optional(contextTag(1));
  const signers = reader.read(tags.set);
  reader.finish();
  const signerInfos = members(signers).map(readSignerInfo);
  // RFC 5652 §5.1: the list outside names what the signers use; verifiers may refuse another, and some do.
  if (signerInfos.some(({ digestAlgorithm }) => !digests.includes(digestAlgorithm.oid)))
    throw new PkiError('CMS_MALFORMED', 'a signer uses a digest that the list does not name');

  return {
    der: outer.der,
    certificates: members(certificates)
      // Attribute and other certificates ([0]-[3]) prove nothing here and are passed over.
      .filter((member) => member.tag === tags.sequence)
      .map((member) => parseCertificate(member.der)),
    crls: members(revocation)
      .filter((member) => member.tag === tags.sequence)
      .map((member) => member.der),
    ocsps: members(revocation)
      .filter((member) => member.tag === contextTag(1))
      .flatMap(ocspInRevocationInfo),
    contentType,
    encapsulatedContent: content && octetStringValue(onlyChild(content)),
    signerInfos,
  };
}

function members(element: DerElement | undefined): DerElement[] {
  if (!element) return [];
  const found = childrenOf(element);
  if (found.length > maxMembers)
    throw new PkiError('DER_LIMIT_EXCEEDED', `${found.length} members in a CMS set`);
  return found;
}

function ocspInRevocationInfo(element: DerElement): Uint8Array[] {
  const reader = new DerReader(element, contextTag(1));
  const format = oidValue(reader.read(tags.oid));
  const info = reader.any();
  reader.finish();
  return format === oids.ocspResponseInRevocationInfo ? [info.der] : [];
}

function readSignerInfo(element: DerElement): SignerInfo {
  const reader = new DerReader(element);
  smallInteger(reader.read(tags.integer));
  const sid = readSignerIdentifier(reader.any());
  const digestAlgorithm = readAlgorithmIdentifier(reader.read(tags.sequence));
  const signedField = reader.optional(contextTag(0));
  const signatureAlgorithm = readAlgorithmIdentifier(reader.read(tags.sequence));
  const signature = octetStringValue(reader.read(tags.octetString));
  const unsignedField = reader.optional(contextTag(1));
  reader.finish();
  const unsignedAttributes = members(unsignedField).map(readAttribute);
  return {
    sid,
    digestAlgorithm,
    signatureAlgorithm,
    signedAttributes: signedField && asSetOf(signedField),
    attributes: members(signedField).map(readAttribute),
    signature,
    unsignedAttributes,
    timestampTokens: unsignedAttributes
      .filter((found) => found.type === oids.signatureTimeStampToken)
      .flatMap((found) => found.values.map((value) => value.der)),
  };
}

function readSignerIdentifier(element: DerElement): SignerIdentifier {
  if (element.tag === primitiveContextTag(0)) return { kind: 'subjectKeyId', keyId: toHex(element.content) };
  const reader = new DerReader(element);
  const issuer = readName(reader.read(tags.sequence));
  const serialNumber = integerHex(reader.read(tags.integer));
  reader.finish();
  return { kind: 'issuerAndSerial', issuer, serialNumber };
}

function readAttribute(element: DerElement): CmsAttribute {
  const reader = new DerReader(element);
  const type = oidValue(reader.read(tags.oid));
  const values = childrenOf(reader.read(tags.set));
  reader.finish();
  return { type, values };
}

/** What was signed is the SET OF, not the IMPLICIT [0] that stands in the SignerInfo (RFC 5652 §5.4). */
function asSetOf(field: DerElement): Uint8Array {
  const set = copyBytes(field.der);
  set[0] = tags.set;
  return set;
}

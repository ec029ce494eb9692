import { toHex } from '../bytes';
import type { Certificate, Extension } from '../certificate/certificate';
import { findExtension } from '../certificate/certificate';
import { readExtensions } from '../certificate/extensions';
import { parseCertificate } from '../certificate/parse-certificate';
import { digestFromIdentifier, readAlgorithmIdentifier } from '../crypto/algorithms';
import type { AlgorithmIdentifier, DigestAlgorithm } from '../crypto/algorithms';
import { contextTag, primitiveContextTag, readDer, tags } from '../der/element';
import type { DerElement } from '../der/element';
import { childrenOf, DerReader, expectTag, onlyChild } from '../der/reader';
import { timeValue } from '../der/time';
import {
  enumeratedValue,
  integerHex,
  octetStringValue,
  oidValue,
  smallInteger,
  wholeBitString,
} from '../der/values';
import { parsingAs, PkiError } from '../errors';
import { readName } from '../names/distinguished-name';
import type { DistinguishedName } from '../names/distinguished-name';
import { oids } from '../oids';
import { reasonFromValue } from './reasons';
import type { RevocationReason } from './reasons';

/** CertID (RFC 6960 §4.1.1). */
export interface OcspCertificateId {
  readonly hash: DigestAlgorithm;
  /** Hexadecimal. */
  readonly issuerNameHash: string;
  readonly issuerKeyHash: string;
  readonly serialNumber: string;
}

export interface OcspSingleResponse {
  readonly id: OcspCertificateId;
  readonly status: 'good' | 'revoked' | 'unknown';
  readonly revocationTime: Date | undefined;
  readonly reason: RevocationReason | undefined;
  readonly thisUpdate: Date;
  readonly nextUpdate: Date | undefined;
  /** archiveCutoff: what expired at or after this time is still known (RFC 6960 §4.4.4). */
  readonly keepsExpiredSince: Date | undefined;
  readonly extensions: readonly Extension[];
}

export type OcspResponderId =
  | { readonly kind: 'name'; readonly name: DistinguishedName }
  | { readonly kind: 'keyHash'; readonly keyHash: string };

/** A successful basic OCSP response, not yet verified (RFC 6960 §4.2.1). */
export interface OcspResponse {
  readonly der: Uint8Array;
  /** ResponseData, DER: the signed part. */
  readonly tbs: Uint8Array;
  readonly responderId: OcspResponderId;
  readonly producedAt: Date;
  readonly responses: readonly OcspSingleResponse[];
  readonly extensions: readonly Extension[];
  /** Hexadecimal of the nonce's octets. */
  readonly nonce: string | undefined;
  readonly signatureAlgorithm: AlgorithmIdentifier;
  readonly signature: Uint8Array;
  readonly certificates: readonly Certificate[];
}

const statusNames = [
  'successful',
  'malformedRequest',
  'internalError',
  'tryLater',
  '',
  'sigRequired',
  'unauthorized',
];

/**
 * Throws OCSP_REJECTED for an answer that is an error, OCSP_MALFORMED for what cannot be read, ALGORITHM_UNSUPPORTED
 * for a certificate named by an unknown digest, CERTIFICATE_MALFORMED for a broken certificate in it.
 */
export function parseOcspResponse(der: Uint8Array): OcspResponse {
  return parsingAs('OCSP_MALFORMED', () => {
    const outer = new DerReader(readDer(der, { maxBytes: 1024 * 1024 }));
    const status = enumeratedValue(outer.read(tags.enumerated));
    const bytesField = outer.optional(contextTag(0));
    outer.finish();
    if (status !== 0)
      throw new PkiError('OCSP_REJECTED', `the responder answered ${statusNames[status] ?? status}`);
    if (!bytesField) throw new PkiError('OCSP_MALFORMED', 'a successful answer without content');
    const reader = new DerReader(onlyChild(bytesField));
    const type = oidValue(reader.read(tags.oid));
    if (type !== oids.ocspBasic) throw new PkiError('OCSP_MALFORMED', `response type ${type} is not basic`);
    const basic = octetStringValue(reader.read(tags.octetString));
    reader.finish();
    return readBasicResponse(der, readDer(basic));
  });
}

function readBasicResponse(der: Uint8Array, element: DerElement): OcspResponse {
  const outer = new DerReader(element);
  const tbs = outer.read(tags.sequence);
  const signatureAlgorithm = readAlgorithmIdentifier(outer.read(tags.sequence));
  const signature = wholeBitString(outer.read(tags.bitString));
  const certificatesField = outer.optional(contextTag(0));
  outer.finish();
  const certificateElements = certificatesField
    ? childrenOf(expectTag(onlyChild(certificatesField), tags.sequence))
    : [];
  if (certificateElements.length > 16)
    throw new PkiError('DER_LIMIT_EXCEEDED', 'too many certificates in the answer');

  const reader = new DerReader(tbs);
  const version = reader.optional(contextTag(0));
  if (version && smallInteger(onlyChild(version)) !== 0)
    throw new PkiError('OCSP_MALFORMED', 'not version 1');
  const responderId = readResponderId(reader.any());
  const producedAt = timeValue(reader.read(tags.generalizedTime));
  const responses = childrenOf(reader.read(tags.sequence)).map(readSingleResponse);
  const extensionsField = reader.optional(contextTag(1));
  reader.finish();
  const extensions = extensionsField ? readExtensions(onlyChild(extensionsField)) : [];
  const nonce = findExtension(extensions, oids.ocspNonce);
  return {
    der,
    tbs: tbs.der,
    responderId,
    producedAt,
    responses,
    extensions,
    nonce: nonce && toHex(octetStringValue(readDer(nonce.value))),
    signatureAlgorithm,
    signature,
    certificates: certificateElements.map((certificate) => parseCertificate(certificate.der)),
  };
}

function readResponderId(element: DerElement): OcspResponderId {
  if (element.tag === contextTag(1)) return { kind: 'name', name: readName(onlyChild(element)) };
  const keyHash = octetStringValue(onlyChild(expectTag(element, contextTag(2))));
  return { kind: 'keyHash', keyHash: toHex(keyHash) };
}

export function readCertificateId(element: DerElement): OcspCertificateId {
  const reader = new DerReader(element);
  const hash = digestFromIdentifier(readAlgorithmIdentifier(reader.read(tags.sequence)));
  const issuerNameHash = toHex(octetStringValue(reader.read(tags.octetString)));
  const issuerKeyHash = toHex(octetStringValue(reader.read(tags.octetString)));
  const serialNumber = integerHex(reader.read(tags.integer));
  reader.finish();
  return { hash, issuerNameHash, issuerKeyHash, serialNumber };
}

function readSingleResponse(element: DerElement): OcspSingleResponse {
  const reader = new DerReader(element);
  const id = readCertificateId(reader.any());
  const status = readStatus(reader.any());
  const thisUpdate = timeValue(reader.read(tags.generalizedTime));
  const nextField = reader.optional(contextTag(0));
  const extensionsField = reader.optional(contextTag(1));
  reader.finish();
  const extensions = extensionsField ? readExtensions(onlyChild(extensionsField)) : [];
  const cutoff = findExtension(extensions, oids.ocspArchiveCutoff);
  return {
    id,
    ...status,
    thisUpdate,
    nextUpdate: nextField && timeValue(expectTag(onlyChild(nextField), tags.generalizedTime)),
    keepsExpiredSince: cutoff && timeValue(expectTag(readDer(cutoff.value), tags.generalizedTime)),
    extensions,
  };
}

function readStatus(element: DerElement): Pick<OcspSingleResponse, 'status' | 'revocationTime' | 'reason'> {
  if (element.tag === primitiveContextTag(0))
    return { status: 'good', revocationTime: undefined, reason: undefined };
  if (element.tag === primitiveContextTag(2))
    return { status: 'unknown', revocationTime: undefined, reason: undefined };
  const reader = new DerReader(element, contextTag(1));
  const revocationTime = timeValue(reader.read(tags.generalizedTime));
  const reason = reader.optional(contextTag(0));
  reader.finish();
  return {
    status: 'revoked',
    revocationTime,
    reason: reason ? reasonFromValue(enumeratedValue(onlyChild(reason))) : 'unspecified',
  };
}

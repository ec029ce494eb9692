import { toHex } from '../bytes';
import type { Certificate } from '../certificate/certificate';
import { findExtension } from '../certificate/certificate';
import { readExtensions } from '../certificate/extensions';
import { serialNumberDer } from '../cms/signer-identifier';
import { encodeDigestAlgorithm } from '../crypto/algorithms';
import type { DigestAlgorithm } from '../crypto/algorithms';
import { digest } from '../crypto/engine';
import { contextTag, readDer, tags } from '../der/element';
import { childrenOf, DerReader, onlyChild } from '../der/reader';
import { octetStringValue } from '../der/values';
import { derExplicit, derOctetString, derOid, derSequence } from '../der/writer';
import { parsingAs } from '../errors';
import { oids } from '../oids';
import { readCertificateId } from './ocsp';
import type { OcspCertificateId } from './ocsp';

export interface OcspRequestOptions {
  /** Octets, 16 to 32 of them (RFC 9654 §2.1). */
  readonly nonce?: Uint8Array;
  /** SHA-1 by default: the only one that every responder knows (RFC 5019 §2.1.1); it names, it does not protect. */
  readonly hash?: DigestAlgorithm;
}

/** OCSPRequest for one certificate (RFC 6960 §4.1), unsigned, DER. */
export async function buildOcspRequest(
  certificate: Certificate,
  issuer: Certificate,
  options: OcspRequestOptions = {},
): Promise<Uint8Array> {
  const id = await certificateIdDer(certificate, issuer, options.hash ?? 'SHA-1');
  const nonce =
    options.nonce && derSequence(derOid(oids.ocspNonce), derOctetString(derOctetString(options.nonce)));
  return derSequence(derSequence(derSequence(derSequence(id)), nonce && derExplicit(2, derSequence(nonce))));
}

/** CertID, DER. */
export async function certificateIdDer(
  certificate: Certificate,
  issuer: Certificate,
  hash: DigestAlgorithm,
): Promise<Uint8Array> {
  return derSequence(
    encodeDigestAlgorithm(hash),
    derOctetString(await digest(hash, issuer.subject.der)),
    derOctetString(await digest(hash, issuer.publicKey.keyBits)),
    serialNumberDer(certificate),
  );
}

/** Whether a CertID names this certificate of this issuer. */
export async function namesCertificate(
  id: OcspCertificateId,
  certificate: Certificate,
  issuer: Certificate,
): Promise<boolean> {
  if (id.serialNumber !== certificate.serialNumber) return false;
  const nameHash = toHex(await digest(id.hash, issuer.subject.der));
  const keyHash = toHex(await digest(id.hash, issuer.publicKey.keyBits));
  return id.issuerNameHash === nameHash && id.issuerKeyHash === keyHash;
}

export interface OcspRequest {
  readonly ids: readonly { readonly id: OcspCertificateId; readonly der: Uint8Array }[];
  readonly nonce: Uint8Array | undefined;
}

/** Reads an OCSPRequest, for the development responder and tests. Throws OCSP_MALFORMED. */
export function parseOcspRequest(der: Uint8Array): OcspRequest {
  return parsingAs('OCSP_MALFORMED', () => {
    const outer = new DerReader(readDer(der, { maxBytes: 64 * 1024 }));
    const reader = outer.enter(tags.sequence);
    outer.optional(contextTag(0));
    outer.finish();
    reader.optional(contextTag(0));
    reader.optional(contextTag(1));
    const requests = childrenOf(reader.read(tags.sequence));
    const extensionsField = reader.optional(contextTag(2));
    reader.finish();
    const ids = requests.map((request) => {
      const id = new DerReader(request).read(tags.sequence);
      return { id: readCertificateId(id), der: id.der };
    });
    const extensions = extensionsField ? readExtensions(onlyChild(extensionsField)) : [];
    const nonce = findExtension(extensions, oids.ocspNonce);
    return { ids, nonce: nonce && octetStringValue(readDer(nonce.value)) };
  });
}

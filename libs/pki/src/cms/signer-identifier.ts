import { fromHex } from '../bytes';
import type { Certificate } from '../certificate/certificate';
import { tags } from '../der/element';
import { derSequence, tlv } from '../der/writer';
import type { DistinguishedName } from '../names/distinguished-name';

/** SignerIdentifier (RFC 5652 §5.3). */
export type SignerIdentifier =
  | { readonly kind: 'issuerAndSerial'; readonly issuer: DistinguishedName; readonly serialNumber: string }
  | { readonly kind: 'subjectKeyId'; readonly keyId: string };

/** The serial number as INTEGER, octet for octet as in the certificate. */
export function serialNumberDer(certificate: Certificate): Uint8Array {
  return tlv(tags.integer, fromHex(certificate.serialNumber));
}

export function issuerAndSerialDer(certificate: Certificate): Uint8Array {
  return derSequence(certificate.issuer.der, serialNumberDer(certificate));
}

export function identifies(id: SignerIdentifier, certificate: Certificate): boolean {
  return id.kind === 'subjectKeyId'
    ? certificate.subjectKeyId === id.keyId
    : certificate.serialNumber === id.serialNumber && certificate.issuer.equals(id.issuer);
}

import type { Certificate } from '../certificate/certificate';
import { certificateHash } from '../certificate/parse-certificate';
import { encodeDigestAlgorithm } from '../crypto/algorithms';
import type { HashAlgorithm } from '../crypto/algorithms';
import {
  derExplicit,
  derImplicit,
  derOctetString,
  derOid,
  derSequence,
  derSetOf,
  derTime,
} from '../der/writer';
import { oids } from '../oids';
import { serialNumberDer } from './signer-identifier';

export interface SignedAttributesInput {
  /** Digest of the content: of the byte ranges for PAdES, of the encapsulated content otherwise. */
  readonly messageDigest: Uint8Array;
  readonly digestAlgorithm: HashAlgorithm;
  readonly signerCertificate: Certificate;
  /** OID; id-data when left out. */
  readonly contentType?: string;
  /** Never for PAdES (ETSI EN 319 142-1 §6.3: the claimed time stands in /M). */
  readonly signingTime?: Date;
}

/**
 * First phase of a CMS signature: the signed attributes as DER SET OF, which is what the signer signs
 * (RFC 5652 §5.4). Holds content-type, message-digest and signing-certificate-v2 (RFC 5035 §3).
 */
export async function prepareSignedAttributes(input: SignedAttributesInput): Promise<Uint8Array> {
  return derSetOf(
    attribute(oids.contentType, derOid(input.contentType ?? oids.data)),
    attribute(oids.messageDigest, derOctetString(input.messageDigest)),
    attribute(
      oids.signingCertificateV2,
      await signingCertificateV2(input.signerCertificate, input.digestAlgorithm),
    ),
    input.signingTime && attribute(oids.signingTime, derTime(input.signingTime)),
  );
}

/** Attribute ::= SEQUENCE { type, SET OF value }. */
export function attribute(type: string, ...values: readonly Uint8Array[]): Uint8Array {
  return derSequence(derOid(type), derSetOf(...values));
}

async function signingCertificateV2(certificate: Certificate, hash: HashAlgorithm): Promise<Uint8Array> {
  // SHA-256 is the DEFAULT of ESSCertIDv2 and must then be left out.
  const algorithm = hash === 'SHA-256' ? undefined : encodeDigestAlgorithm(hash);
  const directoryName = derExplicit(4, certificate.issuer.der);
  const issuerSerial = derSequence(derSequence(directoryName), serialNumberDer(certificate));
  const certHash = derOctetString(await certificateHash(certificate, hash));
  return derSequence(derSequence(derSequence(algorithm, certHash, issuerSerial)));
}

/** Signed attributes as they stand in a SignerInfo: IMPLICIT [0] instead of SET (RFC 5652 §5.3). */
export function asSignerInfoField(signedAttributes: Uint8Array): Uint8Array {
  return derImplicit(0, signedAttributes);
}

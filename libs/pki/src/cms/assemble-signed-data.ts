import type { Certificate } from '../certificate/certificate';
import { encodeDigestAlgorithm, encodeSignatureAlgorithm } from '../crypto/algorithms';
import type { SignatureAlgorithm } from '../crypto/algorithms';
import { concatBytes } from '../bytes';
import {
  derExplicit,
  derImplicit,
  derInteger,
  derOctetString,
  derOid,
  derSequence,
  derSetOf,
  tlv,
} from '../der/writer';
import { oids } from '../oids';
import { asSignerInfoField, attribute } from './signed-attributes';
import { issuerAndSerialDer } from './signer-identifier';

export interface SignedDataInput {
  /** What `prepareSignedAttributes` returned. */
  readonly signedAttributes: Uint8Array;
  /** ECDSA: DER-encoded, as a `Signer` returns it. */
  readonly signatureValue: Uint8Array;
  readonly algorithm: SignatureAlgorithm;
  readonly signerCertificate: Certificate;
  readonly chain: readonly Certificate[];
  /** Left out for a detached signature (PAdES). */
  readonly encapsulatedContent?: { readonly oid: string; readonly bytes: Uint8Array };
  /** RFC 3161 token over the signature value, DER. */
  readonly timestampToken?: Uint8Array;
  /** CertificateLists, DER. */
  readonly crls?: readonly Uint8Array[];
  /** OCSPResponses, DER (RFC 5940). */
  readonly ocsps?: readonly Uint8Array[];
}

/** Second phase of a CMS signature: ContentInfo with SignedData (RFC 5652 §5), DER. */
export function assembleSignedData(input: SignedDataInput): Uint8Array {
  const content = input.encapsulatedContent;
  const digestAlgorithm = encodeDigestAlgorithm(input.algorithm.hash);
  const certificates = [input.signerCertificate, ...input.chain].map((certificate) => certificate.der);
  const revocation = [...(input.crls ?? []), ...(input.ocsps ?? []).map(otherRevocationInfo)];
  const signedData = derSequence(
    // RFC 5652 §5.1: 5 with other revocation info, 3 for content that is not id-data, 1 otherwise.
    derInteger(input.ocsps?.length ? 5 : content && content.oid !== oids.data ? 3 : 1),
    derSetOf(digestAlgorithm),
    derSequence(derOid(content?.oid ?? oids.data), content && derExplicit(0, derOctetString(content.bytes))),
    implicitSetOf(0, certificates),
    revocation.length > 0 ? implicitSetOf(1, revocation) : undefined,
    derSetOf(signerInfo(input, digestAlgorithm)),
  );
  return derSequence(derOid(oids.signedData), derExplicit(0, signedData));
}

function signerInfo(input: SignedDataInput, digestAlgorithm: Uint8Array): Uint8Array {
  const { timestampToken } = input;
  return derSequence(
    derInteger(1),
    issuerAndSerialDer(input.signerCertificate),
    digestAlgorithm,
    asSignerInfoField(input.signedAttributes),
    encodeSignatureAlgorithm(input.algorithm),
    derOctetString(input.signatureValue),
    timestampToken && implicitSetOf(1, [attribute(oids.signatureTimeStampToken, timestampToken)]),
  );
}

/** `[number] IMPLICIT SET OF`, in DER's order. */
function implicitSetOf(number: number, members: readonly Uint8Array[]): Uint8Array {
  return derImplicit(number, derSetOf(...members));
}

/** OtherRevocationInfoFormat with an OCSP response (RFC 5940 §2.1). */
function otherRevocationInfo(response: Uint8Array): Uint8Array {
  return tlv(0xa1, concatBytes([derOid(oids.ocspResponseInRevocationInfo), response]));
}

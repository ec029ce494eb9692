import { fromHex } from '../bytes';
import type { KeyUsage } from '../certificate/certificate';
import { keyUsageBit } from '../certificate/extensions';
import { parseCertificate } from '../certificate/parse-certificate';
import type { Certificate } from '../certificate/certificate';
import { encodeSignatureAlgorithm } from '../crypto/algorithms';
import { digest } from '../crypto/engine';
import { parsePublicKey } from '../crypto/public-key';
import type { Signer } from '../crypto/signer';
import {
  derBitString,
  derBoolean,
  derExplicit,
  derImplicit,
  derInteger,
  derIa5String,
  derNamedBits,
  derNull,
  derOctetString,
  derOid,
  derSequence,
  derTime,
} from '../der/writer';
import { oids } from '../oids';
import { encodeName } from './names';
import type { NameAttributeInput } from './names';

/** Whatever can sign for an authority; every `Signer` is one. */
export type IssuingKey = Pick<Signer, 'algorithm' | 'sign'>;

export interface ExtensionInput {
  readonly oid: string;
  readonly critical?: boolean;
  /** DER of the extension's own type. */
  readonly value: Uint8Array;
}

export interface CertificateInput {
  readonly subject: readonly NameAttributeInput[];
  /** SubjectPublicKeyInfo of the subject, DER. */
  readonly spki: Uint8Array;
  /** The authority; `self` for a root. */
  readonly issuer: Certificate | 'self';
  readonly issuerKey: IssuingKey;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** Magnitude; 16 random octets when left out. */
  readonly serialNumber?: Uint8Array;
  /** Present for authorities. */
  readonly ca?: { readonly pathLength?: number };
  readonly keyUsage?: readonly KeyUsage[];
  readonly extendedKeyUsage?: { readonly purposes: readonly string[]; readonly critical?: boolean };
  readonly crlUrls?: readonly string[];
  readonly ocspUrls?: readonly string[];
  readonly caIssuerUrls?: readonly string[];
  readonly isOcspNoCheck?: boolean;
  readonly extensions?: readonly ExtensionInput[];
}

/** Makes a version 3 certificate. For the development PKI and tests; no policy of its own. */
export async function issueCertificate(input: CertificateInput): Promise<Certificate> {
  const algorithm = encodeSignatureAlgorithm(input.issuerKey.algorithm);
  const subject = encodeName(input.subject);
  const serial = input.serialNumber ?? randomSerial();
  const tbs = derSequence(
    derExplicit(0, derInteger(2)),
    derInteger(serial),
    algorithm,
    input.issuer === 'self' ? subject : input.issuer.subject.der,
    derSequence(derTime(input.notBefore), derTime(input.notAfter)),
    subject,
    input.spki,
    derExplicit(3, derSequence(...(await certificateExtensions(input)).map(encodeExtension))),
  );
  const signature = await input.issuerKey.sign(tbs);
  return parseCertificate(derSequence(tbs, algorithm, derBitString(signature)));
}

/** 16 octets, positive, never zero. */
export function randomSerial(): Uint8Array {
  const serial = globalThis.crypto.getRandomValues(new Uint8Array(16));
  serial[0] = ((serial[0] ?? 0) & 0x3f) | 0x40;
  return serial;
}

export function encodeExtension({ oid, critical, value }: ExtensionInput): Uint8Array {
  return derSequence(derOid(oid), critical ? derBoolean(true) : undefined, derOctetString(value));
}

async function certificateExtensions(input: CertificateInput): Promise<ExtensionInput[]> {
  const subjectKeyId = await keyIdentifier(input.spki);
  const issuerKeyId =
    input.issuer === 'self'
      ? subjectKeyId
      : input.issuer.subjectKeyId === undefined
        ? await keyIdentifier(input.issuer.spki)
        : fromHex(input.issuer.subjectKeyId);
  const access = [
    ...(input.ocspUrls ?? []).map((url) => derSequence(derOid(oids.ocspAccess), uriName(url))),
    ...(input.caIssuerUrls ?? []).map((url) => derSequence(derOid(oids.caIssuersAccess), uriName(url))),
  ];
  const { pathLength } = input.ca ?? {};
  const list: (ExtensionInput | undefined | false)[] = [
    input.ca && {
      oid: oids.basicConstraints,
      critical: true,
      value: derSequence(derBoolean(true), pathLength === undefined ? undefined : derInteger(pathLength)),
    },
    input.keyUsage && {
      oid: oids.keyUsage,
      critical: true,
      value: derNamedBits(input.keyUsage.map(keyUsageBit)),
    },
    input.extendedKeyUsage && {
      oid: oids.extKeyUsage,
      critical: input.extendedKeyUsage.critical ?? false,
      value: derSequence(...input.extendedKeyUsage.purposes.map(derOid)),
    },
    { oid: oids.subjectKeyIdentifier, value: derOctetString(subjectKeyId) },
    { oid: oids.authorityKeyIdentifier, value: derSequence(derImplicit(0, derOctetString(issuerKeyId))) },
    input.crlUrls && {
      oid: oids.cRLDistributionPoints,
      value: derSequence(...input.crlUrls.map(distributionPoint)),
    },
    access.length > 0 && { oid: oids.authorityInfoAccess, value: derSequence(...access) },
    input.isOcspNoCheck === true && { oid: oids.ocspNoCheck, value: derNull },
  ];
  return [...list.filter((item) => item !== undefined && item !== false), ...(input.extensions ?? [])];
}

/** SHA-1 of the key bits (RFC 5280 §4.2.1.2, method 1). */
export async function keyIdentifier(spki: Uint8Array): Promise<Uint8Array> {
  return digest('SHA-1', parsePublicKey(spki).keyBits);
}

function uriName(url: string): Uint8Array {
  return derImplicit(6, derIa5String(url));
}

function distributionPoint(url: string): Uint8Array {
  return derSequence(derExplicit(0, derExplicit(0, uriName(url))));
}

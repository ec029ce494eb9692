import { equalBytes } from '../bytes';
import type { AlgorithmIdentifier } from '../crypto/algorithms';
import type { PublicKeyInfo } from '../crypto/public-key';
import type { DistinguishedName } from '../names/distinguished-name';
import type { GeneralName } from '../names/general-name';

export type KeyUsage =
  | 'digitalSignature'
  | 'nonRepudiation'
  | 'keyEncipherment'
  | 'dataEncipherment'
  | 'keyAgreement'
  | 'keyCertSign'
  | 'cRLSign'
  | 'encipherOnly'
  | 'decipherOnly';

export interface Extension {
  readonly oid: string;
  readonly critical: boolean;
  /** Content of extnValue: DER of the extension's own type. */
  readonly value: Uint8Array;
}

/** One DistributionPoint of cRLDistributionPoints or freshestCRL (RFC 5280 §4.2.1.13). */
export interface DistributionPoint {
  readonly fullName: readonly GeneralName[] | undefined;
  /** DER of a name relative to the CRL issuer, if used. */
  readonly relativeName: Uint8Array | undefined;
  readonly reasons: ReadonlySet<number> | undefined;
  readonly crlIssuer: readonly GeneralName[] | undefined;
}

/** An X.509 certificate, read once; all fields are windows on `der`. */
export interface Certificate {
  readonly der: Uint8Array;
  /** The signed part (TBSCertificate), DER. */
  readonly tbs: Uint8Array;
  readonly version: 1 | 2 | 3;
  /** Content octets of the serial number, hexadecimal. */
  readonly serialNumber: string;
  readonly issuer: DistinguishedName;
  readonly subject: DistinguishedName;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** SubjectPublicKeyInfo, DER. */
  readonly spki: Uint8Array;
  readonly publicKey: PublicKeyInfo;
  readonly signatureAlgorithm: AlgorithmIdentifier;
  readonly signature: Uint8Array;
  readonly extensions: readonly Extension[];
  readonly isCa: boolean;
  /** pathLenConstraint, if any. */
  readonly pathLength: number | undefined;
  /** Undefined when the certificate does not limit its use. */
  readonly keyUsage: ReadonlySet<KeyUsage> | undefined;
  /** OIDs; undefined when the certificate does not limit its purposes. */
  readonly extendedKeyUsage: ReadonlySet<string> | undefined;
  /** Hexadecimal. */
  readonly subjectKeyId: string | undefined;
  /** keyIdentifier of authorityKeyIdentifier, hexadecimal. */
  readonly authorityKeyId: string | undefined;
  readonly subjectAltNames: readonly GeneralName[];
  readonly distributionPoints: readonly DistributionPoint[];
  /** 2.5.4.97 of the subject: the agency code of an agency's certificate. */
  readonly organizationIdentifier: string | undefined;
  readonly crlUrls: readonly string[];
  readonly ocspUrls: readonly string[];
  readonly caIssuerUrls: readonly string[];
  /** id-pkix-ocsp-nocheck stands in it (RFC 6960 §4.2.2.2.1). */
  readonly isOcspNoCheck: boolean;
}

export function findExtension(extensions: readonly Extension[], oid: string): Extension | undefined {
  return extensions.find((extension) => extension.oid === oid);
}

/** Subject and issuer are the same name. Says nothing about the key (RFC 5280 §3.2). */
export function isSelfIssued(certificate: Certificate): boolean {
  return certificate.subject.equals(certificate.issuer);
}

/** The same name with the same key: whatever certificates say so, it is one authority. */
export function isSameHolder(a: Certificate, b: Certificate): boolean {
  return a === b || (equalBytes(a.spki, b.spki) && a.subject.equals(b.subject));
}

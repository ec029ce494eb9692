import type { CertificateOwner, CertificateUse } from '../model';
import type { KeyAlgorithm } from './flatten';

/**
 * `index.json` of a development PKI: everything certs-dev made, and for whom. All paths are relative to the
 * folder of the index. Its passwords and PINs are for demonstration and open nothing else.
 */
export interface PkiIndex {
  readonly format: 1;
  readonly demo: true;
  readonly notice: string;
  /** ISO 8601. */
  readonly createdAt: string;
  /** Earliest end of validity among the certificates that should work. */
  readonly validUntil: string;
  /** SHA-256 of the demo data that it was made for. */
  readonly demoData: string;
  readonly services: PkiServices;
  readonly trust: PkiTrustFiles;
  readonly authorities: readonly PkiAuthority[];
  readonly holders: readonly PkiHolder[];
  /** Certificates that must not work, for tests. */
  readonly cases: readonly PkiCase[];
  readonly revocations: readonly PkiRevocation[];
  readonly handwriting: readonly { readonly personId: string; readonly png: string }[];
  readonly seals: readonly { readonly agencyId: string; readonly png: string }[];
  /** Mutual TLS between nodes on loopback. */
  readonly transport: { readonly ca: string; readonly nodes: readonly PkiNode[] };
}

/** Addresses of the development server. */
export interface PkiServices {
  readonly tsa: string;
  readonly ocsp: string;
  /** `<crl>/<authority>.crl` */
  readonly crl: string;
}

/** PEM files for verifiers; CRLs are DER. */
export interface PkiTrustFiles {
  readonly anchors: readonly string[];
  readonly intermediates: readonly string[];
  readonly crls: readonly string[];
}

export type PkiAuthorityId =
  'root' | 'party-ca' | 'state-ca' | 'tsa' | 'ocsp-root' | 'ocsp-party' | 'ocsp-state';

export interface PkiAuthority extends PkiCertificate {
  readonly id: PkiAuthorityId;
  readonly issuer: PkiAuthorityId;
  /** Its CRL, DER, for those that issue. */
  readonly crl?: string;
}

/** A certificate and its private key on disk. */
export interface PkiCertificate {
  /** Common name. */
  readonly name: string;
  /** PEM. */
  readonly certificate: string;
  /** PEM files from the issuer upward, without the root. */
  readonly chain: readonly string[];
  /** PKCS #8, PEM, not encrypted. */
  readonly key: string;
  readonly algorithm: KeyAlgorithm;
  /** SHA-256 of the DER, lower-case hex. */
  readonly thumbprint: string;
  readonly serialNumber: string;
  readonly notBefore: string;
  readonly notAfter: string;
}

export interface PkiHolder extends PkiCertificate {
  readonly owner: CertificateOwner & { readonly key: string };
  readonly use: CertificateUse;
  /** PKCS #12 file with key, certificate and chain; evidence keys have none. */
  readonly pkcs12?: string;
  /** The same with the old ciphers (RC2, 3DES, SHA-1), for some holders. */
  readonly pkcs12Old?: string;
  readonly pkcs12Password?: string;
  /** PIN under which the key is put into the key vault; evidence keys are unattended and have none. */
  readonly pin?: string;
}

export const pkiCases = [
  'expired',
  'not-yet-valid',
  'revoked',
  'suspended',
  'wrong-usage',
  'untrusted',
] as const;

export interface PkiCase extends PkiHolder {
  readonly case: (typeof pkiCases)[number];
}

export interface PkiRevocation {
  readonly issuer: PkiAuthorityId;
  readonly serialNumber: string;
  /** ISO 8601. */
  readonly at: string;
  readonly reason: 'keyCompromise' | 'certificateHold';
}

export interface PkiNode extends PkiCertificate {
  readonly nodeId: string;
}

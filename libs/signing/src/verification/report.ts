import type { Certificate, CertificateList, FindRevocation, OcspResponse } from '#pki';

/** ETSI EN 319 102-1 §5.1.3. */
export type Indication = 'TOTAL-PASSED' | 'INDETERMINATE' | 'TOTAL-FAILED';

/** ETSI EN 319 102-1 §5.1.3, those this depth can tell. */
export type SubIndication =
  | 'FORMAT_FAILURE'
  | 'HASH_FAILURE'
  | 'SIG_CRYPTO_FAILURE'
  | 'SIG_CONSTRAINTS_FAILURE'
  | 'CHAIN_CONSTRAINTS_FAILURE'
  | 'CRYPTO_CONSTRAINTS_FAILURE_NO_POE'
  | 'EXPIRED'
  | 'NOT_YET_VALID'
  | 'REVOKED'
  | 'REVOKED_NO_POE'
  | 'OUT_OF_BOUNDS_NO_POE'
  | 'NO_SIGNING_CERTIFICATE_FOUND'
  | 'NO_CERTIFICATE_CHAIN_FOUND'
  | 'TRY_LATER'
  | 'TIMESTAMP_ORDER_FAILURE';

/** How much of the file a signature covers. */
export type Coverage = 'ENTIRE_FILE' | 'ENTIRE_REVISION' | 'CONTIGUOUS_BLOCK_FROM_START' | 'UNCLEAR';

/** The strongest kind of change made by the revisions after the signed one. */
export type ModificationLevel = 'NONE' | 'LTA_UPDATES' | 'FORM_FILLING' | 'ANNOTATIONS' | 'OTHER';

export type SignatureLevel =
  'PAdES-B-B' | 'PAdES-B-T' | 'PAdES-B-LT' | 'PAdES-B-LTA' | 'CMS' | 'DOC-TIMESTAMP';

/** Everything a verdict may rest on; nothing else is fetched. Parsed values may be shared between calls. */
export interface ValidationContext {
  /** Trust comes from here alone. Empty: nothing is trusted, integrity is still told. */
  readonly anchors: readonly Certificate[];
  readonly intermediates?: readonly Certificate[];
  readonly crls?: readonly CertificateList[];
  readonly ocsps?: readonly OcspResponse[];
  /** Asked for the status of a certificate about which nothing at hand speaks, where status is required. */
  readonly findRevocation?: FindRevocation;
  /** The moment of verification. */
  readonly now: Date;
}

export interface ReportMessage {
  readonly code: string;
  readonly vi: string;
  readonly en: string;
}

export interface SignerIdentity {
  readonly name: string;
  readonly organization: string | null;
  /** X.520 organizationIdentifier: the agency code. */
  readonly organizationIdentifier: string | null;
  readonly serial: string;
  readonly issuer: string;
}

export interface SignatureReport {
  readonly field: string;
  readonly type: 'approval' | 'certification' | 'timestamp';
  readonly coverage: Coverage;
  readonly laterChanges: ModificationLevel;
  readonly laterChangesAcceptable: boolean;
  /** The signed bytes are those signed and the CMS is sound; says nothing about who signed. */
  readonly integrity: 'INTACT' | 'BROKEN';
  readonly indication: Indication;
  readonly subIndication: SubIndication | null;
  readonly level: SignatureLevel | null;
  readonly signer: SignerIdentity | null;
  /** Claimed by the signer (/M); ISO 8601. */
  readonly signingTime: string | null;
  /** Proved by the signature time-stamp, or of the document time-stamp itself; ISO 8601. */
  readonly timestampTime: string | null;
  readonly messages: readonly ReportMessage[];
}

export interface ValidationReport {
  /** The worst of all signatures; null where the file carries none or cannot be read. */
  readonly indication: Indication | null;
  /** Why the file could not be read. */
  readonly error: ReportMessage | null;
  readonly signatures: readonly SignatureReport[];
}

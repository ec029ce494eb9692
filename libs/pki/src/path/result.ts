import type { Certificate } from '../certificate/certificate';
import type { RevocationReason } from '../revocation/reasons';
import type { UnusedEvidence } from '../revocation/unused';

/** What a certificate is asked to be good for. */
export type Purpose =
  | 'document-signing'
  | 'agency-signing'
  | 'evidence'
  | 'time-stamping'
  | 'ocsp-signing'
  | 'encryption'
  | 'tls';

export type PathFailureCode =
  | 'CERTIFICATE_EXPIRED'
  | 'CERTIFICATE_NOT_YET_VALID'
  | 'CERTIFICATE_REVOKED'
  | 'CERTIFICATE_SUSPENDED'
  | 'CERTIFICATE_WRONG_USAGE'
  | 'CERTIFICATE_NOT_A_CA'
  | 'CERTIFICATE_BAD_EXTENSION'
  | 'CERTIFICATE_UNKNOWN_CRITICAL_EXTENSION'
  | 'CERTIFICATE_BAD_SERIAL'
  | 'CERTIFICATE_BAD_VERSION'
  | 'CERTIFICATE_WEAK_KEY'
  | 'CERTIFICATE_WEAK_ALGORITHM'
  | 'CERTIFICATE_SIGNATURE_INVALID'
  | 'NAME_EXCLUDED'
  | 'NAME_NOT_PERMITTED'
  | 'NAME_CONSTRAINT_UNSUPPORTED'
  | 'NAME_CONSTRAINTS_TOO_LARGE'
  | 'POLICY_NOT_ACCEPTABLE'
  | 'PATH_TOO_LONG'
  | 'PATH_SEARCH_LIMIT'
  | 'NO_PATH_TO_ANCHOR'
  | 'REVOCATION_UNKNOWN';

export interface PathFailure {
  readonly code: PathFailureCode;
  /** The certificate that failed. */
  readonly certificate: Certificate;
  /** For developers; persons read `pathFailureMessages[code]`. */
  readonly message: string;
}

/** A failure whose certificate is known from where it was found. */
export type Finding = readonly [PathFailureCode, string];

/** Certificate policies a path is good for (RFC 9618 §5.6); the OID of anyPolicy stands for all. Empty: for none. */
export interface PathPolicies {
  /** Those under which the authorities of the path issued it, in the terms of the anchor. */
  readonly authorities: readonly string[];
  /** Those of them that `PolicySettings.acceptable` names. */
  readonly user: readonly string[];
}

export const noPolicies: PathPolicies = { authorities: [], user: [] };

export interface RevocationFinding {
  readonly certificate: Certificate;
  readonly status: 'good' | 'revoked' | 'suspended' | 'unknown';
  readonly reason?: RevocationReason;
  /** When it was revoked or suspended. */
  readonly at?: Date;
  readonly source: 'crl' | 'ocsp' | 'nocheck' | 'none';
  /** Since when its key is known or thought to have been lost, where the list says so; it decides nothing. */
  readonly invalidityDate?: Date;
  /** thisUpdate of the list or answer. */
  readonly statusTime?: Date;
  /** Lists and answers that were at hand and not used, or only for the bad news in them. */
  readonly unused: readonly UnusedEvidence[];
}

export interface PathResult {
  /**
   * `invalid`: something is wrong with the certificate or its path. `indeterminate`: no path to a
   * configured anchor, or its revocation status could not be established.
   */
  readonly status: 'valid' | 'indeterminate' | 'invalid';
  /** From the certificate to the anchor; as far as it was found otherwise. */
  readonly path: readonly Certificate[];
  readonly failures: readonly PathFailure[];
  readonly revocation: readonly RevocationFinding[];
  readonly policies: PathPolicies;
}

const indeterminateCodes: ReadonlySet<PathFailureCode> = new Set([
  'NO_PATH_TO_ANCHOR',
  'PATH_SEARCH_LIMIT',
  'REVOCATION_UNKNOWN',
]);

export function statusOf(failures: readonly PathFailure[]): PathResult['status'] {
  if (failures.length === 0) return 'valid';
  return failures.every((failure) => indeterminateCodes.has(failure.code)) ? 'indeterminate' : 'invalid';
}

import type { CmsFailureCode, PathFailureCode, TimestampFailureCode } from '#pki';
import type { CoverageProblem } from './coverage';
import type { ChangeCode } from './later-changes/step';

/** Everything that a verdict can say, beside what libs/pki says about certificates. */
export type VerdictCode =
  | CoverageProblem
  | ChangeCode
  | CmsFailureCode
  | PathFailureCode
  | Exclude<TimestampFailureCode, CmsFailureCode>
  | 'CMS_MALFORMED'
  | 'CMS_SIGNING_TIME_PRESENT'
  | 'FILE_UNREADABLE'
  | 'NO_SIGNATURE'
  | 'NO_TRUST_CONFIGURED'
  | 'SIGNATURE_DAMAGED'
  | 'SIGNATURE_DICTIONARY_ALTERED'
  | 'SIGNATURE_RANGES_COLLIDE'
  | 'SIGNATURE_VALUE_SHARED'
  | 'SUBFILTER_UNSUPPORTED'
  | 'TIMESTAMP_ABSENT'
  | 'TIMESTAMP_BEFORE_CERTIFICATE'
  | 'TIMESTAMP_INVALID'
  | 'TIMESTAMP_UNTRUSTED'
  | 'VALID';

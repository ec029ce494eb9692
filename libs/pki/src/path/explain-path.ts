import type { Certificate } from '../certificate/certificate';
import type { BilingualMessage } from '../problems';
import type { PathFailure, PathFailureCode, PathResult } from './result';

export type PathCheckName =
  | 'signature'
  | 'algorithms'
  | 'validity'
  | 'revocation'
  | 'names'
  | 'policies'
  | 'form'
  | 'extensions'
  | 'authority'
  | 'pathLength'
  | 'usage'
  | 'anchor';

/** One check of one certificate. */
export interface PathCheck {
  readonly name: PathCheckName;
  /** Where the check is laid down. */
  readonly clause: string;
  /** `not-made`: the path was not complete, or nothing was known to check by. */
  readonly outcome: 'passed' | 'failed' | 'not-made';
  /** Empty unless it failed. */
  readonly failures: readonly PathFailure[];
}

export interface CertificateExplanation {
  readonly certificate: Certificate;
  readonly checks: readonly PathCheck[];
}

interface CheckRule {
  readonly clause: string;
  readonly title: BilingualMessage;
  /** Certificates it is made of: all of them unless told. */
  readonly of?: 'below-anchor' | 'issuers' | 'top';
  /** Made of the certificate itself even where no path to an anchor is known. */
  readonly isOwn?: true;
}

const rules: Readonly<Record<PathCheckName, CheckRule>> = {
  signature: {
    clause: 'RFC 5280 §6.1.3 (a)(1)',
    title: { vi: 'Chữ ký của nơi cấp trên chứng thư', en: 'Signature of the issuer' },
    of: 'below-anchor',
  },
  validity: {
    clause: 'RFC 5280 §6.1.3 (a)(2)',
    title: { vi: 'Thời hạn hiệu lực', en: 'Validity period' },
    isOwn: true,
  },
  revocation: {
    clause: 'RFC 5280 §6.1.3 (a)(3)',
    title: { vi: 'Tình trạng thu hồi', en: 'Revocation status' },
    of: 'below-anchor',
  },
  names: {
    clause: 'RFC 5280 §6.1.3 (b), (c)',
    title: { vi: 'Tên trong phạm vi được phép', en: 'Names within the permitted ones' },
    of: 'below-anchor',
  },
  policies: {
    clause: 'RFC 5280 §6.1.3 (d) to (f), RFC 9618 §5',
    title: { vi: 'Chính sách chứng thư', en: 'Certificate policies' },
    of: 'below-anchor',
  },
  authority: {
    clause: 'RFC 5280 §6.1.4 (k), (n)',
    title: { vi: 'Quyền cấp chứng thư', en: 'Right to issue certificates' },
    of: 'issuers',
  },
  pathLength: {
    clause: 'RFC 5280 §6.1.4 (l), (m)',
    title: { vi: 'Độ dài đường dẫn', en: 'Path length' },
    of: 'issuers',
  },
  extensions: {
    clause: 'RFC 5280 §6.1.4 (o), §6.1.5 (f)',
    title: { vi: 'Phần mở rộng hợp lệ và hiểu được', en: 'Extensions well made and understood' },
    isOwn: true,
  },
  usage: {
    clause: 'RFC 5280 §4.2.1.3, §4.2.1.12',
    title: { vi: 'Mục đích sử dụng', en: 'Purpose' },
    isOwn: true,
  },
  form: {
    clause: 'RFC 5280 §4.1.2.1, §4.1.2.2',
    title: { vi: 'Phiên bản và số sê-ri', en: 'Version and serial number' },
    isOwn: true,
  },
  algorithms: {
    clause: 'ETSI EN 319 102-1 §5.2.8',
    title: { vi: 'Khóa và thuật toán đủ mạnh', en: 'Strength of key and algorithm' },
    isOwn: true,
  },
  anchor: {
    clause: 'RFC 5280 §6.1.1 (d)',
    title: { vi: 'Dẫn đến chứng thư gốc được tin cậy', en: 'Leads to a trusted root' },
    of: 'top',
  },
};

const names = Object.keys(rules) as readonly PathCheckName[];

/** The check that each failure belongs to. */
const checkOf: Readonly<Record<PathFailureCode, PathCheckName>> = {
  CERTIFICATE_SIGNATURE_INVALID: 'signature',
  CERTIFICATE_EXPIRED: 'validity',
  CERTIFICATE_NOT_YET_VALID: 'validity',
  CERTIFICATE_REVOKED: 'revocation',
  CERTIFICATE_SUSPENDED: 'revocation',
  REVOCATION_UNKNOWN: 'revocation',
  NAME_EXCLUDED: 'names',
  NAME_NOT_PERMITTED: 'names',
  NAME_CONSTRAINT_UNSUPPORTED: 'names',
  NAME_CONSTRAINTS_TOO_LARGE: 'names',
  POLICY_NOT_ACCEPTABLE: 'policies',
  CERTIFICATE_NOT_A_CA: 'authority',
  PATH_TOO_LONG: 'pathLength',
  CERTIFICATE_BAD_EXTENSION: 'extensions',
  CERTIFICATE_UNKNOWN_CRITICAL_EXTENSION: 'extensions',
  CERTIFICATE_WRONG_USAGE: 'usage',
  CERTIFICATE_BAD_SERIAL: 'form',
  CERTIFICATE_BAD_VERSION: 'form',
  CERTIFICATE_WEAK_KEY: 'algorithms',
  CERTIFICATE_WEAK_ALGORITHM: 'algorithms',
  NO_PATH_TO_ANCHOR: 'anchor',
  PATH_SEARCH_LIMIT: 'anchor',
};

/** What each check is called, for reports. */
export const pathCheckTitles: Readonly<Record<PathCheckName, BilingualMessage>> = Object.fromEntries(
  names.map((name) => [name, rules[name].title]),
) as Record<PathCheckName, BilingualMessage>;

/** The checks that led to a result, certificate by certificate, from the one asked about upward. */
export function explainPath(result: PathResult): readonly CertificateExplanation[] {
  return result.path.map((certificate, index) => ({
    certificate,
    checks: names
      .filter((name) => isMadeOf(rules[name], result, index))
      .map((name) => check(name, result, index)),
  }));
}

const isComplete = ({ failures }: PathResult): boolean =>
  failures.every(({ code }) => code !== 'NO_PATH_TO_ANCHOR');

function isMadeOf(rule: CheckRule, result: PathResult, index: number): boolean {
  const isTop = index === result.path.length - 1;
  switch (rule.of) {
    case 'below-anchor':
      return !isTop || !isComplete(result);
    case 'issuers':
      return index > 0;
    case 'top':
      return isTop;
    default:
      return true;
  }
}

function check(name: PathCheckName, result: PathResult, index: number): PathCheck {
  const certificate = result.path[index];
  const failures = result.failures.filter(
    (failure) => failure.certificate === certificate && checkOf[failure.code] === name,
  );
  const outcome = failures.length > 0 ? 'failed' : wasMade(name, result, index) ? 'passed' : 'not-made';
  return { name, clause: rules[name].clause, outcome, failures };
}

function wasMade(name: PathCheckName, result: PathResult, index: number): boolean {
  if (name === 'revocation') {
    return result.revocation.some(
      ({ certificate, status }) => certificate === result.path[index] && status !== 'unknown',
    );
  }
  if (isComplete(result)) return true;
  // As far as it goes, the path was found by signatures.
  if (name === 'signature') return index < result.path.length - 1;
  return index === 0 && rules[name].isOwn === true;
}

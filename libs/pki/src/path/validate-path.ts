import type { Certificate } from '../certificate/certificate';
import type { CertificateList } from '../revocation/crl';
import type { OcspResponse } from '../revocation/ocsp';
import { certificateFailures } from './certificate-checks';
import { PathSearch } from './find-paths';
import type { SearchLimits } from './find-paths';
import { pathRevocation } from './path-revocation';
import type { PolicySettings } from './policy-settings';
import { statusOf } from './result';
import type { PathFailure, PathFailureCode, PathResult, Purpose } from './result';

export interface PathInput {
  readonly certificate: Certificate;
  readonly intermediates: readonly Certificate[];
  /** The only source of trust. */
  readonly anchors: readonly Certificate[];
  readonly at: Date;
  readonly purpose: Purpose;
  readonly crls: readonly CertificateList[];
  readonly ocsps: readonly OcspResponse[];
  /** `if-available`: missing status is reported in `revocation` but does not fail the path. */
  readonly revocation: 'required' | 'if-available';
  readonly limits?: SearchLimits;
  readonly policies?: PolicySettings;
}

/** How many complete paths are judged before the best of them is the answer. */
const maxPathsJudged = 16;

/**
 * Validates a certificate at a time, for a purpose, up to a configured anchor (RFC 5280 §6.1, §6.3).
 * Tries several paths and returns the first that is valid, else the one that comes closest.
 * The anchor's own certificate must be in its period and an authority too; its revocation is not asked for.
 */
export async function validatePath(input: PathInput): Promise<PathResult> {
  const search = new PathSearch(input.anchors, input.intermediates, input.limits);
  let best: PathResult | undefined;
  let judged = 0;
  for await (const path of search.pathsFrom(input.certificate)) {
    const result = await judge(path, input);
    if (result.status === 'valid') return result;
    if (!best || isCloser(result, best)) best = result;
    if (++judged >= maxPathsJudged) break;
  }
  return best ?? noPath(search, input);
}

async function judge(path: readonly Certificate[], input: PathInput): Promise<PathResult> {
  const failures = path.flatMap((_, index) => certificateFailures(path, index, input));
  // Answers about revocation are only worth asking once the path itself holds: keys higher up are then trusted.
  if (!failures.every((failure) => outlivedCodes.has(failure.code))) {
    return { status: statusOf(failures), path, failures, revocation: [] };
  }
  const revocation = await pathRevocation(path, input, validatePath);
  failures.push(...revocation.failures);
  return { status: statusOf(failures), path, failures, revocation: revocation.findings };
}

/** With these a revocation answer still means something and helps to explain. */
const outlivedCodes: ReadonlySet<PathFailureCode> = new Set([
  'CERTIFICATE_EXPIRED',
  'CERTIFICATE_WRONG_USAGE',
]);

function isCloser(a: PathResult, b: PathResult): boolean {
  if (a.status !== b.status) return a.status === 'indeterminate';
  return a.failures.length < b.failures.length;
}

/** No way to an anchor: says so, and what is wrong with the certificate by itself as well. */
function noPath(search: PathSearch, input: PathInput): PathResult {
  const path = search.longest.length > 0 ? search.longest : [input.certificate];
  const top = path.at(-1) ?? input.certificate;
  const failures: PathFailure[] = [
    ...search.deadEnds.slice(0, 8),
    { code: 'NO_PATH_TO_ANCHOR', certificate: top, message: 'no path leads to a configured anchor' },
  ];
  const own = certificateFailures([input.certificate, input.certificate], 0, input);
  return { status: statusOf([...failures, ...own]), path, failures: [...own, ...failures], revocation: [] };
}

import type { Certificate } from '../certificate/certificate';
import type { CertificateList } from '../revocation/crl';
import type { OcspResponse } from '../revocation/ocsp';
import type { AlgorithmPolicy } from './algorithm-policy';
import { certificateFailures } from './certificate-checks';
import { checkPath, failuresAt } from './check-path';
import { PathSearch } from './find-paths';
import type { PathFilter, SearchLimits } from './find-paths';
import { NameChecks } from './name-constraints';
import { pathRevocation } from './path-revocation';
import { judgePolicies } from './policies';
import type { PolicySettings } from './policy-settings';
import { noPolicies, statusOf } from './result';
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
  /** Keys and digests to rely upon; `defaultAlgorithmPolicy` when left out. */
  readonly algorithms?: AlgorithmPolicy;
}

/** How many complete paths are judged before the best of them is the answer. */
const maxPathsJudged = 64;

/**
 * Validates a certificate at a time, for a purpose, up to a configured anchor (RFC 5280 §6.1, §6.3).
 * Tries several paths and returns the first that is valid, else the one that comes closest.
 * The anchor's own certificate must be in its period and an authority too; its revocation is not asked for.
 */
export async function validatePath(input: PathInput): Promise<PathResult> {
  const search = new PathSearch(input.anchors, input.intermediates, input.limits);
  const best = await bestPath(search, input);
  return best ?? noPath(search, await search.furthestFrom(input.certificate), input);
}

/**
 * First only ways over authorities in which nothing is wrong as far as can be seen from below: so that no number of
 * bad ones keeps a good one from being found. Where there is none, all of them, to say what is wrong.
 */
async function bestPath(search: PathSearch, input: PathInput): Promise<PathResult | undefined> {
  const names = new NameChecks();
  const isSound = certificateFailures([input.certificate], 0, input).length === 0;
  const sound = isSound
    ? await bestOf(search, input, {
        isPassable: (path, last) => failuresAt(path, path.length - 1, last, input, names).length === 0,
        failuresOf: () => [],
      })
    : undefined;
  return (
    sound ??
    bestOf(search, input, {
      isPassable: () => true,
      failuresOf: (path) => checkPath(path, input, names),
    })
  );
}

interface Pass {
  readonly isPassable: PathFilter;
  /** What is wrong with a path that passed, revocation and policies aside. */
  readonly failuresOf: (path: readonly Certificate[]) => readonly PathFailure[];
}

async function bestOf(
  search: PathSearch,
  input: PathInput,
  { isPassable, failuresOf }: Pass,
): Promise<PathResult | undefined> {
  let best: PathResult | undefined;
  let judged = 0;
  await search.visitPaths(input.certificate, isPassable, async (path) => {
    const result = await judge(path, failuresOf(path), input);
    if (!best || isCloser(result, best)) best = result;
    return result.status === 'valid' || ++judged >= maxPathsJudged ? 'enough' : 'more';
  });
  return best;
}

async function judge(
  path: readonly Certificate[],
  found: readonly PathFailure[],
  input: PathInput,
): Promise<PathResult> {
  const { policies, failures: ofPolicies } = judgePolicies(path, input.policies);
  const failures = [...found, ...ofPolicies];
  // Answers about revocation are only worth asking once the path itself holds: keys higher up are then trusted.
  if (!failures.every((failure) => outlivedCodes.has(failure.code))) {
    return { status: statusOf(failures), path, failures, revocation: [], policies };
  }
  const revocation = await pathRevocation(path, input, validatePath);
  failures.push(...revocation.failures);
  return { status: statusOf(failures), path, failures, revocation: revocation.findings, policies };
}

/** With these a revocation answer still means something and helps to explain. */
const outlivedCodes: ReadonlySet<PathFailureCode> = new Set([
  'CERTIFICATE_EXPIRED',
  'CERTIFICATE_WRONG_USAGE',
]);

const ranks: readonly PathResult['status'][] = ['valid', 'indeterminate', 'invalid'];

function isCloser(a: PathResult, b: PathResult): boolean {
  if (a.status !== b.status) return ranks.indexOf(a.status) < ranks.indexOf(b.status);
  return a.failures.length < b.failures.length;
}

/** No way to an anchor: says so, and what is wrong with the certificate by itself as well. */
function noPath(search: PathSearch, path: readonly Certificate[], input: PathInput): PathResult {
  const top = path.at(-1) ?? input.certificate;
  // Where the search was cut short, candidates that did not fit say nothing about those that were not tried.
  const deadEnds = search.isCutShort
    ? search.deadEnds.filter(({ code }) => code === 'PATH_SEARCH_LIMIT')
    : search.deadEnds;
  const failures: PathFailure[] = [
    ...deadEnds.slice(0, 8),
    { code: 'NO_PATH_TO_ANCHOR', certificate: top, message: 'no path leads to a configured anchor' },
  ];
  const own = certificateFailures([input.certificate], 0, input);
  return {
    status: statusOf([...failures, ...own]),
    path,
    failures: [...own, ...failures],
    revocation: [],
    policies: noPolicies,
  };
}

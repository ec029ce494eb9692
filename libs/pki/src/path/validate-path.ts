import type { Certificate } from '../certificate/certificate';
import { isSelfIssued } from '../certificate/certificate';
import type { CertificateList } from '../revocation/crl';
import type { OcspResponse } from '../revocation/ocsp';
import { defaultAlgorithmPolicy } from './algorithm-policy';
import type { AlgorithmPolicy } from './algorithm-policy';
import { certificateFailures } from './certificate-checks';
import type { CheckContext, Place } from './certificate-checks';
import { PathSearch } from './find-paths';
import type { PathFilter, SearchLimits } from './find-paths';
import { constrainsNames, NameChecks } from './name-constraints';
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
  /**
   * Where more issuers may be found (caIssuers of RFC 5280 §4.2.2.1). Asked only when no path leads to an anchor, for
   * the certificate at which the way upward ends because no candidate for its issuer is known, four times at most.
   * That certificate is not tied to an anchor yet, and the address in it is anybody's claim: whoever answers must
   * fetch from hosts that configuration names and from no others, and answers with an empty list otherwise.
   */
  readonly extraIssuers?: (certificate: Certificate) => Promise<readonly Certificate[]>;
}

/** How many complete paths are judged before the best of them is the answer. */
const maxPathsJudged = 64;

const maxIssuerRequests = 4;

/**
 * Validates a certificate at a time, for a purpose, up to a configured anchor (RFC 5280 §6.1, §6.3).
 * Tries several paths and returns the first that is valid, else the one that comes closest.
 * The anchor's own certificate must be in its period and an authority too; its revocation is not asked for.
 */
export async function validatePath(input: PathInput): Promise<PathResult> {
  let intermediates = input.intermediates;
  for (let requests = 0; ; requests++) {
    const search = new PathSearch(input.anchors, intermediates, input.limits);
    const best = await new Judgement(search, input).best();
    if (best) return best;
    const furthest = await search.furthestFrom(input.certificate);
    const top = furthest.at(-1) ?? input.certificate;
    const mayAsk = input.extraIssuers && requests < maxIssuerRequests && !search.knowsIssuerOf(top);
    const found = mayAsk ? await input.extraIssuers(top) : [];
    if (found.length === 0) return noPath(search, furthest, input);
    intermediates = [...intermediates, ...found];
  }
}

/** The judging of the paths of one search. */
class Judgement {
  private readonly context: CheckContext;

  private readonly names = new NameChecks();

  constructor(
    private readonly search: PathSearch,
    private readonly input: PathInput,
  ) {
    this.context = contextOf(input);
  }

  /**
   * First only ways over authorities in which nothing is wrong as far as can be seen from below: so that no number of
   * bad ones keeps a good one from being found. Where there is none, all of them, to say what is wrong.
   */
  async best(): Promise<PathResult | undefined> {
    return (
      (await this.bestSound()) ??
      this.bestOf(
        () => true,
        (path) => this.failuresOf(path),
      )
    );
  }

  private async bestSound(): Promise<PathResult | undefined> {
    const { certificate } = this.input;
    if (certificateFailures([certificate], 0, { isAnchor: false }, this.context).length > 0) return undefined;
    return this.bestOf(
      (path, last) => this.failuresAt(path, path.length - 1, last).length === 0,
      () => [],
    );
  }

  private async bestOf(
    isPassable: PathFilter,
    failuresOf: (path: readonly Certificate[]) => PathFailure[],
  ): Promise<PathResult | undefined> {
    let best: PathResult | undefined;
    let judged = 0;
    await this.search.visitPaths(this.input.certificate, isPassable, async (path) => {
      const result = await this.judge(path, failuresOf(path));
      if (!best || isCloser(result, best)) best = result;
      return result.status === 'valid' || ++judged >= maxPathsJudged ? 'enough' : 'more';
    });
    return best;
  }

  private failuresOf(path: readonly Certificate[]): PathFailure[] {
    return path.flatMap((_, index) => this.failuresAt(path, index, { isAnchor: index === path.length - 1 }));
  }

  /** Of the certificate at `index` by itself and its place, and of the names below it by its constraints. */
  private failuresAt(path: readonly Certificate[], index: number, place: Place): PathFailure[] {
    const failures = certificateFailures(path, index, place, this.context);
    const higher = path[index];
    if (!higher || !constrainsNames(higher)) return failures;
    for (const [place, lower] of path.slice(0, index).entries()) {
      // Names of self-issued certificates do not count, but for the last one (RFC 5280 §6.1.3 b, c).
      if (place > 0 && isSelfIssued(lower)) continue;
      const problem = this.names.problem(lower, higher);
      if (problem) failures.push({ code: problem[0], certificate: lower, message: problem[1] });
    }
    return failures;
  }

  private async judge(path: readonly Certificate[], found: readonly PathFailure[]): Promise<PathResult> {
    const { policies, failures: ofPolicies } = judgePolicies(path, this.input.policies);
    const failures = [...found, ...ofPolicies];
    // Answers about revocation are only worth asking once the path itself holds: keys higher up are then trusted.
    if (!failures.every((failure) => outlivedCodes.has(failure.code))) {
      return { status: statusOf(failures), path, failures, revocation: [], policies };
    }
    const revocation = await pathRevocation(path, this.input);
    failures.push(...revocation.failures);
    return { status: statusOf(failures), path, failures, revocation: revocation.findings, policies };
  }
}

function contextOf({ at, purpose, algorithms = defaultAlgorithmPolicy }: PathInput): CheckContext {
  return { at, purpose, algorithms };
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
  const own = certificateFailures([input.certificate], 0, { isAnchor: false }, contextOf(input));
  return {
    status: statusOf([...failures, ...own]),
    path,
    failures: [...own, ...failures],
    revocation: [],
    policies: noPolicies,
  };
}

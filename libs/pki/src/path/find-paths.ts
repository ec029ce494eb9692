import type { Certificate } from '../certificate/certificate';
import { isSameHolder, isSelfIssued } from '../certificate/certificate';
import type { PublicKeyInfo } from '../crypto/public-key';
import { CertificatePool } from './certificate-pool';
import { completed, isProved, signatureProblem } from './certificate-signature';
import type { PathFailure } from './result';

/** Bounds of the search. */
export interface SearchLimits {
  /** Authorities between certificate and anchor, self-issued ones aside. */
  readonly maxIntermediates: number;
  /** Signatures verified in all. */
  readonly maxSignatureChecks: number;
  /** Candidates looked at in all: bounds walks through a mesh of authorities that certified each other. */
  readonly maxSteps: number;
}

export const defaultSearchLimits: SearchLimits = {
  maxIntermediates: 10,
  maxSignatureChecks: 120,
  maxSteps: 2000,
};

/** Whether a path, from the certificate up to the issuer just found, may be prolonged. */
export type PathFilter = (path: readonly Certificate[], last: { readonly isAnchor: boolean }) => boolean;

/** Is shown a path, and says whether to go on. */
export type PathVisitor = (path: readonly Certificate[]) => Promise<'more' | 'enough'>;

/**
 * Searches paths from a certificate up to an anchor by name, key identifier and signature, shortest first, so that a
 * mesh of authorities cannot hide a plain path: a depth-first walk under a bound that grows with the distance that
 * names alone put between a certificate and the next anchor (iterative deepening, A*). What no name leads from to an
 * anchor is not walked at all.
 */
export class PathSearch {
  /** Why ways upward ended, to explain when none reached an anchor. */
  readonly deadEnds: PathFailure[] = [];

  /** Candidates looked at and signatures verified so far. */
  readonly work = { steps: 0, signatureChecks: 0 };

  private readonly pool: CertificatePool;

  /** The next distance at which there is anything to find. */
  private nextBound = Infinity;

  /** By the issuer's key: certificates that share it share the answer. */
  private readonly checked = new Map<Certificate, Map<PublicKeyInfo, boolean>>();

  constructor(
    anchors: readonly Certificate[],
    intermediates: readonly Certificate[],
    private readonly limits: SearchLimits = defaultSearchLimits,
  ) {
    this.pool = new CertificatePool(anchors, intermediates);
  }

  /** The search ended at one of its limits: there may be paths that it did not find. */
  get isCutShort(): boolean {
    return this.deadEnds.some(({ code }) => code === 'PATH_SEARCH_LIMIT');
  }

  /**
   * Shows every path from `certificate` to an anchor that the filter lets pass and whose signatures hold, until the
   * visitor has enough or a limit is reached.
   */
  async visitPaths(certificate: Certificate, isPassable: PathFilter, visit: PathVisitor): Promise<void> {
    this.work.steps = 0;
    let bound = this.distanceOf(certificate);
    while (bound < Infinity) {
      this.nextBound = Infinity;
      if ((await this.extend([certificate], bound, isPassable, visit)) === 'enough') return;
      bound = this.nextBound;
    }
  }

  private distanceOf(certificate: Certificate): number {
    if (this.pool.isAnchor(certificate)) return 0;
    return this.pool
      .issuersOf(certificate)
      .reduce((least, { distance }) => Math.min(least, distance + 1), Infinity);
  }

  private async extend(
    path: readonly [Certificate, ...Certificate[]],
    bound: number,
    isPassable: PathFilter,
    visit: PathVisitor,
  ): Promise<'more' | 'enough'> {
    const last = path.at(-1) ?? path[0];
    if (this.pool.isAnchor(last)) {
      // Shorter ones were shown under a lower bound.
      const whole = path.length - 1 === bound ? await this.completedPath(path) : undefined;
      return whole ? visit(whole) : 'more';
    }
    for (const { issuer, distance } of this.pool.issuersOf(last)) {
      const length = path.length + distance;
      if (length > bound) {
        this.nextBound = Math.min(this.nextBound, length);
        continue;
      }
      if (this.work.steps >= this.limits.maxSteps) {
        this.stop(last, 'too many candidates for issuers');
        return 'more';
      }
      this.work.steps++;
      if (path.some((used) => isSameHolder(used, issuer))) continue;
      const longer = [...path, issuer] as const;
      const isAnchor = distance === 0;
      if (!isAnchor && this.isTooLong(longer)) {
        this.stop(last, 'the path is too long to follow');
        continue;
      }
      // Only what the issuer signed is worth looking into: what others wrote must not use up the bounds of checks.
      if (!(await this.isSignedBy(last, issuer)) || !isPassable(longer, { isAnchor })) continue;
      if ((await this.extend(longer, bound, isPassable, visit)) === 'enough') return 'enough';
    }
    return 'more';
  }

  /** The path with inherited key parameters filled in; undefined where the signatures under them do not hold. */
  private async completedPath(path: readonly Certificate[]): Promise<readonly Certificate[] | undefined> {
    const whole = completed(path);
    if (whole === path) return path;
    for (const [index, issuer] of whole.entries()) {
      const below = whole[index - 1];
      if (below && issuer !== path[index] && !(await this.isSignedBy(below, issuer))) return undefined;
    }
    return whole;
  }

  /** As far up as signatures lead, anchor or not: to show where a way to an anchor is missing. */
  async furthestFrom(certificate: Certificate): Promise<readonly Certificate[]> {
    const path = [certificate];
    for (let last: Certificate | undefined = certificate; last;) {
      const next: Certificate | undefined = await this.firstSigner(last, path);
      if (next) path.push(next);
      last = this.pool.isAnchor(path.at(-1) ?? certificate) ? undefined : next;
    }
    return path;
  }

  private async firstSigner(
    certificate: Certificate,
    path: readonly Certificate[],
  ): Promise<Certificate | undefined> {
    if (this.isTooLong(path)) return undefined;
    for (const issuer of this.pool.namesakesOfIssuer(certificate)) {
      if (this.work.signatureChecks >= this.limits.maxSignatureChecks) return undefined;
      if (path.some((used) => isSameHolder(used, issuer))) continue;
      if (await this.isSignedBy(certificate, issuer)) return issuer;
    }
    return undefined;
  }

  /** By its authorities without self-issued ones (RFC 5280 §6.1.4 l); of these, one for each renewed key is plenty. */
  private isTooLong(path: readonly Certificate[]): boolean {
    const { maxIntermediates } = this.limits;
    const authorities = path.slice(1);
    const counted = authorities.filter((certificate) => !isSelfIssued(certificate)).length;
    return counted > maxIntermediates || authorities.length > 2 * maxIntermediates + 1;
  }

  private stop(certificate: Certificate, message: string): void {
    const isKnown = this.deadEnds.some(
      (end) => end.code === 'PATH_SEARCH_LIMIT' && end.certificate === certificate,
    );
    if (!isKnown) this.deadEnds.push({ code: 'PATH_SEARCH_LIMIT', certificate, message });
  }

  /** A key that still lacks inherited parameters is believed until the path is complete. */
  private async isSignedBy(certificate: Certificate, issuer: Certificate): Promise<boolean> {
    if (issuer.publicKey.inheritsParameters || isProved(certificate, issuer)) return true;
    const known = this.checked.get(certificate)?.get(issuer.publicKey);
    if (known !== undefined) return known;
    if (this.work.signatureChecks >= this.limits.maxSignatureChecks) {
      this.stop(certificate, 'too many signatures to verify');
      return false;
    }
    this.work.signatureChecks++;
    const problem = await signatureProblem(certificate, issuer);
    if (problem) this.deadEnds.push(problem);
    const results = this.checked.get(certificate) ?? new Map<PublicKeyInfo, boolean>();
    this.checked.set(certificate, results.set(issuer.publicKey, problem === undefined));
    return problem === undefined;
  }
}

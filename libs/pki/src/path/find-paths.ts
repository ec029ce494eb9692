import { equalBytes } from '../bytes';
import type { Certificate } from '../certificate/certificate';
import { isSelfIssued } from '../certificate/certificate';
import type { PublicKeyInfo } from '../crypto/public-key';
import { CertificatePool } from './certificate-pool';
import { completed, signatureProblem } from './certificate-signature';
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
export type PathFilter = (path: readonly Certificate[]) => boolean;

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

  /** Every path from `certificate` to an anchor that the filter lets pass and whose signatures hold. */
  async *pathsFrom(
    certificate: Certificate,
    isPassable: PathFilter,
  ): AsyncGenerator<readonly Certificate[], void, undefined> {
    this.work.steps = 0;
    let bound = 0;
    while (bound < Infinity) {
      this.nextBound = Infinity;
      yield* this.extend([certificate], bound, isPassable);
      bound = this.nextBound;
    }
  }

  private async *extend(
    path: readonly Certificate[],
    bound: number,
    isPassable: PathFilter,
  ): AsyncGenerator<readonly Certificate[], void, undefined> {
    const last = path.at(-1);
    if (!last) return;
    if (this.pool.isAnchor(last)) {
      // Shorter ones were found under a lower bound.
      if (path.length - 1 === bound) yield* this.completedPath(path);
      return;
    }
    for (const { issuer, distance } of this.pool.issuersOf(last)) {
      if (this.work.steps >= this.limits.maxSteps) {
        this.stop(last, 'too many candidates for issuers');
        return;
      }
      this.work.steps++;
      const length = path.length + distance;
      if (length > bound) {
        this.nextBound = Math.min(this.nextBound, length);
        continue;
      }
      if (path.some((used) => isSameHolder(used, issuer))) continue;
      const longer = [...path, issuer];
      if (!this.pool.isAnchor(issuer) && countedIntermediates(longer) > this.limits.maxIntermediates) {
        this.stop(last, 'the path is too long to follow');
        continue;
      }
      // Only what the issuer signed is worth looking into: what others wrote must not use up the bounds of checks.
      if (!(await this.isSignedBy(last, issuer)) || !isPassable(longer)) continue;
      yield* this.extend(longer, bound, isPassable);
    }
  }

  /** The path with inherited key parameters filled in, where the signatures under them hold as well. */
  private async *completedPath(
    path: readonly Certificate[],
  ): AsyncGenerator<readonly Certificate[], void, undefined> {
    const whole = completed(path);
    for (const [index, issuer] of whole.entries()) {
      const below = whole[index - 1];
      if (below && issuer !== path[index] && !(await this.isSignedBy(below, issuer))) return;
    }
    yield whole;
  }

  /** As far up as signatures lead, anchor or not: to show where a way to an anchor is missing. */
  async furthestFrom(certificate: Certificate): Promise<readonly Certificate[]> {
    const path = [certificate];
    for (let last: Certificate | undefined = certificate; last; ) {
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
    if (countedIntermediates(path) >= this.limits.maxIntermediates) return undefined;
    for (const issuer of this.pool.namesakesOfIssuer(certificate)) {
      if (this.work.signatureChecks >= this.limits.maxSignatureChecks) return undefined;
      if (path.some((used) => isSameHolder(used, issuer))) continue;
      if (await this.isSignedBy(certificate, issuer)) return issuer;
    }
    return undefined;
  }

  /** Whether any candidate for the issuer of this certificate is known. */
  knowsIssuerOf(certificate: Certificate): boolean {
    return this.pool.isAnchor(certificate) || this.pool.namesakesOfIssuer(certificate).length > 0;
  }

  private stop(certificate: Certificate, message: string): void {
    const isKnown = this.deadEnds.some(
      (end) => end.code === 'PATH_SEARCH_LIMIT' && end.certificate === certificate,
    );
    if (!isKnown) this.deadEnds.push({ code: 'PATH_SEARCH_LIMIT', certificate, message });
  }

  /** A key that still lacks inherited parameters is believed until the path is complete. */
  private async isSignedBy(certificate: Certificate, issuer: Certificate): Promise<boolean> {
    if (issuer.publicKey.inheritsParameters) return true;
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

/** Intermediates of a path without self-issued ones (RFC 5280 §6.1.4 l). */
function countedIntermediates(path: readonly Certificate[]): number {
  return path.slice(1).filter((certificate) => !isSelfIssued(certificate)).length;
}

/** The same name with the same key again can only lead in circles. */
function isSameHolder(a: Certificate, b: Certificate): boolean {
  return a === b || (equalBytes(a.spki, b.spki) && a.subject.equals(b.subject));
}

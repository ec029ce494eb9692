import { equalBytes } from '../bytes';
import type { Certificate } from '../certificate/certificate';
import { isSelfIssued } from '../certificate/certificate';
import { signatureFromIdentifier } from '../crypto/algorithms';
import { verifySignature } from '../crypto/verify';
import { PkiError } from '../errors';
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
  maxSteps: 1000,
};

/** Searches paths from a certificate up to an anchor, depth first, by name, key identifier and signature. */
export class PathSearch {
  /** Why ways upward ended, to explain when none reached an anchor. */
  readonly deadEnds: PathFailure[] = [];

  /** The longest way found, whether or not it reached an anchor. */
  longest: readonly Certificate[] = [];

  private signatureChecks = 0;

  private steps = 0;

  private readonly checked = new Map<Certificate, Map<Certificate, boolean>>();

  private readonly bySubject = new Map<string, Certificate[]>();

  constructor(
    private readonly anchors: readonly Certificate[],
    intermediates: readonly Certificate[],
    private readonly limits: SearchLimits = defaultSearchLimits,
  ) {
    for (const certificate of [...anchors, ...intermediates]) {
      const key = nameKey(certificate.subject.keys);
      const known = this.bySubject.get(key);
      if (!known) this.bySubject.set(key, [certificate]);
      else if (!known.some((other) => equalBytes(other.der, certificate.der))) known.push(certificate);
    }
  }

  /** Every path from `certificate` to an anchor whose signatures hold, within the limits. */
  async *pathsFrom(certificate: Certificate): AsyncGenerator<readonly Certificate[], void, undefined> {
    yield* this.extend([certificate]);
  }

  private async *extend(
    path: readonly Certificate[],
  ): AsyncGenerator<readonly Certificate[], void, undefined> {
    const last = path.at(-1);
    if (!last) return;
    if (path.length > this.longest.length) this.longest = path;
    if (this.isAnchor(last)) {
      yield path;
      return;
    }
    for (const issuer of this.issuersOf(last)) {
      if (path.some((used) => isSameHolder(used, issuer))) continue;
      if (!this.isAnchor(issuer) && countsAgainstDepth(issuer, path) > this.limits.maxIntermediates) {
        this.deadEnds.push({
          code: 'PATH_SEARCH_LIMIT',
          certificate: last,
          message: 'the path is too long to follow',
        });
        continue;
      }
      this.steps++;
      const { maxSignatureChecks, maxSteps } = this.limits;
      if (this.signatureChecks >= maxSignatureChecks || this.steps > maxSteps) {
        this.deadEnds.push({
          code: 'PATH_SEARCH_LIMIT',
          certificate: last,
          message: 'too many candidates for issuers',
        });
        return;
      }
      if (await this.isSignedBy(last, issuer)) yield* this.extend([...path, issuer]);
    }
  }

  private isAnchor(certificate: Certificate): boolean {
    return this.anchors.some((anchor) => anchor === certificate || equalBytes(anchor.der, certificate.der));
  }

  /** Candidates by name, those whose key identifier fits first, anchors before others. */
  private issuersOf(certificate: Certificate): Certificate[] {
    const named = this.bySubject.get(nameKey(certificate.issuer.keys)) ?? [];
    const rank = (issuer: Certificate): number => {
      const wanted = certificate.authorityKeyId;
      const hasOtherKeyId =
        wanted !== undefined && issuer.subjectKeyId !== undefined && issuer.subjectKeyId !== wanted;
      return (hasOtherKeyId ? 2 : 0) + (this.isAnchor(issuer) ? 0 : 1);
    };
    return named.toSorted((a, b) => rank(a) - rank(b));
  }

  private async isSignedBy(certificate: Certificate, issuer: Certificate): Promise<boolean> {
    const known = this.checked.get(certificate)?.get(issuer);
    if (known !== undefined) return known;
    this.signatureChecks++;
    const problem = await signatureProblem(certificate, issuer);
    if (problem) this.deadEnds.push(problem);
    const results = this.checked.get(certificate) ?? new Map<Certificate, boolean>();
    this.checked.set(certificate, results.set(issuer, problem === undefined));
    return problem === undefined;
  }
}

/**
 * Certificates whose signature under an issuer's key was found to hold. That is a fact about their bytes, whatever
 * is asked of them later: time, purpose, revocation and trust are judged anew for each path.
 */
const proved = new WeakMap<Certificate, WeakSet<Certificate>>();

/** The failure of a certificate's signature under an issuer's key, or undefined when it holds. */
async function signatureProblem(
  certificate: Certificate,
  issuer: Certificate,
): Promise<PathFailure | undefined> {
  if (proved.get(certificate)?.has(issuer) === true) return undefined;
  const problem = await verifiedProblem(certificate, issuer);
  if (problem === undefined) proved.set(certificate, (proved.get(certificate) ?? new WeakSet()).add(issuer));
  return problem;
}

async function verifiedProblem(
  certificate: Certificate,
  issuer: Certificate,
): Promise<PathFailure | undefined> {
  try {
    const algorithm = signatureFromIdentifier(certificate.signatureAlgorithm);
    if (await verifySignature(issuer.spki, algorithm, certificate.tbs, certificate.signature))
      return undefined;
    return {
      code: 'CERTIFICATE_SIGNATURE_INVALID',
      certificate,
      message: 'the issuer did not sign this certificate',
    };
  } catch (error) {
    if (!(error instanceof PkiError)) throw error;
    const code = error.code === 'KEY_UNSUPPORTED' ? 'CERTIFICATE_WEAK_KEY' : 'CERTIFICATE_WEAK_ALGORITHM';
    return { code, certificate, message: error.message };
  }
}

/** Intermediates of a path that this one would prolong, without self-issued ones (RFC 5280 §6.1.4 l). */
function countsAgainstDepth(next: Certificate, path: readonly Certificate[]): number {
  return [...path.slice(1), next].filter((certificate) => !isSelfIssued(certificate)).length;
}

/** The same name with the same key again can only lead in circles. */
function isSameHolder(a: Certificate, b: Certificate): boolean {
  return a === b || (equalBytes(a.spki, b.spki) && a.subject.equals(b.subject));
}

function nameKey(keys: readonly string[]): string {
  return JSON.stringify(keys);
}

import { equalBytes } from '../bytes';
import type { Certificate } from '../certificate/certificate';

/** A candidate for an issuer, and how many certificates stand between it and the next anchor at least, going by names. */
export interface Candidate {
  readonly issuer: Certificate;
  readonly distance: number;
}

/** Known certificates by name, each once, with their distance to the next anchor. */
export class CertificatePool {
  private readonly bySubject = new Map<string, Certificate[]>();

  private readonly distances = new Map<Certificate, number>();

  private readonly candidates = new Map<Certificate, readonly Candidate[]>();

  constructor(
    private readonly anchors: readonly Certificate[],
    intermediates: readonly Certificate[],
  ) {
    for (const certificate of [...anchors, ...intermediates]) {
      const key = nameKey(certificate.subject.keys);
      const known = this.bySubject.get(key);
      if (!known) this.bySubject.set(key, [certificate]);
      else if (!known.some((other) => equalBytes(other.der, certificate.der))) known.push(certificate);
    }
    this.measure();
  }

  isAnchor(certificate: Certificate): boolean {
    return this.anchors.some((anchor) => anchor === certificate || equalBytes(anchor.der, certificate.der));
  }

  /** Certificates whose subject is the issuer of this one, those whose key identifier fits first. */
  namesakesOfIssuer(certificate: Certificate): readonly Certificate[] {
    const named = this.bySubject.get(nameKey(certificate.issuer.keys)) ?? [];
    return named.toSorted((a, b) => mismatch(certificate, a) - mismatch(certificate, b));
  }

  /** Those of them from which names lead to an anchor, the nearest first among those that fit alike. */
  issuersOf(certificate: Certificate): readonly Candidate[] {
    const known = this.candidates.get(certificate);
    if (known) return known;
    const found = this.namesakesOfIssuer(certificate)
      .flatMap((issuer) => {
        const distance = this.distances.get(issuer);
        return distance === undefined ? [] : [{ issuer, distance }];
      })
      .sort(
        (a, b) =>
          mismatch(certificate, a.issuer) - mismatch(certificate, b.issuer) || a.distance - b.distance,
      );
    this.candidates.set(certificate, found);
    return found;
  }

  /** Breadth first, from the anchors down. */
  private measure(): void {
    const byIssuer = new Map<string, Certificate[]>();
    for (const certificate of [...this.bySubject.values()].flat()) {
      if (this.isAnchor(certificate)) {
        this.distances.set(certificate, 0);
        continue;
      }
      const key = nameKey(certificate.issuer.keys);
      const known = byIssuer.get(key);
      if (known) known.push(certificate);
      else byIssuer.set(key, [certificate]);
    }
    for (const [certificate, distance] of this.distances) {
      const key = nameKey(certificate.subject.keys);
      // Walked in order of insertion, with what is added on the way: the first distance given is the least.
      for (const lower of byIssuer.get(key) ?? []) this.distances.set(lower, distance + 1);
      byIssuer.delete(key);
    }
  }
}

/** 1 where both name a key and the names differ: a hint only (RFC 5280 §4.2.1.1), since names can be wrong. */
function mismatch({ authorityKeyId }: Certificate, { subjectKeyId }: Certificate): 0 | 1 {
  return authorityKeyId !== undefined && subjectKeyId !== undefined && subjectKeyId !== authorityKeyId
    ? 1
    : 0;
}

function nameKey(keys: readonly string[]): string {
  return JSON.stringify(keys);
}

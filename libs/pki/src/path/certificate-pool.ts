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
    const byIssuer = new Map<string, Certificate[]>();
    for (const certificate of new Set([...anchors, ...intermediates])) {
      addTo(this.bySubject, certificate.subject.key, certificate);
      if (this.isAnchor(certificate)) this.distances.set(certificate, 0);
      else addTo(byIssuer, certificate.issuer.key, certificate);
    }
    // Breadth first, from the anchors down: walked in order of insertion, with what is added on the way, so that the
    // first distance given is the least.
    for (const [certificate, distance] of this.distances) {
      const { key } = certificate.subject;
      for (const lower of byIssuer.get(key) ?? []) this.distances.set(lower, distance + 1);
      byIssuer.delete(key);
    }
  }

  isAnchor(certificate: Certificate): boolean {
    return this.anchors.some((anchor) => anchor === certificate || equalBytes(anchor.der, certificate.der));
  }

  /** Certificates whose subject is the issuer of this one, those whose key identifier fits first. */
  namesakesOfIssuer(certificate: Certificate): readonly Certificate[] {
    const named = this.bySubject.get(certificate.issuer.key) ?? [];
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
}

/** 1 where both name a key and the names differ: a hint only (RFC 5280 §4.2.1.1), since names can be wrong. */
function mismatch({ authorityKeyId }: Certificate, { subjectKeyId }: Certificate): 0 | 1 {
  return authorityKeyId !== undefined && subjectKeyId !== undefined && subjectKeyId !== authorityKeyId
    ? 1
    : 0;
}

function addTo(byName: Map<string, Certificate[]>, key: string, certificate: Certificate): void {
  const known = byName.get(key);
  if (known) known.push(certificate);
  else byName.set(key, [certificate]);
}

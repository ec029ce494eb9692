import { equalBytes } from '../bytes';
import type { Certificate } from '../certificate/certificate';
import { isSelfIssued } from '../certificate/certificate';

/** From the issuer upward as far as `others` go, by names alone, without a root. */
export function chainOf(certificate: Certificate, others: readonly Certificate[]): Certificate[] {
  const chain: Certificate[] = [];
  let last = certificate;
  for (;;) {
    const next = others.find((candidate) => candidate.subject.equals(last.issuer) && candidate.isCa);
    const isEnd =
      !next || isSelfIssued(next) || [certificate, ...chain].some((used) => equalBytes(used.der, next.der));
    if (isEnd) return chain;
    chain.push(next);
    last = next;
  }
}

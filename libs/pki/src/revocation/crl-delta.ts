import type { CertificateList, RevokedCertificate } from './crl';
import { scopeKey } from './crl-scope';

/**
 * Whether a delta list continues a complete one (RFC 5280 §5.2.4, §6.3.3 c): same issuer and scope, same key of the
 * authority, made for this base or an earlier one, and newer than it.
 */
export function continues(delta: CertificateList, base: CertificateList): boolean {
  if (!delta.isDelta || base.isDelta) return false;
  if (delta.authorityKeyId !== base.authorityKeyId || scopeKey(delta) !== scopeKey(base)) return false;
  const [from, number, to] = [delta.baseCrlNumber, base.crlNumber, delta.crlNumber].map(numberOf);
  if (from === undefined || number === undefined || to === undefined) return false;
  return number >= from && number < to;
}

/** The one with the newest list. */
export function newest<T extends { readonly crl: CertificateList }>(deltas: readonly T[]): T | undefined {
  const [first, ...others] = deltas;
  return others.reduce<T | undefined>(
    (best, delta) => (best && isNewer(best.crl, delta.crl) ? best : delta),
    first,
  );
}

function isNewer(a: CertificateList, b: CertificateList): boolean {
  return (numberOf(a.crlNumber) ?? 0n) > (numberOf(b.crlNumber) ?? 0n);
}

/**
 * The entry that a base and its delta make together at a time (RFC 5280 §6.3.3 i, j). What the delta says counts from
 * its own date on: a hold lasts until the day of its removal, and its change into a revocation does not go back.
 */
export function mergedEntry(
  base: RevokedCertificate | undefined,
  delta: RevokedCertificate | undefined,
  at: Date,
): RevokedCertificate | undefined {
  if (!delta || delta.revocationDate > at) return base ?? delta;
  return delta.reason === 'removeFromCRL' ? undefined : delta;
}

/** CRLNumber is not negative; one that is fits nothing. */
function numberOf(hex: string | undefined): bigint | undefined {
  if (hex === undefined || Number.parseInt(hex.slice(0, 2), 16) >= 0x80) return undefined;
  return BigInt(`0x${hex}`);
}

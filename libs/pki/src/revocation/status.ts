import { equalBytes } from '../bytes';
import type { Certificate } from '../certificate/certificate';
import type { RevocationReason } from './reasons';
import type { UnusedEvidence } from './unused';

/** What one source says about a certificate at a time. `unknown` is never good. */
export interface RevocationStatus {
  readonly status: 'good' | 'revoked' | 'suspended' | 'unknown';
  readonly reason?: RevocationReason;
  /** When it was revoked or suspended. */
  readonly at?: Date;
  /** Since when its key is known or thought to have been lost, where the list says so; it decides nothing. */
  readonly invalidityDate?: Date;
  readonly source: 'crl' | 'ocsp' | 'nocheck' | 'none';
  /** thisUpdate of the list or answer. */
  readonly statusTime?: Date;
}

export const unknownStatus: RevocationStatus = { status: 'unknown', source: 'none' };

/** A status, and what was at hand but did not serve to find it. */
export interface RevocationReading {
  readonly status: RevocationStatus;
  readonly unused: readonly UnusedEvidence[];
}

/** How far clocks of others may differ from each other where their times are compared, in milliseconds. */
export const allowedClockDifferenceMs = 5 * 60_000;

/** How long an answer without nextUpdate counts as current, in milliseconds. */
const validityWithoutNextUpdateMs = 5 * 60_000;

/** When a list or answer was made, and what it still knows. */
interface Currency {
  readonly thisUpdate: Date;
  readonly nextUpdate: Date | undefined;
  /** It speaks about certificates that expired at this time or later; undefined: of none that had expired. */
  readonly keepsExpiredSince?: Date | undefined;
}

/**
 * Whether a list or answer can speak about the time asked for: it was still current then, or it was made later
 * while the certificate had not yet expired (lists drop expired certificates, RFC 5280 §3.3), or it says that it
 * keeps those that expired.
 */
export function speaksAbout(info: Currency, certificate: Certificate, at: Date): boolean {
  const until = info.nextUpdate?.getTime() ?? info.thisUpdate.getTime() + validityWithoutNextUpdateMs;
  if (at.getTime() > until) return false;
  if (at >= info.thisUpdate || info.thisUpdate <= certificate.notAfter) return true;
  return info.keepsExpiredSince !== undefined && info.keepsExpiredSince <= certificate.notAfter;
}

/** What a list or answer says about a certificate that it calls revoked. */
export interface RevocationEntry {
  readonly time: Date;
  readonly reason: RevocationReason;
  readonly invalidityDate?: Date | undefined;
}

/** Reading of a revocation entry at a time: revocations after it do not count yet. */
export function revokedStatus(
  { time, reason, invalidityDate }: RevocationEntry,
  source: 'crl' | 'ocsp',
  { at, statusTime }: { readonly at: Date; readonly statusTime: Date },
): RevocationStatus {
  if (time > at) return { status: 'good', source, statusTime };
  // RFC 6960 §2.2: a hold since the beginning of 1970 stands for a certificate that was never issued.
  const isHeld = reason === 'certificateHold' && time.getTime() !== 0;
  return {
    status: isHeld ? 'suspended' : 'revoked',
    reason,
    at: time,
    source,
    statusTime,
    ...(invalidityDate && { invalidityDate }),
  };
}

/** The worse of two readings wins; of two good ones the newer. */
export function worse(a: RevocationStatus, b: RevocationStatus): RevocationStatus {
  const rank = { revoked: 3, suspended: 2, good: 1, unknown: 0 } as const;
  if (rank[a.status] !== rank[b.status]) return rank[a.status] > rank[b.status] ? a : b;
  return (b.statusTime?.getTime() ?? 0) > (a.statusTime?.getTime() ?? 0) ? b : a;
}

/** One list or answer read for a question. Those of one `scope` are editions of the same. */
export interface Edition {
  readonly scope: string;
  readonly status: RevocationStatus;
  readonly thisUpdate: Date;
}

/**
 * What several editions say together: the worst, except that a hold in one ends with a newer one of the same scope
 * that was already out at the time asked for. A revocation never ends.
 */
export function together(editions: readonly Edition[], at: Date): RevocationStatus {
  const newest = new Map<string, Date>();
  for (const { scope, status, thisUpdate } of editions) {
    const known = newest.get(scope);
    if (status.status !== 'unknown' && thisUpdate <= at && (!known || thisUpdate > known)) {
      newest.set(scope, thisUpdate);
    }
  }
  let all: RevocationStatus = unknownStatus;
  for (const { scope, status, thisUpdate } of editions) {
    const known = newest.get(scope);
    const isOver = status.status === 'suspended' && known !== undefined && thisUpdate < known;
    if (!isOver) all = worse(all, status);
  }
  return all;
}

export function isSameCertificate(a: Certificate, b: Certificate): boolean {
  return a === b || equalBytes(a.der, b.der);
}

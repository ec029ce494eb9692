import { equalBytes } from '../bytes';
import type { Certificate } from '../certificate/certificate';
import { findExtension } from '../certificate/certificate';
import { oids } from '../oids';
import type { RevocationReason } from './reasons';

/** What one source says about a certificate at a time. `unknown` is never good. */
export interface RevocationStatus {
  readonly status: 'good' | 'revoked' | 'suspended' | 'unknown';
  readonly reason?: RevocationReason;
  /** When it was revoked or suspended. */
  readonly at?: Date;
  readonly source: 'crl' | 'ocsp' | 'nocheck' | 'none';
  /** thisUpdate of the list or answer. */
  readonly statusTime?: Date;
}

export const unknownStatus: RevocationStatus = { status: 'unknown', source: 'none' };

/** How long an answer without nextUpdate counts as current, in milliseconds. */
const validityWithoutNextUpdateMs = 5 * 60_000;

/**
 * Whether a list or answer can speak about the time asked for: it was still current then, or it was made later
 * while the certificate had not yet expired (lists drop expired certificates, RFC 5280 §3.3).
 */
export function speaksAbout(
  info: { readonly thisUpdate: Date; readonly nextUpdate: Date | undefined },
  certificate: Certificate,
  at: Date,
): boolean {
  const until = info.nextUpdate?.getTime() ?? info.thisUpdate.getTime() + validityWithoutNextUpdateMs;
  if (at.getTime() > until) return false;
  return at >= info.thisUpdate || info.thisUpdate <= certificate.notAfter;
}

/** Reading of a revocation entry at a time: revocations after it do not count yet. */
export function revokedStatus(
  entry: { readonly time: Date; readonly reason: RevocationReason; readonly statusTime: Date },
  source: 'crl' | 'ocsp',
  at: Date,
): RevocationStatus {
  const { time, reason, statusTime } = entry;
  if (time > at) return { status: 'good', source, statusTime };
  const status = reason === 'certificateHold' ? 'suspended' : 'revoked';
  return { status, reason, at: time, source, statusTime };
}

/** The worse of two readings wins; of two good ones the newer. */
export function worse(a: RevocationStatus, b: RevocationStatus): RevocationStatus {
  const rank = { revoked: 3, suspended: 2, good: 1, unknown: 0 } as const;
  if (rank[a.status] !== rank[b.status]) return rank[a.status] > rank[b.status] ? a : b;
  return (b.statusTime?.getTime() ?? 0) > (a.statusTime?.getTime() ?? 0) ? b : a;
}

/** RFC 6960 §4.2.2.2.1: the authority says that this responder certificate need not be checked. */
export function needsNoCheck(certificate: Certificate): boolean {
  return findExtension(certificate.extensions, oids.ocspNoCheck) !== undefined;
}

export function isSameCertificate(a: Certificate, b: Certificate): boolean {
  return a === b || equalBytes(a.der, b.der);
}

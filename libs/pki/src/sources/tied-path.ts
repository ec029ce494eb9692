import type { Certificate } from '../certificate/certificate';
import { PkiError } from '../errors';
import { validatePath } from '../path/validate-path';
import type { PathInput } from '../path/validate-path';
import type { PathFailureCode } from '../path/result';
import { isSameCertificate } from '../revocation/status';

/**
 * A path whose every signature was verified up to a configured anchor. Only `tieToAnchor` makes one: it is the proof
 * without which no address in a certificate is asked, since anybody can write addresses into a certificate of his own.
 */
export interface TiedPath {
  /** From the certificate to the anchor. */
  readonly certificates: readonly Certificate[];
}

type TieInput = Pick<PathInput, 'certificate' | 'intermediates' | 'anchors' | 'at' | 'purpose' | 'limits'>;

const tied = new WeakMap<TiedPath, TieInput>();

/** With these a certificate is still its authority's own: it matters whether it was revoked before it ended. */
const stillTied: ReadonlySet<PathFailureCode> = new Set([
  'CERTIFICATE_EXPIRED',
  'CERTIFICATE_WRONG_USAGE',
  'CERTIFICATE_REVOKED',
  'CERTIFICATE_SUSPENDED',
  'REVOCATION_UNKNOWN',
]);

/** Ties a certificate to an anchor, whatever its revocation status; undefined when nothing ties it. */
export async function tieToAnchor(input: TieInput): Promise<TiedPath | undefined> {
  const result = await validatePath({ ...input, crls: [], ocsps: [], revocation: 'if-available' });
  const top = result.path.at(-1);
  const reachesAnchor = top && input.anchors.some((anchor) => isSameCertificate(anchor, top));
  if (!reachesAnchor || !result.failures.every(({ code }) => stillTied.has(code))) return undefined;
  const path: TiedPath = Object.freeze({ certificates: Object.freeze([...result.path]) });
  tied.set(path, input);
  return path;
}

/** Throws FETCH_REFUSED for a path that `tieToAnchor` did not make. */
export function requireTied(path: TiedPath): readonly Certificate[] {
  if (!tied.has(path))
    throw new PkiError('FETCH_REFUSED', 'the certificate is not tied to an anchor', {
      detail: { reason: 'untied' },
    });
  return path.certificates;
}

/**
 * Whether lists and answers tell the status of a certificate of the path, in the judgement of `validatePath`: so that
 * what is asked for, what is kept and what is believed follow one reading of RFC 5280 §6.3 and RFC 6960.
 */
export async function isStatusKnown(
  path: TiedPath,
  certificate: Certificate,
  sources: Pick<PathInput, 'crls' | 'ocsps' | 'at'>,
): Promise<boolean> {
  const input = tied.get(path);
  if (!input || sources.crls.length + sources.ocsps.length === 0) return false;
  const { revocation } = await validatePath({ ...input, ...sources, revocation: 'if-available' });
  return revocation.some(
    (finding) => isSameCertificate(finding.certificate, certificate) && finding.status !== 'unknown',
  );
}

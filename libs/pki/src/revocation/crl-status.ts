import { PkiError } from '../errors';
import { oids } from '../oids';
import type { CertificateList, RevokedCertificate } from './crl';
import { continues, mergedEntry, newest } from './crl-delta';
import { allReasons, reasonsInScope, scopeKey } from './crl-scope';
import { judgeSigner } from './crl-signer';
import type { RevocationQuestion, RevocationSources } from './question';
import { revokedStatus, speaksAbout, together, unknownStatus } from './status';
import type { Edition, RevocationReading, RevocationStatus } from './status';
import type { UnusedCode, UnusedEvidence } from './unused';

const understoodCritical: ReadonlySet<string> = new Set([
  oids.issuingDistributionPoint,
  oids.authorityKeyIdentifier,
  oids.deltaCRLIndicator,
]);

/** A list that may be read for the question, and what it says about the certificate. */
interface UsableList {
  readonly crl: CertificateList;
  readonly reasons: number;
  readonly entry: RevokedCertificate | undefined;
  /** Why only its bad news counts. */
  readonly doubt: Extract<UnusedCode, 'CRL_SIGNER_UNPROVEN' | 'CRL_NOT_CURRENT'> | undefined;
}

/**
 * Status of a certificate by revocation lists (RFC 5280 §6.3.3): complete, delta and indirect ones. Lists out of
 * scope or trust say nothing; those out of time only that a certificate was revoked, which never ends. Good needs all
 * reasons covered by complete lists.
 */
export async function statusByCrls(
  question: RevocationQuestion,
  sources: RevocationSources,
): Promise<RevocationReading> {
  const unused: UnusedEvidence[] = [];
  const usable: UsableList[] = [];
  for (const crl of sources.crls) {
    const judged = await judgeList(crl, question, sources);
    const code = typeof judged === 'string' ? judged : judged.doubt;
    if (typeof judged !== 'string') usable.push(judged);
    if (code) unused.push({ source: 'crl', evidence: crl, code });
  }
  const deltas = usable.filter(({ crl }) => crl.isDelta);
  const merged = new Set<UsableList>();
  const editions: Edition[] = [];
  let covered = 0;
  for (const base of usable) {
    if (base.crl.isDelta) continue;
    const fitting = deltas.filter((delta) => mayMerge(delta, base));
    for (const delta of fitting) merged.add(delta);
    editions.push(readComplete(base, fitting, question.at));
    if (!base.doubt) covered |= base.reasons;
  }
  for (const delta of deltas) {
    if (merged.has(delta)) continue;
    editions.push(readAlone(delta, question.at));
    if (!delta.doubt) unused.push({ source: 'crl', evidence: delta.crl, code: 'CRL_DELTA_WITHOUT_BASE' });
  }
  const status = together(editions, question.at);
  const isOpen = status.status === 'good' && covered !== allReasons;
  return { status: isOpen ? unknownStatus : status, unused };
}

async function judgeList(
  crl: CertificateList,
  question: RevocationQuestion,
  sources: RevocationSources,
): Promise<UsableList | UnusedCode> {
  try {
    const reasons = reasonsInScope(crl, question.certificate);
    if (typeof reasons === 'string') return reasons;
    // A complete list of version 2 has a number (RFC 5280 §5.2.3).
    if (crl.crlNumber === undefined) return 'CRL_WITHOUT_NUMBER';
    if (crl.extensions.some((found) => found.critical && !understoodCritical.has(found.oid))) {
      return 'CRL_UNKNOWN_CRITICAL_EXTENSION';
    }
    const signer = await judgeSigner(crl, question, sources);
    if (signer !== 'trusted' && signer !== 'unproven') return signer;
    await crl.prepare();
    if (crl.hasUnknownCriticalEntry()) return 'CRL_UNKNOWN_CRITICAL_EXTENSION';
    const { certificate } = question;
    const entry = crl.entry(certificate.serialNumber, certificate.issuer);
    const isCurrent = speaksAbout(crl, certificate, question.at);
    const doubt = !isCurrent ? 'CRL_NOT_CURRENT' : signer === 'unproven' ? 'CRL_SIGNER_UNPROVEN' : undefined;
    return { crl, reasons, entry, doubt };
  } catch (error) {
    // A list that cannot be read, or whose algorithm is refused, is worth as much as none.
    if (!(error instanceof PkiError)) throw error;
    return error.code === 'ALGORITHM_UNSUPPORTED' || error.code.startsWith('KEY_')
      ? 'CRL_WEAK_ALGORITHM'
      : 'CRL_UNREADABLE';
  }
}

/** A delta joins a base that is current, unless it is in more doubt than the base. */
function mayMerge(delta: UsableList, base: UsableList): boolean {
  if (base.doubt === 'CRL_NOT_CURRENT' || !continues(delta.crl, base.crl)) return false;
  return delta.doubt === undefined || delta.doubt === base.doubt;
}

/** A complete list together with the newest delta to it. */
function readComplete(base: UsableList, deltas: readonly UsableList[], at: Date): Edition {
  const delta = newest(deltas);
  const entry = mergedEntry(base.entry, delta?.entry, at);
  const { thisUpdate } = delta && delta.crl.thisUpdate > base.crl.thisUpdate ? delta.crl : base.crl;
  const status = statusOf(entry, thisUpdate, at);
  return { scope: scopeKey(base.crl), thisUpdate, status: base.doubt ? badNews(status, base) : status };
}

/** A delta without its base can only add bad news: its good news would have to be merged. */
function readAlone(delta: UsableList, at: Date): Edition {
  const { thisUpdate } = delta.crl;
  const entry = delta.entry?.reason === 'removeFromCRL' ? undefined : delta.entry;
  return { scope: scopeKey(delta.crl), thisUpdate, status: badNews(statusOf(entry, thisUpdate, at), delta) };
}

function statusOf(entry: RevokedCertificate | undefined, statusTime: Date, at: Date): RevocationStatus {
  if (!entry) return { status: 'good', source: 'crl', statusTime };
  const { revocationDate: time, reason, invalidityDate } = entry;
  return revokedStatus({ time, reason, invalidityDate }, 'crl', { at, statusTime });
}

/** A hold in a list that has run out may have ended since; a revocation cannot. */
function badNews(status: RevocationStatus, { doubt }: UsableList): RevocationStatus {
  const counts =
    status.status === 'revoked' || (status.status === 'suspended' && doubt !== 'CRL_NOT_CURRENT');
  return counts ? status : unknownStatus;
}

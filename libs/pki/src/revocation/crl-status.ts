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

/** A list that may be read for the question. */
interface UsableList {
  readonly crl: CertificateList;
  readonly reasons: number;
  /** Its signer is not known to be unrevoked: only bad news counts. */
  readonly isUnproven: boolean;
}

/**
 * Status of a certificate by revocation lists (RFC 5280 §6.3.3): complete, delta and indirect ones. Lists out of time,
 * scope or trust say nothing. Good needs all reasons covered by complete lists.
 */
export async function statusByCrls(
  question: RevocationQuestion,
  sources: RevocationSources,
): Promise<RevocationReading> {
  const unused: UnusedEvidence[] = [];
  const usable: UsableList[] = [];
  for (const crl of sources.crls) {
    const judged = await judgeList(crl, question, sources);
    if (typeof judged !== 'string') usable.push(judged);
    if (typeof judged === 'string') unused.push({ source: 'crl', evidence: crl, code: judged });
    else if (judged.isUnproven) unused.push({ source: 'crl', evidence: crl, code: 'CRL_SIGNER_UNPROVEN' });
  }
  const deltas = usable.filter(({ crl }) => crl.isDelta);
  const merged = new Set<UsableList>();
  const editions: Edition[] = [];
  let covered = 0;
  for (const base of usable) {
    if (base.crl.isDelta) continue;
    const fitting = deltas.filter(
      (delta) => continues(delta.crl, base.crl) && (base.isUnproven || !delta.isUnproven),
    );
    for (const delta of fitting) merged.add(delta);
    editions.push(readComplete(base, fitting, question));
    if (!base.isUnproven) covered |= base.reasons;
  }
  for (const delta of deltas) {
    if (merged.has(delta)) continue;
    editions.push(readAlone(delta, question));
    if (!delta.isUnproven) {
      unused.push({ source: 'crl', evidence: delta.crl, code: 'CRL_DELTA_WITHOUT_BASE' });
    }
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
    if (!speaksAbout(crl, question.certificate, question.at)) return 'CRL_NOT_CURRENT';
    // A complete list of version 2 has a number (RFC 5280 §5.2.3).
    if (crl.crlNumber === undefined) return 'CRL_WITHOUT_NUMBER';
    if (crl.extensions.some((found) => found.critical && !understoodCritical.has(found.oid))) {
      return 'CRL_UNKNOWN_CRITICAL_EXTENSION';
    }
    const signer = await judgeSigner(crl, question, sources);
    if (signer !== 'trusted' && signer !== 'unproven') return signer;
    if (crl.hasUnknownCriticalEntry()) return 'CRL_UNKNOWN_CRITICAL_EXTENSION';
    entryOf(crl, question);
    return { crl, reasons, isUnproven: signer === 'unproven' };
  } catch (error) {
    // A list that cannot be read, or whose algorithm is refused, is worth as much as none.
    if (!(error instanceof PkiError)) throw error;
    return error.code === 'ALGORITHM_UNSUPPORTED' || error.code.startsWith('KEY_')
      ? 'CRL_WEAK_ALGORITHM'
      : 'CRL_UNREADABLE';
  }
}

function entryOf(crl: CertificateList, { certificate }: RevocationQuestion): RevokedCertificate | undefined {
  return crl.entry(certificate.serialNumber, certificate.issuer);
}

/** A complete list together with the newest delta to it. */
function readComplete(
  { crl, isUnproven }: UsableList,
  deltas: readonly UsableList[],
  question: RevocationQuestion,
): Edition {
  const delta = newest(deltas.map((found) => found.crl));
  const entry = mergedEntry(entryOf(crl, question), delta && entryOf(delta, question), question.at);
  const thisUpdate = delta && delta.thisUpdate > crl.thisUpdate ? delta.thisUpdate : crl.thisUpdate;
  const status = statusOf(entry, thisUpdate, question.at);
  return { scope: scopeKey(crl), thisUpdate, status: isUnproven ? badNews(status) : status };
}

/** A delta without its base can only add bad news: its good news would have to be merged. */
function readAlone({ crl }: UsableList, question: RevocationQuestion): Edition {
  const entry = entryOf(crl, question);
  const status =
    entry && entry.reason !== 'removeFromCRL' ? statusOf(entry, crl.thisUpdate, question.at) : unknownStatus;
  return { scope: scopeKey(crl), thisUpdate: crl.thisUpdate, status: badNews(status) };
}

function statusOf(entry: RevokedCertificate | undefined, statusTime: Date, at: Date): RevocationStatus {
  if (!entry) return { status: 'good', source: 'crl', statusTime };
  const { revocationDate: time, reason, invalidityDate } = entry;
  return revokedStatus({ time, reason, invalidityDate }, 'crl', { at, statusTime });
}

function badNews(status: RevocationStatus): RevocationStatus {
  return status.status === 'good' ? unknownStatus : status;
}

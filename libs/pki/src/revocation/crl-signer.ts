import type { Certificate } from '../certificate/certificate';
import { isSameHolder } from '../certificate/certificate';
import type { CertificateList } from './crl';
import { maySignCrl, verifyCrl } from './crl';
import { namesIssuer } from './crl-scope';
import type { RevocationQuestion, RevocationSources } from './question';
import { isSameCertificate } from './status';
import type { UnusedCode } from './unused';

/** Certificates tried for one list beyond those of the path. */
const maxCandidates = 8;
/** Signers of lists that vouch for signers of lists. */
const maxNesting = 3;

/**
 * Who signed a list (RFC 5280 §6.3.3 f, g). `trusted`: a certificate of the path, or another of the list's issuer that
 * has a path to the same anchor and is not revoked. `unproven`: the same, but whether it is revoked is not known; bad
 * news still counts then, good news does not. Else why the list is not used.
 * Throws ALGORITHM_UNSUPPORTED, KEY_UNSUPPORTED, KEY_MALFORMED.
 */
export async function judgeSigner(
  crl: CertificateList,
  question: RevocationQuestion,
  sources: RevocationSources,
): Promise<'trusted' | 'unproven' | UnusedCode> {
  let finding: 'unproven' | UnusedCode = 'CRL_SIGNER_NOT_FOUND';
  for (const candidate of question.above) {
    if (!candidate.subject.equals(crl.issuer)) continue;
    if (!maySignCrl(crl, candidate)) finding = 'CRL_SIGNER_NOT_ALLOWED';
    else if (!(await verifyCrl(crl, candidate))) finding = 'CRL_SIGNATURE_INVALID';
    // A list made after its issuer had expired was made by a key that nobody answers for any more.
    else if (crl.thisUpdate > candidate.notAfter) finding = 'CRL_SIGNER_NOT_TRUSTED';
    else return 'trusted';
  }
  for (const candidate of otherCandidates(crl, question, sources)) {
    const judged = await judgeOther(crl, candidate, question, sources);
    if (judged === 'trusted') return judged;
    if (finding !== 'unproven') finding = judged;
  }
  return finding;
}

function otherCandidates(
  crl: CertificateList,
  { above }: RevocationQuestion,
  { intermediates }: RevocationSources,
): readonly Certificate[] {
  return intermediates
    .filter(
      (candidate) =>
        candidate.subject.equals(crl.issuer) &&
        (crl.authorityKeyId ?? candidate.subjectKeyId) === (candidate.subjectKeyId ?? crl.authorityKeyId) &&
        !above.some((known) => isSameCertificate(known, candidate)),
    )
    .slice(0, maxCandidates);
}

/** The path is proved before the list's signature is looked at: hashing a long list is dear, and anybody can name it. */
async function judgeOther(
  crl: CertificateList,
  candidate: Certificate,
  question: RevocationQuestion,
  sources: RevocationSources,
): Promise<'trusted' | 'unproven' | UnusedCode> {
  if (!maySignCrl(crl, candidate)) return 'CRL_SIGNER_NOT_ALLOWED';
  // A list made later than the time asked for must have had a good signer when it was made.
  const at = crl.thisUpdate > question.at ? crl.thisUpdate : question.at;
  const path = await sources.trust.pathOf(candidate, at);
  if (!path || !isAppointed(crl, path, question)) return 'CRL_SIGNER_NOT_TRUSTED';
  if (!(await verifyCrl(crl, candidate))) return 'CRL_SIGNATURE_INVALID';
  return signerStatus(crl, path, { ...question, at }, sources);
}

/**
 * RFC 5280 §6.3.3 (f) asks for a path to the same anchor. For a list of the certificate's own issuer the signer must
 * also have been certified by somebody of the certificate's own path: else any other authority below that anchor
 * could make a certificate of the same name and speak for this one. An indirect list is named by the certificate.
 */
function isAppointed(
  crl: CertificateList,
  path: readonly Certificate[],
  { certificate, above }: RevocationQuestion,
): boolean {
  if (!crl.issuer.equals(certificate.issuer)) return true;
  const authority = path[1] ?? path[0];
  return authority !== undefined && above.some((known) => isSameHolder(known, authority));
}

/** Whether a signer, and whoever stands between it and the anchor, is revoked. */
async function signerStatus(
  crl: CertificateList,
  path: readonly Certificate[],
  { certificate, above, at, pending = [] }: RevocationQuestion,
  { trust }: RevocationSources,
): Promise<'trusted' | 'unproven' | 'CRL_SIGNER_REVOKED'> {
  const [signer] = path;
  if (!signer) return 'unproven';
  if (pending.some((asked) => isSameCertificate(asked, signer))) {
    // A signer vouches for itself only where its own certificate names it as the issuer of its lists.
    const isOwnJudge =
      isSameCertificate(certificate, signer) &&
      certificate.distributionPoints.some((point) => namesIssuer(point, crl.issuer));
    return isOwnJudge ? 'trusted' : 'unproven';
  }
  if (pending.length >= maxNesting) return 'unproven';
  for (let index = path.length - 2; index >= 0; index--) {
    const [link, ...rest] = path.slice(index);
    const [issuer, ...higher] = rest;
    if (!link || !issuer || above.some((known) => isSameCertificate(known, link))) continue;
    const { status } = await trust.statusOf({
      certificate: link,
      above: [issuer, ...higher],
      at,
      pending: [...pending, signer],
    });
    if (status === 'unknown') return 'unproven';
    if (status !== 'good') return 'CRL_SIGNER_REVOKED';
  }
  return 'trusted';
}

import { PkiError } from '../errors';
import type { CertificateList } from '../revocation/crl';
import { verifyCrl } from '../revocation/crl';
import { allowedClockDifferenceMs } from '../revocation/status';
import { isFresh, answerKey } from './kept-answers';
import type { KeptAnswer } from './kept-answers';
import type { Asking, Questioned } from './online-sources';
import { readSource } from './read-source';
import { isStatusKnown } from './tied-path';

/**
 * The list at an address of a certificate that is tied to an anchor: kept, or fetched; signed by its issuer, or by
 * somebody whom `validatePath` believes about it (RFC 5280 §6.3.3: indirect lists, other keys of the issuer).
 *
 * @throws PkiError FETCH_…, CRL_MALFORMED, and ANSWER_UNUSABLE for a list of another authority or out of date
 */
export async function crlAt(
  url: string,
  about: Questioned,
  { fetch, store, now, renewal }: Asking,
): Promise<CertificateList> {
  const { certificate, issuer } = about;
  const key = await answerKey({ kind: 'crl', url }, issuer);
  const kept = await store.find(key);
  if (kept && isFresh(kept, now, renewal)) return oneCrl(kept.der);
  const asked = { url, accept: 'application/pkix-crl', ...(kept && { unlessStill: kept.validators }) };
  const { body, validators } = await fetch(asked);
  const der = body ?? kept?.der;
  if (!der) throw new PkiError('FETCH_FAILED', 'the server says that nothing changed, but nothing is known');
  const crl = oneCrl(der);
  const nextUpdate = await currentUntil(crl, about, now);
  const answer: KeptAnswer = {
    kind: 'crl',
    key,
    url,
    der: crl.der,
    fetchedAt: now,
    thisUpdate: crl.thisUpdate,
    nextUpdate,
    validators,
    certificate: certificate.der,
    issuer: issuer.der,
  };
  await store.keep(answer);
  return crl;
}

function oneCrl(bytes: Uint8Array): CertificateList {
  const { crls } = readSource(bytes);
  const [crl] = crls;
  if (!crl || crls.length > 1)
    throw new PkiError('CRL_MALFORMED', `${crls.length} lists where one is expected`);
  return crl;
}

/** Only what says something now is kept: an old list replayed to us would hide a revocation. */
async function currentUntil(
  crl: CertificateList,
  { path, certificate, issuer }: Questioned,
  now: Date,
): Promise<Date> {
  const isUsable =
    (await verifyCrl(crl, issuer)) ||
    (await isStatusKnown(path, certificate, { crls: [crl], ocsps: [], at: now }));
  if (!isUsable)
    throw new PkiError('ANSWER_UNUSABLE', 'the list is signed by nobody who speaks for the issuer');
  if (crl.nextUpdate === undefined || crl.nextUpdate <= now)
    throw new PkiError('ANSWER_UNUSABLE', 'the list is out of date');
  // Kept in the place of every later one, a list from the future would hide revocations for as long as it lasts.
  if (crl.thisUpdate.getTime() > now.getTime() + allowedClockDifferenceMs)
    throw new PkiError('ANSWER_UNUSABLE', 'the list was made in the future');
  return crl.nextUpdate;
}

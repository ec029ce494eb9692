import { toHex } from '../bytes';
import { PkiError } from '../errors';
import { toBase64 } from '../pem';
import type { OcspResponse, OcspSingleResponse } from '../revocation/ocsp';
import { parseOcspResponse } from '../revocation/ocsp';
import { buildOcspRequest, namesCertificate } from '../revocation/ocsp-request';
import { verifyOcspResponse } from '../revocation/ocsp-status';
import { newNonce } from '../timestamp/request';
import { answerKey, isFresh } from './kept-answers';
import type { FetchRequest } from './fetcher';
import type { Asking, Questioned } from './online-sources';

/**
 * - `required`: an answer without our nonce is refused: proof against replay, where the responder supports it
 * - `asked`: it is sent; an answer may leave it out (most do, RFC 5019 §4) but not bear another
 * - `none`: short questions go by GET, which caches may answer (RFC 5019 §5)
 */
export type NonceRule = 'required' | 'asked' | 'none';

/** RFC 5019 §5: longer questions go by POST. */
const longestGet = 255;
/** Answers are small; with several certificates of the responder some tens of kilobytes. */
const maxAnswerBytes = 256 * 1024;
/** How far a responder's clock may be ahead of ours, in milliseconds. */
const clockSkewMs = 5 * 60_000;

/**
 * The answer of a responder about a certificate that is tied to an anchor: kept, or fetched; about this certificate,
 * current, and signed by its issuer or a responder the issuer appointed.
 *
 * @throws PkiError FETCH_…, OCSP_MALFORMED, OCSP_REJECTED, ANSWER_UNUSABLE
 */
export async function ocspAt(url: string, question: Questioned, asking: Asking): Promise<OcspResponse> {
  const { fetch, store, now, renewal } = asking;
  const key = await answerKey({ kind: 'ocsp', certificate: question.certificate }, question.issuer);
  const kept = await store.find(key);
  if (kept && isFresh(kept, now, renewal)) return parseOcspResponse(kept.der);
  const nonce = asking.nonce === 'none' ? undefined : newNonce();
  const { certificate, issuer } = question;
  const request = await buildOcspRequest(certificate, issuer, nonce ? { nonce } : {});
  const { body } = await fetch(asFetch(url, request, asking.nonce));
  const response = parseOcspResponse(body ?? new Uint8Array());
  requireNonce(response, nonce, asking.nonce);
  const single = await currentAnswer(response, question, asking);
  const { thisUpdate, nextUpdate } = single;
  // Without nextUpdate newer information is available all the time (RFC 6960 §2.4): nothing to keep.
  if (nextUpdate)
    await store.keep({
      kind: 'ocsp',
      key,
      url,
      der: response.der,
      fetchedAt: now,
      thisUpdate,
      nextUpdate,
      validators: {},
      certificate: certificate.der,
      issuer: issuer.der,
    });
  return response;
}

function asFetch(url: string, request: Uint8Array, nonce: NonceRule): FetchRequest {
  const common = { accept: 'application/ocsp-response', maxBytes: maxAnswerBytes };
  const path = `${url.replace(/\/$/, '')}/${encodeURIComponent(toBase64(request))}`;
  return nonce === 'none' && path.length - url.length <= longestGet && !url.includes('?')
    ? { ...common, url: path }
    : { ...common, url, body: request, contentType: 'application/ocsp-request' };
}

function requireNonce(response: OcspResponse, nonce: Uint8Array | undefined, rule: NonceRule): void {
  if (!nonce || (response.nonce === undefined && rule === 'asked')) return;
  if (response.nonce !== toHex(nonce))
    throw new PkiError('ANSWER_UNUSABLE', 'the answer does not bear the nonce of the question');
}

async function currentAnswer(
  response: OcspResponse,
  { certificate, issuer }: Questioned,
  { now, crls }: Asking,
): Promise<OcspSingleResponse> {
  let single: OcspSingleResponse | undefined;
  for (const candidate of response.responses)
    if (await namesCertificate(candidate.id, certificate, issuer)) single ??= candidate;
  if (!single || single.status === 'unknown')
    throw new PkiError('ANSWER_UNUSABLE', 'the responder knows nothing of the certificate');
  const isCurrent =
    single.thisUpdate.getTime() <= now.getTime() + clockSkewMs &&
    now.getTime() < (single.nextUpdate?.getTime() ?? single.thisUpdate.getTime() + clockSkewMs);
  if (!isCurrent) throw new PkiError('ANSWER_UNUSABLE', 'the answer is out of date');
  if (!(await verifyOcspResponse(response, issuer, { at: now, crls })))
    throw new PkiError('ANSWER_UNUSABLE', 'the answer is signed by nobody whom the issuer appointed');
  return single;
}

import type { Certificate } from '../certificate/certificate';
import { isSelfIssued } from '../certificate/certificate';
import { PkiError } from '../errors';
import type { CertificateList } from '../revocation/crl';
import type { OcspResponse } from '../revocation/ocsp';
import type { Fetcher } from './fetcher';
import { crlAt } from './fetch-crl';
import { ocspAt } from './fetch-ocsp';
import type { NonceRule } from './fetch-ocsp';
import type { AnswerStore, Renewal } from './kept-answers';
import { readSource } from './read-source';
import { requireTied } from './tied-path';
import type { TiedPath } from './tied-path';

/** Everything an exchange needs to know. */
export interface Asking {
  readonly fetch: Fetcher;
  readonly store: AnswerStore;
  readonly now: Date;
  readonly renewal: Renewal;
  readonly nonce: NonceRule;
  /** Lists at hand, to check a responder that has no id-pkix-ocsp-nocheck. */
  readonly crls: readonly CertificateList[];
}

export interface FetchFailure {
  readonly url: string;
  readonly error: PkiError;
}

export interface GatheredRevocation {
  readonly crls: readonly CertificateList[];
  readonly ocsps: readonly OcspResponse[];
  /** Addresses that gave nothing, and why; another address may have answered. */
  readonly failures: readonly FetchFailure[];
}

/** Addresses of one kind that are tried for one certificate: a certificate may name hundreds. */
const maxUrls = 3;

/**
 * Revocation status of every certificate of a tied path below its anchor: OCSP first, then the list. What comes back
 * is verified, but judged by `validatePath` alone. Never throws for an exchange that fails.
 *
 * @throws PkiError FETCH_REFUSED for a path that is not tied
 */
export async function gatherRevocation(path: TiedPath, asking: Asking): Promise<GatheredRevocation> {
  const certificates = requireTied(path);
  const crls: CertificateList[] = [];
  const ocsps: OcspResponse[] = [];
  const failures: FetchFailure[] = [];
  // From the anchor down: a list from above may serve to check a responder below.
  for (let index = certificates.length - 2; index >= 0; index--) {
    const [certificate, issuer] = certificates.slice(index, index + 2);
    if (!certificate || !issuer) continue;
    const question = { certificate, issuer };
    const current = { ...asking, crls: [...asking.crls, ...crls] };
    const ocsp = await firstOf(certificate.ocspUrls, failures, (url) => ocspAt(url, question, current));
    if (ocsp) {
      ocsps.push(ocsp);
      continue;
    }
    const crl = await firstOf(certificate.crlUrls, failures, (url) => crlAt(url, question, current));
    if (crl) crls.push(crl);
  }
  return { crls, ocsps, failures };
}

/**
 * Certificates at the caIssuers addresses of a tied path (RFC 5280 §4.2.2.1): for another path, such as one to a
 * renewed or crossed authority. Candidates only, nothing in them is trusted.
 *
 * @throws PkiError FETCH_REFUSED for a path that is not tied
 */
export async function gatherIssuers(
  path: TiedPath,
  { fetch }: Pick<Asking, 'fetch'>,
): Promise<{ readonly certificates: readonly Certificate[]; readonly failures: readonly FetchFailure[] }> {
  const found: Certificate[] = [];
  const failures: FetchFailure[] = [];
  for (const certificate of requireTied(path)) {
    if (isSelfIssued(certificate)) continue;
    const source = await firstOf(certificate.caIssuerUrls, failures, async (url) => {
      const { body } = await fetch({ url, accept: 'application/pkix-cert', maxBytes: maxIssuerBytes });
      return readSource(body ?? new Uint8Array(), { maxItems: maxIssuers });
    });
    found.push(...(source?.certificates.filter(({ subject }) => subject.equals(certificate.issuer)) ?? []));
  }
  return { certificates: found, failures };
}

const maxIssuerBytes = 256 * 1024;
const maxIssuers = 32;

async function firstOf<T>(
  urls: readonly string[],
  failures: FetchFailure[],
  ask: (url: string) => Promise<T>,
): Promise<T | undefined> {
  for (const url of urls.slice(0, maxUrls)) {
    try {
      return await ask(url);
    } catch (error) {
      if (!(error instanceof PkiError)) throw error;
      failures.push({ url, error });
    }
  }
  return undefined;
}

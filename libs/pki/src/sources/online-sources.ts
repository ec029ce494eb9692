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
import { isStatusKnown, requireTied } from './tied-path';
import type { TiedPath } from './tied-path';

/** Everything an exchange needs to know. */
export interface Asking {
  readonly fetch: Fetcher;
  readonly store: AnswerStore;
  readonly now: Date;
  readonly renewal: Renewal;
  readonly nonce: NonceRule;
  /** At hand already: what they speak about is not asked for; lists also check a responder without id-pkix-ocsp-nocheck. */
  readonly crls: readonly CertificateList[];
  readonly ocsps: readonly OcspResponse[];
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
  /** Certificates of the path whose status is still not known. */
  readonly unknown: readonly Certificate[];
}

/** Addresses of one kind that are tried for one certificate: a certificate may name hundreds. */
const maxUrls = 3;

/**
 * Revocation status of every certificate of a tied path below its anchor about which nothing at hand speaks: by OCSP,
 * and where that tells nothing by lists, until together they do. What comes back is judged by `validatePath` alone.
 * Never throws for an exchange that fails. To renew `ahead`, all are asked for that are due, whatever is at hand.
 *
 * @throws PkiError FETCH_REFUSED for a path that is not tied
 */
export async function gatherRevocation(path: TiedPath, asking: Asking): Promise<GatheredRevocation> {
  const certificates = requireTied(path);
  const gathered = {
    crls: [] as CertificateList[],
    ocsps: [] as OcspResponse[],
    failures: [] as FetchFailure[],
    unknown: [] as Certificate[],
  };
  // From the anchor down: a list from above may serve to check a responder below.
  for (let index = certificates.length - 2; index >= 0; index--) {
    const [certificate, issuer] = certificates.slice(index, index + 2);
    if (certificate && issuer) await gatherFor({ path, certificate, issuer }, asking, gathered);
  }
  return gathered;
}

/** A certificate of a tied path, and who issued it. */
export interface Questioned {
  readonly path: TiedPath;
  readonly certificate: Certificate;
  readonly issuer: Certificate;
}

async function gatherFor(
  about: Questioned,
  asking: Asking,
  gathered: { readonly [K in keyof GatheredRevocation]: GatheredRevocation[K][number][] },
): Promise<void> {
  const { certificate } = about;
  const crls = (): CertificateList[] => [...asking.crls, ...gathered.crls];
  const isKnown = (): Promise<boolean> => {
    const sources =
      asking.renewal === 'ahead'
        ? gathered
        : { ...gathered, crls: crls(), ocsps: [...asking.ocsps, ...gathered.ocsps] };
    return isStatusKnown(about.path, certificate, {
      crls: sources.crls,
      ocsps: sources.ocsps,
      at: asking.now,
    });
  };
  if (await isKnown()) return;
  const current = { ...asking, crls: crls() };
  const ocsp = await firstOf(certificate.ocspUrls, gathered.failures, (url) => ocspAt(url, about, current));
  if (ocsp) gathered.ocsps.push(ocsp);
  // Several lists may each speak about some reasons only (RFC 5280 §6.3.3): until all are covered.
  for (const url of certificate.crlUrls.slice(0, maxUrls)) {
    if (await isKnown()) return;
    const crl = await firstOf([url], gathered.failures, () => crlAt(url, about, current));
    if (crl) gathered.crls.push(crl);
  }
  if (!(await isKnown())) gathered.unknown.push(certificate);
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

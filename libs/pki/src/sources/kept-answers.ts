import { toHex } from '../bytes';
import type { Certificate } from '../certificate/certificate';
import { digest } from '../crypto/engine';
import type { Validators } from './fetcher';

/** A revocation list or OCSP answer that was fetched and verified, as a cache keeps it. */
export interface KeptAnswer {
  readonly kind: 'crl' | 'ocsp';
  /** Names what was asked for: `answerKey`. */
  readonly key: string;
  readonly url: string;
  readonly der: Uint8Array;
  readonly fetchedAt: Date;
  readonly thisUpdate: Date;
  readonly nextUpdate: Date;
  readonly validators: Validators;
  /** For whom it was fetched, and by whose key it was verified, DER. */
  readonly certificate: Uint8Array;
  readonly issuer: Uint8Array;
}

/** Where fetched answers are kept between requests and processes. */
export interface AnswerStore {
  find(key: string): Promise<KeptAnswer | undefined>;
  /** Keeps an answer in the place of an earlier one, unless that one is newer (by thisUpdate). */
  keep(answer: KeptAnswer): Promise<void>;
}

/** A store for one process, for tools and tests. */
export function memoryAnswerStore(): AnswerStore {
  const kept = new Map<string, KeptAnswer>();
  return {
    find: (key) => Promise.resolve(kept.get(key)),
    keep: (answer) => {
      const earlier = kept.get(answer.key);
      if (!earlier || earlier.thisUpdate <= answer.thisUpdate) kept.set(answer.key, answer);
      return Promise.resolve();
    },
  };
}

/**
 * A list is kept by its address and the issuer that must have signed it, an OCSP answer by issuer and serial number:
 * nobody's address can stand in for another authority's.
 */
export async function answerKey(
  about:
    | { readonly kind: 'crl'; readonly url: string }
    | { readonly kind: 'ocsp'; readonly certificate: Certificate },
  issuer: Certificate,
): Promise<string> {
  const name = about.kind === 'crl' ? about.url : about.certificate.serialNumber;
  const issuerDigest = toHex(await digest('SHA-256', issuer.der));
  const text = new TextEncoder().encode(JSON.stringify([about.kind, issuerDigest, name]));
  return toHex(await digest('SHA-256', text));
}

/** `when-ended`: an answer is used until its nextUpdate. `ahead`: replaced when three quarters of its time are over. */
export type Renewal = 'when-ended' | 'ahead';

/** Whether a kept answer serves without asking again. */
export function isFresh(
  { thisUpdate, nextUpdate }: Pick<KeptAnswer, 'thisUpdate' | 'nextUpdate'>,
  now: Date,
  renewal: Renewal,
): boolean {
  return now < (renewal === 'ahead' ? renewalTime(thisUpdate, nextUpdate) : nextUpdate);
}

/** When a worker fetches the next one: a quarter of the time is left for a server that is down. */
export function renewalTime(thisUpdate: Date, nextUpdate: Date): Date {
  return new Date(nextUpdate.getTime() - (nextUpdate.getTime() - thisUpdate.getTime()) / 4);
}

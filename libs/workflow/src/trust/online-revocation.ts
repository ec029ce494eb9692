import type { Fetcher, FindRevocation, FoundRevocation, GatheredRevocation } from '#pki';
import { gatherRevocation, parseCertificate, PkiError, thumbprint, tieToAnchor } from '#pki';
import type { Clock } from '#platform';

import type { FetchedAnswers } from './fetched-answers';
import type { TrustMaterial } from './trust-material';

export interface OnlineRevocationOptions {
  /** Knows the hosts that configuration allows. */
  readonly fetch: Fetcher;
  /** Told about addresses that gave nothing. */
  readonly onFailure: (error: unknown) => void;
}

type Held = Pick<TrustMaterial, 'anchors' | 'intermediates' | 'crls' | 'ocsps'>;

/**
 * After a failure the same certificate is not asked about again for so long, and a host that let us wait is not asked
 * for any: a file with a hundred signatures waits for a dead server once.
 */
const restMs = 30_000;
const maxResting = 10_000;

/**
 * Revocation status from the network, kept in the database: only from hosts that configuration names, and only for
 * certificates that are tied to an anchor. Never called inside a transaction.
 */
export class OnlineRevocation {
  private readonly asking = new Map<string, Promise<FoundRevocation>>();
  private readonly resting = new Map<string, number>();
  private readonly fetch: Fetcher;

  constructor(
    private readonly options: OnlineRevocationOptions,
    private readonly answers: FetchedAnswers,
    private readonly clock: Clock,
  ) {
    this.fetch = restingFetcher(options.fetch, clock);
  }

  /** What earlier requests of this node's processes brought and is still current. */
  kept(): Promise<FoundRevocation> {
    return this.answers.current(this.clock.now());
  }

  /** What the network says about a path; nothing for a certificate that no anchor of `held` stands above. */
  async find(question: Parameters<FindRevocation>[0], held: Held): Promise<FoundRevocation> {
    const name = await thumbprint(question.certificate);
    const now = this.clock.now().getTime();
    if (now < (this.resting.get(name) ?? Number.NEGATIVE_INFINITY)) return { crls: [], ocsps: [] };
    const asked = this.asking.get(name) ?? this.ask(question, held, name);
    this.asking.set(name, asked);
    try {
      return await asked;
    } finally {
      this.asking.delete(name);
    }
  }

  /** Fetches the next lists and answers before those at hand end. Returns how many were looked at. */
  async renew(held: Held): Promise<number> {
    const due = await this.answers.due(this.clock.now());
    for (const { key, certificate: der, issuer } of due) {
      const certificate = parseCertificate(der);
      const intermediates = [...held.intermediates, parseCertificate(issuer)];
      // Tied anew: an anchor may have been taken out of the configuration since.
      const question = { certificate, intermediates, purpose: 'document-signing' } as const;
      if ((await this.gather(question, held, 'renewed')) === undefined) await this.answers.forget(key);
    }
    return due.length;
  }

  private async ask(
    question: Parameters<FindRevocation>[0],
    held: Held,
    name: string,
  ): Promise<FoundRevocation> {
    const found = await this.gather(question, held, 'wanted');
    if (!found || found.unknown.length > 0) {
      if (this.resting.size >= maxResting) this.resting.clear();
      this.resting.set(name, this.clock.now().getTime() + restMs);
    }
    return found ?? { crls: [], ocsps: [] };
  }

  private async gather(
    { certificate, intermediates, purpose }: Parameters<FindRevocation>[0],
    { anchors, intermediates: own, crls, ocsps }: Held,
    occasion: 'wanted' | 'renewed',
  ): Promise<GatheredRevocation | undefined> {
    const now = this.clock.now();
    const known = [...own, ...intermediates];
    const path = await tieToAnchor({ certificate, anchors, intermediates: known, at: now, purpose });
    if (!path) return undefined;
    const gathered = await gatherRevocation(path, {
      fetch: this.fetch,
      store: this.answers.store(occasion),
      now,
      renewal: occasion === 'wanted' ? 'when-ended' : 'ahead',
      nonce: 'asked',
      crls,
      ocsps,
    });
    for (const { url, error } of gathered.failures) this.options.onFailure(new Error(url, { cause: error }));
    return gathered;
  }
}

function restingFetcher(fetch: Fetcher, clock: Clock): Fetcher {
  const restingUntil = new Map<string, number>();
  return async (request) => {
    const host = URL.canParse(request.url) ? new URL(request.url).host : '';
    if (clock.now().getTime() < (restingUntil.get(host) ?? Number.NEGATIVE_INFINITY))
      throw new PkiError('FETCH_TIMED_OUT', `${host} did not answer just now`);
    try {
      return await fetch(request);
    } catch (error) {
      // Only hosts of the configuration get so far: the map stays small.
      if (error instanceof PkiError && error.code === 'FETCH_TIMED_OUT')
        restingUntil.set(host, clock.now().getTime() + restMs);
      throw error;
    }
  };
}

import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { PkiError } from '../../errors';
import type { FetchAnswer, Fetcher, FetchRequest } from '../../sources/fetcher';
import { addressKind } from './address-kind';
import type { AllowedUrl, FetchRule } from './fetch-rules';
import { allowedUrl, refused } from './fetch-rules';
import { exchange } from './http-exchange';
import type { ExchangeResult } from './http-exchange';

export interface GuardedFetcherOptions {
  /** Empty: offline; every request is refused before anything is resolved or opened. */
  readonly rules: readonly FetchRule[];
  /** Addresses of a name, in numbers; the system's resolver by default. */
  readonly resolve?: (host: string) => Promise<readonly string[]>;
  /** Milliseconds for everything: names, connections, redirects, bodies; 10,000 by default. */
  readonly timeoutMs?: number;
  /** Longest answer in bytes; 16 MiB by default. */
  readonly maxBytes?: number;
  /** Redirects followed; 3 by default. */
  readonly maxRedirects?: number;
  /** PEM of authorities for https; those of the runtime by default. */
  readonly tlsAuthorities?: readonly string[];
}

/** Addresses of one name that are tried. */
const maxAddresses = 4;

/**
 * Asks addresses that stand in certificates, under rules that only configuration makes: scheme, host and port of
 * every request and redirect must be allowed; the name is resolved once, each of its addresses is judged, and the
 * connection goes to the very address that was judged, so that a second answer of a resolver changes nothing.
 */
export function guardedFetcher(options: GuardedFetcherOptions): Fetcher {
  return async (request) => {
    const signal = AbortSignal.timeout(options.timeoutMs ?? 10_000);
    try {
      return await follow(request, { ...options, signal });
    } catch (error) {
      if (error instanceof PkiError) throw error;
      if (signal.aborted)
        throw new PkiError('FETCH_TIMED_OUT', 'the answer did not come in time', { cause: error });
      throw new PkiError('FETCH_FAILED', 'the exchange failed', { cause: error });
    }
  };
}

interface Guarded extends GuardedFetcherOptions {
  readonly signal: AbortSignal;
}

async function follow(request: FetchRequest, guarded: Guarded): Promise<FetchAnswer> {
  let url = request.url;
  for (let redirects = 0; redirects <= (guarded.maxRedirects ?? 3); redirects++) {
    const target = allowedUrl(url, guarded.rules);
    const result = await askOnce(target, request, guarded);
    if (result.kind === 'unchanged') return { body: undefined, validators: request.unlessStill ?? {} };
    if (result.kind === 'answer') return { body: result.body, validators: result.validators };
    // A question sent on would be told to a third party; OCSP has no need of it.
    if (request.body) throw refused('redirect', `${target.host} sends a POST elsewhere`);
    if (!URL.canParse(result.location, target.url.href)) throw refused('redirect', 'redirected to no URL');
    url = new URL(result.location, target.url.href).href;
  }
  throw refused('redirect', 'too many redirects');
}

async function askOnce(target: AllowedUrl, request: FetchRequest, guarded: Guarded): Promise<ExchangeResult> {
  const { signal, tlsAuthorities, maxBytes = 16 * 1024 * 1024 } = guarded;
  const addresses = await judgedAddresses(target, guarded);
  const given = {
    target,
    request,
    maxBytes: Math.min(maxBytes, request.maxBytes ?? maxBytes),
    signal,
    ...(tlsAuthorities && { tlsAuthorities }),
  };
  let last: unknown;
  for (const address of addresses.slice(0, maxAddresses)) {
    try {
      return await exchange({ ...given, address });
    } catch (error) {
      // Another address of the same host may be up; an answer, of whatever kind, is an answer.
      if (error instanceof PkiError || signal.aborted) throw error;
      last = error;
    }
  }
  throw last;
}

/** All addresses of a name must be ones it may have: a name that also points inside is somebody's trick. */
async function judgedAddresses(
  { host, allowPrivate }: AllowedUrl,
  { resolve = systemResolve, signal }: Guarded,
): Promise<readonly string[]> {
  const addresses = isIP(host) === 0 ? await beforeAbort(resolve(host), signal) : [host];
  if (addresses.length === 0) throw new PkiError('FETCH_FAILED', `${host} has no address`);
  for (const address of addresses) {
    const kind = addressKind(address);
    if (kind === 'never' || (kind === 'private' && !allowPrivate))
      throw refused('address', `${host} is at ${address}, where nothing may be asked`);
  }
  return addresses;
}

async function systemResolve(host: string): Promise<string[]> {
  return (await lookup(host, { all: true, order: 'verbatim' })).map(({ address }) => address);
}

/** A resolver cannot be stopped, but nobody waits for it longer than for the rest. */
function beforeAbort<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      reject(signal.reason as Error);
    };
    if (signal.aborted) {
      stop();
    } else {
      signal.addEventListener('abort', stop, { once: true });
      promise.then(resolve, reject).finally(() => {
        signal.removeEventListener('abort', stop);
      });
    }
  });
}

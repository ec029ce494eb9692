import { request as httpRequest } from 'node:http';
import type { IncomingMessage, RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP } from 'node:net';
import { concatBytes } from '../../bytes';
import { PkiError } from '../../errors';
import type { FetchAnswer, FetchRequest } from '../../sources/fetcher';
import type { AllowedUrl } from './fetch-rules';

export interface Exchange {
  readonly target: AllowedUrl;
  /** In numbers, already judged: the connection goes there and nowhere else. */
  readonly address: string;
  readonly request: FetchRequest;
  readonly maxBytes: number;
  readonly signal: AbortSignal;
  /** PEM of authorities for https; those of the runtime by default. */
  readonly tlsAuthorities?: readonly string[];
}

export type ExchangeResult =
  | ({ readonly kind: 'answer' } & FetchAnswer)
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'redirect'; readonly location: string };

const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/** One HTTP exchange with one address. No name is resolved, no proxy, cookie or earlier connection is used. */
export async function exchange(given: Exchange): Promise<ExchangeResult> {
  const response = await open(given);
  try {
    return await read(response, given);
  } finally {
    response.destroy();
  }
}

function open({ target, address, request, signal, tlsAuthorities }: Exchange): Promise<IncomingMessage> {
  const { url, host, port } = target;
  const options: RequestOptions & { servername?: string; ca?: string[] } = {
    host: address,
    port,
    path: `${url.pathname}${url.search}`,
    method: request.body ? 'POST' : 'GET',
    headers: headersOf(url, request),
    // Not the global agent: it may know a proxy from the environment.
    agent: false,
    signal,
    maxHeaderSize: 16 * 1024,
  };
  if (url.protocol === 'https:') {
    // The certificate must be the named host's, though the connection goes to a number.
    if (isIP(host) === 0) options.servername = host;
    if (tlsAuthorities) options.ca = [...tlsAuthorities];
  }
  return new Promise((resolve, reject) => {
    const outgoing = (url.protocol === 'https:' ? httpsRequest : httpRequest)(options);
    outgoing.once('response', resolve);
    outgoing.once('error', reject);
    // A switch of protocols ends in neither of both.
    outgoing.once('close', () => {
      reject(new PkiError('FETCH_FAILED', `${host} closed the connection without an answer`));
    });
    outgoing.end(request.body);
  });
}

function headersOf(
  url: URL,
  { body, contentType, accept, unlessStill }: FetchRequest,
): Record<string, string> {
  return {
    host: url.host,
    accept: accept ?? '*/*',
    // A compressed answer could grow without bound after all sizes were checked.
    'accept-encoding': 'identity',
    connection: 'close',
    ...(body && { 'content-length': String(body.length) }),
    ...(contentType !== undefined && { 'content-type': contentType }),
    ...(unlessStill?.etag !== undefined && { 'if-none-match': unlessStill.etag }),
    ...(unlessStill?.lastModified !== undefined && { 'if-modified-since': unlessStill.lastModified }),
  };
}

async function read(
  response: IncomingMessage,
  { target: { host }, request, maxBytes }: Exchange,
): Promise<ExchangeResult> {
  const { statusCode = 0, headers } = response;
  if (redirects.has(statusCode) && headers.location !== undefined)
    return { kind: 'redirect', location: headers.location };
  if (statusCode === 304 && request.unlessStill) return { kind: 'unchanged' };
  if (statusCode !== 200) throw new PkiError('FETCH_FAILED', `${host} answered ${statusCode}`);
  const encoding = headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity') throw new PkiError('FETCH_FAILED', `${host} answered in ${encoding}`);
  if (Number(headers['content-length'] ?? 0) > maxBytes) throw tooLarge(host, maxBytes);
  const { etag, 'last-modified': lastModified } = headers;
  return {
    kind: 'answer',
    body: await readBounded(response, host, maxBytes),
    validators: {
      ...(etag !== undefined && { etag }),
      ...(lastModified !== undefined && { lastModified }),
    },
  };
}

/** Counts what arrives: neither a false length nor an endless answer gets past it. */
async function readBounded(response: IncomingMessage, host: string, maxBytes: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of response as AsyncIterable<Uint8Array>) {
    length += part.length;
    if (length > maxBytes) throw tooLarge(host, maxBytes);
    parts.push(part);
  }
  return concatBytes(parts);
}

function tooLarge(host: string, maxBytes: number): PkiError {
  return new PkiError('FETCH_TOO_LARGE', `${host} answers more than ${maxBytes} bytes`, {
    detail: { maxBytes },
  });
}

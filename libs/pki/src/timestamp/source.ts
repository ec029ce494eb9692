import { asBufferSource, concatBytes } from '../bytes';
import type { HashAlgorithm } from '../crypto/algorithms';
import { PkiError } from '../errors';
import { buildTimestampRequest, newNonce, nonceHex } from './request';
import { parseTimestampResponse } from './response';

/** Where time-stamps come from. Returns the token's DER, verified against the digest. */
export interface TimestampSource {
  timestamp(digest: Uint8Array, hash: HashAlgorithm): Promise<Uint8Array>;
}

export interface HttpTimestampOptions {
  readonly url: string;
  readonly fetch?: typeof globalThis.fetch;
  /** Milliseconds for the whole exchange; 10,000 by default. */
  readonly timeoutMs?: number;
  /** Longest answer accepted; 64 KiB by default. */
  readonly maxBytes?: number;
  /** OID of the policy wanted. */
  readonly policy?: string;
}

/**
 * RFC 3161 over HTTP (§3.4). No redirects; status, nonce, imprint, policy, names and signature are checked before a
 * token is returned. Whether the authority is trusted is the caller's to find out: `validatePath` for `time-stamping`
 * at the token's genTime. Throws TSA_UNAVAILABLE, TSA_REJECTED, TSA_BAD_TOKEN.
 */
export function httpTimestampSource(options: HttpTimestampOptions): TimestampSource {
  return {
    async timestamp(digest, hash) {
      const nonce = newNonce();
      const policy = options.policy === undefined ? {} : { policy: options.policy };
      const request = buildTimestampRequest({
        digest,
        hash,
        nonce,
        certReq: true,
        ...policy,
      });
      const answer = await post(options, request);
      const token = await parseTimestampResponse(answer, {
        digest,
        hash,
        nonce: nonceHex(nonce),
        ...policy,
      });
      return token.der;
    },
  };
}

async function post(options: HttpTimestampOptions, request: Uint8Array): Promise<Uint8Array> {
  const { url, fetch = globalThis.fetch, timeoutMs = 10_000, maxBytes = 64 * 1024 } = options;
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/timestamp-query', accept: 'application/timestamp-reply' },
      body: asBufferSource(request),
      redirect: 'error',
      signal,
    });
    if (!response.ok) {
      await response.body?.cancel();
      throw new PkiError('TSA_UNAVAILABLE', `the time-stamping server answered ${response.status}`);
    }
    return await readBounded(response, maxBytes);
  } catch (error) {
    if (error instanceof PkiError) throw error;
    throw new PkiError('TSA_UNAVAILABLE', 'the time-stamping server did not answer', { cause: error });
  }
}

/** Reads a body that must not grow beyond `maxBytes`, whatever its headers say. */
async function readBounded(response: Response, maxBytes: number): Promise<Uint8Array> {
  const reader = response.body?.getReader();
  if (!reader) return new Uint8Array(0);
  const parts: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return concatBytes(parts);
    length += value.length;
    if (length > maxBytes) {
      await reader.cancel();
      throw new PkiError('TSA_BAD_TOKEN', `the time-stamping answer exceeds ${maxBytes} bytes`);
    }
    parts.push(value);
  }
}

import type { Agent } from 'node:https';
import { request } from 'node:https';

import { ExchangeError } from '../exchange-error';

export interface PeerRequest {
  readonly method: 'POST' | 'PUT';
  readonly url: URL;
  readonly agent: Agent;
  readonly contentType: string;
  readonly body: Uint8Array;
  /** Milliseconds without progress. */
  readonly timeoutMs: number;
  readonly maxAnswerBytes: number;
}

export interface PeerAnswer {
  readonly status: number;
  readonly body: Uint8Array;
}

/**
 * One request to another node. An answer that is too long, too slow or cut off is an error, never half an answer.
 *
 * @throws ExchangeError PEER_UNREACHABLE (worth retrying), PEER_UNKNOWN where the peer's certificate is not the configured one
 */
export function askPeer({
  method,
  url,
  agent,
  contentType,
  body,
  timeoutMs,
  maxAnswerBytes,
}: PeerRequest): Promise<PeerAnswer> {
  return new Promise((resolve, reject) => {
    const failed = (cause: unknown): void => {
      reject(unreachable(url, cause));
    };
    const sent = request(
      url,
      { method, agent, headers: { 'content-type': contentType, 'content-length': body.length } },
      (response) => {
        const parts: Buffer[] = [];
        let length = 0;
        response.on('data', (part: Buffer) => {
          length += part.length;
          if (length > maxAnswerBytes)
            response.destroy(new Error(`answer longer than ${maxAnswerBytes} bytes`));
          else parts.push(part);
        });
        response.on('error', failed);
        response.on('aborted', () => {
          failed(new Error('answer cut off'));
        });
        response.on('end', () => {
          resolve({ status: response.statusCode ?? 0, body: Buffer.concat(parts) });
        });
      },
    );
    sent.setTimeout(timeoutMs, () => {
      sent.destroy(new Error(`no progress for ${timeoutMs} ms`));
    });
    sent.on('error', failed);
    sent.end(body);
  });
}

const certificateFaults = /^(ERR_TLS_CERT|CERT_|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|PEER_NAME)/;

function unreachable(url: URL, cause: unknown): ExchangeError {
  const code = (cause as { code?: unknown }).code;
  const message = cause instanceof Error ? cause.message : String(cause);
  // Also worth retrying: a peer whose certificate has just expired will get a new one.
  if (typeof code === 'string' && certificateFaults.test(code)) {
    return new ExchangeError('PEER_UNKNOWN', `${url.host}: ${message}`, { retry: 'worth-retrying', cause });
  }
  return new ExchangeError('PEER_UNREACHABLE', `${url.host}: ${message}`, { retry: 'worth-retrying', cause });
}

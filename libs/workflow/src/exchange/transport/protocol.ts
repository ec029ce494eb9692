import type { ExchangeErrorCode } from '../exchange-error';

/** Paths of the protocol between nodes, version 1. */
export const protocol = {
  /** POST {digests} → {missing} */
  missing: '/exchange/v1/files/missing',
  /** PUT the bytes of a file at its digest → 204 */
  file: (sha256: string): string => `/exchange/v1/files/${sha256}`,
  filePattern: /^\/exchange\/v1\/files\/([0-9a-f]{64})$/,
  /** POST an envelope → an answer */
  messages: '/exchange/v1/messages',
} as const;

/** A refusal as it travels: RFC 9457 with our code, and whether trying again can help. */
export interface ProtocolProblem {
  readonly status: number;
  readonly code: ExchangeErrorCode | 'INTERNAL_ERROR' | 'NOT_FOUND';
  readonly retry: 'worth-retrying' | 'final';
}

/** Digests asked for in one request. */
export const MAX_DIGESTS = 1000;

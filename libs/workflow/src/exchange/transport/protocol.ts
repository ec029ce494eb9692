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

/** Digests asked for in one request. */
export const MAX_DIGESTS = 1000;

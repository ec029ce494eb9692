/** One question to an address that stands in a certificate, and therefore may come from an attacker. */
export interface FetchRequest {
  readonly url: string;
  /** Present: POST; absent: GET. */
  readonly body?: Uint8Array;
  readonly contentType?: string;
  readonly accept?: string;
  /** Longest answer, in bytes; the fetcher's own limit holds beside it. */
  readonly maxBytes?: number;
  /** What an earlier answer bore: the server may then say that nothing changed (RFC 9110 §13.1). */
  readonly unlessStill?: Validators;
}

/** RFC 9110 §8.8, as the server wrote them. */
export interface Validators {
  readonly etag?: string;
  readonly lastModified?: string;
}

export interface FetchAnswer {
  /** Undefined when nothing changed (304). */
  readonly body: Uint8Array | undefined;
  readonly validators: Validators;
}

/**
 * Whoever asks the network on behalf of a certificate.
 *
 * @throws PkiError FETCH_REFUSED (by a rule, before any packet), FETCH_FAILED, FETCH_TOO_LARGE, FETCH_TIMED_OUT
 */
export type Fetcher = (request: FetchRequest) => Promise<FetchAnswer>;

import type { Actor } from '../actor/actor';

/** A request that was not carried out. */
export interface Refusal {
  readonly actor: Actor;
  readonly requestId: string;
  readonly method: string;
  /** The route's pattern where one matched (`/api/v1/documents/:id`), else the path without its query. */
  readonly route: string;
  readonly status: number;
  readonly code: string;
}

/**
 * Keeps refused requests in the audit trail. Called for every answer of 400 and above, and waited for
 * before the answer is sent; when it throws, the caller gets `SERVICE_UNAVAILABLE` instead. Implemented by
 * the audit lib.
 */
export interface RefusalRecorder {
  record(refusal: Refusal): Promise<void>;
}
export const REFUSAL_RECORDER = Symbol('REFUSAL_RECORDER');

import type { Actor } from '../actor/actor';

/** A request that was answered again with what it had been answered before. */
export interface Replay {
  readonly actor: Actor;
  readonly method: string;
  /** The address without its query: says which object the answer is about. */
  readonly path: string;
  readonly status: number;
  /** Of a refusal. */
  readonly code?: string;
}

/**
 * Keeps repeated answers in the audit trail: each tells somebody something once more, though nothing is carried out.
 * Waited for before the answer is sent; when it throws, the request fails. Implemented by the audit lib.
 */
export interface ReplayRecorder {
  record(replay: Replay): Promise<void>;
}
export const REPLAY_RECORDER = Symbol('REPLAY_RECORDER');

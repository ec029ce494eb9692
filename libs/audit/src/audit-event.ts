import type { AuditAction } from './actions';

export const auditOutcomes = ['success', 'denied', 'failed'] as const;

/** `denied`: not allowed to try; `failed`: allowed, but it did not succeed. */
export type AuditOutcome = (typeof auditOutcomes)[number];

/** What happened, as a use case tells it. Who did it comes from the actor, when from the clock. */
export interface AuditEvent {
  readonly action: AuditAction;
  readonly outcome: AuditOutcome;
  /** The document concerned, by id: titles and abstracts have no place in the trail. */
  readonly documentId?: string;
  /** What else was touched, e.g. `{type: 'key', id}`. */
  readonly subject?: { readonly type: string; readonly id: string };
  /** The agency whose trail this belongs to, where it is not the actor's own (a failed login). */
  readonly agencyId?: string;
  /** Another agency, whose was tried to be reached: its inspectors see the entry too. */
  readonly concernedAgencyId?: string;
  /** The reason a person gave. Never the content or abstract of a document. */
  readonly reason?: string;
  /** Stable code of a failure or denial. */
  readonly code?: string;
  /** SHA-256 in lower-case hex of the state before and after a change. */
  readonly before?: string;
  readonly after?: string;
  /** A few small facts; never secrets. */
  readonly details?: Readonly<Record<string, string | number | boolean | null>>;
}

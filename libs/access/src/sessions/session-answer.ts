import type { NamedOffice } from './offices';
import { csrfTokenOf } from './session-token';

/** What a page needs to know about its session. */
export interface SessionAnswer {
  readonly person: NamedOffice & { readonly id: string };
  /** To be repeated in `X-CSRF-Token` by every request that changes something. */
  readonly csrfToken: string;
  /** When the session ends at the latest, ISO 8601. */
  readonly expiresAt: string;
}

export function sessionAnswer(
  id: string,
  office: NamedOffice,
  token: string,
  expiresAt: Date,
): SessionAnswer {
  return { person: { id, ...office }, csrfToken: csrfTokenOf(token), expiresAt: expiresAt.toISOString() };
}

import { databaseIsAway } from '#platform';

import { ExchangeError } from '../exchange-error';
import type { ExchangeSettings } from '../exchange-settings';

/** What a failed try leads to: another one at `at`, or the dead letters. */
export type NextStep = { readonly kind: 'retry'; readonly at: Date } | { readonly kind: 'give-up' };

/** Doubles the pause with each try up to the longest; a failure that cannot heal gives up at once. */
export function nextStep(error: unknown, triesMade: number, settings: ExchangeSettings, now: Date): NextStep {
  if (error instanceof ExchangeError && error.retry === 'final') return { kind: 'give-up' };
  if (triesMade >= settings.tries) return { kind: 'give-up' };
  const seconds = Math.min(settings.firstRetrySeconds * 2 ** (triesMade - 1), settings.longestRetrySeconds);
  return { kind: 'retry', at: new Date(now.getTime() + seconds * 1000) };
}

/** Stable code of a failure, for the dead letter and the trail. */
export function failureCode(error: unknown): string {
  const code = error instanceof Error ? (error as { code?: unknown }).code : undefined;
  return typeof code === 'string' && /^[A-Z][A-Z0-9_]+$/.test(code) ? code : 'UNEXPECTED_FAILURE';
}

/**
 * The database is away: nobody's message failed, so no try is counted; the queue brings the job back. A peer that
 * refuses a connection is no such case, though the socket speaks with the same words.
 */
export function isDatabaseAway(error: unknown): boolean {
  return !(error instanceof ExchangeError) && databaseIsAway(error);
}

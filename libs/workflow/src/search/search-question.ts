import type { PersonActor } from '#platform';

import { personKey, wordsOf } from './search-entry';
import type { SearchKind } from './search-entry';

/** What a person looks for; all of it must fit. */
export interface SearchQuestion {
  /** Words of abstract, symbol, type or names; the last may be unfinished. */
  readonly q?: string | undefined;
  readonly kind?: SearchKind | 'all' | undefined;
  /** Words of the name of a sender or recipient. */
  readonly agency?: string | undefined;
  /** Code of a document type. */
  readonly type?: string | undefined;
  /** Days of number or arrival, `YYYY-MM-DD`. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly number?: number | undefined;
  readonly symbol?: string | undefined;
}

/** A key that an entry must have; `prefix` where it may go on. */
export interface WantedKey {
  readonly key: string;
  readonly match: 'whole' | 'prefix';
}

/** Where a tsquery has this, the scope of a bucket is put in. */
export const scopeMark = '~';

/**
 * The keys that an entry must have, those of the person's own rights among them: a clerk or leader finds all that the
 * agency has registered, anybody else what they drafted, reviewed or were given.
 */
export function wantedKeys(actor: PersonActor, question: SearchQuestion): readonly WantedKey[] {
  const whole = (key: string): WantedKey => ({ key, match: 'whole' });
  const words = wordsOf(question.q ?? '');
  const all = actor.roles.includes('clerk') || actor.roles.includes('leader');
  return [
    ...(all ? [] : [whole(personKey(actor.personId))]),
    ...(question.number === undefined ? [] : [whole(`#${question.number}`)]),
    ...wordsOf(question.symbol ?? '').map((word) => whole(`/${word}`)),
    ...wordsOf(question.agency ?? '').map((word) => whole(`%${word}`)),
    ...(question.type === undefined ? [] : [whole(`^${question.type}`)]),
    ...words.map((key, index): WantedKey => ({
      key,
      match: index === words.length - 1 ? 'prefix' : 'whole',
    })),
    ...(question.kind === undefined || question.kind === 'all' ? [] : [whole(`=${question.kind}`)]),
  ];
}

/** Whether the question has words and none of them can be searched: nothing is found by punctuation. */
export function asksNothing({ q, agency, symbol }: SearchQuestion): boolean {
  return [q, agency, symbol].some((text) => text !== undefined && wordsOf(text).length === 0);
}

/** As a tsquery that waits for its scope. Keys hold letters, digits and the signs before them, never a quote. */
export function scopedQuery(keys: readonly WantedKey[]): string {
  return keys.map(({ key, match }) => `'${scopeMark}${key}'${match === 'prefix' ? ':*' : ''}`).join(' & ');
}

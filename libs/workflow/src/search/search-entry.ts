import { searchText } from '#directory';
import type { Tx } from '#platform';

import type { Secrecy } from '../rules';
import { documentTypeName } from '../rules';

export const searchKinds = ['outgoing', 'incoming'] as const;
export type SearchKind = (typeof searchKinds)[number];

/** A document as the search knows it. */
export interface SearchEntry {
  /** Of the outgoing or the incoming document. */
  readonly id: string;
  readonly agencyId: string;
  readonly kind: SearchKind;
  /** Day of number or arrival, `YYYY-MM-DD`: newer ones are found first. */
  readonly date: string;
  readonly secrecy: Secrecy;
  readonly symbol: string | null;
  readonly typeCode: string | null;
  readonly abstract: string | null;
  /** Its own number, and số đến. */
  readonly numbers: readonly number[];
  /** Names of whoever it went to, or came from. */
  readonly parties: readonly string[];
  /** Who may find it without being a clerk or leader of the agency. */
  readonly people: readonly string[];
}

/** Beyond any document; a circular to all communes names the same words again and again. */
const mostKeys = 600;

/**
 * What an entry is found by, each once: words of abstract, symbol, type and names; `/` words of the symbol; `%` words of
 * the names; `#` numbers; `^` type; `=` kind; `@` people.
 */
export function searchKeys(entry: SearchEntry): string {
  const type = entry.typeCode;
  const parties = wordsOf(entry.parties.join(' '));
  const symbol = wordsOf(entry.symbol ?? '');
  const text = wordsOf(`${entry.abstract ?? ''} ${type === null ? '' : documentTypeName(type)}`);
  const keys = new Set([
    `=${entry.kind}`,
    ...entry.people.map(personKey),
    ...entry.numbers.map((number) => `#${number}`),
    ...(type === null ? [] : [`^${type}`]),
    ...symbol.map((word) => `/${word}`),
    ...text,
    ...symbol,
    ...parties,
    ...parties.map((word) => `%${word}`),
  ]);
  return [...keys].slice(0, mostKeys).join(' ');
}

export function personKey(personId: string): string {
  return `@${personId.replaceAll('-', '')}`;
}

/** Words without case and marks, as they are searched. */
export function wordsOf(text: string): readonly string[] {
  return searchText(text)
    .split(' ')
    .filter((word) => word !== '')
    .map((word) => word.slice(0, 60));
}

/**
 * Lets a document be found as it is now, in the transaction that makes it so. A secret one has no entry: its abstract
 * stands nowhere that somebody without a clearance can ask.
 */
export async function writeSearchEntry(tx: Tx, entry: SearchEntry): Promise<void> {
  if (entry.secrecy === 'THUONG')
    await tx.execute(
      `INSERT INTO workflow.search_entry (id, agency_id, kind, on_date, keys) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (id) DO UPDATE SET on_date = excluded.on_date, keys = excluded.keys
         WHERE (search_entry.on_date, search_entry.keys) IS DISTINCT FROM (excluded.on_date, excluded.keys)`,
      [entry.id, entry.agencyId, entry.kind, entry.date, searchKeys(entry)],
    );
  else await tx.execute('DELETE FROM workflow.search_entry WHERE id = $1', [entry.id]);
}

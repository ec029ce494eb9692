import { isId } from '../ids';
import { problem } from '../problems/problem';
import { Text } from './fields';

/** How many items a list answers at once unless its query says otherwise. */
export const pageSize = 50;

/** What every list answers. */
export interface Page<Item> {
  readonly items: readonly Item[];
  /** To be passed as `cursor` for the page after this one; null on the last. */
  readonly next: string | null;
}

/** The query of a list; further conditions are added by extending it. */
export class PageQuery {
  @Text({ optional: true, max: 4000, description: '`next` of the page before.' })
  readonly cursor?: string;
}

/**
 * What a list is ordered by, column by column: an instant as `cursorInstant` writes it, a calendar day `YYYY-MM-DD`, a
 * whole number, the identifier of a row, or any text that PostgreSQL can hold.
 */
export type CursorKey = 'instant' | 'day' | 'number' | 'id' | 'text';

/** SQL for an instant as it stands in cursors: ISO 8601 in UTC, to the microsecond that PostgreSQL compares. */
export function cursorInstant(column: string): string {
  return `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
}

/**
 * Makes a page of rows of which one more than `size` was asked for.
 * @param key what the list is ordered by, of the last row of a page
 */
export function pageOf<Row, Item>(
  rows: readonly Row[],
  to: {
    readonly item: (row: Row) => Item;
    readonly key: (row: Row) => readonly string[];
    readonly size?: number;
  },
): Page<Item> {
  const size = to.size ?? pageSize;
  const last = rows.length > size ? rows[size - 1] : undefined;
  return { items: rows.slice(0, size).map(to.item), next: last ? writeCursor(to.key(last)) : null };
}

/** The place behind a row, as text for an address. Opaque to clients, but no secret. */
export function writeCursor(key: readonly string[]): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

/**
 * The values that `writeCursor` was given; null without a cursor. What has been altered is refused before the
 * database sees it.
 * @throws ProblemError VALIDATION_FAILED with CURSOR_UNKNOWN
 */
export function readCursor<const Keys extends readonly CursorKey[]>(
  cursor: string | undefined,
  keys: Keys,
): { readonly [Index in keyof Keys]: string } | null {
  if (cursor === undefined) return null;
  const values = parsed(cursor);
  const fits = values.length === keys.length && keys.every((key, index) => isOf[key](values[index]));
  if (!fits) throw unknownCursor();
  return values as { readonly [Index in keyof Keys]: string };
}

function parsed(cursor: string): readonly unknown[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}

const isOf: Readonly<Record<CursorKey, (value: unknown) => boolean>> = {
  instant: isInstant,
  day: (value) => typeof value === 'string' && isInstant(`${value}T00:00:00.000Z`),
  number: (value) => typeof value === 'string' && /^\d{1,18}$/.test(value),
  id: (value) => typeof value === 'string' && isId(value),
  text: (value) => typeof value === 'string' && value.isWellFormed() && !value.includes('\0'),
};

/** What PostgreSQL takes as one: a day that exists, in a year that exists (it has no year 0). */
function isInstant(value: unknown): boolean {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}(\d{3})?Z$/.test(value))
    return false;
  const milliseconds = `${value.slice(0, 23)}Z`;
  const time = new Date(milliseconds);
  return !Number.isNaN(time.getTime()) && time.toISOString() === milliseconds && time.getUTCFullYear() > 0;
}

function unknownCursor(): ReturnType<typeof problem> {
  return problem('VALIDATION_FAILED', {
    errors: [
      {
        field: 'cursor',
        code: 'CURSOR_UNKNOWN',
        vi: 'Con trỏ trang không hợp lệ. Hãy tải lại danh sách từ trang đầu.',
        en: 'No page gave this cursor. Start again from the first page.',
      },
    ],
  });
}

import { parseCanonicalBytes } from '#translog';

import { ExchangeError } from '../exchange-error';

/** Reading values out of JSON that came from elsewhere: each function answers the typed value or throws. */

export type JsonRecord = Readonly<Record<string, unknown>>;

export function malformed(path: string, expected: string): ExchangeError {
  return new ExchangeError('MESSAGE_MALFORMED', `${path}: ${expected} expected`);
}

/** The value of canonical JSON (RFC 8785); `what` it is of, for the message. */
export function canonicalValue(bytes: Uint8Array, what: string): unknown {
  try {
    return parseCanonicalBytes(bytes);
  } catch (cause) {
    throw new ExchangeError('MESSAGE_MALFORMED', `${what} is not canonical JSON`, { cause });
  }
}

/** An object with exactly these members; others are refused, so that nothing unsaid is signed along. */
export function recordOf(
  value: unknown,
  path: string,
  members: readonly string[],
  optional: readonly string[] = [],
): JsonRecord {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw malformed(path, 'an object');
  const record = value as JsonRecord;
  for (const name of Object.keys(record)) {
    if (!members.includes(name) && !optional.includes(name))
      throw malformed(`${path}.${name}`, 'no such member');
  }
  for (const name of members) if (record[name] === undefined) throw malformed(`${path}.${name}`, 'a value');
  return record;
}

export function listOf<T>(
  value: unknown,
  path: string,
  max: number,
  read: (item: unknown, path: string) => T,
): readonly T[] {
  if (!Array.isArray(value) || value.length > max) throw malformed(path, `a list of at most ${max}`);
  return value.map((item, index) => read(item, `${path}[${index}]`));
}

/**
 * Controls but for tab and line breaks, and characters that change direction or hide (Unicode UAX #9): no person
 * can enter them here, so none may arrive. PostgreSQL cannot keep U+0000 at all.
 */
const deceiving =
  // eslint-disable-next-line no-control-regex -- controls are what this looks for
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/;

export function textOf(value: unknown, path: string, max: number): string {
  if (typeof value !== 'string' || value.length === 0 || value.length > max || deceiving.test(value))
    throw malformed(path, `a text of 1 to ${max} characters that reads as it is stored`);
  return value;
}

export function matching(value: unknown, path: string, pattern: RegExp, what: string): string {
  if (typeof value !== 'string' || !pattern.test(value)) throw malformed(path, what);
  return value;
}

export function oneOf<T extends string | number>(value: unknown, path: string, allowed: readonly T[]): T {
  const found = allowed.find((item) => item === value);
  if (found === undefined) throw malformed(path, `one of ${allowed.join(', ')}`);
  return found;
}

/** The largest value of PostgreSQL's `integer`; no file, page or arrival of ours counts further. */
const largestCount = 2_147_483_647;

export function countOf(value: unknown, path: string): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0 || value > largestCount)
    throw malformed(path, 'a count');
  return value;
}

export function idOf(value: unknown, path: string): string {
  return matching(
    value,
    path,
    /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    'a lower-case UUID',
  );
}

export function digestOf(value: unknown, path: string): string {
  return matching(value, path, /^[0-9a-f]{64}$/, 'a SHA-256 in lower-case hex');
}

/** A day of the calendar: the 31st of February is none. */
export function dayOf(value: unknown, path: string): string {
  const text = matching(value, path, /^\d{4}-\d\d-\d\d$/, 'a day YYYY-MM-DD');
  if (!isInstant(`${text}T00:00:00.000Z`)) throw malformed(path, 'a day of the calendar');
  return text;
}

/** An instant as `Date.toISOString` writes it. */
export function instantOf(value: unknown, path: string): string {
  const text = matching(
    value,
    path,
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/,
    'an instant in UTC with milliseconds',
  );
  if (!isInstant(text)) throw malformed(path, 'an instant');
  return text;
}

/** As `Date.toISOString` writes it, and of this era: PostgreSQL has no year 0. */
function isInstant(text: string): boolean {
  const time = new Date(text);
  return !Number.isNaN(time.getTime()) && time.toISOString() === text && time.getUTCFullYear() > 0;
}

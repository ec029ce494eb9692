import { Injectable } from '@nestjs/common';
import type { Tx } from '#platform';
import { Clock, vietnamDate } from '#platform';
import { agencyColumns, validOn } from './columns';
import { DirectoryError } from './errors';
import type { Agency, AgencyLevel, Bloc } from './model';
import { DirectoryReading } from './reading';
import { prefixQuery } from './search-text';

export interface AgencyQuery {
  /** Beginnings of words of name, short name or code; marks and case do not matter. */
  readonly q?: string;
  readonly bloc?: Bloc;
  readonly level?: AgencyLevel;
  /** `next` of the page before. */
  readonly cursor?: string;
  /** 1 to 100; 20 unless told. */
  readonly limit?: number;
}

export interface AgencyPage {
  readonly agencies: readonly Agency[];
  /** Cursor of the next page; null on the last. */
  readonly next: string | null;
}

const defaultLimit = 20;
const maxLimit = 100;

interface Row extends Agency {
  readonly search: string;
}

/** Agencies in force today, in the order of their names. */
@Injectable()
export class FindAgencies {
  constructor(
    private readonly reading: DirectoryReading,
    private readonly clock: Clock,
  ) {}

  /** @throws DirectoryError `DIRECTORY_CURSOR_INVALID` */
  async find(query: AgencyQuery, within?: Tx): Promise<AgencyPage> {
    const limit = Math.min(Math.max(query.limit ?? defaultLimit, 1), maxLimit);
    const parameters: unknown[] = [vietnamDate(this.clock.now())];
    const place = (value: unknown): string => `$${parameters.push(value)}`;
    const conditions = [validOn('agency', '$1')];
    const words = prefixQuery(query.q ?? '');
    if (words !== null) conditions.push(`words @@ to_tsquery('simple', ${place(words)})`);
    if (query.bloc !== undefined) conditions.push(`bloc = ${place(query.bloc)}`);
    if (query.level !== undefined) conditions.push(`level = ${place(query.level)}`);
    if (query.cursor !== undefined) {
      const [search, id] = readCursor(query.cursor);
      conditions.push(`(search, id) > (${place(search)}, ${place(id)}::uuid)`);
    }
    // An expression keeps PostgreSQL from walking all names in order, in search of a word that few have.
    const order = words === null ? 'search, id' : `(search || ''), id`;
    const sql = `
      SELECT ${agencyColumns('agency')}, search FROM directory.agency
      WHERE ${conditions.join(' AND ')} ORDER BY ${order} LIMIT ${limit + 1}`;
    const rows = await this.reading.query<Row>(sql, parameters, within);
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    return {
      agencies: page.map(({ search: _, ...agency }) => agency),
      next: rows.length > limit && last ? writeCursor(last) : null,
    };
  }
}

function writeCursor({ search, id }: Row): string {
  return Buffer.from(JSON.stringify([search, id])).toString('base64url');
}

function readCursor(cursor: string): readonly [string, string] {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch (cause) {
    throw new DirectoryError('DIRECTORY_CURSOR_INVALID', 'the cursor is not one of ours', { cause });
  }
  const [search, id] = Array.isArray(value) ? (value as unknown[]) : [];
  if (
    typeof search !== 'string' ||
    typeof id !== 'string' ||
    !/^[0-9a-f-]{36}$/.test(id) ||
    search.includes('\0')
  )
    throw new DirectoryError('DIRECTORY_CURSOR_INVALID', 'the cursor is not one of ours');
  return [search, id];
}

import { Injectable } from '@nestjs/common';
import type { Page, Tx } from '#platform';
import { Clock, pageOf, readCursor, vietnamDate } from '#platform';
import { agencyColumns, validOn } from './columns';
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

const defaultLimit = 20;
const maxLimit = 100;

/** Agencies in force today, in the order of their names. */
@Injectable()
export class FindAgencies {
  constructor(
    private readonly reading: DirectoryReading,
    private readonly clock: Clock,
  ) {}

  /** @throws ProblemError VALIDATION_FAILED for a cursor that no page gave */
  async find(query: AgencyQuery, within?: Tx): Promise<Page<Agency>> {
    const limit = Math.min(Math.max(query.limit ?? defaultLimit, 1), maxLimit);
    const parameters: unknown[] = [vietnamDate(this.clock.now())];
    const place = (value: unknown): string => `$${parameters.push(value)}`;
    const conditions = [validOn('agency', '$1')];
    const words = prefixQuery(query.q ?? '');
    if (words !== null) conditions.push(`words @@ to_tsquery('simple', ${place(words)})`);
    if (query.bloc !== undefined) conditions.push(`bloc = ${place(query.bloc)}`);
    if (query.level !== undefined) conditions.push(`level = ${place(query.level)}`);
    const after = readCursor(query.cursor, ['text', 'id']);
    if (after !== null) {
      const [name, id] = after;
      conditions.push(`(name, id) > (${place(name)}, ${place(id)}::uuid)`);
    }
    // An expression keeps PostgreSQL from walking all names in order, in search of a word that few have.
    const order = words === null ? 'name, id' : `(name || ''), id`;
    const sql = `
      SELECT ${agencyColumns('agency')} FROM directory.agency
      WHERE ${conditions.join(' AND ')} ORDER BY ${order} LIMIT ${limit + 1}`;
    const rows = await this.reading.query<Agency>(sql, parameters, within);
    return pageOf(rows, { item: (agency) => agency, key: ({ name, id }) => [name, id], size: limit });
  }
}

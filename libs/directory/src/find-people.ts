import { Injectable } from '@nestjs/common';
import { AuditTrail } from '#audit';
import type { Page, PersonActor, Role } from '#platform';
import { Clock, pageOf, pageSize, readCursor, UnitOfWork, vietnamDate } from '#platform';
import { validOn } from './columns';
import type { PostRank } from './model';
import { prefixQuery } from './search-text';

export interface PeopleQuery {
  /** Beginnings of words of name or title; marks and case do not matter. */
  readonly query?: string;
  readonly role?: Role;
  /** A body that the post belongs to. */
  readonly body?: string;
  /** `next` of the page before. */
  readonly cursor?: string;
}

export interface Colleague {
  readonly id: string;
  readonly fullName: string;
  /** Posts held in this agency today, of those asked for. */
  readonly posts: readonly {
    readonly appointmentId: string;
    readonly postId: string;
    readonly title: string;
    readonly rank: PostRank;
    readonly bodyIds: readonly string[];
    readonly roles: readonly Role[];
    readonly acting: boolean;
  }[];
}

interface Row extends Colleague {
  readonly given_name: string;
}

/** People of the own agency who hold a post today, in the order of their names. */
@Injectable()
export class FindPeople {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
  ) {}

  /** @throws ProblemError VALIDATION_FAILED for a cursor that no page gave */
  async find(actor: PersonActor, query: PeopleQuery): Promise<Page<Colleague>> {
    const { sql, parameters } = select(actor.agencyId, vietnamDate(this.clock.now()), query);
    const rows = await this.unitOfWork.run(actor, (tx) => tx.query<Row>(sql, parameters));
    const page = pageOf(rows, {
      item: colleagueOf,
      key: ({ given_name, fullName, id }) => [given_name, fullName, id],
    });
    await this.audit.record(actor, {
      action: 'directory.read',
      outcome: 'success',
      details: { list: 'people', ...facts(query), people: page.items.length },
    });
    return page;
  }
}

function colleagueOf({ given_name: _, ...colleague }: Row): Colleague {
  return colleague;
}

function select(
  agencyId: string,
  day: string,
  { query, role, body, cursor }: PeopleQuery,
): { sql: string; parameters: unknown[] } {
  const parameters: unknown[] = [agencyId, day];
  const place = (value: unknown): string => `$${parameters.push(value)}`;
  const held = ['a.agency_id = $1', validOn('a', '$2')];
  if (role !== undefined) held.push(`a.roles @> ARRAY[${place(role)}::text]`);
  if (body !== undefined) held.push(`p.body_ids @> ARRAY[${place(body)}::uuid]`);
  const found: string[] = [];
  const words = prefixQuery(query ?? '');
  if (words !== null)
    found.push(
      `to_tsvector('simple', person.search || ' ' || held.titles) @@ to_tsquery('simple', ${place(words)})`,
    );
  const after = readCursor(cursor, ['text', 'text', 'id']);
  if (after !== null) {
    const [given, full, id] = after;
    found.push(
      `(person.given_name, person.full_name, person.id) > (${place(given)}, ${place(full)}, ${place(id)}::uuid)`,
    );
  }
  const sql = `
    WITH held AS (
      SELECT a.person_id, string_agg(p.search, ' ') AS titles, jsonb_agg(jsonb_build_object(
          'appointmentId', a.id, 'postId', p.id, 'title', p.title, 'rank', p.rank, 'bodyIds', p.body_ids,
          'roles', a.roles, 'acting', a.acting) ORDER BY a.valid_from, a.id) AS posts
      FROM directory.appointment a JOIN directory.post p ON p.id = a.post_id
      WHERE ${held.join(' AND ')}
      GROUP BY a.person_id
    )
    SELECT person.id, person.full_name AS "fullName", held.posts, person.given_name
    FROM held JOIN directory.person ON person.id = held.person_id
    ${found.length > 0 ? `WHERE ${found.join(' AND ')}` : ''}
    ORDER BY person.given_name, person.full_name, person.id LIMIT ${pageSize + 1}`;
  return { sql, parameters };
}

function facts({ query, role, body }: PeopleQuery): Record<string, string> {
  return {
    ...(query !== undefined && { q: query }),
    ...(role !== undefined && { role }),
    ...(body !== undefined && { body }),
  };
}

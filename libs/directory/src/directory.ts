import { Injectable } from '@nestjs/common';
import type { Tx } from '#platform';
import { agencyColumns, bodyColumns, postColumns, termColumns, validOn } from './columns';
import type { Agency, Body, DateOnly, Person, Post, Term } from './model';
import type { HeldPost } from './held-posts';
import { heldPosts } from './held-posts';
import { DirectoryReading } from './reading';

/**
 * Who is who. Every method may be given the transaction to read in; without one it reads apart. Days are
 * `YYYY-MM-DD` in Viet Nam. What is not known comes back as undefined, never as an error.
 */
@Injectable()
export class Directory {
  constructor(private readonly reading: DirectoryReading) {}

  /** The agency, also one that has ended. */
  agency(id: string, within?: Tx): Promise<Agency | undefined> {
    return this.one<Agency>(
      `SELECT ${agencyColumns('agency')} FROM directory.agency WHERE id = $1`,
      [id],
      within,
    );
  }

  agencies(ids: readonly string[], within?: Tx): Promise<Agency[]> {
    return this.reading.query(
      `SELECT ${agencyColumns('agency')} FROM directory.agency WHERE id = ANY($1)`,
      [ids],
      within,
    );
  }

  /** The latest agency with that code (a code may pass on after an agency has ended). */
  agencyByCode(code: string, within?: Tx): Promise<Agency | undefined> {
    const sql = `SELECT ${agencyColumns('agency')} FROM directory.agency WHERE code = $1 ORDER BY valid_from DESC LIMIT 1`;
    return this.one<Agency>(sql, [code], within);
  }

  /**
   * Who answers for the agency on that day: itself, or whoever succeeded it, over any number of mergers;
   * undefined when it has ended without successor.
   */
  async successorOn(id: string, day: DateOnly, within?: Tx): Promise<Agency | undefined> {
    const sql = `
      WITH RECURSIVE line AS (
        SELECT a.*, 1 AS step FROM directory.agency a WHERE a.id = $1
        UNION ALL
        SELECT a.*, line.step + 1 FROM line JOIN directory.agency a ON a.id = line.successor_id
        WHERE line.valid_to <= $2::date AND line.step < 50
      )
      SELECT ${agencyColumns('line')} FROM line WHERE ${validOn('line', '$2')} ORDER BY step LIMIT 1`;
    return this.one<Agency>(sql, [id, day], within);
  }

  body(id: string, within?: Tx): Promise<Body | undefined> {
    return this.one<Body>(`SELECT ${bodyColumns('body')} FROM directory.body WHERE id = $1`, [id], within);
  }

  bodiesOf(agencyId: string, within?: Tx): Promise<Body[]> {
    const sql = `SELECT ${bodyColumns('body')} FROM directory.body WHERE agency_id = $1 ORDER BY name, id`;
    return this.reading.query(sql, [agencyId], within);
  }

  post(id: string, within?: Tx): Promise<Post | undefined> {
    return this.one<Post>(`SELECT ${postColumns('post')} FROM directory.post WHERE id = $1`, [id], within);
  }

  postsOf(agencyId: string, within?: Tx): Promise<Post[]> {
    const sql = `SELECT ${postColumns('post')} FROM directory.post WHERE agency_id = $1 ORDER BY title, id`;
    return this.reading.query(sql, [agencyId], within);
  }

  /** Posts, also of other agencies, whose holders may sign for a body that day: by rank in it (first), or by order. */
  postsSigningFor(bodyId: string, day: DateOnly, within?: Tx): Promise<Post[]> {
    const sql = `
      SELECT ${postColumns('p')} FROM directory.post p
      WHERE (p.body_ids @> ARRAY[$1::uuid] OR p.by_order_of_body_ids @> ARRAY[$1::uuid]) AND ${validOn('p', '$2')}
      ORDER BY p.body_ids @> ARRAY[$1::uuid] DESC,
        array_position(ARRAY['head', 'deputy', 'member', 'staff'], p.rank), p.title, p.id`;
    return this.reading.query(sql, [bodyId, day], within);
  }

  /** The post that heads a body on that day: its title stands in `KT. <title>`. */
  headPostOf(bodyId: string, day: DateOnly, within?: Tx): Promise<Post | undefined> {
    const sql = `
      SELECT ${postColumns('p')} FROM directory.post p
      WHERE p.body_ids @> ARRAY[$1::uuid] AND p.rank = 'head' AND ${validOn('p', '$2')}
      ORDER BY p.valid_from DESC, p.id LIMIT 1`;
    return this.one<Post>(sql, [bodyId, day], within);
  }

  /** All terms of the agency's committee, oldest first. */
  termsOf(agencyId: string, within?: Tx): Promise<Term[]> {
    const sql = `SELECT ${termColumns('term')} FROM directory.term WHERE agency_id = $1 ORDER BY valid_from`;
    return this.reading.query(sql, [agencyId], within);
  }

  person(id: string, within?: Tx): Promise<Person | undefined> {
    const sql = 'SELECT id, full_name AS "fullName" FROM directory.person WHERE id = $1';
    return this.one<Person>(sql, [id], within);
  }

  people(ids: readonly string[], within?: Tx): Promise<Person[]> {
    const sql = 'SELECT id, full_name AS "fullName" FROM directory.person WHERE id = ANY($1)';
    return this.reading.query(sql, [ids], within);
  }

  /** What a person holds on that day, oldest first; nothing in an agency that has ended by then. */
  appointmentsOf(personId: string, day: DateOnly, within?: Tx): Promise<HeldPost[]> {
    return this.heldPosts('person_id', personId, day, within);
  }

  /** Who holds which post in an agency on that day. */
  appointmentsIn(agencyId: string, day: DateOnly, within?: Tx): Promise<HeldPost[]> {
    return this.heldPosts('agency_id', agencyId, day, within);
  }

  /** Who holds a post on that day. */
  holdersOf(postId: string, day: DateOnly, within?: Tx): Promise<HeldPost[]> {
    return this.heldPosts('post_id', postId, day, within);
  }

  private heldPosts(
    column: 'person_id' | 'agency_id' | 'post_id',
    id: string,
    day: DateOnly,
    within: Tx | undefined,
  ): Promise<HeldPost[]> {
    const sql = `${heldPosts(`a.${column} = $1`, '$2')} ORDER BY a.valid_from, a.id`;
    return this.reading.query<HeldPost>(sql, [id, day], within);
  }

  private async one<Row>(
    sql: string,
    parameters: readonly unknown[],
    within: Tx | undefined,
  ): Promise<Row | undefined> {
    const [row] = await this.reading.query<Row>(sql, parameters, within);
    return row;
  }
}

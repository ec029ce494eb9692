import { Injectable } from '@nestjs/common';
import type { PersonActor, Tx } from '#platform';
import { newId, UnitOfWork } from '#platform';
import { postColumns, validOn } from '../columns';
import { enterPost } from '../enter-rows';
import { DirectoryError } from '../errors';
import type { DateOnly, Post } from '../model';
import { searchText } from '../search-text';
import { Administered } from './administered';
import type { End, RowKind, Versioned } from './administered-rows';
import { AdministeredRows } from './administered-rows';
import { named } from './write-row';

export type AdministeredPost = Versioned<Post>;

/** A post with who holds it today. */
export type StaffedPost = AdministeredPost & {
  readonly holders: readonly {
    readonly personId: string;
    readonly fullName: string;
    readonly acting: boolean;
  }[];
};

export type NewPost = Omit<Post, 'id' | 'validTo'>;

export type PostChange = Partial<Pick<Post, 'title' | 'rank' | 'bodyIds' | 'byOrderOfBodyIds'>>;

const posts: RowKind<Post> = {
  table: 'post',
  columns: postColumns('post'),
  fieldsOf: ({ title, rank, bodyIds, byOrderOfBodyIds, validFrom, validTo }) => ({
    ...{ title, rank, bodyIds, byOrderOfBodyIds, validFrom, validTo },
  }),
};

/** Posts of administered agencies: what is printed under a signature, and for whom it may stand. */
@Injectable()
export class AdministerPosts {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly administered: Administered,
    private readonly rows: AdministeredRows,
  ) {}

  /** @throws DirectoryError `NOT_ADMINISTERED` */
  list(person: PersonActor, agencyId: string): Promise<readonly StaffedPost[]> {
    const wanted = { agencyId, orderedBy: 'title', name: 'administered posts' };
    return this.unitOfWork.run(person, async (tx) => {
      const rows = await this.rows.listOf(tx, person, posts, wanted);
      const held = await tx.query<StaffedPost['holders'][number] & { readonly postId: string }>(
        `SELECT a.post_id AS "postId", a.person_id AS "personId", p.full_name AS "fullName", a.acting
         FROM directory.appointment a JOIN directory.person p ON p.id = a.person_id
         WHERE a.agency_id = $1 AND ${validOn('a', '$2')} ORDER BY p.given_name, p.full_name, a.id`,
        [agencyId, this.administered.today()],
      );
      return rows.map((post) => ({
        ...post,
        holders: held
          .filter(({ postId }) => postId === post.id)
          .map(({ personId, fullName, acting }) => ({ personId, fullName, acting })),
      }));
    });
  }

  /** @throws DirectoryError `NOT_ADMINISTERED`, `BODY_OUT_OF_REACH` */
  create(person: PersonActor, given: NewPost): Promise<AdministeredPost> {
    return this.unitOfWork.run(person, async (tx) => {
      const { agencyId } = given;
      await this.administered.require(tx, person, { type: 'agency', id: agencyId }, [agencyId]);
      await this.checkBodies(tx, person, given);
      const post: Post = { ...given, id: newId(), validTo: null };
      await enterPost(tx, post);
      return this.rows.entered(tx, person, posts, post);
    });
  }

  /** @throws DirectoryError `NOT_ADMINISTERED`, `DIRECTORY_CHANGED`, `OWN_APPOINTMENT`, `BODY_OUT_OF_REACH` */
  change(person: PersonActor, id: string, wishes: PostChange, version?: number): Promise<AdministeredPost> {
    return this.unitOfWork.run(person, async (tx) => {
      const before = await this.rows.lock(tx, person, posts, id, version);
      await this.refuseOwn(tx, person, id);
      const after = { ...before, ...named(wishes) };
      await this.checkBodies(tx, person, after);
      const { title, rank, bodyIds, byOrderOfBodyIds } = after;
      const columns = {
        ...{ title, search: searchText(title), rank },
        ...{ body_ids: bodyIds, by_order_of_body_ids: byOrderOfBodyIds },
      };
      return this.rows.write(tx, person, posts, { kind: 'changed', before, after, columns });
    });
  }

  /**
   * @throws DirectoryError `NOT_ADMINISTERED`, `DIRECTORY_CHANGED`, `HAS_ENDED`, `VALIDITY_IN_PAST`,
   * `VALIDITY_EMPTY`, `POST_STILL_HELD`
   */
  end(
    person: PersonActor,
    id: string,
    { validTo, reason }: End,
    version?: number,
  ): Promise<AdministeredPost> {
    return this.unitOfWork.run(person, async (tx) => {
      const before = await this.rows.lock(tx, person, posts, id, version);
      this.administered.checkEnd(before, validTo);
      await this.requireVacant(tx, id, validTo);
      const [after, columns] = [{ ...before, validTo }, { valid_to: validTo }];
      return this.rows.write(tx, person, posts, { kind: 'ended', before, after, columns, reason });
    });
  }

  private async requireVacant(tx: Tx, id: string, day: DateOnly): Promise<void> {
    const held = await tx.query(
      'SELECT 1 FROM directory.appointment WHERE post_id = $1 AND (valid_to IS NULL OR valid_to > $2) LIMIT 1',
      [id, day],
    );
    if (held.length > 0) throw new DirectoryError('POST_STILL_HELD', 'somebody holds it that day');
  }

  /** A post serves bodies of its agency; to sign by order of a body is for that body's administrator to give. */
  private async checkBodies(
    tx: Tx,
    person: PersonActor,
    { agencyId, bodyIds, byOrderOfBodyIds }: Pick<Post, 'agencyId' | 'bodyIds' | 'byOrderOfBodyIds'>,
  ): Promise<void> {
    const scope = await this.administered.agencies(tx, person);
    const rows = await tx.query<{ id: string; agency_id: string }>(
      'SELECT id, agency_id FROM directory.body WHERE id = ANY($1)',
      [[...bodyIds, ...byOrderOfBodyIds]],
    );
    const home = new Map(rows.map((row) => [row.id, row.agency_id]));
    const fits =
      bodyIds.every((id) => home.get(id) === agencyId) &&
      byOrderOfBodyIds.every((id) => scope.has(home.get(id) ?? ''));
    if (!fits) throw new DirectoryError('BODY_OUT_OF_REACH', 'a body is not one that this post may serve');
  }

  private async refuseOwn(tx: Tx, person: PersonActor, postId: string): Promise<void> {
    const own = await tx.query(
      'SELECT 1 FROM directory.appointment WHERE post_id = $1 AND person_id = $2 AND (valid_to IS NULL OR valid_to > $3)',
      [postId, person.personId, this.administered.today()],
    );
    if (own.length > 0) throw new DirectoryError('OWN_APPOINTMENT', 'the own post');
  }
}

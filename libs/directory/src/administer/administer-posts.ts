import { Injectable } from '@nestjs/common';
import { AuditTrail } from '#audit';
import type { PersonActor, Tx } from '#platform';
import { newId, UnitOfWork } from '#platform';
import { postColumns } from '../columns';
import { enterPost } from '../enter-rows';
import { DirectoryError } from '../errors';
import type { DateOnly, Post } from '../model';
import { searchText } from '../search-text';
import { Administered } from './administered';
import type { Fields } from './write-row';
import { named, recordChange, updateRow } from './write-row';

export type AdministeredPost = Post & { readonly version: number };

export type NewPost = Omit<Post, 'id' | 'validTo'>;

export type PostChange = Partial<Pick<Post, 'title' | 'rank' | 'bodyIds' | 'byOrderOfBodyIds'>>;

/** Posts of administered agencies: what is printed under a signature, and for whom it may stand. */
@Injectable()
export class AdministerPosts {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly administered: Administered,
    private readonly audit: AuditTrail,
  ) {}

  /** @throws DirectoryError `NOT_ADMINISTERED` */
  list(person: PersonActor, agencyId: string): Promise<readonly AdministeredPost[]> {
    return this.unitOfWork.run(person, async (tx) => {
      await this.administered.require(tx, person, { type: 'agency', id: agencyId }, [agencyId]);
      const rows = await tx.query<AdministeredPost>(
        `SELECT ${postColumns('post')}, version FROM directory.post WHERE agency_id = $1 ORDER BY title, id`,
        [agencyId],
      );
      const details = { list: 'administered posts', items: rows.length };
      await this.audit.record(
        person,
        { action: 'directory.read', outcome: 'success', agencyId, details },
        { within: tx },
      );
      return rows;
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
      await this.record(tx, person, 'created', undefined, post);
      return { ...post, version: 1 };
    });
  }

  /** @throws DirectoryError `NOT_ADMINISTERED`, `DIRECTORY_CHANGED`, `OWN_APPOINTMENT`, `BODY_OUT_OF_REACH` */
  change(person: PersonActor, id: string, wishes: PostChange, version?: number): Promise<AdministeredPost> {
    return this.unitOfWork.run(person, async (tx) => {
      const before = await this.lock(tx, person, id, version);
      await this.refuseOwn(tx, person, id);
      const after = { ...before, ...named(wishes) };
      await this.checkBodies(tx, person, after);
      await updateRow(tx, 'post', id, {
        title: after.title,
        search: searchText(after.title),
        rank: after.rank,
        body_ids: after.bodyIds,
        by_order_of_body_ids: after.byOrderOfBodyIds,
      });
      await this.record(tx, person, 'changed', before, after);
      return { ...after, version: after.version + 1 };
    });
  }

  /**
   * @throws DirectoryError `NOT_ADMINISTERED`, `DIRECTORY_CHANGED`, `HAS_ENDED`, `VALIDITY_IN_PAST`,
   * `VALIDITY_EMPTY`, `POST_STILL_HELD`
   */
  end(
    person: PersonActor,
    id: string,
    { validTo, reason }: { readonly validTo: DateOnly; readonly reason: string },
    version?: number,
  ): Promise<AdministeredPost> {
    return this.unitOfWork.run(person, async (tx) => {
      const before = await this.lock(tx, person, id, version);
      this.administered.checkEnd(before, validTo);
      const held = await tx.query(
        'SELECT 1 FROM directory.appointment WHERE post_id = $1 AND (valid_to IS NULL OR valid_to > $2) LIMIT 1',
        [id, validTo],
      );
      if (held.length > 0) throw new DirectoryError('POST_STILL_HELD', 'somebody holds it that day');
      await updateRow(tx, 'post', id, { valid_to: validTo });
      const after = { ...before, validTo };
      await this.record(tx, person, 'ended', before, after, reason);
      return { ...after, version: after.version + 1 };
    });
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

  private lock(tx: Tx, person: PersonActor, id: string, version?: number): Promise<AdministeredPost> {
    const columns = postColumns('post');
    return this.administered.lock<AdministeredPost>(tx, person, { table: 'post', columns, id, version });
  }

  private record(
    tx: Tx,
    person: PersonActor,
    kind: 'created' | 'changed' | 'ended',
    before: Post | undefined,
    after: Post,
    reason?: string,
  ): Promise<void> {
    return recordChange(this.audit, tx, person, {
      kind,
      subject: { type: 'post', id: after.id },
      agencyId: after.agencyId,
      ...(before && { before: fieldsOf(before) }),
      after: fieldsOf(after),
      reason,
    });
  }
}

function fieldsOf({ title, rank, bodyIds, byOrderOfBodyIds, validFrom, validTo }: Post): Fields {
  return { title, rank, bodyIds, byOrderOfBodyIds, validFrom, validTo };
}

import { Injectable } from '@nestjs/common';
import { Directory } from '#directory';
import type { Tx } from '#platform';
import { isId } from '#platform';

/** What the trail keeps by id, by its name; whoever the directory does not know is missing. */
export type Names = Readonly<Record<'people' | 'posts' | 'agencies', ReadonlyMap<string, string>>>;

/** Ids as entries have them: repeated, and some of them made up. */
export type IdsToName = Readonly<Partial<Record<keyof Names, readonly string[]>>>;

/** The names that people read instead of the ids of the trail. */
@Injectable()
export class TrailNames {
  constructor(private readonly directory: Directory) {}

  async of(tx: Tx, { people = [], posts = [], agencies = [] }: IdsToName): Promise<Names> {
    const known = (ids: readonly string[]): string[] => [...new Set(ids)].filter(isId);
    const knownPeople = await this.directory.people(known(people), tx);
    const knownAgencies = await this.directory.agencies(known(agencies), tx);
    const knownPosts = await tx.query<{ id: string; title: string }>(
      'SELECT id, title FROM directory.post WHERE id = ANY($1)',
      [known(posts)],
    );
    return {
      people: new Map(knownPeople.map(({ id, fullName }) => [id, fullName])),
      posts: new Map(knownPosts.map(({ id, title }) => [id, title])),
      agencies: new Map(knownAgencies.map(({ id, name }) => [id, name])),
    };
  }
}

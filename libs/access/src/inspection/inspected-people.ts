import { Injectable } from '@nestjs/common';
import type { WantedScope } from '#audit';
import { agenciesOf, AuditTrail, describeSearch, TrailScopes } from '#audit';
import { prefixQuery } from '#directory';
import type { Page, PersonActor } from '#platform';
import { pageOf, pageSize, readCursor, UnitOfWork } from '#platform';

export interface InspectedPerson {
  readonly id: string;
  readonly fullName: string;
  /** Held there today or before, the latest first. */
  readonly posts: readonly { readonly title: string; readonly agencyName: string }[];
}

interface Row extends InspectedPerson {
  readonly given_name: string;
}

/** Whom a search of the trail may ask for: people who hold or held a post in the agencies that may be read. */
@Injectable()
export class InspectedPeople {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly scopes: TrailScopes,
    private readonly trail: AuditTrail,
  ) {}

  /**
   * In the order of their names.
   * @param words beginnings of words of the name; marks and case do not matter
   * @throws AuditError `MANDATE_NEEDED`, `MANDATE_NOT_OPEN`; ProblemError VALIDATION_FAILED
   */
  find(
    person: PersonActor,
    { words = '', cursor, ...wanted }: WantedScope & { readonly words?: string; readonly cursor?: string },
  ): Promise<Page<InspectedPerson>> {
    const after = readCursor(cursor, ['text', 'text', 'id']);
    return this.unitOfWork.run(person, async (tx) => {
      const scope = await this.scopes.of(tx, person, wanted);
      const rows = await tx.query<Row>(
        `SELECT p.id, p.full_name AS "fullName", p.given_name,
           jsonb_agg(jsonb_build_object('title', t.title, 'agencyName', g.name) ORDER BY a.valid_from DESC, a.id) AS posts
         FROM directory.appointment a JOIN directory.person p ON p.id = a.person_id
           JOIN directory.post t ON t.id = a.post_id JOIN directory.agency g ON g.id = a.agency_id
         WHERE a.agency_id = ANY($1) AND ($2::text IS NULL OR to_tsvector('simple', p.search) @@ to_tsquery('simple', $2))
           AND ($3::text IS NULL OR (p.given_name, p.full_name, p.id) > ($3, $4, $5::uuid))
         GROUP BY p.id ORDER BY p.given_name, p.full_name, p.id LIMIT ${pageSize + 1}`,
        [agenciesOf(scope), prefixQuery(words), ...(after ?? [null, null, null])],
      );
      const page = pageOf(rows, {
        item: ({ given_name: _, ...found }: Row) => found,
        key: ({ given_name, fullName, id }) => [given_name, fullName, id],
      });
      const details = { ...describeSearch(wanted), view: 'people', q: words, people: page.items.length };
      await this.trail.record(person, { action: 'audit.read', outcome: 'success', details }, { within: tx });
      return page;
    });
  }
}

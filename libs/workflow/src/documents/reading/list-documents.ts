import { Injectable } from '@nestjs/common';
import { AuditTrail } from '#audit';
import type { Page, PersonActor } from '#platform';
import { cursorInstant, pageOf, pageSize, readCursor, UnitOfWork } from '#platform';

import type { DocumentRow } from '../document-row';
import { documentTable } from '../document-row';
import type { DocumentState } from '../document-states';
import type { DocumentSummary } from '../document-view';
import { documentSummary } from '../document-view';

const rowsOf = (whose: string): string => `
  (SELECT ${documentTable.columns}, ${cursorInstant('changed_at')} AS position
   FROM workflow.document
   WHERE ${whose} AND ($3::text IS NULL OR state = $3)
     AND ($4::timestamptz IS NULL OR (changed_at, id) < ($4, $5::uuid))
   ORDER BY changed_at DESC, id DESC LIMIT $6)`;

/** Two pages, each by its own index, made into one. */
const listSql = `
  SELECT * FROM (${rowsOf('agency_id = $1')} UNION ALL ${rowsOf('signer_post_id = $2 AND agency_id <> $1')}) AS page
  ORDER BY changed_at DESC, id DESC LIMIT $6`;

/**
 * Documents of the own agency, and those of others that wait for the holder of this post to sign by order
 * (T/L, TL.); the latest change first, page by page.
 */
@Injectable()
export class ListDocuments {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditTrail,
  ) {}

  run(
    actor: PersonActor,
    query: { readonly state?: DocumentState | undefined; readonly cursor?: string | undefined },
  ): Promise<Page<DocumentSummary>> {
    const [changedAt, id] = readCursor(query.cursor, ['instant', 'id']) ?? [null, null];
    return this.unitOfWork.run(actor, async (tx) => {
      const rows = await tx.query<DocumentRow & { readonly position: string }>(listSql, [
        actor.agencyId,
        actor.postId,
        query.state ?? null,
        changedAt,
        id,
        pageSize + 1,
      ]);
      const page = pageOf(rows, { item: documentSummary, key: (row) => [row.position, row.id] });
      await this.audit.record(
        actor,
        {
          action: 'document.listed',
          outcome: 'success',
          details: { state: query.state ?? null, count: page.items.length },
        },
        { within: tx },
      );
      return page;
    });
  }
}

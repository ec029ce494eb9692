import { Injectable } from '@nestjs/common';
import { AuditTrail } from '#audit';
import type { Page, PersonActor } from '#platform';
import { cursorInstant, pageOf, pageSize, readCursor, UnitOfWork } from '#platform';

import type { DocumentRow } from '../document-row';
import { documentTable } from '../document-row';
import type { DocumentSummary } from '../document-view';
import { documentSummary } from '../document-view';
import type { WaitingView } from './waiting-views';
import { viewsOf, waitingRules } from './waiting-views';

/** Outgoing documents that wait for this person, the most urgent first, then whoever waits longest. */
@Injectable()
export class ListWaiting {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditTrail,
  ) {}

  /** A view that these roles have no work in is empty. @throws ProblemError VALIDATION_FAILED for a cursor that no page gave */
  run(
    actor: PersonActor,
    query: { readonly view: WaitingView; readonly cursor?: string | undefined },
  ): Promise<Page<DocumentSummary>> {
    const [urgency, changedAt, id] = readCursor(query.cursor, ['number', 'instant', 'id']) ?? [
      null,
      null,
      null,
    ];
    return this.unitOfWork.run(actor, async (tx) => {
      const rows = viewsOf(actor).includes(query.view)
        ? await tx.query<DocumentRow & { readonly position: string }>(listSql(query.view), [
            actor.agencyId,
            actor.personId,
            actor.postId,
            urgency,
            changedAt,
            id,
            pageSize + 1,
          ])
        : [];
      const page = pageOf(rows, {
        item: documentSummary,
        key: (row) => [String(row.urgency), row.position, row.id],
      });
      await this.audit.record(
        actor,
        {
          action: 'document.listed',
          outcome: 'success',
          details: { view: query.view, count: page.items.length },
        },
        { within: tx },
      );
      return page;
    });
  }
}

/** Every parameter stands in it once, whether the view needs it or not, so that its type is known. */
const listSql = (view: WaitingView): string => `
  SELECT ${documentTable.columns}, ${cursorInstant('changed_at')} AS position FROM workflow.document d
   WHERE ${waitingRules[view].where}
     AND ($1::uuid, $2::uuid) IS NOT NULL AND ($3::uuid IS NULL OR true)
     AND ($4::int IS NULL OR d.urgency < $4 OR (d.urgency = $4 AND (d.changed_at, d.id) > ($5::timestamptz, $6::uuid)))
   ORDER BY d.urgency DESC, d.changed_at, d.id LIMIT $7`;

import { Injectable } from '@nestjs/common';
import { AuditTrail } from '#audit';
import type { Page, PersonActor } from '#platform';
import { cursorInstant, pageOf, pageSize, readCursor, UnitOfWork } from '#platform';

import type { DocumentRow } from '../document-row';
import { documentTable } from '../document-row';
import type { DocumentState } from '../document-states';
import type { DocumentSummary } from '../document-view';
import { documentSummary } from '../document-view';

/** What the list is narrowed by; a condition that is not asked for is not in the text, so that each text has its plan. */
interface Narrowing {
  readonly state: DocumentState | undefined;
  readonly after: readonly [changedAt: string, id: string] | null;
}

/** Pages of the own agency and of those before and after it for which this post signs, made into one. */
function listStatement(
  actor: PersonActor,
  { state, after }: Narrowing,
): { readonly sql: string; readonly parameters: readonly unknown[] } {
  const parameters: unknown[] = [actor.agencyId, actor.postId, pageSize + 1];
  const place = (value: unknown): string => `$${parameters.push(value)}`;
  const narrowed = [
    ...(state === undefined ? [] : [`state = ${place(state)}`]),
    ...(after ? [`(changed_at, id) < (${place(after[0])}::timestamptz, ${place(after[1])}::uuid)`] : []),
  ];
  const rowsOf = (whose: string): string => `
    (SELECT ${documentTable.columns}, ${cursorInstant('changed_at')} AS position FROM workflow.document
     WHERE ${[whose, ...narrowed].join(' AND ')} ORDER BY changed_at DESC, id DESC LIMIT $3)`;
  const pages = [
    'agency_id = $1',
    'signer_post_id = $2::uuid AND agency_id < $1',
    'signer_post_id = $2::uuid AND agency_id > $1',
  ];
  return {
    sql: `SELECT * FROM (${pages.map(rowsOf).join(' UNION ALL ')}) AS page ORDER BY changed_at DESC, id DESC LIMIT $3`,
    parameters,
  };
}

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
    const after = readCursor(query.cursor, ['instant', 'id']);
    const { sql, parameters } = listStatement(actor, { state: query.state, after });
    return this.unitOfWork.run(actor, async (tx) => {
      const rows = await tx.query<DocumentRow & { readonly position: string }>(sql, parameters);
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

import { Injectable } from '@nestjs/common';
import { AuditTrail } from '#audit';
import type { PersonActor } from '#platform';
import { isId, UnitOfWork } from '#platform';

import { WorkflowError } from '../../errors';
import type { DocumentRow } from '../document-row';
import { documentTable } from '../document-row';
import type { DocumentState } from '../document-states';
import type { DocumentSummary } from '../document-view';
import { documentSummary } from '../document-view';

export interface DocumentPage {
  readonly items: readonly DocumentSummary[];
  /** Pass as `cursor` for the next page; null at the end. */
  readonly next: string | null;
}

const pageSize = 50;

const pageOf = (whose: string): string => `
  (SELECT ${documentTable.columns}, (extract(epoch FROM changed_at) * 1000000)::bigint::text AS position
   FROM workflow.document
   WHERE ${whose} AND ($3::text IS NULL OR state = $3)
     AND ($4::bigint IS NULL OR (changed_at, id) < ('epoch'::timestamptz + $4::bigint * interval '1 microsecond', $5::uuid))
   ORDER BY changed_at DESC, id DESC LIMIT $6)`;

/** Two pages, each by its own index, made into one. */
const listSql = `
  SELECT * FROM (${pageOf('agency_id = $1')} UNION ALL ${pageOf('signer_post_id = $2 AND agency_id <> $1')}) AS page
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
  ): Promise<DocumentPage> {
    const after = query.cursor === undefined ? null : decodeCursor(query.cursor);
    return this.unitOfWork.run(actor, async (tx) => {
      const rows = await tx.query<DocumentRow & { readonly position: string }>(listSql, [
        actor.agencyId,
        actor.postId,
        query.state ?? null,
        after?.position ?? null,
        after?.id ?? null,
        pageSize + 1,
      ]);
      const page = rows.slice(0, pageSize);
      const last = rows.length > pageSize ? page.at(-1) : undefined;
      await this.audit.record(
        actor,
        {
          action: 'document.listed',
          outcome: 'success',
          details: { state: query.state ?? null, count: page.length },
        },
        { within: tx },
      );
      return { items: page.map(documentSummary), next: last ? encodeCursor(last) : null };
    });
  }
}

function encodeCursor({ position, id }: { readonly position: string; readonly id: string }): string {
  return Buffer.from(`${position}.${id}`).toString('base64url');
}

function decodeCursor(cursor: string): { readonly position: string; readonly id: string } {
  const [position = '', id = ''] = Buffer.from(cursor, 'base64url').toString().split('.');
  if (!/^\d{1,17}$/.test(position) || !isId(id)) throw new WorkflowError('CURSOR_INVALID');
  return { position, id };
}

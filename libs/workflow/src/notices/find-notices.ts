import { Injectable } from '@nestjs/common';

import { AuditTrail } from '#audit';
import type { Page, PersonActor, Tx } from '#platform';
import { cursorInstant, pageOf, pageSize, readCursor, UnitOfWork } from '#platform';

import type { NoticeRow, NoticeView } from './notice-view';
import { noticeColumns, noticeView } from './notice-view';

export interface NoticePage extends Page<NoticeView> {
  /** How many are unread in all. */
  readonly unread: number;
}

/** What a person was told in the office they act in, newest first. */
@Injectable()
export class FindNotices {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditTrail,
  ) {}

  /** @throws ProblemError VALIDATION_FAILED for a cursor that no page gave */
  run(
    actor: PersonActor,
    query: { readonly cursor?: string | undefined; readonly only?: 'unread' | undefined },
  ): Promise<NoticePage> {
    const [createdAt, id] = readCursor(query.cursor, ['instant', 'id']) ?? [null, null];
    return this.unitOfWork.run(actor, async (tx) => {
      const rows = await tx.query<NoticeRow & { readonly position: string }>(
        `SELECT ${noticeColumns}, ${cursorInstant('created_at')} AS position FROM workflow.notice
          WHERE person_id = $1 AND agency_id = $2 ${query.only === 'unread' ? 'AND read_at IS NULL' : ''}
            AND ($3::timestamptz IS NULL OR (created_at, id) < ($3, $4::uuid))
          ORDER BY created_at DESC, id DESC LIMIT $5`,
        [actor.personId, actor.agencyId, createdAt, id, pageSize + 1],
      );
      const page = pageOf(rows, {
        item: (row) => noticeView(actor, row),
        key: (row) => [row.position, row.id],
      });
      await this.audit.record(
        actor,
        { action: 'notice.listed', outcome: 'success', details: { items: page.items.length } },
        { within: tx },
      );
      return { ...page, unread: await unreadOf(tx, actor) };
    });
  }
}

export async function unreadOf(tx: Tx, actor: PersonActor): Promise<number> {
  const [row] = await tx.query<{ unread: number }>(
    `SELECT count(*)::int AS unread FROM workflow.notice WHERE person_id = $1 AND agency_id = $2 AND read_at IS NULL`,
    [actor.personId, actor.agencyId],
  );
  return row?.unread ?? 0;
}

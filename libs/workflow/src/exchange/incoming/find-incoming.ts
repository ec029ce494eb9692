import { Injectable } from '@nestjs/common';

import { AuditTrail } from '#audit';
import type { Page, PersonActor } from '#platform';
import { Clock, cursorInstant, pageOf, pageSize, readCursor, UnitOfWork, vietnamDate } from '#platform';

import { firstDayNotLate, lastDaySoon } from '../../rules/handling-deadlines';
import type { IncomingState } from './incoming-states';
import type { IncomingSummary, SummaryRow } from './incoming-view';
import { summaryColumns, summaryOf } from './incoming-view';
import type { IncomingView, ViewSource } from './incoming-views';
import { allOfAgency, secretsOf, viewFor } from './incoming-views';

export interface IncomingQuery {
  readonly state?: IncomingState | undefined;
  readonly view?: IncomingView | undefined;
  readonly cursor?: string | undefined;
}

type PageRow = SummaryRow & { readonly cursor_key: string; readonly cursor_id: string };

/**
 * Incoming documents that the person needs to know: everything of the agency for clerk and leader, the newest first;
 * for others, and in a view, what waits for them in the order of the work.
 */
@Injectable()
export class FindIncoming {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
  ) {}

  /** @throws WorkflowError VALIDATION_FAILED for a cursor that no page gave */
  run(actor: PersonActor, query: IncomingQuery): Promise<Page<IncomingSummary>> {
    const answersForAgency = actor.roles.includes('clerk') || actor.roles.includes('leader');
    const view = query.view ?? (answersForAgency ? undefined : 'assigned');
    const source = view === undefined ? allOfAgency : viewFor(actor, view);
    const [lastKey, lastId] = readCursor(query.cursor, ['instant', 'id']) ?? [null, null];
    const now = this.clock.now();
    const today = vietnamDate(now);
    const notLate = firstDayNotLate(now, today);
    return this.unitOfWork.run(actor, async (tx) => {
      const rows = await tx.query<PageRow>(pageSql(source, actor, query.state, lastId), [
        actor.agencyId,
        actor.personId,
        notLate,
        lastDaySoon(today),
        lastKey,
        lastId,
        pageSize + 1,
        ...(query.state === undefined ? [] : [query.state]),
      ]);
      const page = pageOf(rows, {
        item: (row) => summaryOf(row, notLate),
        key: (row) => [row.cursor_key, row.cursor_id],
      });
      await this.audit.record(
        actor,
        {
          action: 'delivery.read',
          outcome: 'success',
          details: { list: 'incoming', view: view ?? null, items: page.items.length },
        },
        { within: tx },
      );
      return page;
    });
  }
}

/** How the key of a page goes out to its cursor and comes back. */
const keys = {
  timestamptz: { out: cursorInstant, back: '$5::timestamptz' },
  date: {
    out: (column: string): string => `to_char(${column}, 'YYYY-MM-DD"T00:00:00.000Z"')`,
    back: '$5::timestamp::date',
  },
};

function pageSql(
  source: ViewSource,
  actor: PersonActor,
  state: IncomingState | undefined,
  lastId: string | null,
): string {
  const { from, where, key, type, direction, id } = source;
  const { out, back } = keys[type];
  return `
    SELECT ${summaryColumns}, ${out(key)} AS cursor_key, ${id} AS cursor_id
      FROM ${from}
     WHERE ${where} AND ${secretsOf(actor)} ${state === undefined ? '' : 'AND i.state = $8'}
       AND ($1::uuid, $2::uuid, $3::date, $4::date) IS NOT NULL
       AND ${lastId === null ? '($5::text, $6::uuid) IS NULL' : `(${key}, ${id}) ${direction === 'ASC' ? '>' : '<'} (${back}, $6::uuid)`}
     ORDER BY ${key} ${direction}, ${id} ${direction} LIMIT $7`;
}

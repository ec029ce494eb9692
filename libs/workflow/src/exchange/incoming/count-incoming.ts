import { Injectable } from '@nestjs/common';

import { AuditTrail } from '#audit';
import type { PersonActor } from '#platform';
import { Clock, UnitOfWork, vietnamDate } from '#platform';

import { firstDayNotLate, lastDaySoon } from '../../rules/handling-deadlines';
import { secretsOf, viewFor } from './incoming-views';
import type { IncomingView } from './incoming-views';

/** What a badge shows at most: 1000 stands for more than 999. */
const ceiling = 1000;

const counted = {
  toAccept: 'to-accept',
  toSubmit: 'to-submit',
  toInstruct: 'to-instruct',
  mine: 'mine',
  toKnow: 'to-know',
  dueSoon: 'due-soon',
  overdue: 'overdue',
} as const satisfies Record<string, IncomingView>;

/** How many wait, by view; each counts to 1000 at most. */
export type IncomingCounts = Readonly<Record<keyof typeof counted, number>>;

/** The numbers on the badges of a person's page, in one statement. */
@Injectable()
export class CountIncoming {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
  ) {}

  run(actor: PersonActor): Promise<IncomingCounts> {
    const now = this.clock.now();
    const today = vietnamDate(now);
    const columns = Object.entries(counted).map(([name, view]) => {
      const { from, where } = viewFor(actor, view);
      return `(SELECT count(*) FROM (SELECT FROM ${from} WHERE ${where} AND ${secretsOf(actor)} LIMIT ${ceiling}) AS waiting)::integer AS "${name}"`;
    });
    return this.unitOfWork.run(actor, async (tx) => {
      const [row] = await tx.query<IncomingCounts>(
        `SELECT ${columns.join(', ')} WHERE ($1::uuid, $2::uuid, $3::date, $4::date) IS NOT NULL`,
        [actor.agencyId, actor.personId, firstDayNotLate(now, today), lastDaySoon(today)],
      );
      if (!row) throw new Error('the counts gave no row');
      await this.audit.record(
        actor,
        { action: 'delivery.read', outcome: 'success', details: { list: 'incoming counts' } },
        { within: tx },
      );
      return row;
    });
  }
}

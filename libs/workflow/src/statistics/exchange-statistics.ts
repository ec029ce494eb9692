import { Injectable } from '@nestjs/common';
import { AuditTrail } from '#audit';
import type { PersonActor, Tx } from '#platform';
import { Clock, problem, UnitOfWork, vietnamDate } from '#platform';

import { exchangeTargets } from '../rules';
import type { ExchangeDay } from './exchange-days';
import { exchangeDays } from './exchange-days';

/** A share with what it is of, and the target it is measured by. */
interface Share {
  readonly count: number;
  readonly of: number;
  /** With two decimals; null where there is nothing to be a share of. */
  readonly percent: number | null;
  readonly target: number;
}

/** What leaders look at, of the own agency. */
export interface ExchangeStatistics {
  /** `YYYY-MM-DD` */
  readonly from: string;
  readonly to: string;
  /** Documents with a digital signature. */
  readonly signed: Share;
  /** Recipients reached electronically. */
  readonly exchanged: Share;
  readonly incoming: {
    readonly received: number;
    readonly settled: number;
    /** Arrived and neither accepted nor refused in time, at this moment. */
    readonly overdue: number;
    /** Given to somebody until a day that has passed, at this moment. */
    readonly handlingOverdue: number;
  };
  /** Recipients that have not answered in time, at this moment; the most first. */
  readonly overdue: readonly { readonly agencyId: string; readonly name: string; readonly count: number }[];
  readonly days: readonly ExchangeDay[];
}

/** Days that one question may span. */
const mostDays = 366;
const dayMs = 86_400_000;

@Injectable()
export class ReadExchangeStatistics {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
  ) {}

  /** The present year unless told. @throws ProblemError VALIDATION_FAILED for days in a wrong order or more than 366 */
  run(
    actor: PersonActor,
    given: { readonly from?: string | undefined; readonly to?: string | undefined },
  ): Promise<ExchangeStatistics> {
    const now = this.clock.now();
    const today = vietnamDate(now);
    const to = given.to ?? today;
    const from = given.from ?? `${to.slice(0, 4)}-01-01`;
    const span = (Date.parse(to) - Date.parse(from)) / dayMs;
    if (span < 0 || span >= mostDays) throw tooManyDays();
    return this.unitOfWork.run(actor, async (tx) => {
      const days = await exchangeDays(tx, actor.agencyId, { from, to, today });
      const waiting = await waitingOf(tx, actor.agencyId, { from, to, now });
      await this.audit.record(
        actor,
        { action: 'statistics.read', outcome: 'success', details: { from, to } },
        { within: tx },
      );
      const sum = (of: (day: ExchangeDay) => number): number => days.reduce((all, day) => all + of(day), 0);
      const received = sum((day) => day.received);
      const electronic = sum((day) => day.electronic);
      return {
        from,
        to,
        signed: share(
          sum((day) => day.signed),
          sum((day) => day.issued),
          exchangeTargets.signed.percent,
        ),
        exchanged: share(electronic, electronic + sum((day) => day.paper), exchangeTargets.exchanged.percent),
        incoming: {
          received,
          settled: Math.max(0, received - waiting.open),
          overdue: waiting.overdue,
          handlingOverdue: waiting.handlingOverdue,
        },
        overdue: waiting.recipients,
        days,
      };
    });
  }
}

function share(count: number, of: number, target: number): Share {
  return { count, of, percent: of === 0 ? null : Math.round((count * 10_000) / of) / 100, target };
}

interface Waiting {
  readonly open: number;
  readonly overdue: number;
  readonly handlingOverdue: number;
  readonly recipients: ExchangeStatistics['overdue'];
}

/** What is not done is little beside what is, and has indexes of its own. */
async function waitingOf(
  tx: Tx,
  agencyId: string,
  { from, to, now }: { readonly from: string; readonly to: string; readonly now: Date },
): Promise<Waiting> {
  const [counts] = await tx.query<{ open: number; overdue: number; handlingOverdue: number }>(
    `SELECT
       (SELECT count(*)::integer FROM workflow.incoming i WHERE i.agency_id = $1 AND i.state IN ('03', '04', '05')
          AND i.arrival_date BETWEEN $2 AND $3) AS open,
       (SELECT count(*)::integer FROM workflow.incoming i WHERE i.agency_id = $1 AND i.state = '01'
          AND i.ack_due_at < $4) AS overdue,
       (SELECT count(*)::integer FROM workflow.handling h WHERE h.agency_id = $1 AND h.state IN ('ASSIGNED', 'IN_PROGRESS')
          AND h.due_on < $5) AS "handlingOverdue"`,
    [agencyId, from, to, now, vietnamDate(now)],
  );
  const recipients = await tx.query<ExchangeStatistics['overdue'][number]>(
    `SELECT d.recipient_agency_id AS "agencyId", min(d.recipient_name) AS name, count(*)::integer AS count
     FROM workflow.delivery d
     WHERE d.sender_agency_id = $1 AND d.state IN ('QUEUED', 'SENT', '01', 'NON_DELIVERED') AND d.ack_due_at < $2
     GROUP BY d.recipient_agency_id ORDER BY count(*) DESC, min(d.recipient_name) COLLATE "vi-x-icu" LIMIT 50`,
    [agencyId, now],
  );
  return {
    open: counts?.open ?? 0,
    overdue: counts?.overdue ?? 0,
    handlingOverdue: counts?.handlingOverdue ?? 0,
    recipients,
  };
}

function tooManyDays(): ReturnType<typeof problem> {
  return problem('VALIDATION_FAILED', {
    errors: [
      {
        field: 'from',
        code: 'RANGE_INVALID',
        vi: 'Khoảng ngày không hợp lệ. Hãy chọn ngày bắt đầu không sau ngày kết thúc, nhiều nhất 366 ngày.',
        en: 'The range of days is not valid. Choose a first day not after the last, and at most 366 days.',
      },
    ],
  });
}

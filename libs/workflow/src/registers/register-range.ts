import type { PersonActor } from '#platform';
import { problem, vietnamYear } from '#platform';

import type { RegisterRange } from './register';

/** What a person asks of a register. */
export interface RegisterQuestion {
  readonly year?: number | undefined;
  /** `YYYY-MM-DD`. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly body?: string | undefined;
  readonly series?: string | undefined;
}

/**
 * Of the own agency; the present year where neither a year nor days are named. Days narrow a year that is named.
 *
 * @throws ProblemError VALIDATION_FAILED where the days leave nothing
 */
export function rangeOf(actor: PersonActor, question: RegisterQuestion, now: Date): RegisterRange {
  const { from, to } = question;
  const free = question.year === undefined && (from !== undefined || to !== undefined);
  const year = String(question.year ?? vietnamYear(now));
  const first = free ? '1945-09-02' : `${year}-01-01`;
  const last = free ? '9999-12-31' : `${year}-12-31`;
  const range = {
    agencyId: actor.agencyId,
    from: from !== undefined && from > first ? from : first,
    to: to !== undefined && to < last ? to : last,
    bodyId: question.body,
    seriesId: question.series,
  };
  if (range.from <= range.to) return range;
  throw problem('VALIDATION_FAILED', {
    errors: [
      {
        field: 'to',
        code: 'RANGE_EMPTY',
        vi: 'Khoảng ngày đã chọn không có ngày nào. Hãy chọn ngày bắt đầu trước ngày kết thúc, trong năm của sổ.',
        en: 'No day lies in the range. Choose a first day before the last one, within the year of the register.',
      },
    ],
  });
}

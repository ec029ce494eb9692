import type { Tx } from '#platform';
import { newId } from '#platform';

import type { SeriesKey } from '../../rules';

/** A number as its series gave it. */
export interface TakenNumber {
  readonly seriesId: string;
  readonly number: number;
  /** `YYYY-MM-DD`: today, or the series' last date where the clock has been set back meanwhile. */
  readonly date: string;
}

/**
 * Takes the next number of a series, or opens the series with 1. The series' row stays locked until the
 * transaction ends, so a number is never given twice, and one that is rolled back is given again: no gaps.
 * Take it last, after everything that may still fail.
 */
export async function takeNumber(
  tx: Tx,
  /** `bodyId`: the issuing body, or the agency where all of it counts together. */
  series: SeriesKey & { readonly bodyId: string },
  today: string,
): Promise<TakenNumber> {
  const [row] = await tx.query<{ id: string; last_number: number; last_date: string }>(
    `INSERT INTO workflow.number_series AS s
       (id, body_id, type_group, secrecy_class, period_kind, period, period_key, last_number, last_date)
     VALUES ($1, $2, $3, $4, $5, $6, $8, 1, $7)
     ON CONFLICT (body_id, type_group, secrecy_class, period_kind, period_key) DO UPDATE
       SET last_number = s.last_number + 1, last_date = GREATEST(s.last_date, excluded.last_date)
     RETURNING id, last_number, last_date::text AS last_date`,
    [
      newId(),
      series.bodyId,
      series.typeGroup,
      series.secrecyClass,
      series.periodKind,
      series.period,
      today,
      series.periodKey,
    ],
  );
  if (row === undefined) throw new Error('a number series answered nothing');
  return { seriesId: row.id, number: row.last_number, date: row.last_date };
}

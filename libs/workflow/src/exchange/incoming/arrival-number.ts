import type { Tx } from '#platform';
import { vietnamDate, vietnamYear } from '#platform';

/** Số đến and ngày đến. */
export interface Arrival {
  readonly year: number;
  readonly number: number;
  /** `YYYY-MM-DD` in Asia/Ho_Chi_Minh. */
  readonly date: string;
}

/**
 * The next number of the agency's arrival series (Decree 30/2020 art. 22: one series a year, from 1 January to
 * 31 December). The row stays locked until the transaction ends, so the series has no gap; the day never goes
 * back within it, whatever the clock does.
 */
export async function nextArrival(tx: Tx, agencyId: string, now: Date): Promise<Arrival> {
  const year = vietnamYear(now);
  const [row] = await tx.query<{ number: number; date: string }>(
    `INSERT INTO workflow.arrival_series AS s (agency_id, year, last_number, last_date) VALUES ($1, $2, 1, $3)
     ON CONFLICT (agency_id, year) DO UPDATE
       SET last_number = s.last_number + 1, last_date = greatest(s.last_date, excluded.last_date)
     RETURNING last_number AS number, last_date::text AS date`,
    [agencyId, year, vietnamDate(now)],
  );
  if (!row) throw new Error('the arrival series gave no number');
  return { year, ...row };
}

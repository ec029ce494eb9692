import type { Directory } from '#directory';
import type { Tx } from '#platform';

import type { Secrecy } from '../rules';
import { personNames } from './names';
import type { RegisterRange } from './register';

/** A number of the arrival series with the document that took it. */
export interface ArrivalRow {
  readonly number: number;
  /** The number before it that stands in the register of that year; 0 for the first. */
  readonly before: number;
  readonly arrival_date: string;
  readonly incoming_id: string;
  readonly secrecy: Secrecy;
  readonly sender_name: string;
  readonly type_code: string | null;
  readonly symbol: string | null;
  readonly issued_on: string | null;
  readonly abstract: string | null;
  readonly source: 'electronic' | 'paper';
  /** Where its handling stands; null before it was entered. */
  readonly handling: string | null;
  readonly lead_person_id: string | null;
  readonly due_on: string | null;
  readonly done_on: string | null;
  readonly passed_on: string | null;
  readonly seen_on: string | null;
  /** Number and symbol of the answer, unless it is secret. */
  readonly reply: string | null;
}

export const arrivalOrder = ['day', 'number'] as const;

/** Rows of the arrival register in order; the day never goes back within a year, so days and numbers agree. */
export function arrivals(
  tx: Tx,
  range: RegisterRange,
  after: readonly string[] | null,
  limit: number,
): Promise<ArrivalRow[]> {
  const parameters: unknown[] = [];
  const place = (value: unknown): string => `$${parameters.push(value)}`;
  const conditions = [
    `a.agency_id = ${place(range.agencyId)}`,
    `a.date BETWEEN ${place(range.from)}::date AND ${place(range.to)}::date`,
  ];
  if (range.numbers)
    conditions.push(`a.number BETWEEN ${place(range.numbers.first)} AND ${place(range.numbers.last)}`);
  if (range.enteredUntil) conditions.push(`a.registered_at <= ${place(range.enteredUntil)}`);
  if (after) conditions.push(`(a.date, a.number) > (${place(after[0])}::date, ${place(after[1])}::bigint)`);
  return tx.query<ArrivalRow>(
    `SELECT a.number, a.date::text AS arrival_date, a.incoming_id, i.secrecy, i.sender_name, i.type_code, i.symbol,
       i.issued_on::text AS issued_on, i.abstract, i.source, h.state AS handling, h.lead_person_id, h.due_on::text AS due_on,
       (h.done_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date::text AS done_on,
       (t.given_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date::text AS passed_on,
       (t.seen_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date::text AS seen_on,
       (SELECT d.symbol FROM workflow.document d WHERE d.id = h.reply_document_id AND d.secrecy = 'THUONG') AS reply,
       coalesce((SELECT max(p.number) FROM workflow.arrival_register p
         WHERE p.agency_id = a.agency_id AND p.year = a.year AND p.number < a.number), 0) AS before
     FROM workflow.arrival_register a JOIN workflow.incoming i ON i.id = a.incoming_id
     LEFT JOIN workflow.handling h ON h.id = i.id
     LEFT JOIN workflow.handling_task t ON t.instruction_id = h.instruction_id AND t.person_id = h.lead_person_id
     WHERE ${conditions.join(' AND ')} ORDER BY a.date, a.number LIMIT ${place(limit)}`,
    parameters,
  );
}

/** Numbers that the series of a year has given out last and that no row holds, per year. */
export function lostArrivals(
  tx: Tx,
  range: RegisterRange,
): Promise<{ readonly held: number; readonly last_number: number }[]> {
  if (range.numbers) return Promise.resolve([]);
  return tx.query(
    `SELECT held, last_number FROM (
       SELECT s.last_number, coalesce((SELECT max(r.number) FROM workflow.arrival_register r
         WHERE r.agency_id = s.agency_id AND r.year = s.year), 0) AS held
       FROM workflow.arrival_series s WHERE s.agency_id = $1 AND s.last_date BETWEEN $2 AND $3
     ) AS ends WHERE held < last_number`,
    [range.agencyId, range.from, range.to],
  );
}

/** Who leads the handling of these, by id. */
export function leadNames(
  directory: Directory,
  tx: Tx,
  rows: readonly ArrivalRow[],
): Promise<ReadonlyMap<string, string>> {
  return personNames(
    directory,
    tx,
    rows.flatMap((row) => row.lead_person_id ?? []),
  );
}

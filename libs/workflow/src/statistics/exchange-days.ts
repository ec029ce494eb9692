import type { Tx } from '#platform';

/** What an agency sent and received on one day, by the date on the documents and the day of arrival. */
export interface ExchangeDay {
  /** `YYYY-MM-DD` */
  readonly date: string;
  /** Numbered and not cancelled. */
  readonly issued: number;
  /** Of them, those with a digital signature. */
  readonly signed: number;
  /** Recipients reached electronically, and on paper. */
  readonly electronic: number;
  readonly paper: number;
  readonly received: number;
}

/**
 * Every day from `from` to `to`. A day that is over and whose documents are all issued or cancelled does not change any
 * more: it is counted once and remembered, so that a year costs no more than its days.
 *
 * @param today `YYYY-MM-DD`: the first day that may still change
 */
export async function exchangeDays(
  tx: Tx,
  agencyId: string,
  range: { readonly from: string; readonly to: string; readonly today: string },
): Promise<readonly ExchangeDay[]> {
  const [missing] = await tx.query<{ first: string | null; last: string | null }>(missingSql, [
    agencyId,
    range.from,
    range.to,
  ]);
  if (missing?.first && missing.last) {
    const counted = await tx.query<ExchangeDay & { readonly unfinished: number }>(countSql, [
      agencyId,
      missing.first,
      missing.last,
    ]);
    const final = counted.filter(({ date, unfinished }) => date < range.today && unfinished === 0);
    await tx.execute(rememberSql, [agencyId, JSON.stringify(final)]);
    const known = await tx.query<ExchangeDay>(knownSql, [agencyId, range.from, range.to]);
    const days = new Map([...counted, ...known].map((day) => [day.date, withoutUnfinished(day)]));
    return [...days.values()].toSorted((a, b) => (a.date < b.date ? -1 : 1));
  }
  return tx.query<ExchangeDay>(knownSql, [agencyId, range.from, range.to]);
}

function withoutUnfinished({ date, issued, signed, electronic, paper, received }: ExchangeDay): ExchangeDay {
  return { date, issued, signed, electronic, paper, received };
}

const missingSql = `
  SELECT min(wanted)::date::text AS first, max(wanted)::date::text AS last
  FROM generate_series($2::date, $3::date, interval '1 day') AS wanted
  WHERE NOT EXISTS (SELECT FROM workflow.exchange_day k WHERE k.agency_id = $1 AND k.day = wanted::date)`;

const countSql = `
  SELECT wanted::date::text AS date, coalesce(o.issued, 0) AS issued, coalesce(o.signed, 0) AS signed,
    coalesce(o.electronic, 0) AS electronic, coalesce(o.paper, 0) AS paper, coalesce(o.unfinished, 0) AS unfinished,
    coalesce(i.received, 0) AS received
  FROM generate_series($2::date, $3::date, interval '1 day') AS wanted
  LEFT JOIN (
    SELECT e.issued_on, count(*)::integer AS issued,
      count(*) FILTER (WHERE EXISTS (SELECT FROM workflow.signature s WHERE s.document_id = e.document_id))::integer AS signed,
      count(*) FILTER (WHERE d.state IN ('NUMBERED', 'AGENCY_SIGNED'))::integer AS unfinished,
      coalesce(sum(r.electronic), 0)::integer AS electronic, coalesce(sum(r.paper), 0)::integer AS paper
    FROM workflow.register_entry e JOIN workflow.document d ON d.id = e.document_id
    CROSS JOIN LATERAL (
      SELECT count(*) FILTER (WHERE r.channel = 'electronic') AS electronic,
        count(*) FILTER (WHERE r.channel <> 'electronic') AS paper
      FROM workflow.recipient r WHERE r.document_id = e.document_id
    ) r
    WHERE e.agency_id = $1 AND e.issued_on BETWEEN $2::date AND $3::date AND e.cancelled_at IS NULL
    GROUP BY e.issued_on
  ) o ON o.issued_on = wanted::date
  LEFT JOIN (
    SELECT a.date, count(*)::integer AS received FROM workflow.arrival_register a
    WHERE a.agency_id = $1 AND a.date BETWEEN $2::date AND $3::date GROUP BY a.date
  ) i ON i.date = wanted::date
  ORDER BY wanted`;

const rememberSql = `
  INSERT INTO workflow.exchange_day (agency_id, day, issued, signed, electronic, paper, received)
  SELECT $1, g.date, g.issued, g.signed, g.electronic, g.paper, g.received
  FROM jsonb_to_recordset($2::jsonb)
    AS g (date date, issued integer, signed integer, electronic integer, paper integer, received integer)
  ON CONFLICT DO NOTHING`;

const knownSql = `
  SELECT day::text AS date, issued, signed, electronic, paper, received
  FROM workflow.exchange_day WHERE agency_id = $1 AND day BETWEEN $2 AND $3 ORDER BY day`;

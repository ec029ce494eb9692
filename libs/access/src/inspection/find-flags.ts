import { Injectable } from '@nestjs/common';
import { AuditTrail, describeSearch, scopeCondition, TrailScopes } from '#audit';
import type { PersonActor } from '#platform';
import { Clock, UnitOfWork } from '#platform';
import { AccessError } from '../errors';
import type { FlagRule } from './flag-rules';
import { flagRules } from './flag-rules';
import { TrailNames } from './trail-names';

export interface FlagQuery {
  readonly from?: Date;
  readonly to?: Date;
  readonly agencyId?: string;
  readonly mandateId?: string;
}

export interface Flag {
  readonly rule: string;
  readonly personId: string;
  readonly fullName: string;
  readonly agencyId: string | null;
  readonly agencyName: string | null;
  readonly from: string;
  readonly to: string;
  readonly count: number;
  /** Place in the trail of the last entry counted. */
  readonly lastSeq: string;
}

export interface FlagAnswer {
  readonly items: readonly Flag[];
  /** At most 200 are answered: then the time asked about is to be made shorter. */
  readonly next: null;
  readonly rules: readonly FlagRule[];
}

interface Row {
  readonly person_id: string;
  readonly agency_id: string | null;
  readonly first: Date;
  readonly last: Date;
  readonly count: number;
  readonly last_seq: string;
}

const day = 86_400_000;
const longest = 31 * day;
const most = 200;

/** What the rules find within a time of a month at most, the last seven days unless told. */
@Injectable()
export class FindFlags {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly scopes: TrailScopes,
    private readonly names: TrailNames,
    private readonly trail: AuditTrail,
    private readonly clock: Clock,
  ) {}

  /** @throws AccessError `FLAGS_TOO_LONG`; AuditError `MANDATE_NEEDED`, `MANDATE_NOT_OPEN` */
  find(person: PersonActor, query: FlagQuery): Promise<FlagAnswer> {
    const to = query.to ?? this.clock.now();
    const from = query.from ?? new Date(to.getTime() - 7 * day);
    if (to.getTime() - from.getTime() > longest || to <= from)
      throw new AccessError('FLAGS_TOO_LONG', 'empty or longer than 31 days');
    return this.unitOfWork.run(person, async (tx) => {
      const scope = await this.scopes.of(tx, person, query);
      const found: (Row & { readonly rule: string })[] = [];
      for (const rule of flagRules) {
        const parameters: unknown[] = [];
        const place = (value: unknown): string => `$${parameters.push(value)}`;
        const sql = burstsOf(rule, scopeCondition(scope, place), { from, to }, place);
        const rows = await tx.query<Row>(sql, parameters);
        found.push(...rows.map((row) => ({ ...row, rule: rule.code })));
      }
      const names = await this.names.of(tx, {
        people: found.map((row) => row.person_id),
        agencies: found.flatMap((row) => row.agency_id ?? []),
      });
      const details = { ...describeSearch({ ...query, from, to }), view: 'flags', flags: found.length };
      await this.trail.record(person, { action: 'audit.read', outcome: 'success', details }, { within: tx });
      const items = found
        .toSorted((a, b) => b.last.getTime() - a.last.getTime())
        .slice(0, most)
        .map((row) => ({
          rule: row.rule,
          personId: row.person_id,
          fullName: names.people.get(row.person_id) ?? '',
          agencyId: row.agency_id,
          agencyName: names.agencies.get(row.agency_id ?? '') ?? null,
          from: row.first.toISOString(),
          to: row.last.toISOString(),
          count: row.count,
          lastSeq: row.last_seq,
        }));
      return { items, next: null, rules: flagRules };
    });
  }
}

/**
 * Runs of entries of one person that follow one another within the rule's time, where some window of that length
 * holds enough of them.
 */
function burstsOf(
  rule: FlagRule,
  scope: string,
  { from, to }: { readonly from: Date; readonly to: Date },
  place: (value: unknown) => string,
): string {
  const window = `make_interval(mins => ${place(rule.withinMinutes)}::int)`;
  const hour = `extract(hour FROM at AT TIME ZONE 'Asia/Ho_Chi_Minh')`;
  const { hours } = rule;
  const hoursCondition = hours
    ? `AND (${hour} >= ${place(hours.from)}::int ${hours.from > hours.to ? 'OR' : 'AND'} ${hour} < ${place(hours.to)}::int)`
    : '';
  return `
    WITH chosen AS (
      SELECT seq, at, person_id, agency_id,
        count(*) OVER (PARTITION BY person_id ORDER BY at RANGE BETWEEN ${window} PRECEDING AND CURRENT ROW) AS near,
        at - lag(at) OVER (PARTITION BY person_id ORDER BY at, seq) > ${window} AS begins
      FROM audit.entry
      WHERE ${scope} AND person_id IS NOT NULL AND action = ANY(${place(rule.actions)})
        AND outcome = ANY(${place(rule.outcomes)})
        AND at >= ${place(from.toISOString())} AND at < ${place(to.toISOString())} ${hoursCondition}
    ), runs AS (
      SELECT *, count(*) FILTER (WHERE begins) OVER (PARTITION BY person_id ORDER BY at, seq) AS run FROM chosen
    )
    SELECT person_id, (array_agg(agency_id ORDER BY seq DESC))[1] AS agency_id, min(at) AS first, max(at) AS last,
      count(*)::int AS count, max(seq) AS last_seq
    FROM runs GROUP BY person_id, run HAVING max(near) >= ${place(rule.atLeast)}::int
    ORDER BY max(at) DESC LIMIT ${most}`;
}

import { Injectable } from '@nestjs/common';
import { AuditTrail } from '#audit';
import type { Page, PersonActor, Tx } from '#platform';
import { pageOf, pageSize, readCursor, UnitOfWork } from '#platform';

import type { Urgency } from '../rules';
import { documentTypeName } from '../rules';
import type { SearchKind } from './search-entry';
import type { SearchQuestion, WantedKey } from './search-question';
import { asksNothing, scopedQuery, scopeMark, wantedKeys } from './search-question';

/** A document that was found. */
export interface FoundDocument {
  readonly kind: SearchKind;
  /** For `/documents/{id}` or `/incoming/{id}`. */
  readonly id: string;
  /** Day of number or arrival, `YYYY-MM-DD`. */
  readonly date: string;
  readonly symbol: string | null;
  /** Day of the document itself. */
  readonly issuedOn: string | null;
  readonly typeCode: string | null;
  readonly typeName: string | null;
  readonly abstract: string | null;
  readonly state: string;
  readonly urgency: Urgency;
  /** Số đến of an incoming document. */
  readonly arrivalNumber: number | null;
  /** Who sent an incoming document. */
  readonly sender: string | null;
}

interface Hit {
  readonly id: string;
  readonly kind: SearchKind;
  readonly date: string;
}

interface Detail extends Hit {
  readonly symbol: string | null;
  readonly issued_on: string | null;
  readonly type_code: string | null;
  readonly abstract: string | null;
  readonly state: string;
  readonly urgency: Urgency;
  readonly arrival_number: number | null;
  readonly sender: string | null;
}

/** Finds in the registers of the own agency, the newest first. */
@Injectable()
export class FindDocuments {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditTrail,
  ) {}

  /** @throws ProblemError VALIDATION_FAILED for a cursor that no page gave */
  run(
    actor: PersonActor,
    question: SearchQuestion & { readonly cursor?: string | undefined },
  ): Promise<Page<FoundDocument>> {
    const after = readCursor(question.cursor, ['day', 'id']);
    return this.unitOfWork.run(actor, async (tx) => {
      const hits = asksNothing(question) ? [] : await hitsOf(tx, actor, question, after);
      const page = pageOf(hits, { item: (hit) => hit, key: ({ date, id }) => [date, id] });
      const items = await detailsOf(tx, page.items);
      await this.audit.record(
        actor,
        {
          action: 'document.searched',
          outcome: 'success',
          details: { kind: question.kind ?? 'all', found: items.length },
        },
        { within: tx },
      );
      return { items, next: page.next };
    });
  }
}

/** One more than a page holds. */
async function hitsOf(
  tx: Tx,
  actor: PersonActor,
  question: SearchQuestion,
  after: readonly [string, string] | null,
): Promise<Hit[]> {
  const parameters: unknown[] = [actor.agencyId];
  const place = (value: unknown): string => `$${parameters.push(value)}`;
  const keys = wantedKeys(actor, question);
  const common = isCommon(keys);
  // A sum is in no index by day: where keys decide, PostgreSQL must not walk all entries of many days instead.
  const day = common ? 'e.on_date' : 'e.on_date + 0';
  // The scope of the keys names the agency; the comparison is of a kind that no index serves.
  const conditions = [common ? 'e.agency_id = $1' : 'e.agency_id IS NOT DISTINCT FROM $1'];
  const { from, to } = question;
  if (from !== undefined) conditions.push(`${day} >= ${place(from)}::date`);
  if (to !== undefined) conditions.push(`${day} <= ${place(to)}::date`);
  if (after) conditions.push(`(${day}, e.id) < (${place(after[0])}::date, ${place(after[1])}::uuid)`);
  const latest = [to, after?.[0]].filter((day) => day !== undefined).toSorted()[0];
  const sql = common ? byDay(conditions, keys, place) : byBucket(conditions, keys, { from, latest }, place);
  return tx.query<Hit>(sql, parameters);
}

/** Whether so many entries fit that the newest of them are found at once by looking at the newest of all. */
function isCommon(keys: readonly WantedKey[]): boolean {
  return keys.every(({ key }) => key.startsWith('='));
}

function byDay(
  conditions: readonly string[],
  keys: readonly WantedKey[],
  place: (value: unknown) => string,
): string {
  const kinds = keys.map(({ key }) => `e.kind = ${place(key.slice(1))}`);
  return `
    SELECT e.id, e.kind, e.on_date::text AS date FROM workflow.search_entry e
    WHERE ${[...conditions, ...kinds].join(' AND ')} ORDER BY e.on_date DESC, e.id DESC LIMIT ${pageSize + 1}`;
}

/**
 * Goes through time backwards, one bucket of days after the other, and stops when the page is full. Each step costs what
 * fits in its bucket, however many documents there are: a common word fills the page from the first bucket or two, a rare
 * one is not in most of them, which the index knows without reading a row.
 */
function byBucket(
  conditions: readonly string[],
  keys: readonly WantedKey[],
  days: { readonly from: string | undefined; readonly latest: string | undefined },
  place: (value: unknown) => string,
): string {
  const edge = (order: 'DESC' | 'ASC'): string =>
    `(SELECT on_date FROM workflow.search_entry WHERE agency_id = $1 ORDER BY on_date ${order}, id ${order} LIMIT 1)`;
  const newest =
    days.latest === undefined ? edge('DESC') : `least(${edge('DESC')}, ${place(days.latest)}::date)`;
  const oldest =
    days.from === undefined ? edge('ASC') : `greatest(${edge('ASC')}, ${place(days.from)}::date)`;
  const query = place(scopedQuery(keys));
  return `
    SELECT hit.id, hit.kind, hit.on_date::text AS date
    FROM generate_series(workflow.search_bucket(${newest}), workflow.search_bucket(${oldest}), -1) AS bucket
    CROSS JOIN LATERAL (
      SELECT e.id, e.kind, e.on_date FROM workflow.search_entry e
      WHERE workflow.search_vector(e.agency_id, e.on_date, e.keys)
          @@ replace(${query}, '${scopeMark}', workflow.search_scope($1, bucket))::tsquery
        AND ${conditions.join(' AND ')}
      ORDER BY e.on_date + 0 DESC, e.id DESC LIMIT ${pageSize + 1}
    ) hit LIMIT ${pageSize + 1}`;
}

/** What is shown is read from the documents themselves, and never of a secret one. */
async function detailsOf(tx: Tx, hits: readonly Hit[]): Promise<FoundDocument[]> {
  const of = (kind: SearchKind): string[] => hits.filter((hit) => hit.kind === kind).map(({ id }) => id);
  const rows = hits.length === 0 ? [] : await tx.query<Detail>(details, [of('outgoing'), of('incoming')]);
  const byId = new Map(rows.map((row) => [row.id, row]));
  return hits.flatMap((hit) => {
    const row = byId.get(hit.id);
    return row === undefined ? [] : [foundOf(hit, row)];
  });
}

const details = `
  SELECT d.id, d.symbol, d.issued_on::text AS issued_on, d.type_code, d.abstract, d.state, d.urgency,
    NULL::integer AS arrival_number, NULL::text AS sender
  FROM workflow.document d WHERE d.id = ANY($1::uuid[]) AND d.secrecy = 'THUONG'
  UNION ALL
  SELECT i.id, i.symbol, i.issued_on::text, i.type_code, i.abstract, i.state, i.urgency, i.arrival_number, i.sender_name
  FROM workflow.incoming i WHERE i.id = ANY($2::uuid[]) AND i.secrecy = 'THUONG'`;

function foundOf({ kind, id, date }: Hit, row: Detail): FoundDocument {
  return {
    kind,
    id,
    date,
    symbol: row.symbol,
    issuedOn: row.issued_on,
    typeCode: row.type_code,
    typeName: row.type_code === null ? null : documentTypeName(row.type_code),
    abstract: row.abstract,
    state: row.state,
    urgency: row.urgency,
    arrivalNumber: row.arrival_number,
    sender: row.sender,
  };
}

import { Injectable } from '@nestjs/common';
import type { Bloc } from '#directory';
import { Directory } from '#directory';
import type { Tx } from '#platform';

import type { Secrecy } from '../rules';
import { documentType, keeperOf, outgoingForm } from '../rules';
import { agencyNames, personNames } from './names';
import type { Gap, Register, RegisterRange, RegisterStretch, RowKind } from './register';
import { gapNumbers, missingGap, printedDay, secretGap } from './register';

/** A row of the register of outgoing documents; all but `seriesId`, `number` and `gap` are null for a gap. */
export interface OutgoingEntry {
  readonly kind: RowKind;
  readonly seriesId: string;
  readonly number: number;
  readonly gap: Gap | null;
  readonly documentId: string | null;
  readonly symbol: string | null;
  /** `YYYY-MM-DD`. */
  readonly date: string | null;
  readonly typeName: string | null;
  readonly abstract: string | null;
  readonly signer: string | null;
  readonly recipients: readonly string[];
  readonly keeper: string | null;
  readonly copies: number | null;
  /** `YYYY-MM-DD`, when the first copy left. */
  readonly sentOn: string | null;
  /** Who has registered it, or signed for the paper, of those it went to; `signedBy` names the latter. */
  readonly receipt: {
    readonly accepted: number;
    readonly of: number;
    readonly signedBy: readonly string[];
  } | null;
  readonly note: string | null;
}

/** An agency of the directory, or somebody outside it by name. */
interface Recipient {
  readonly agency: string | null;
  readonly name: string | null;
}

interface Row {
  readonly series_id: string;
  readonly number: number;
  readonly before: number;
  readonly document_id: string;
  readonly bloc: Bloc;
  readonly state: string;
  readonly unit_symbol: string | null;
  readonly secrecy: Secrecy;
  readonly symbol: string;
  readonly issued_on: string;
  readonly type_code: string;
  readonly abstract: string | null;
  /** Null for a copy. */
  readonly signer_person_id: string | null;
  readonly cancel_reason: string | null;
  readonly withdrawal_reason: string | null;
  /** Symbol of the document that replaces or corrects it. */
  readonly withdrawn_for: string | null;
  readonly recipients: readonly Recipient[];
  readonly copies: number;
  readonly sent: number;
  readonly accepted: number;
  readonly sent_on: string | null;
  readonly signed_by: readonly string[];
}

/** Sổ đăng ký văn bản đi: by day, within a day by series and number. */
@Injectable()
export class OutgoingRegister implements Register<OutgoingEntry> {
  readonly form = outgoingForm;
  readonly order = ['day', 'id', 'number'] as const;

  constructor(private readonly directory: Directory) {}

  async stretch(
    tx: Tx,
    range: RegisterRange,
    after: readonly string[] | null,
    size: number,
  ): Promise<RegisterStretch<OutgoingEntry>> {
    const { sql, parameters } = statement(range, after, size + 1);
    const rows = await tx.query<Row>(sql, parameters);
    const shown = rows.slice(0, size);
    const last = rows.length > size ? shown.at(-1) : undefined;
    const people = await personNames(
      this.directory,
      tx,
      shown.flatMap((row) => row.signer_person_id ?? []),
    );
    const agencies = await agencyNames(
      this.directory,
      tx,
      shown.flatMap((row) => row.recipients.flatMap(({ agency }) => agency ?? [])),
    );
    const items = shown.flatMap((row) => entriesOf(row, people, agencies));
    if (last === undefined) items.push(...(await this.lostEnds(tx, range)));
    return { items, after: last ? [last.issued_on, last.series_id, String(last.number)] : null };
  }

  cells(entry: OutgoingEntry): readonly string[] {
    if (entry.gap) return [gapNumbers(entry.gap), '', entry.gap.vi, '', '', '', '', '', '', ''];
    const { receipt } = entry;
    return [
      entry.symbol ?? '',
      printedDay(entry.date),
      [entry.typeName, entry.abstract].filter((part) => part !== null).join(': '),
      entry.signer ?? '',
      entry.recipients.join('; '),
      entry.keeper ?? '',
      entry.copies === null ? '' : String(entry.copies),
      printedDay(entry.sentOn),
      receipt === null ? '' : receiptText(receipt),
      entry.note ?? '',
    ];
  }

  /** Numbers that a series has given out last and that no row holds. */
  private async lostEnds(tx: Tx, range: RegisterRange): Promise<readonly OutgoingEntry[]> {
    if (range.numbers) return [];
    const bodies = await this.directory.bodiesOf(range.agencyId, tx);
    const rows = await tx.query<{ id: string; last_number: number; held: number }>(
      `SELECT * FROM (
         SELECT s.id, s.last_number, coalesce((SELECT max(e.number) FROM workflow.register_entry e WHERE e.series_id = s.id), 0) AS held
         FROM workflow.number_series s
         WHERE s.body_id = ANY($1::uuid[]) AND s.secrecy_class <> 'secret' AND s.last_date BETWEEN $2 AND $3
           AND ($4::uuid IS NULL OR s.id = $4) AND ($5::uuid IS NULL OR s.body_id = $5)
       ) AS ends WHERE held < last_number`,
      [
        [range.agencyId, ...bodies.map(({ id }) => id)],
        range.from,
        range.to,
        range.seriesId ?? null,
        range.bodyId ?? null,
      ],
    );
    return rows.map(({ id, last_number, held }) => gapEntry(id, missingGap(held + 1, last_number)));
  }
}

/** Conditions stand in the text only where they are asked for, so that each text has the plan that fits it. */
function statement(
  range: RegisterRange,
  after: readonly string[] | null,
  limit: number,
): { readonly sql: string; readonly parameters: readonly unknown[] } {
  const parameters: unknown[] = [];
  const place = (value: unknown): string => `$${parameters.push(value)}`;
  const { numbers, enteredUntil } = range;
  const conditions = [
    `e.agency_id = ${place(range.agencyId)}`,
    `e.issued_on BETWEEN ${place(range.from)}::date AND ${place(range.to)}::date`,
    `s.secrecy_class <> 'secret'`,
  ];
  if (range.bodyId !== undefined) conditions.push(`e.body_id = ${place(range.bodyId)}`);
  if (range.seriesId !== undefined) conditions.push(`e.series_id = ${place(range.seriesId)}`);
  if (numbers) conditions.push(`e.number BETWEEN ${place(numbers.first)} AND ${place(numbers.last)}`);
  if (enteredUntil) conditions.push(`e.registered_at <= ${place(enteredUntil)}`);
  if (after)
    conditions.push(
      `(e.issued_on, e.series_id, e.number) > (${place(after[0])}::date, ${place(after[1])}::uuid, ${place(after[2])}::bigint)`,
    );
  const order = 'e.issued_on, e.series_id, e.number';
  const sql = `
    SELECT e.series_id, e.number, e.document_id, d.bloc, d.state, d.unit_symbol, e.secrecy, e.symbol,
      e.issued_on::text AS issued_on, e.type_code, e.abstract, e.signer_person_id, e.cancel_reason,
      d.withdrawal_reason, (SELECT w.symbol FROM workflow.document w WHERE w.id = d.withdrawn_for) AS withdrawn_for,
      coalesce((SELECT max(p.number) FROM workflow.register_entry p
        WHERE p.series_id = e.series_id AND p.number < e.number), 0) AS before,
      r.recipients, r.copies, y.sent + p.sent AS sent, y.accepted + p.accepted AS accepted, p.signed_by,
      (least(y.first, p.first) AT TIME ZONE 'Asia/Ho_Chi_Minh')::date::text AS sent_on
    FROM (
      SELECT e.* FROM workflow.register_entry e JOIN workflow.number_series s ON s.id = e.series_id
      WHERE ${conditions.join(' AND ')} ORDER BY ${order} LIMIT ${place(limit)}
    ) e
    JOIN workflow.document d ON d.id = e.document_id
    CROSS JOIN LATERAL (
      SELECT coalesce(jsonb_agg(jsonb_build_object('agency', r.agency_id, 'name', r.name) ORDER BY r.position), '[]') AS recipients,
        coalesce(sum(r.copies), 0)::integer AS copies
      FROM workflow.recipient r WHERE r.document_id = e.document_id
    ) r
    CROSS JOIN LATERAL (
      SELECT count(*)::integer AS sent, min(y.sent_at) AS first,
        count(*) FILTER (WHERE y.state IN ('03', '04', '05', '06'))::integer AS accepted
      FROM workflow.delivery y WHERE y.document_id = e.document_id
    ) y
    CROSS JOIN LATERAL (
      SELECT count(*)::integer AS sent, min(p.handed_at) AS first, count(p.received_at)::integer AS accepted,
        coalesce(array_agg(p.received_by ORDER BY p.n) FILTER (WHERE p.received_by IS NOT NULL), '{}') AS signed_by
      FROM workflow.dispatch p WHERE p.document_id = e.document_id
    ) p
    ORDER BY ${order}`;
  return { sql, parameters };
}

function entriesOf(
  row: Row,
  people: ReadonlyMap<string, string>,
  agencies: ReadonlyMap<string, string>,
): OutgoingEntry[] {
  const gaps = row.before < row.number - 1 ? [missingGap(row.before + 1, row.number - 1)] : [];
  const lost = gaps.map((gap) => gapEntry(row.series_id, gap));
  // Nobody holds a clearance in this version: of a secret document the number alone is shown.
  if (row.secrecy !== 'THUONG') return [...lost, gapEntry(row.series_id, secretGap(row.number))];
  const cancelled = row.cancel_reason !== null;
  return [
    ...lost,
    {
      kind: cancelled ? 'cancelled' : 'entry',
      seriesId: row.series_id,
      number: row.number,
      gap: null,
      documentId: row.document_id,
      symbol: row.symbol,
      date: row.issued_on,
      typeName: documentType(row.bloc, row.type_code)?.name ?? row.type_code,
      abstract: row.abstract,
      signer: people.get(row.signer_person_id ?? '') ?? null,
      recipients: row.recipients.map(({ agency, name }) => name ?? agencies.get(agency ?? '') ?? ''),
      keeper: keeperOf(row.bloc, row.unit_symbol),
      copies: row.copies,
      sentOn: row.sent_on,
      receipt: row.sent === 0 ? null : { accepted: row.accepted, of: row.sent, signedBy: row.signed_by },
      note: noteOf(row),
    },
  ];
}

function receiptText({ accepted, of, signedBy }: NonNullable<OutgoingEntry['receipt']>): string {
  return [`Đã tiếp nhận ${accepted}/${of}`, ...signedBy].join('; ');
}

const unissued = 'Đã cấp số, chưa phát hành';

/** What the last column says of a document that is not simply issued. */
const noteOfState: Readonly<Record<string, string>> = {
  NUMBERED: unissued,
  AGENCY_SIGNED: unissued,
  RECALLED: 'Đã thu hồi',
  REPLACED: 'Đã được thay thế',
  CORRECTED: 'Đã đính chính',
};

function noteOf(row: Row): string | null {
  if (row.cancel_reason !== null) return `Hủy số: ${row.cancel_reason}`;
  if (row.withdrawal_reason !== null) return withdrawalNote(row, row.withdrawal_reason);
  return noteOfState[row.state] ?? null;
}

/** A register printed later shows what became of the document; its number stays. */
function withdrawalNote({ state, withdrawn_for: by }: Row, reason: string): string {
  if (state === 'RECALLED') return `Thu hồi: ${reason}`;
  const how = state === 'REPLACED' ? 'Thay thế' : 'Đính chính';
  return by === null ? `${how}: ${reason}` : `${how} bằng ${by}: ${reason}`;
}

function gapEntry(seriesId: string, gap: Gap): OutgoingEntry {
  return {
    kind: 'gap',
    seriesId,
    number: gap.from,
    gap,
    documentId: null,
    symbol: null,
    date: null,
    typeName: null,
    abstract: null,
    signer: null,
    recipients: [],
    keeper: null,
    copies: null,
    sentOn: null,
    receipt: null,
    note: null,
  };
}

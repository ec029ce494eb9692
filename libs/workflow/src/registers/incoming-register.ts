import { Injectable } from '@nestjs/common';
import { Directory } from '#directory';
import type { Tx } from '#platform';

import { documentTypeName, incomingForm } from '../rules';
import type { ArrivalRow } from './arrivals';
import { arrivalOrder, arrivals, leadNames, lostArrivals } from './arrivals';
import type { Gap, Register, RegisterRange, RegisterStretch, RowKind } from './register';
import { gapNumbers, missingGap, printedDay, secretGap } from './register';

/** A row of the register of incoming documents; all but `arrivalNumber` and `gap` are null for a gap. */
export interface IncomingEntry {
  readonly kind: RowKind;
  readonly arrivalNumber: number;
  readonly gap: Gap | null;
  readonly incomingId: string | null;
  /** `YYYY-MM-DD`. */
  readonly arrivalDate: string | null;
  readonly author: string | null;
  readonly symbol: string | null;
  /** `YYYY-MM-DD`, of the document itself. */
  readonly date: string | null;
  readonly typeName: string | null;
  readonly abstract: string | null;
  readonly receiver: string | null;
  /** `YYYY-MM-DD`. */
  readonly passedOn: string | null;
  readonly receipt: string | null;
  readonly note: string | null;
}

/** Sổ đăng ký văn bản đến: one series of số đến a year, for what came electronically and on paper. */
@Injectable()
export class IncomingRegister implements Register<IncomingEntry> {
  readonly form = incomingForm;
  readonly order = arrivalOrder;

  constructor(private readonly directory: Directory) {}

  async stretch(
    tx: Tx,
    range: RegisterRange,
    after: readonly string[] | null,
    size: number,
  ): Promise<RegisterStretch<IncomingEntry>> {
    const rows = await arrivals(tx, range, after, size + 1);
    const shown = rows.slice(0, size);
    const last = rows.length > size ? shown.at(-1) : undefined;
    const names = await leadNames(this.directory, tx, shown);
    const items = shown.flatMap((row) => entriesOf(row, names));
    if (last) return { items, after: [last.arrival_date, String(last.number)] };
    const lost = await lostArrivals(tx, range);
    const ends = lost.map(({ held, last_number }) => gapEntry(missingGap(held + 1, last_number)));
    return { items: [...items, ...ends], after: null };
  }

  cells(entry: IncomingEntry): readonly string[] {
    if (entry.gap) return ['', gapNumbers(entry.gap), '', '', '', entry.gap.vi, '', '', '', ''];
    return [
      printedDay(entry.arrivalDate),
      String(entry.arrivalNumber),
      entry.author ?? '',
      entry.symbol ?? '',
      printedDay(entry.date),
      [entry.typeName, entry.abstract].filter((part) => part !== null).join(': '),
      entry.receiver ?? '',
      printedDay(entry.passedOn),
      entry.receipt ?? '',
      entry.note ?? '',
    ];
  }
}

function entriesOf(row: ArrivalRow, names: ReadonlyMap<string, string>): IncomingEntry[] {
  const lost = row.before < row.number - 1 ? [gapEntry(missingGap(row.before + 1, row.number - 1))] : [];
  // Nobody holds a clearance in this version: of a secret document the number alone is shown.
  if (row.secrecy !== 'THUONG') return [...lost, gapEntry(secretGap(row.number))];
  return [
    ...lost,
    {
      kind: 'entry',
      arrivalNumber: row.number,
      gap: null,
      incomingId: row.incoming_id,
      arrivalDate: row.arrival_date,
      author: row.sender_name,
      symbol: row.symbol,
      date: row.issued_on,
      typeName: row.type_code === null ? null : documentTypeName(row.type_code),
      abstract: row.abstract,
      receiver: names.get(row.lead_person_id ?? '') ?? null,
      passedOn: row.passed_on,
      receipt: row.seen_on === null ? null : `Đã nhận ${printedDay(row.seen_on)}`,
      note: row.source === 'paper' ? 'Bản giấy' : null,
    },
  ];
}

function gapEntry(gap: Gap): IncomingEntry {
  return {
    kind: 'gap',
    arrivalNumber: gap.from,
    gap,
    incomingId: null,
    arrivalDate: null,
    author: null,
    symbol: null,
    date: null,
    typeName: null,
    abstract: null,
    receiver: null,
    passedOn: null,
    receipt: null,
    note: null,
  };
}

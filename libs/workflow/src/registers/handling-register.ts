import { Injectable } from '@nestjs/common';
import { Directory } from '#directory';
import type { Tx } from '#platform';

import { documentTypeName, handlingForm } from '../rules';
import type { ArrivalRow } from './arrivals';
import { arrivalOrder, arrivals, leadNames } from './arrivals';
import type { Gap, Register, RegisterRange, RegisterStretch, RowKind } from './register';
import { gapNumbers, printedDay, secretGap } from './register';

/** A row of the register of handling; all but `arrivalNumber` and `gap` are null for a gap. */
export interface HandlingEntry {
  readonly kind: RowKind;
  readonly arrivalNumber: number;
  readonly gap: Gap | null;
  readonly incomingId: string | null;
  readonly typeName: string | null;
  readonly symbol: string | null;
  /** `YYYY-MM-DD`, of the document itself. */
  readonly date: string | null;
  readonly author: string | null;
  readonly abstract: string | null;
  readonly unit: string | null;
  /** `YYYY-MM-DD`. */
  readonly due: string | null;
  readonly progress: string | null;
  /** Number and symbol of the answer. */
  readonly reply: string | null;
  readonly note: string | null;
}

/** Sổ theo dõi giải quyết văn bản đến. */
@Injectable()
export class HandlingRegister implements Register<HandlingEntry> {
  readonly form = handlingForm;
  readonly order = arrivalOrder;

  constructor(private readonly directory: Directory) {}

  async stretch(
    tx: Tx,
    range: RegisterRange,
    after: readonly string[] | null,
    size: number,
  ): Promise<RegisterStretch<HandlingEntry>> {
    const rows = await arrivals(tx, range, after, size + 1);
    const shown = rows.slice(0, size);
    const last = rows.length > size ? shown.at(-1) : undefined;
    const names = await leadNames(this.directory, tx, shown);
    const items = shown.map((row) => entryOf(row, names));
    return { items, after: last ? [last.arrival_date, String(last.number)] : null };
  }

  cells(entry: HandlingEntry): readonly string[] {
    if (entry.gap) return [gapNumbers(entry.gap), entry.gap.vi, '', '', '', '', ''];
    const day = entry.date === null ? '' : ` ngày ${printedDay(entry.date)}`;
    const name = `${[entry.typeName, entry.symbol].filter((part) => part !== null).join(' ')}${day}`;
    return [
      String(entry.arrivalNumber),
      `${[name, entry.author].filter((part) => part !== null).join(' của ')}: ${entry.abstract ?? ''}`,
      entry.unit ?? '',
      printedDay(entry.due),
      entry.progress ?? '',
      entry.reply ?? '',
      entry.note ?? '',
    ];
  }
}

/** How far it is, in the words of the register. */
const progressOf: Readonly<Record<string, string>> = {
  REGISTERED: 'Đã đăng ký',
  SUBMITTED: 'Đã trình lãnh đạo',
  ASSIGNED: 'Đã giao xử lý',
  IN_PROGRESS: 'Đang xử lý',
  DONE: 'Đã giải quyết',
};

function progress({ handling, done_on: doneOn }: ArrivalRow): string {
  const words = progressOf[handling ?? 'REGISTERED'] ?? '';
  return doneOn === null ? words : `${words} ${printedDay(doneOn)}`;
}

function entryOf(row: ArrivalRow, names: ReadonlyMap<string, string>): HandlingEntry {
  const secret = row.secrecy !== 'THUONG';
  return {
    kind: secret ? 'gap' : 'entry',
    arrivalNumber: row.number,
    gap: secret ? secretGap(row.number) : null,
    incomingId: secret ? null : row.incoming_id,
    typeName: secret || row.type_code === null ? null : documentTypeName(row.type_code),
    symbol: secret ? null : row.symbol,
    date: secret ? null : row.issued_on,
    author: secret ? null : row.sender_name,
    abstract: secret ? null : row.abstract,
    unit: secret ? null : (names.get(row.lead_person_id ?? '') ?? null),
    due: secret ? null : row.due_on,
    progress: secret ? null : progress(row),
    reply: secret ? null : row.reply,
    note: null,
  };
}

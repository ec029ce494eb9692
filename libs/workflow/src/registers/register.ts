import type { CursorKey, Message, Tx } from '#platform';

import type { RegisterForm } from '../rules';

export const registerNames = ['outgoing', 'incoming', 'handling'] as const;
export type RegisterName = (typeof registerNames)[number];

/** Which part of an agency's register. */
export interface RegisterRange {
  readonly agencyId: string;
  /** First and last day, `YYYY-MM-DD`. */
  readonly from: string;
  readonly to: string;
  readonly bodyId?: string | undefined;
  readonly seriesId?: string | undefined;
  /** First and last number of a volume within its series. */
  readonly numbers?: { readonly first: number; readonly last: number } | undefined;
  /** Rows entered later are left out: what is printed page by page is one moment's register. */
  readonly enteredUntil?: Date | undefined;
}

/** Numbers of a series that stand in the register without a document one may see. */
export interface Gap extends Message {
  readonly from: number;
  readonly to: number;
  /** `SECRET`: taken by a document of the continuous series that needs a clearance; `MISSING`: nothing explains it. */
  readonly why: 'SECRET' | 'MISSING';
  /** Whether somebody must look into it; shown in red. */
  readonly fault: boolean;
}

/** `entry`: a document; `cancelled`: a number that was given and is not used, with its reason; `gap`: see `gap`. */
export type RowKind = 'entry' | 'cancelled' | 'gap';

/** A stretch of a register in its own order. */
export interface RegisterStretch<Item> {
  readonly items: readonly Item[];
  /** Where the next stretch begins; null at the end. */
  readonly after: readonly string[] | null;
}

/** One kind of register: where its rows come from and how they are printed. */
export interface Register<Item extends { readonly kind: RowKind; readonly gap: Gap | null } = RegisterItem> {
  readonly form: RegisterForm;
  /** @param after what the stretch before answered, or null for the first */
  stretch(
    tx: Tx,
    range: RegisterRange,
    after: readonly string[] | null,
    size: number,
  ): Promise<RegisterStretch<Item>>;
  /** What `after` consists of. */
  readonly order: readonly CursorKey[];
  /** Texts of a row, one for each column of the form. */
  cells(item: Item): readonly string[];
}

/** What all rows have, whichever register they stand in. */
export interface RegisterItem {
  readonly kind: RowKind;
  readonly gap: Gap | null;
}

export function secretGap(number: number): Gap {
  return {
    from: number,
    to: number,
    why: 'SECRET',
    fault: false,
    vi: 'Số của văn bản mật',
    en: 'Number of a secret document',
  };
}

export function missingGap(from: number, to: number): Gap {
  const which = gapNumbers({ from, to });
  return {
    from,
    to,
    why: 'MISSING',
    fault: true,
    vi: `Sổ thiếu số ${which}, chưa rõ lý do: cần kiểm tra ngay`,
    en: `The register lacks number ${which} and nothing explains it: look into it at once`,
  };
}

/** `05–07`, as it stands where a number would. */
export function gapNumbers({ from, to }: { readonly from: number; readonly to: number }): string {
  return from === to ? String(from) : `${from}–${to}`;
}

/** `2026-11-08` as `08/11/2026`; empty for none. */
export function printedDay(day: string | null): string {
  return day === null ? '' : day.split('-').toReversed().join('/');
}

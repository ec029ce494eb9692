import type { RegisterForm } from '../../rules';

/** A row as it is printed: a text for each column of the form. */
export interface PrintedRow {
  readonly cells: readonly string[];
  /** `fault` is shown in red, `void` (a cancelled or secret number) in grey. */
  readonly tone: 'plain' | 'void' | 'fault';
}

/** A register on its way to paper or to a file. */
export interface PrintedRegister {
  readonly form: RegisterForm;
  readonly cover: RegisterCover;
  /** In stretches, so that no more than one of them is held. */
  readonly rows: AsyncIterable<readonly PrintedRow[]>;
}

/** What the cover says (Decree 30/2020 annex IV). */
export interface RegisterCover {
  /** The agency above, where there is one. */
  readonly parentName: string | null;
  readonly agencyName: string;
  /** `Năm 2026`, or the days where they do not make up a year. */
  readonly period: string;
  /** First and last day, `YYYY-MM-DD`. */
  readonly from: string;
  readonly to: string;
  /** Of a volume. */
  readonly numbers?: { readonly first: number; readonly last: number } | undefined;
  readonly volume?: number | undefined;
}

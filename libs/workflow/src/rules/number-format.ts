import type { Bloc } from '#directory';

import type { Basis } from './citation';
import { readIn } from './citation';
import type { DocumentType } from './document-types';

/** How number and symbol are put together, per bloc. */
export interface NumberFormatRule {
  /** What stands before the number on the page: `Số: ` (State) or `Số ` (Party). */
  readonly prefix: string;
  readonly basis: Basis;
}

export const numberFormatRules: Readonly<Record<Bloc, NumberFormatRule>> = {
  party: {
    prefix: 'Số ',
    basis: readIn('Guidance 36-HD/VPTW of 2018', 'form rules of 05-HD/VPTW not re-read in full'),
  },
  state: { prefix: 'Số: ', basis: readIn('Decree 30/2020 annex I') },
  front: { prefix: 'Số: ', basis: readIn('Decree 30/2020 annex I', 'applied where fitting') },
  union: { prefix: 'Số: ', basis: readIn('Decree 30/2020 annex I', 'applied where fitting') },
};

export interface NumberInputs {
  readonly bloc: Bloc;
  readonly type: DocumentType;
  /** 1, 2, 3, … within its series. */
  readonly number: number;
  /** Symbol of the issuing body: `TW`, `TU`, `BKHCN`. */
  readonly bodySymbol: string;
  /** Calendar year in Asia/Ho_Chi_Minh; only a normative document shows it. */
  readonly year: number;
  /** Symbol of the drafting unit; only a State official letter shows it: `7816/VPCP-TTĐT`. */
  readonly unitSymbol?: string | null;
}

export interface FormattedNumber {
  /** `05`, `123` */
  readonly number: string;
  /** `57-NQ/TW`, `123/QĐ-BKHCN` */
  readonly symbol: string;
  /** As printed: `Số 57-NQ/TW`, `Số: 123/QĐ-BKHCN` */
  readonly line: string;
}

/** A number below 10 is written with a zero before it (Decree 30/2020 annex I). */
export function paddedNumber(number: number): string {
  if (!Number.isSafeInteger(number) || number < 1) throw new RangeError(`not a document number: ${number}`);
  return number < 10 ? `0${number}` : String(number);
}

/** Number and symbol as they stand on the page. */
export function formatNumber(input: NumberInputs): FormattedNumber {
  const number = paddedNumber(input.number);
  const symbol = input.bloc === 'party' ? partySymbol(number, input) : stateSymbol(number, input);
  return { number, symbol, line: `${numberFormatRules[input.bloc].prefix}${symbol}` };
}

function partySymbol(number: string, { type, bodySymbol }: NumberInputs): string {
  return `${number}-${type.abbreviation ?? ''}/${bodySymbol}`.replace('-/', '/');
}

function stateSymbol(number: string, { type, bodySymbol, unitSymbol, year }: NumberInputs): string {
  switch (type.numberStyle) {
    case 'letter':
      return unitSymbol ? `${number}/${bodySymbol}-${unitSymbol}` : `${number}/${bodySymbol}`;
    case 'normative':
      return `${number}/${year}/${type.abbreviation ?? ''}-${bodySymbol}`;
    default:
      return type.abbreviation === null
        ? `${number}/${bodySymbol}`
        : `${number}/${type.abbreviation}-${bodySymbol}`;
  }
}

import type { Bloc, Term } from '#directory';

import type { Basis } from './citation';
import { assumed, fromMemory, readIn } from './citation';
import { isCopyCode } from './copies';
import type { DocumentType } from './document-types';
import type { Secrecy } from './marks';

/** What one series of numbers spans. */
export interface NumberSeriesRule {
  /** `year`: 1 January to 31 December. `term`: from the day after one congress closes to the close of the next. */
  readonly period: 'year' | 'term';
  /** Whether secret documents run in a series of their own. */
  readonly secrecy: 'separate' | 'shared';
  readonly basis: Basis;
}

export const numberSeriesRules: Readonly<Record<Bloc, NumberSeriesRule>> = {
  party: {
    period: 'term',
    secrecy: 'shared',
    basis: readIn('Guidance 36-HD/VPTW of 2018', 'per type per term; secret and non-secret share one series'),
  },
  state: { period: 'year', secrecy: 'separate', basis: readIn('Decree 30/2020 art. 15 and annex I') },
  front: {
    period: 'year',
    secrecy: 'separate',
    basis: assumed('as State bodies until the Front’s own text is entered'),
  },
  union: {
    period: 'year',
    secrecy: 'separate',
    basis: assumed('as State bodies until their own text is entered'),
  },
};

/** Bodies whose types all count together. */
interface SharedSeriesRule {
  readonly bloc: Bloc;
  readonly bodySymbol: string;
  readonly basis: Basis;
}

/** No type has these codes. */
const allTypes = '*';
const allCopies = 'COPY';

/** Copies of all kinds count together, for the agency as a whole: several of its bodies may share one symbol. */
export const copySeriesRules: Readonly<Record<Bloc, Basis>> = {
  party: fromMemory('Guidance 36-HD/VPTW of 2018', 'one series for all copies of a term'),
  state: fromMemory('Decree 30/2020 annex I part II', 'one series for all copies of a year'),
  front: assumed('as State bodies until the Front’s own text is entered'),
  union: assumed('as State bodies until their own text is entered'),
};

const sharedSeriesRules: readonly SharedSeriesRule[] = [
  {
    bloc: 'party',
    bodySymbol: 'ĐH',
    basis: readIn('Guidance 36-HD/VPTW of 2018', 'a congress has one series for all types'),
  },
];

/** What names a series, beside its issuing body. */
export interface SeriesKey {
  /** The type's code, `*` where all types of the body count together, `COPY` for copies of all kinds. */
  readonly typeGroup: string;
  readonly secrecyClass: 'ordinary' | 'secret' | 'all';
  readonly periodKind: 'year' | 'term';
  /** As it is written: `2026`; for a term its name in the directory, `2025–2030`. */
  readonly period: string;
  /** What makes it the same series: the year, or the id of the term, whose name may be written otherwise one day. */
  readonly periodKey: string;
}

/**
 * The series a document of this kind takes its number from; undefined when no term runs that day.
 *
 * @param today `YYYY-MM-DD` in Asia/Ho_Chi_Minh
 */
export function seriesKeyFor(input: {
  readonly bloc: Bloc;
  readonly type: DocumentType;
  /** Symbol of the issuing body: `TU`, `ĐH`. */
  readonly bodySymbol: string;
  readonly secrecy: Secrecy;
  readonly today: string;
  /** Terms of the agency's committee, from the directory. */
  readonly terms: readonly Term[];
}): SeriesKey | undefined {
  const rule = numberSeriesRules[input.bloc];
  const year = input.today.slice(0, 4);
  const period = rule.period === 'year' ? { id: year, name: year } : termOn(input.today, input.terms);
  if (period === undefined) return undefined;
  return {
    typeGroup: typeGroupOf(input),
    secrecyClass: rule.secrecy === 'shared' ? 'all' : input.secrecy === 'THUONG' ? 'ordinary' : 'secret',
    periodKind: rule.period,
    period: period.name,
    periodKey: period.id,
  };
}

/** The term that runs on a day; ISO dates compare as text, a validity is half open. */
function termOn(day: string, terms: readonly Term[]): Term | undefined {
  return terms.find(({ validFrom, validTo }) => validFrom <= day && (validTo === null || day < validTo));
}

function typeGroupOf(input: {
  readonly bloc: Bloc;
  readonly type: DocumentType;
  readonly bodySymbol: string;
}): string {
  if (isCopyCode(input.type.code)) return allCopies;
  const isShared = sharedSeriesRules.some(
    ({ bloc, bodySymbol }) => bloc === input.bloc && bodySymbol === input.bodySymbol.normalize('NFC'),
  );
  return isShared ? allTypes : input.type.code;
}

import { damaged } from '../errors';
import type { PdfDict } from '../model/objects';

/** What a cross-reference section says about one object (ISO 32000-1 §7.5.4, §7.5.8). */
export type XrefEntry =
  | { readonly kind: 'free'; readonly next: number; readonly gen: number }
  | { readonly kind: 'offset'; readonly offset: number; readonly gen: number }
  | { readonly kind: 'compressed'; readonly stream: number; readonly index: number };

/** Object numbers `first` … `first + count - 1`. */
export interface Subsection {
  readonly first: number;
  readonly count: number;
}

/** One cross-reference table or stream, with its trailer. Entries are looked up in the file's bytes on demand. */
export interface XrefSection {
  readonly kind: 'table' | 'stream';
  /** Where the section starts: of `xref`, or of the stream's object number. */
  readonly offset: number;
  /** Just after the trailer dictionary, or after `endobj`. */
  readonly end: number;
  /** Trailer dictionary, or the dictionary of the stream. */
  readonly trailer: PdfDict;
  readonly subsections: readonly Subsection[];
  /** For a stream: its own object number. */
  readonly streamNum?: number;
  /** The stream that a hybrid-reference table names by /XRefStm. */
  readonly hybrid?: XrefSection;
  /** The entry in this section alone (without `hybrid`), or undefined. */
  readonly find: (num: number) => XrefEntry | undefined;
}

/** More subsections than this may not overlap: looking through them in turn would take too long. */
const maxOverlapping = 1000;

/**
 * How to find the subsection that holds an object number, as its place in the list: by halving where no two overlap,
 * as in every honest file, else the first in the order of the file.
 */
export function subsectionFinder(
  subsections: readonly Subsection[],
  offset: number,
): (num: number) => number {
  const sorted = subsections
    .map((subsection, place) => ({ ...subsection, place }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => a.first - b.first);
  const overlapping = sorted.some((part, i) => {
    const next = sorted[i + 1];
    return next !== undefined && part.first + part.count > next.first;
  });
  if (overlapping) {
    if (sorted.length > maxOverlapping)
      throw damaged('the subsections of a cross-reference overlap', { offset });
    return (num) => subsections.findIndex(({ first, count }) => num >= first && num < first + count);
  }
  return (num) => {
    let low = 0;
    let high = sorted.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const part = sorted[middle];
      if (part === undefined) return -1;
      if (num < part.first) high = middle - 1;
      else if (num >= part.first + part.count) low = middle + 1;
      else return part.place;
    }
    return -1;
  };
}

/** Every object number that the section lists, subsection by subsection. */
export function* numbersIn(section: XrefSection): Generator<number> {
  for (const { first, count } of section.subsections) {
    for (let i = 0; i < count; i++) yield first + i;
  }
}

/**
 * The entry that counts in this section: what the table says is in use, then its hybrid stream,
 * then what the table says is free, because objects hidden from old readers are listed there as free
 * (ISO 32000-1 §7.5.8.4).
 */
export function entryIn(section: XrefSection, num: number): XrefEntry | undefined {
  const own = section.find(num);
  if (section.hybrid === undefined || (own !== undefined && own.kind !== 'free')) return own;
  return section.hybrid.find(num) ?? own;
}

/** One more than the highest object number listed. */
export function sizeOf(section: XrefSection): number {
  let size = section.hybrid === undefined ? 0 : sizeOf(section.hybrid);
  for (const { first, count } of section.subsections) if (count > 0) size = Math.max(size, first + count);
  return size;
}

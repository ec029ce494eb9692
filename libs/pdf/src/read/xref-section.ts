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

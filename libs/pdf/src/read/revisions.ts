import { byteAt, startsWithAt } from '../bytes';
import { damaged, PdfError } from '../errors';
import type { PdfLimits } from '../limits';
import { asInteger } from '../model/objects';
import { ObjectParser } from './object-parser';
import type { XrefSection } from './xref-section';
import { readXrefStream } from './xref-stream';
import type { DecodingBudget } from './xref-stream';
import { readXrefTable } from './xref-table';

/** How a revision writes its cross-reference; a hybrid one has a table that names a stream by /XRefStm. */
export type XrefStyle = 'table' | 'stream' | 'hybrid';

/** One saved state of the file: the bytes [start, end), added after those of the revision before. */
export interface PdfRevision {
  /** 0 for the oldest. */
  readonly index: number;
  readonly style: XrefStyle;
  /** Offset of the section that a reader of this revision starts from. */
  readonly xrefOffset: number;
  /** Value after `startxref` at the end of the revision, where there is one. */
  readonly startXref: number | undefined;
  /** First byte after the revision before; 0 for the oldest. */
  readonly start: number;
  /** Just after the last byte of `%%EOF`; undefined when the revision does not end in `startxref n %%EOF`. */
  readonly eofEnd: number | undefined;
  /** Just after the end of line that follows `%%EOF` if there is one. The next revision starts here. */
  readonly end: number;
  /** Sections of this revision, the one looked up first in front; two in a linearized file, mostly one. */
  readonly sections: readonly XrefSection[];
}

/** The sections from the one at `startXref` back along /Prev, newest first (ISO 32000-1 §7.5.6). */
export function readSections(bytes: Uint8Array, startXref: number, limits: PdfLimits): XrefSection[] {
  const sections: XrefSection[] = [];
  const seen = new Set<number>();
  const budget: DecodingBudget = { left: limits.maxTotalDecodedBytes };
  let offset: number | undefined = startXref;
  while (offset !== undefined) {
    if (seen.has(offset))
      throw damaged('the cross-reference sections point at each other in a circle', { offset });
    if (sections.length >= limits.maxSections) {
      throw new PdfError('PDF_LIMIT_EXCEEDED', 'the file has too many revisions', {
        detail: { maxSections: limits.maxSections },
      });
    }
    seen.add(offset);
    const section = readSection(bytes, offset, limits, budget);
    sections.push(section);
    const previous = section.trailer.get('Prev');
    offset = previous === undefined ? undefined : asInteger(previous);
    if (previous !== undefined && offset === undefined)
      throw damaged('/Prev is not an offset', { offset: section.offset });
  }
  return sections;
}

function readSection(
  bytes: Uint8Array,
  offset: number,
  limits: PdfLimits,
  budget: DecodingBudget,
): XrefSection {
  if (offset < 0 || offset >= bytes.length)
    throw damaged('a cross-reference lies outside the file', { offset });
  const parser = new ObjectParser(bytes, offset, limits.maxDepth, 'file');
  parser.skipSpace();
  if (!startsWithAt(bytes, parser.pos, 'xref')) return readXrefStream(bytes, parser.pos, limits, budget);
  const table = readXrefTable(bytes, parser.pos, limits);
  const hybridOffset = table.trailer.get('XRefStm');
  if (hybridOffset === undefined) return table;
  const at = asInteger(hybridOffset);
  if (at === undefined || at >= bytes.length) throw damaged('/XRefStm is not an offset', { offset });
  return { ...table, hybrid: readXrefStream(bytes, at, limits, budget) };
}

/** Groups sections into revisions, oldest first. */
export function groupRevisions(bytes: Uint8Array, sections: readonly XrefSection[]): PdfRevision[] {
  const groups: XrefSection[][] = [];
  for (const section of sections) {
    const newer = groups.at(-1);
    const before = newer?.at(-1);
    if (newer !== undefined && before !== undefined && isOneRevision(bytes, before, section))
      newer.push(section);
    else groups.push([section]);
  }
  groups.reverse();
  const revisions: PdfRevision[] = [];
  for (const [index, group] of groups.entries()) {
    const [head] = group;
    if (head === undefined) continue;
    const last = group.reduce((a, b) => (b.offset > a.offset ? b : a));
    const ending = readEnding(bytes, last.end);
    revisions.push({
      index,
      style: head.kind === 'stream' ? 'stream' : group.some((s) => s.hybrid) ? 'hybrid' : 'table',
      xrefOffset: head.offset,
      startXref: ending?.startXref,
      start: revisions.at(-1)?.end ?? 0,
      eofEnd: ending?.eofEnd,
      end: ending?.end ?? last.end,
      sections: group,
    });
  }
  return revisions;
}

/**
 * Whether a section and the one its /Prev names were written in one go. Two habits are met: a linearized file, where
 * /Prev points forward (ISO 32000-1 Annex F), and hybrid updates that put a second, empty table with /XRefStm
 * directly behind the first, with one `startxref` for both.
 */
function isOneRevision(bytes: Uint8Array, section: XrefSection, previous: XrefSection): boolean {
  if (previous.offset > section.offset) return true;
  const parser = new ObjectParser(bytes, previous.end, 1, 'file');
  parser.skipSpace();
  return parser.pos === section.offset;
}

interface Ending {
  readonly startXref: number;
  readonly eofEnd: number;
  readonly end: number;
}

/** `startxref`, a number and `%%EOF` right after a section, or undefined. */
export function readEnding(bytes: Uint8Array, at: number): Ending | undefined {
  const parser = new ObjectParser(bytes, at, 1, 'file');
  if (!parser.takeKeyword('startxref')) return undefined;
  const startXref = parser.takeInteger();
  if (startXref === undefined) return undefined;
  let pos = parser.pos;
  // Not skipSpace: it would take %%EOF for a comment.
  while ([9, 10, 12, 13, 32].includes(byteAt(bytes, pos))) pos++;
  if (!startsWithAt(bytes, pos, '%%EOF')) return undefined;
  const eofEnd = pos + 5;
  const carriageReturn = byteAt(bytes, eofEnd) === 13 ? 1 : 0;
  const lineFeed = byteAt(bytes, eofEnd + carriageReturn) === 10 ? 1 : 0;
  return { startXref, eofEnd, end: eofEnd + carriageReturn + lineFeed };
}

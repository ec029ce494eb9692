import { isWhiteSpace } from '../bytes';
import { PdfError } from '../errors';
import { PdfArray, PdfDict, PdfStream } from '../model/objects';
import type { ByteSpan, PdfObject } from '../model/objects';
import type { PdfFile } from '../read/pdf-file';
import { readEnding } from '../read/revisions';
import type { PdfRevision } from '../read/revisions';
import { entryIn, numbersIn } from '../read/xref-section';
import type { XrefSection } from '../read/xref-section';
import type { PdfView } from '../read/view';

/** What makes the structure of a revision doubtful, though it can be read. Judging is the caller's. */
export type StructureProblemCode =
  /** A dictionary writes a key more than once. */
  | 'DUPLICATE_KEY'
  /** One section lists an object number twice. */
  | 'ENTRY_LISTED_TWICE'
  /** An object in use before is freed. */
  | 'OBJECT_FREED'
  /** An object freed before is in use again. */
  | 'FREED_OBJECT_REUSED'
  /** An object is overridden under another generation. */
  | 'GENERATION_CHANGED'
  /** The file begins with something other than its header. */
  | 'HEADER_NOT_AT_START'
  /** Table and stream of a hybrid section both have the object in use. */
  | 'HYBRID_AMBIGUITY'
  /** An object number is not below /Size. */
  | 'OBJECT_BEYOND_SIZE'
  /** An object lies before the bytes of the revision that lists it. */
  | 'OBJECT_OUTSIDE_REVISION'
  /** Two objects of the revision share bytes. */
  | 'OBJECTS_OVERLAP'
  /** An object cannot be read: another header than the cross-reference says, malformed, or beyond the revision. */
  | 'OBJECT_UNREADABLE'
  /** The revision does not end in `startxref n %%EOF`. */
  | 'REVISION_WITHOUT_END'
  /** A cross-reference section lies outside the revision that uses it. */
  | 'SECTION_OUTSIDE_REVISION'
  /** The number after `startxref` is not where the section begins. */
  | 'STARTXREF_MISMATCH'
  /** Bytes follow the last revision. */
  | 'TRAILING_BYTES'
  /** Bytes that belong to no listed object, section, comment or white space. */
  | 'UNLISTED_BYTES';

export interface StructureProblem {
  readonly code: StructureProblemCode;
  readonly revision: number;
  /** Object number, where it concerns one. */
  readonly num?: number;
  /** Absolute, bytes. */
  readonly offset?: number;
}

/** Problems of the file around its revisions: at its beginning and after its end. */
export function fileProblems(file: PdfFile): StructureProblem[] {
  const problems: StructureProblem[] = [];
  const last = file.revisions.length - 1;
  if (file.headerOffset > 0) problems.push({ code: 'HEADER_NOT_AT_START', revision: 0, offset: 0 });
  if (file.trailingBytes > 0 && !file.trailingIsWhiteSpace) {
    problems.push({ code: 'TRAILING_BYTES', revision: last, offset: file.bytes.length - file.trailingBytes });
  }
  return problems;
}

/**
 * Problems of one revision, found by reading every object that it lists. For the first revision of a large file that
 * is the whole file; for later ones it costs what they added.
 */
export function structureProblems(file: PdfFile, index: number): StructureProblem[] {
  const revision = file.revisions[index];
  if (revision === undefined) throw new RangeError(`the file has no revision ${index}`);
  const view = file.at(index);
  const spans: ByteSpan[] = [];
  const problems = [
    ...endingProblems(revision),
    ...sectionProblems(file.bytes, revision, spans),
    ...entryProblems(file, view, revision),
    ...objectProblems(view, revision, spans),
  ];
  return [...problems, ...byteProblems(file.bytes, revision, spans)];
}

function* endingProblems(revision: PdfRevision): Generator<StructureProblem> {
  const { index, eofEnd, startXref, xrefOffset } = revision;
  if (eofEnd === undefined) yield { code: 'REVISION_WITHOUT_END', revision: index, offset: revision.end };
  else if (startXref !== xrefOffset) yield { code: 'STARTXREF_MISMATCH', revision: index, offset: eofEnd };
}

function* sectionProblems(
  bytes: Uint8Array,
  revision: PdfRevision,
  spans: ByteSpan[],
): Generator<StructureProblem> {
  for (const section of revision.sections) {
    for (const part of section.hybrid === undefined ? [section] : [section, section.hybrid]) {
      spans.push({ start: part.offset, end: part.end });
      // The first section of a linearized file has an ending of its own, in the middle of the revision.
      const ending = readEnding(bytes, part.end);
      if (ending !== undefined) spans.push({ start: part.end, end: ending.eofEnd });
      if (part.offset < revision.start || part.end > revision.end) {
        yield { code: 'SECTION_OUTSIDE_REVISION', revision: revision.index, offset: part.offset };
      }
      yield* duplicateKeys(part.trailer, revision.index, part.streamNum);
    }
  }
}

function* entryProblems(file: PdfFile, view: PdfView, revision: PdfRevision): Generator<StructureProblem> {
  const before = revision.index === 0 ? undefined : file.at(revision.index - 1);
  const size = view.trailer.get('Size');
  for (const section of revision.sections) {
    yield* listedTwice(section, revision.index);
    for (const num of numbersOf(section)) {
      const problem = (code: StructureProblemCode): StructureProblem => ({
        code,
        revision: revision.index,
        num,
      });
      const entry = entryIn(section, num);
      if (entry === undefined) continue;
      if (typeof size !== 'number' || num >= size) yield problem('OBJECT_BEYOND_SIZE');
      const own = section.find(num);
      const hybrid = section.hybrid?.find(num);
      if (own !== undefined && own.kind !== 'free' && hybrid !== undefined && hybrid.kind !== 'free') {
        yield problem('HYBRID_AMBIGUITY');
      }
      const old = before?.entryOf(num);
      // Object 0 heads the free list and is in no one's use.
      if (old === undefined || num === 0) continue;
      if (entry.kind === 'free' && old.kind !== 'free') yield problem('OBJECT_FREED');
      else if (entry.kind !== 'free' && old.kind === 'free') yield problem('FREED_OBJECT_REUSED');
      else if (entry.kind !== 'free' && genOf(entry) !== genOf(old)) yield problem('GENERATION_CHANGED');
    }
  }
}

function genOf(entry: { readonly kind: string; readonly gen?: number }): number {
  return entry.gen ?? 0;
}

function* numbersOf(section: XrefSection): Generator<number> {
  yield* numbersIn(section);
  if (section.hybrid === undefined) return;
  for (const num of numbersIn(section.hybrid)) if (section.find(num) === undefined) yield num;
}

function* listedTwice(section: XrefSection, revision: number): Generator<StructureProblem> {
  const ranges = [...section.subsections].filter(({ count }) => count > 0).sort((a, b) => a.first - b.first);
  let next = 0;
  for (const { first, count } of ranges) {
    if (first < next) yield { code: 'ENTRY_LISTED_TWICE', revision, num: first };
    next = Math.max(next, first + count);
  }
}

function* objectProblems(
  view: PdfView,
  revision: PdfRevision,
  spans: ByteSpan[],
): Generator<StructureProblem> {
  const { index } = revision;
  for (const ref of view.objectsChangedIn(index)) {
    const { num } = ref;
    const entry = view.entryOf(num);
    if (entry === undefined || entry.kind === 'free') continue;
    try {
      const object = view.get(ref);
      const span = view.sourceOf(ref);
      if (span !== undefined) {
        if (span.start < revision.start)
          yield { code: 'OBJECT_OUTSIDE_REVISION', revision: index, num, offset: span.start };
        else spans.push(span);
      }
      yield* duplicateKeys(object, index, num);
    } catch (error) {
      if (!(error instanceof PdfError)) throw error;
      const offset = entry.kind === 'offset' ? { offset: entry.offset } : {};
      yield { code: 'OBJECT_UNREADABLE', revision: index, num, ...offset };
    }
  }
}

/** Depth is bounded by the parser. */
function* duplicateKeys(
  object: PdfObject,
  revision: number,
  num: number | undefined,
): Generator<StructureProblem> {
  if (object instanceof PdfStream) yield* duplicateKeys(object.dict, revision, num);
  else if (object instanceof PdfArray) for (const item of object) yield* duplicateKeys(item, revision, num);
  else if (object instanceof PdfDict) {
    if (object.duplicateKeys.length > 0)
      yield { code: 'DUPLICATE_KEY', revision, ...(num !== undefined && { num }) };
    for (const [, value] of object.entries()) yield* duplicateKeys(value, revision, num);
  }
}

/** What stands between the objects and sections of a revision, and whether any two of them overlap. */
function* byteProblems(
  bytes: Uint8Array,
  revision: PdfRevision,
  spans: ByteSpan[],
): Generator<StructureProblem> {
  const { index } = revision;
  const byStart = [...spans].sort((a, b) => a.start - b.start || a.end - b.end);
  let at = revision.start;
  let previous: ByteSpan | undefined;
  for (const span of byStart) {
    // A cross-reference stream may list itself: then one span stands here twice.
    const again = previous?.start === span.start && previous.end === span.end;
    if (span.start < at && !again) yield { code: 'OBJECTS_OVERLAP', revision: index, offset: span.start };
    const stray = span.start > at ? strayByte(bytes, at, span.start) : -1;
    if (stray >= 0) yield { code: 'UNLISTED_BYTES', revision: index, offset: stray };
    at = Math.max(at, span.end);
    previous = span;
  }
}

/** First byte in [from, to) that is neither white space nor comment, or -1. */
function strayByte(bytes: Uint8Array, from: number, to: number): number {
  let comment = false;
  for (let at = from; at < to; at++) {
    const byte = bytes[at] ?? 0;
    if (byte === 10 || byte === 13) comment = false;
    else if (byte === 0x25) comment = true;
    else if (!comment && !isWhiteSpace(byte)) return at;
  }
  return -1;
}

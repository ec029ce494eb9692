import { byteAt, fromLatin1, isWhiteSpace, lastIndexOfText, startsWithAt } from '../bytes';
import { damaged, PdfError } from '../errors';
import { defaultLimits } from '../limits';
import type { PdfLimits } from '../limits';
import { FileReader } from './file-reader';
import { ObjectParser } from './object-parser';
import { groupRevisions, readSections } from './revisions';
import type { PdfRevision } from './revisions';
import { View } from './view';
import type { PdfView } from './view';

/** An opened file. Holds the caller's byte array itself; nobody may change it while the file is in use. */
export interface PdfFile {
  readonly bytes: Uint8Array;
  readonly limits: PdfLimits;
  /** Version in the header, such as `1.7`. The catalog may raise it. */
  readonly headerVersion: string;
  /** Where `%PDF-` stands; 0 in a proper file. Offsets count from the first byte all the same. */
  readonly headerOffset: number;
  /** Oldest first; only those on the /Prev chain from the last `startxref`. */
  readonly revisions: readonly PdfRevision[];
  /** Bytes after the `%%EOF` line of the last revision. */
  readonly trailingBytes: number;
  /** Whether those bytes are white space only. */
  readonly trailingIsWhiteSpace: boolean;
  readonly latest: PdfView;
  /** The document as revision `index` left it. */
  at(index: number): PdfView;
}

/** How far before the end the last `startxref` is looked for. */
const tailBytes = 65_536;
/** ISO 32000-1 Annex H, note 13: readers accept a header within the first 1024 bytes. */
const headBytes = 1024;

/**
 * Opens a file: reads the header, the cross-reference sections and their trailers, and nothing else.
 * @throws PdfError PDF_EMPTY, NOT_A_PDF, PDF_TRUNCATED, PDF_ENCRYPTED, PDF_DAMAGED or PDF_LIMIT_EXCEEDED
 */
export function openPdf(bytes: Uint8Array, limits: Partial<PdfLimits> = {}): PdfFile {
  const bounds = { ...defaultLimits, ...limits };
  if (bytes.length === 0) throw new PdfError('PDF_EMPTY', 'the file has no bytes');
  if (bytes.length > bounds.maxBytes) {
    throw new PdfError('PDF_LIMIT_EXCEEDED', 'the file is too large', {
      detail: { bytes: bytes.length, maxBytes: bounds.maxBytes },
    });
  }
  const header = readHeader(bytes);
  const sections = readSections(bytes, findStartXref(bytes), bounds);
  if (sections.some((section) => section.trailer.has('Encrypt'))) {
    throw new PdfError('PDF_ENCRYPTED', 'the file is encrypted');
  }
  const revisions = groupRevisions(bytes, sections);
  const reader = new FileReader(bytes, bounds);
  const views = new Map<number, PdfView>();
  const at = (index: number): PdfView => {
    let view = views.get(index);
    if (view === undefined) {
      if (revisions[index] === undefined) throw new RangeError(`the file has no revision ${index}`);
      view = new View(reader, revisions.slice(0, index + 1));
      views.set(index, view);
    }
    return view;
  };
  const end = revisions.at(-1)?.end ?? bytes.length;
  return {
    bytes,
    limits: bounds,
    headerVersion: header.version,
    headerOffset: header.offset,
    revisions,
    trailingBytes: bytes.length - end,
    trailingIsWhiteSpace: bytes.subarray(end).every((byte) => isWhiteSpace(byte)),
    get latest() {
      return at(revisions.length - 1);
    },
    at,
  };
}

function readHeader(bytes: Uint8Array): { readonly version: string; readonly offset: number } {
  const last = Math.min(headBytes, bytes.length - 5);
  for (let at = 0; at <= last; at++) {
    if (!startsWithAt(bytes, at, '%PDF-')) continue;
    const version = /^\d\.\d/.exec(fromLatin1(bytes.subarray(at + 5, at + 8)))?.[0];
    if (version === undefined) throw damaged('the header names no version');
    return { version, offset: at };
  }
  throw new PdfError('NOT_A_PDF', 'no PDF header stands at the beginning');
}

function findStartXref(bytes: Uint8Array): number {
  const at = lastIndexOfText(bytes, 'startxref', Math.max(0, bytes.length - tailBytes), bytes.length);
  if (at < 0) throw new PdfError('PDF_TRUNCATED', 'no startxref stands near the end');
  const parser = new ObjectParser(bytes, at + 'startxref'.length, 1, 'file');
  const offset = parser.takeInteger();
  if (offset === undefined) throw new PdfError('PDF_TRUNCATED', 'startxref is not followed by an offset');
  let pos = parser.pos;
  while (isWhiteSpace(byteAt(bytes, pos))) pos++;
  if (!startsWithAt(bytes, pos, '%%EOF')) throw new PdfError('PDF_TRUNCATED', 'no %%EOF follows startxref');
  if (offset >= bytes.length) {
    throw new PdfError('PDF_TRUNCATED', 'startxref points beyond the end', {
      detail: { offset, bytes: bytes.length },
    });
  }
  return offset;
}

import { byteAt, endsToken, isDigit, isWhiteSpace } from '../bytes';
import { damaged, PdfError } from '../errors';
import type { PdfLimits } from '../limits';
import { PdfDict } from '../model/objects';
import { ObjectParser } from './object-parser';
import { subsectionFinder } from './xref-section';
import type { Subsection, XrefEntry, XrefSection } from './xref-section';

const rowBytes = 20;

interface TablePart extends Subsection {
  readonly find: (index: number) => XrefEntry;
}

/**
 * Reads the classic table whose keyword `xref` stands at `offset` (ISO 32000-1 §7.5.4). Rows of the regular
 * 20 bytes are only looked at when asked for; others are parsed at once.
 */
export function readXrefTable(bytes: Uint8Array, offset: number, limits: PdfLimits): XrefSection {
  const parser = new ObjectParser(bytes, offset, limits.maxDepth, 'file');
  if (!parser.takeKeyword('xref')) throw damaged('no cross-reference table stands here', { offset });
  const parts: TablePart[] = [];
  while (!parser.takeKeyword('trailer')) {
    const first = parser.takeInteger();
    const count = parser.takeInteger();
    if (first === undefined || count === undefined) {
      throw damaged('malformed cross-reference table', { offset: parser.pos });
    }
    if (first + count > limits.maxObjects + 1) {
      throw new PdfError('PDF_LIMIT_EXCEEDED', 'object numbers are too high', { detail: { first, count } });
    }
    parts.push(readPart(parser, first, count));
  }
  const trailer = parser.parseObject();
  if (!(trailer instanceof PdfDict)) throw damaged('the trailer is not a dictionary', { offset: parser.pos });
  const placeOf = subsectionFinder(parts, offset);
  return {
    kind: 'table',
    offset,
    end: parser.pos,
    trailer,
    subsections: parts,
    find: (num) => {
      const part = parts[placeOf(num)];
      return part?.find(num - part.first);
    },
  };
}

function readPart(parser: ObjectParser, first: number, count: number): TablePart {
  const { bytes } = parser;
  parser.skipSpace();
  const start = parser.pos;
  const end = start + count * rowBytes;
  if (end <= bytes.length && rowsLookRegular(bytes, start, count)) {
    parser.pos = end;
    return { first, count, find: (index) => readRow(bytes, start + index * rowBytes) };
  }
  const entries: XrefEntry[] = [];
  // The loop ends with the bytes: each row consumes at least five of them or throws.
  for (let i = 0; i < count; i++) entries.push(readLooseRow(parser));
  return {
    first,
    count,
    find: (index) => entries[index] ?? { kind: 'free', next: 0, gen: 65535 },
  };
}

/** First, last and following bytes agree with rows of 20 bytes; what lies between is checked when it is read. */
function rowsLookRegular(bytes: Uint8Array, start: number, count: number): boolean {
  if (count === 0) return true;
  const next = byteAt(bytes, start + count * rowBytes);
  return (
    isRow(bytes, start) &&
    isRow(bytes, start + (count - 1) * rowBytes) &&
    (next === 0x74 || isDigit(next) || isWhiteSpace(next))
  );
}

function isRow(bytes: Uint8Array, at: number): boolean {
  for (let i = 0; i < 18; i++) {
    const byte = byteAt(bytes, at + i);
    if (i === 10 || i === 16) {
      if (byte !== 0x20) return false;
    } else if (i === 17) {
      if (byte !== 0x6e && byte !== 0x66) return false;
    } else if (!isDigit(byte)) return false;
  }
  return isWhiteSpace(byteAt(bytes, at + 18)) && isWhiteSpace(byteAt(bytes, at + 19));
}

function readRow(bytes: Uint8Array, at: number): XrefEntry {
  if (!isRow(bytes, at)) throw damaged('malformed row in a cross-reference table', { offset: at });
  let offset = 0;
  for (let i = 0; i < 10; i++) offset = offset * 10 + (byteAt(bytes, at + i) - 0x30);
  let gen = 0;
  for (let i = 11; i < 16; i++) gen = gen * 10 + (byteAt(bytes, at + i) - 0x30);
  return entry(offset, gen, byteAt(bytes, at + 17));
}

function readLooseRow(parser: ObjectParser): XrefEntry {
  const offset = parser.takeInteger();
  const gen = parser.takeInteger();
  parser.skipSpace();
  const kind = byteAt(parser.bytes, parser.pos);
  const whole = endsToken(byteAt(parser.bytes, parser.pos + 1));
  if (offset === undefined || gen === undefined || (kind !== 0x6e && kind !== 0x66) || !whole) {
    throw damaged('malformed row in a cross-reference table', { offset: parser.pos });
  }
  parser.pos++;
  return entry(offset, gen, kind);
}

function entry(offset: number, gen: number, kind: number): XrefEntry {
  return kind === 0x6e ? { kind: 'offset', offset, gen } : { kind: 'free', next: offset, gen };
}

import { byteAt, startsWithAt } from '../bytes';
import { damaged } from '../errors';
import { asInteger, PdfDict, PdfStream } from '../model/objects';
import type { ByteSpan, PdfObject } from '../model/objects';
import { ObjectParser } from './object-parser';

export interface IndirectObject {
  readonly num: number;
  readonly gen: number;
  readonly object: PdfObject;
  /** From the object number to the end of `endobj`. */
  readonly span: ByteSpan;
  /** Whether reading needed an object other than this one: the length of a stream given by reference. */
  readonly borrowedLength: boolean;
}

/**
 * Reads `n g obj … endobj` at an absolute offset (ISO 32000-1 §7.3.10).
 * @param lengthOf gives the value of a stream's /Length, following a reference
 * @param end the offset at which the readable part of the file ends
 */
export function readIndirectObject(
  bytes: Uint8Array,
  offset: number,
  end: number,
  maxDepth: number,
  lengthOf: (length: PdfObject | undefined) => number | undefined,
): IndirectObject {
  const parser = new ObjectParser(bytes, offset, maxDepth, 'file');
  parser.skipSpace();
  const start = parser.pos;
  const num = parser.takeInteger();
  const gen = parser.takeInteger();
  if (num === undefined || gen === undefined || !takeObjKeyword(parser)) {
    throw damaged('no indirect object stands where the cross-reference points', { offset });
  }
  let object = parser.parseObject();
  let borrowedLength = false;
  if (object instanceof PdfDict) {
    parser.skipSpace();
    if (startsWithAt(bytes, parser.pos, 'stream')) {
      const length = object.get('Length');
      borrowedLength = asInteger(length) === undefined;
      object = readStream(parser, object, lengthOf(length), end);
    }
  }
  if (!parser.takeKeyword('endobj'))
    throw damaged('an object does not end with endobj', { offset: start, num });
  if (parser.pos > end) throw damaged('an object reaches beyond its revision', { offset: start, num });
  return { num, gen, object, span: { start, end: parser.pos }, borrowedLength };
}

/** `obj` need not be followed by white space: `1 0 obj<<` and even `1 0 obj5` are met. */
function takeObjKeyword(parser: ObjectParser): boolean {
  parser.skipSpace();
  if (!startsWithAt(parser.bytes, parser.pos, 'obj')) return false;
  parser.pos += 3;
  return true;
}

function readStream(parser: ObjectParser, dict: PdfDict, length: number | undefined, end: number): PdfStream {
  const { bytes } = parser;
  let start = parser.pos + 'stream'.length;
  // ISO 32000-1 §7.3.8.1: CR LF or LF, not CR alone.
  if (byteAt(bytes, start) === 13 && byteAt(bytes, start + 1) === 10) start += 2;
  else if (byteAt(bytes, start) === 10) start += 1;
  else throw damaged('the keyword stream is not followed by an end of line', { offset: parser.pos });
  if (length === undefined || length < 0 || start + length > end) {
    throw damaged('a stream has no usable length', { offset: parser.pos });
  }
  parser.pos = start + length;
  if (!parser.takeKeyword('endstream')) {
    throw damaged('a stream does not end where its length says', { offset: start, length });
  }
  return new PdfStream(dict, bytes.subarray(start, start + length), { start, end: start + length });
}

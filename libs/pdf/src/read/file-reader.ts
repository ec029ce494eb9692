import { damaged, PdfError } from '../errors';
import { decodeStream } from '../filters/decode';
import type { PdfLimits } from '../limits';
import { asInteger, asName } from '../model/objects';
import type { PdfObject, PdfStream } from '../model/objects';
import { readIndirectObject } from './indirect-object';
import type { IndirectObject } from './indirect-object';
import { ObjectParser } from './object-parser';

type Resolve = (object: PdfObject | undefined) => PdfObject;

interface ObjectStreamContent {
  readonly data: Uint8Array;
  /** Pairs of object number and absolute position in `data`. */
  readonly index: readonly number[];
  readonly objects: Map<number, PdfObject>;
}

/** Objects read from one file by their place, kept so that all views of the file share them. */
export class FileReader {
  private readonly objects = new Map<number, IndirectObject>();
  private readonly objectStreams = new Map<PdfStream, ObjectStreamContent>();
  private decodedBytes = 0;

  constructor(
    readonly bytes: Uint8Array,
    readonly limits: PdfLimits,
  ) {}

  /** The object at an absolute offset; one whose length lies in another object is read anew for each view. */
  objectAt(offset: number, end: number, resolve: Resolve): IndirectObject {
    const known = this.objects.get(offset);
    if (known !== undefined && known.span.end <= end) return known;
    if (offset >= end) throw damaged('an object lies beyond its revision', { offset });
    const read = readIndirectObject(this.bytes, offset, end, this.limits.maxDepth, (length) =>
      asInteger(resolve(length)),
    );
    if (!read.borrowedLength) this.objects.set(offset, read);
    return read;
  }

  /** Decodes within the limits for one stream and for the file as a whole. */
  decode(stream: PdfStream, resolve: Resolve): Uint8Array {
    const left = this.limits.maxTotalDecodedBytes - this.decodedBytes;
    const allowed = Math.min(this.limits.maxDecodedBytes, left);
    let data: Uint8Array;
    try {
      data = decodeStream(stream, resolve, allowed);
    } catch (error) {
      // What was decoded before it grew too large cost as much as a stream that did not.
      if (error instanceof PdfError && error.code === 'PDF_LIMIT_EXCEEDED') this.decodedBytes += allowed;
      throw error;
    }
    if (data !== stream.raw) this.decodedBytes += data.length;
    if (this.decodedBytes > this.limits.maxTotalDecodedBytes) {
      throw new PdfError('PDF_LIMIT_EXCEEDED', 'the streams of the file decode to too many bytes');
    }
    return data;
  }

  /** Object `num`, at `index` of an object stream (ISO 32000-1 §7.5.7). */
  objectInStream(stream: PdfStream, num: number, index: number, resolve: Resolve): PdfObject {
    let content = this.objectStreams.get(stream);
    if (content === undefined) {
      content = this.openObjectStream(stream, resolve);
      this.objectStreams.set(stream, content);
    }
    const known = content.objects.get(index);
    if (content.index[index * 2] !== num) {
      throw damaged('an object stream holds another object than the cross-reference says', { num, index });
    }
    if (known !== undefined) return known;
    const at = content.index[index * 2 + 1] ?? content.data.length;
    const object = new ObjectParser(content.data, at, this.limits.maxDepth, 'object-stream').parseObject();
    content.objects.set(index, object);
    return object;
  }

  private openObjectStream(stream: PdfStream, resolve: Resolve): ObjectStreamContent {
    const count = asInteger(resolve(stream.dict.get('N')));
    const first = asInteger(resolve(stream.dict.get('First')));
    if (asName(resolve(stream.dict.get('Type'))) !== 'ObjStm' || count === undefined || first === undefined) {
      throw damaged('an object stream is malformed');
    }
    const data = this.decode(stream, resolve);
    const parser = new ObjectParser(data, 0, 1, 'object-stream');
    const index: number[] = [];
    for (let i = 0; i < count; i++) {
      const num = parser.takeInteger();
      const at = parser.takeInteger();
      if (num === undefined || at === undefined) throw damaged('the index of an object stream is malformed');
      index.push(num, first + at);
    }
    return { data, index, objects: new Map() };
  }
}

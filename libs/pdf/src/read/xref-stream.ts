import { damaged, PdfError } from '../errors';
import { decodeStream } from '../filters/decode';
import type { PdfLimits } from '../limits';
import { asArray, asInteger, asName, PdfRef, PdfStream } from '../model/objects';
import type { PdfObject } from '../model/objects';
import { readIndirectObject } from './indirect-object';
import { subsectionFinder } from './xref-section';
import type { Subsection, XrefEntry, XrefSection } from './xref-section';

/** Decoded bytes that the cross-reference streams of a file may still come to. */
export interface DecodingBudget {
  left: number;
}

/** Reads the cross-reference stream whose object starts at `offset` (ISO 32000-1 §7.5.8). */
export function readXrefStream(
  bytes: Uint8Array,
  offset: number,
  limits: PdfLimits,
  budget: DecodingBudget,
): XrefSection {
  const read = readIndirectObject(bytes, offset, bytes.length, limits.maxDepth, asInteger);
  const stream = read.object;
  if (!(stream instanceof PdfStream) || asName(stream.dict.get('Type')) !== 'XRef') {
    throw damaged('no cross-reference section stands here', { offset });
  }
  const { dict } = stream;
  const widths = asArray(dict.get('W'))?.items.map(asInteger) ?? [];
  const [typeWidth, secondWidth, thirdWidth] = widths;
  if (typeWidth === undefined || secondWidth === undefined || thirdWidth === undefined) {
    throw damaged('a cross-reference stream has no field widths', { offset });
  }
  if ([typeWidth, secondWidth, thirdWidth].some((width) => width < 0 || width > 7) || secondWidth === 0) {
    throw damaged('a cross-reference stream has impossible field widths', { offset });
  }
  const rowBytes = typeWidth + secondWidth + thirdWidth;
  const subsections = readIndex(dict.get('Index'), asInteger(dict.get('Size')), offset, limits);
  const rows = subsections.reduce((sum, { count }) => sum + count, 0);
  // References have no meaning before the cross-reference is read, so none is followed here.
  const data = decodeStream(stream, directOnly, Math.min(limits.maxDecodedBytes, budget.left));
  if (data !== stream.raw) budget.left -= data.length;
  if (data.length < rows * rowBytes) throw damaged('a cross-reference stream is too short', { offset });
  const field = (at: number, width: number): number => {
    let value = 0;
    for (let i = 0; i < width; i++) value = value * 256 + (data[at + i] ?? 0);
    return value;
  };
  const placeOf = subsectionFinder(subsections, offset);
  const rowsBefore: number[] = [];
  let sum = 0;
  for (const { count } of subsections) {
    rowsBefore.push(sum);
    sum += count;
  }
  return {
    kind: 'stream',
    offset: read.span.start,
    end: read.span.end,
    trailer: dict,
    subsections,
    streamNum: read.num,
    find: (num) => {
      const place = placeOf(num);
      const part = subsections[place];
      if (part === undefined) return undefined;
      const at = ((rowsBefore[place] ?? 0) + num - part.first) * rowBytes;
      const type = typeWidth === 0 ? 1 : field(at, typeWidth);
      return entry(type, field(at + typeWidth, secondWidth), field(at + typeWidth + secondWidth, thirdWidth));
    },
  };
}

/** ISO 32000-1 table 18. Other types are references to the null object. */
function entry(type: number, second: number, third: number): XrefEntry {
  if (type === 1) return { kind: 'offset', offset: second, gen: third };
  if (type === 2) return { kind: 'compressed', stream: second, index: third };
  return { kind: 'free', next: second, gen: third };
}

function directOnly(object: PdfObject | undefined): PdfObject {
  if (object instanceof PdfRef) throw damaged('a cross-reference stream depends on another object');
  return object ?? null;
}

function readIndex(
  index: PdfObject | undefined,
  size: number | undefined,
  offset: number,
  limits: PdfLimits,
): Subsection[] {
  const numbers = index === undefined ? [0, size] : (asArray(index)?.items.map(asInteger) ?? []);
  const subsections: Subsection[] = [];
  for (let i = 0; i < numbers.length; i += 2) {
    const first = numbers[i];
    const count = numbers[i + 1];
    if (first === undefined || count === undefined || first < 0 || count < 0) {
      throw damaged('malformed index of a cross-reference stream', { offset });
    }
    if (first + count > limits.maxObjects + 1) {
      throw new PdfError('PDF_LIMIT_EXCEEDED', 'object numbers are too high', { detail: { first, count } });
    }
    subsections.push({ first, count });
  }
  return subsections;
}

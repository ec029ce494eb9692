import { PdfArray, PdfString } from '#pdf';
import type { ByteSpan, PdfDict, PdfFile, PdfRef } from '#pdf';
import type { Coverage } from './report';

/** What is wrong with the way a signature says what it covers. */
export type CoverageProblem =
  'BYTE_RANGE_MALFORMED' | 'CONTENTS_MALFORMED' | 'GAP_IS_NOT_CONTENTS' | 'NOT_A_REVISION' | 'TRAILING_BYTES';

export interface CoverageResult {
  readonly coverage: Coverage;
  readonly problems: readonly CoverageProblem[];
  /** As four integers inside the file, ascending; undefined where it is not even that. */
  readonly byteRange: readonly [number, number, number, number] | undefined;
  /** The encoded CMS, with its padding. */
  readonly contents: Uint8Array | undefined;
  /** Index of the revision that the signed part ends with. */
  readonly revision: number | undefined;
}

/** Rules 1 to 4 and 6: which bytes are signed, and whether they are the whole of a revision. */
export function coverageOf(file: PdfFile, signature: PdfDict, valueRef: PdfRef | undefined): CoverageResult {
  const byteRange = readByteRange(signature, file.bytes.length);
  const contents = signature.get('Contents');
  const encoded = contents instanceof PdfString && contents.bytes.length > 0 ? contents : undefined;
  const nothing = { byteRange, contents: encoded?.bytes, revision: undefined, coverage: 'UNCLEAR' } as const;
  if (!byteRange) return { ...nothing, problems: ['BYTE_RANGE_MALFORMED'] };
  if (!encoded) return { ...nothing, problems: ['CONTENTS_MALFORMED'] };
  const [, gapStart, gapEnd, tail] = byteRange;
  if (!isGap(file, encoded, valueRef, { start: gapStart, end: gapEnd }))
    return { ...nothing, problems: ['GAP_IS_NOT_CONTENTS'] };

  const end = gapEnd + tail;
  const revision = file.revisions.find((candidate) => candidate.eofEnd === end || candidate.end === end);
  const read = { byteRange, contents: encoded.bytes };
  if (
    revision === undefined ||
    revision.startXref !== revision.xrefOffset ||
    !sectionsInside(file, revision.index, end)
  ) {
    return {
      ...read,
      coverage: 'CONTIGUOUS_BLOCK_FROM_START',
      revision: undefined,
      problems: ['NOT_A_REVISION'],
    };
  }
  // Some readers count offsets from the header: with bytes in front of it, one file would read as two.
  if (file.headerOffset > 0)
    return {
      ...read,
      coverage: 'CONTIGUOUS_BLOCK_FROM_START',
      revision: undefined,
      problems: ['NOT_A_REVISION'],
    };
  const problems: CoverageProblem[] = file.trailingBytes > 0 ? ['TRAILING_BYTES'] : [];
  const isLast = revision.index === file.revisions.length - 1 && file.trailingBytes === 0;
  return {
    ...read,
    coverage: isLast ? 'ENTIRE_FILE' : 'ENTIRE_REVISION',
    revision: revision.index,
    problems,
  };
}

/** Rule 1: exactly four integers, written directly, the first 0, ascending, inside the file. */
function readByteRange(
  signature: PdfDict,
  length: number,
): readonly [number, number, number, number] | undefined {
  const entry = signature.get('ByteRange');
  if (!(entry instanceof PdfArray) || entry.length !== 4) return undefined;
  const [a, b, c, d] = entry.items;
  if (![a, b, c, d].every((item) => typeof item === 'number' && Number.isSafeInteger(item) && item >= 0))
    return undefined;
  const range = [Number(a), Number(b), Number(c), Number(d)] as const;
  return range[0] === 0 && range[1] > 0 && range[1] < range[2] && range[2] + range[3] <= length
    ? range
    : undefined;
}

/** Rules 2 and 3: the gap is the hexadecimal string of this very dictionary, and nothing more. */
function isGap(file: PdfFile, contents: PdfString, valueRef: PdfRef | undefined, gap: ByteSpan): boolean {
  const { source } = contents;
  const holder = valueRef && file.latest.sourceOf(valueRef);
  const within = holder === undefined || (holder.start < gap.start && gap.end < holder.end);
  return (
    contents.form === 'hex' &&
    source !== undefined &&
    source.start === gap.start &&
    source.end === gap.end &&
    within &&
    onlyHex(file.bytes, gap)
  );
}

function onlyHex(bytes: Uint8Array, { start, end }: ByteSpan): boolean {
  for (let i = start + 1; i < end - 1; i += 1) {
    const byte = bytes[i] ?? 0;
    const isHex =
      (byte >= 0x30 && byte <= 0x39) || (byte >= 0x41 && byte <= 0x46) || (byte >= 0x61 && byte <= 0x66);
    if (!isHex) return false;
  }
  return (end - start) % 2 === 0;
}

/** Rule 4: every cross-reference up to the signed revision lies inside the signed part. */
function sectionsInside(file: PdfFile, index: number, end: number): boolean {
  return file.revisions
    .slice(0, index + 1)
    .every((revision) =>
      revision.sections.every((section) => section.end <= end && (section.hybrid?.end ?? 0) <= end),
    );
}

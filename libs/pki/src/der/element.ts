import { PkiError } from '../errors';

/** Bounds on what a reader accepts. Sizes in bytes. */
export interface DerLimits {
  readonly maxBytes: number;
  readonly maxDepth: number;
}

const defaultDerLimits: DerLimits = { maxBytes: 64 * 1024 * 1024, maxDepth: 40 };

/** Universal tags as whole identifier octets (X.690 §8.1.2). */
export const tags = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  enumerated: 0x0a,
  utf8String: 0x0c,
  numericString: 0x12,
  printableString: 0x13,
  teletexString: 0x14,
  ia5String: 0x16,
  utcTime: 0x17,
  generalizedTime: 0x18,
  visibleString: 0x1a,
  universalString: 0x1c,
  bmpString: 0x1e,
  sequence: 0x30,
  set: 0x31,
} as const;

/** Identifier octet of a context tag `[number]`, constructed. */
export function contextTag(number: number): number {
  return 0xa0 | number;
}

/** Identifier octet of a context tag `[number]`, primitive (IMPLICIT over a primitive type). */
export function primitiveContextTag(number: number): number {
  return 0x80 | number;
}

/** One tag-length-value, as a window on the source: nothing is copied. */
export class DerElement {
  constructor(
    readonly source: Uint8Array,
    readonly start: number,
    readonly contentStart: number,
    readonly end: number,
    readonly levelsLeft: number,
  ) {}

  get tag(): number {
    return this.source[this.start] ?? 0;
  }

  get isConstructed(): boolean {
    return (this.tag & 0x20) !== 0;
  }

  /** Tag, length and value. */
  get der(): Uint8Array {
    return this.source.subarray(this.start, this.end);
  }

  get content(): Uint8Array {
    return this.source.subarray(this.contentStart, this.end);
  }

  get contentLength(): number {
    return this.end - this.contentStart;
  }
}

/** Universal types that are always constructed: EXTERNAL, EMBEDDED PDV, SEQUENCE, SET, CHARACTER STRING; bit by number. */
const alwaysConstructed = (1 << 8) | (1 << 11) | (1 << 16) | (1 << 17) | (1 << 29);

/** A universal type has one form in DER: strings are never in pieces (X.690 §10.2), and 0 and 15 are reserved. */
function refuseForm(tag: number, start: number): void {
  const number = tag & 0x1f;
  if (number === 0 || number === 15) {
    throw new PkiError('DER_MALFORMED', `reserved tag ${number} at offset ${start}`);
  }
  const isConstructed = (tag & 0x20) !== 0;
  if (isConstructed === ((alwaysConstructed >> number) & 1) > 0) return;
  throw isConstructed
    ? new PkiError('DER_NOT_CANONICAL', `a value in pieces at offset ${start}`)
    : new PkiError('DER_MALFORMED', `primitive SEQUENCE or SET at offset ${start}`);
}

/**
 * Decodes the element that starts at `start` and must end at or before `limit`.
 * Definite, minimal lengths and low tag numbers only (X.690 §10.1).
 */
export function elementAt(source: Uint8Array, start: number, limit: number, levelsLeft: number): DerElement {
  if (levelsLeft < 0) throw new PkiError('DER_LIMIT_EXCEEDED', 'DER is nested too deeply');
  if (start + 2 > limit) throw new PkiError('DER_MALFORMED', `DER ends inside a header at offset ${start}`);
  const tag = source[start] ?? 0;
  if ((tag & 0x1f) === 0x1f) {
    throw new PkiError('DER_MALFORMED', `multi-byte tag at offset ${start} is not used by any PKI structure`);
  }
  if (tag < 0x40) refuseForm(tag, start);
  const first = source[start + 1] ?? 0;
  let contentStart = start + 2;
  let length = first;
  if (first >= 0x80) {
    const octets = first & 0x7f;
    if (octets === 0) throw new PkiError('DER_NOT_CANONICAL', `indefinite length at offset ${start}`);
    if (octets > 4) throw new PkiError('DER_LIMIT_EXCEEDED', `length of ${octets} octets at offset ${start}`);
    if (contentStart + octets > limit) {
      throw new PkiError('DER_MALFORMED', `DER ends inside a length at offset ${start}`);
    }
    length = 0;
    for (let i = 0; i < octets; i++) length = length * 256 + (source[contentStart + i] ?? 0);
    contentStart += octets;
    const isMinimal = length >= 0x80 && length >= 256 ** (octets - 1);
    if (!isMinimal) throw new PkiError('DER_NOT_CANONICAL', `length not in shortest form at offset ${start}`);
  }
  const end = contentStart + length;
  if (end > limit) throw new PkiError('DER_MALFORMED', `value at offset ${start} runs past its container`);
  return new DerElement(source, start, contentStart, end, levelsLeft);
}

/** Reads the one element at the beginning; what follows it (such as padding) is left alone. */
export function readDerPrefix(bytes: Uint8Array, limits: Partial<DerLimits> = {}): DerElement {
  const { maxBytes, maxDepth } = { ...defaultDerLimits, ...limits };
  const element = elementAt(bytes, 0, bytes.length, maxDepth);
  if (element.end > maxBytes) {
    throw new PkiError('DER_LIMIT_EXCEEDED', `DER of ${element.end} bytes exceeds the limit of ${maxBytes}`);
  }
  return element;
}

/** Reads bytes that are exactly one element. Throws DER_MALFORMED, DER_NOT_CANONICAL, DER_LIMIT_EXCEEDED. */
export function readDer(bytes: Uint8Array, limits: Partial<DerLimits> = {}): DerElement {
  const element = readDerPrefix(bytes, limits);
  if (element.end !== bytes.length) {
    throw new PkiError('DER_MALFORMED', `${bytes.length - element.end} bytes follow the DER value`);
  }
  return element;
}

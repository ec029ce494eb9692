import { toHex } from '../bytes';
import { PkiError } from '../errors';
import type { DerElement } from './element';
import { expectTag } from './reader';
import { tags } from './element';

/** Decoders of primitive values. Each checks DER's canonical form (X.690 §8, §11). */

const octetsOfInteger = (element: DerElement): Uint8Array => {
  const bytes = element.content;
  const first = bytes[0];
  if (first === undefined) throw new PkiError('DER_MALFORMED', 'INTEGER without content');
  const second = bytes[1];
  if (second !== undefined && ((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80))) {
    throw new PkiError('DER_NOT_CANONICAL', 'INTEGER is not in shortest form');
  }
  return bytes;
};

/** Two's complement content octets, in shortest form. */
export function integerBytes(element: DerElement): Uint8Array {
  return octetsOfInteger(expectTag(element, tags.integer));
}

/** A non-negative INTEGER as magnitude without leading zero octet. */
export function unsignedBytes(element: DerElement): Uint8Array {
  const bytes = integerBytes(element);
  if ((bytes[0] ?? 0) >= 0x80) throw new PkiError('DER_MALFORMED', 'negative INTEGER where none may stand');
  return bytes[0] === 0 && bytes.length > 1 ? bytes.subarray(1) : bytes;
}

/** INTEGER as hexadecimal of its content octets (serial numbers). */
export function integerHex(element: DerElement): string {
  return toHex(integerBytes(element));
}

/** A small non-negative INTEGER (version, path length, count): at most 2^31 - 1. */
export function smallInteger(element: DerElement): number {
  return smallFrom(integerBytes(element));
}

export function enumeratedValue(element: DerElement): number {
  return smallFrom(octetsOfInteger(expectTag(element, tags.enumerated)));
}

/** Content of an IMPLICIT-tagged INTEGER. */
export function smallIntegerContent(element: DerElement): number {
  return smallFrom(octetsOfInteger(element));
}

function smallFrom(bytes: Uint8Array): number {
  if (bytes.length > 4 || (bytes[0] ?? 0) >= 0x80) {
    throw new PkiError('DER_LIMIT_EXCEEDED', 'INTEGER is negative or too large here');
  }
  let value = 0;
  for (const byte of bytes) value = value * 256 + byte;
  return value;
}

export function booleanValue(element: DerElement): boolean {
  return booleanContent(expectTag(element, tags.boolean));
}

/** Content of an IMPLICIT-tagged BOOLEAN. */
export function booleanContent(element: DerElement): boolean {
  if (element.contentLength !== 1) throw new PkiError('DER_MALFORMED', 'BOOLEAN must have one octet');
  const value = element.content[0];
  if (value !== 0 && value !== 0xff) throw new PkiError('DER_NOT_CANONICAL', 'BOOLEAN is neither 00 nor FF');
  return value === 0xff;
}

export interface BitString {
  readonly bytes: Uint8Array;
  readonly unusedBits: number;
}

export function bitStringValue(element: DerElement): BitString {
  return bitStringContent(expectTag(element, tags.bitString));
}

/** Content of an IMPLICIT-tagged BIT STRING. */
export function bitStringContent(element: DerElement): BitString {
  const unusedBits = element.content[0];
  if (unusedBits === undefined || unusedBits > 7)
    throw new PkiError('DER_MALFORMED', 'BIT STRING header is wrong');
  const bytes = element.content.subarray(1);
  const last = bytes.at(-1);
  if (last === undefined) {
    if (unusedBits !== 0) throw new PkiError('DER_MALFORMED', 'empty BIT STRING with unused bits');
  } else if ((last & ((1 << unusedBits) - 1)) !== 0) {
    throw new PkiError('DER_NOT_CANONICAL', 'unused bits of a BIT STRING are not zero');
  }
  return { bytes, unusedBits };
}

/** A BIT STRING that holds whole octets (keys, signatures). */
export function wholeBitString(element: DerElement): Uint8Array {
  const { bytes, unusedBits } = bitStringValue(element);
  if (unusedBits !== 0) throw new PkiError('DER_MALFORMED', 'BIT STRING does not hold whole octets');
  return bytes;
}

/** Positions of the bits set in a named BIT STRING (KeyUsage, ReasonFlags). */
export function namedBits({ bytes, unusedBits }: BitString): Set<number> {
  // X.690 §11.2.2: no zero bits at the end, so that the last used bit is a one.
  const last = bytes.at(-1);
  if (last !== undefined && ((last >> unusedBits) & 1) === 0)
    throw new PkiError('DER_NOT_CANONICAL', 'zero bits at the end of a list of named bits');
  const set = new Set<number>();
  const limit = Math.min(bytes.length, 4);
  for (let i = 0; i < limit; i++) {
    for (let bit = 0; bit < 8; bit++) if (((bytes[i] ?? 0) & (0x80 >> bit)) !== 0) set.add(i * 8 + bit);
  }
  return set;
}

export function octetStringValue(element: DerElement): Uint8Array {
  return expectTag(element, tags.octetString).content;
}

export function expectNull(element: DerElement): void {
  if (expectTag(element, tags.null).contentLength !== 0)
    throw new PkiError('DER_MALFORMED', 'NULL with content');
}

/** OBJECT IDENTIFIER in dotted form; at most 64 octets, arcs up to 128 bits (a UUID, X.667). */
export function oidValue(element: DerElement): string {
  return oidContent(expectTag(element, tags.oid));
}

/** An arc of more octets than these does not fit a number, or is longer than a UUID. */
const maxNumberArc = 7;
const maxArc = 19;

/** Content of an IMPLICIT-tagged OBJECT IDENTIFIER (registeredID). */
export function oidContent(element: DerElement): string {
  const bytes = element.content;
  if (bytes.length === 0 || bytes.length > 64)
    throw new PkiError('DER_MALFORMED', 'OBJECT IDENTIFIER length is wrong');
  if ((bytes.at(-1) ?? 0) >= 0x80)
    throw new PkiError('DER_MALFORMED', 'OBJECT IDENTIFIER ends inside an arc');
  let text = '';
  let start = 0;
  for (let at = 0; at < bytes.length; at++) {
    if ((bytes[at] ?? 0) >= 0x80) continue;
    const arc = arcValue(bytes.subarray(start, at + 1));
    text = text === '' ? firstArcs(arc) : `${text}.${arc}`;
    start = at + 1;
  }
  return text;
}

function arcValue(octets: Uint8Array): number | bigint {
  if (octets[0] === 0x80) throw new PkiError('DER_NOT_CANONICAL', 'OBJECT IDENTIFIER arc has leading zeros');
  if (octets.length > maxArc) throw new PkiError('DER_LIMIT_EXCEEDED', 'OBJECT IDENTIFIER arc is too large');
  if (octets.length <= maxNumberArc) return octets.reduce((arc, octet) => arc * 128 + (octet & 0x7f), 0);
  return octets.reduce((arc, octet) => arc * 128n + BigInt(octet & 0x7f), 0n);
}

/** The first two arcs share one value (X.690 §8.19.4). */
function firstArcs(arc: number | bigint): string {
  if (typeof arc === 'bigint') return `2.${arc - 80n}`;
  const root = Math.min(2, Math.floor(arc / 40));
  return `${root}.${arc - root * 40}`;
}

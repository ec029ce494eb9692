import { toHex } from '../bytes';
import { PkiError } from '../errors';
import { oids } from '../oids';
import type { DerElement } from './element';
import { expectTag } from './reader';
import { tags } from './element';
import { derOid } from './writer';

/** Decoders of primitive values. Each checks DER's canonical form (X.690 §8, §11). */

function checkInteger({ source, contentStart, end }: DerElement): void {
  if (end === contentStart) throw new PkiError('DER_MALFORMED', 'INTEGER without content');
  const first = source[contentStart] ?? 0;
  const second = source[contentStart + 1] ?? 0;
  const isPadded = (first === 0 && second < 0x80) || (first === 0xff && second >= 0x80);
  if (isPadded && end - contentStart > 1) {
    throw new PkiError('DER_NOT_CANONICAL', 'INTEGER is not in shortest form');
  }
}

/** Two's complement content octets, in shortest form. */
export function integerBytes(element: DerElement): Uint8Array {
  checkInteger(expectTag(element, tags.integer));
  return element.content;
}

/** A non-negative INTEGER as magnitude without leading zero octet. */
export function unsignedBytes(element: DerElement): Uint8Array {
  const bytes = integerBytes(element);
  if ((bytes[0] ?? 0) >= 0x80) throw new PkiError('DER_MALFORMED', 'negative INTEGER where none may stand');
  return bytes[0] === 0 && bytes.length > 1 ? bytes.subarray(1) : bytes;
}

/** INTEGER as hexadecimal of its content octets (serial numbers). */
export function integerHex(element: DerElement): string {
  checkInteger(expectTag(element, tags.integer));
  return toHex(element.source, element.contentStart, element.end);
}

/** A small non-negative INTEGER (version, path length, count): at most 2^31 - 1. */
export function smallInteger(element: DerElement): number {
  return smallIntegerContent(expectTag(element, tags.integer));
}

export function enumeratedValue(element: DerElement): number {
  return smallIntegerContent(expectTag(element, tags.enumerated));
}

/** Content of an IMPLICIT-tagged INTEGER. */
export function smallIntegerContent(element: DerElement): number {
  checkInteger(element);
  const { source, contentStart, end } = element;
  if (end - contentStart > 4 || (source[contentStart] ?? 0) >= 0x80) {
    throw new PkiError('DER_LIMIT_EXCEEDED', 'INTEGER is negative or too large here');
  }
  let value = 0;
  for (let at = contentStart; at < end; at++) value = value * 256 + (source[at] ?? 0);
  return value;
}

export function booleanValue(element: DerElement): boolean {
  return booleanContent(expectTag(element, tags.boolean));
}

/** Content of an IMPLICIT-tagged BOOLEAN. */
export function booleanContent(element: DerElement): boolean {
  if (element.contentLength !== 1) throw new PkiError('DER_MALFORMED', 'BOOLEAN must have one octet');
  const value = element.source[element.contentStart];
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
export function bitStringContent({ source, contentStart, end }: DerElement): BitString {
  const unusedBits = source[contentStart] ?? 0;
  if (contentStart === end || unusedBits > 7)
    throw new PkiError('DER_MALFORMED', 'BIT STRING header is wrong');
  const bytes = source.subarray(contentStart + 1, end);
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
export function oidContent({ source, contentStart, end }: DerElement): string {
  const length = end - contentStart;
  if (length === 0 || length > 64) throw new PkiError('DER_MALFORMED', 'OBJECT IDENTIFIER length is wrong');
  const known = knownOid(source, contentStart, end);
  if (known !== undefined) return known;
  if ((source[end - 1] ?? 0) >= 0x80)
    throw new PkiError('DER_MALFORMED', 'OBJECT IDENTIFIER ends inside an arc');
  let text = '';
  let start = contentStart;
  for (let at = contentStart; at < end; at++) {
    if ((source[at] ?? 0) >= 0x80) continue;
    const arc = arcValue(source.subarray(start, at + 1));
    text = text === '' ? firstArcs(arc) : `${text}.${arc}`;
    start = at + 1;
  }
  return text;
}

interface KnownOid {
  readonly der: Uint8Array;
  readonly text: string;
}

let knownOids: ReadonlyMap<number, KnownOid> | undefined;

/** The identifiers that this lib has names for, found by their octets: nearly all that are met. */
function knownOid(source: Uint8Array, start: number, end: number): string | undefined {
  knownOids ??= new Map(
    Object.values(oids).map((text) => {
      const der = derOid(text);
      return [mixed(der, 2, der.length), { der, text }];
    }),
  );
  const found = knownOids.get(mixed(source, start, end));
  if (found?.der.length !== end - start + 2) return undefined;
  for (let at = start; at < end; at++) if (source[at] !== found.der[at - start + 2]) return undefined;
  return found.text;
}

function mixed(source: Uint8Array, start: number, end: number): number {
  let mix = 0;
  for (let at = start; at < end; at++) mix = (Math.imul(mix, 31) + (source[at] ?? 0)) | 0;
  return mix;
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

import { compareBytes, concatBytes, copyBytes } from '../bytes';
import { PkiError } from '../errors';
import { tags } from './element';

/** Builders of DER values. Each returns the whole tag-length-value. */

export function tlv(tag: number, content: Uint8Array): Uint8Array {
  const length = content.length;
  const lengthOctets =
    length < 0x80 ? 0 : length < 0x100 ? 1 : length < 0x10000 ? 2 : length < 0x1000000 ? 3 : 4;
  const out = new Uint8Array(2 + lengthOctets + length);
  out[0] = tag;
  if (lengthOctets === 0) {
    out[1] = length;
  } else {
    out[1] = 0x80 | lengthOctets;
    for (let i = 0; i < lengthOctets; i++) out[1 + lengthOctets - i] = Math.floor(length / 256 ** i) & 0xff;
  }
  out.set(content, 2 + lengthOctets);
  return out;
}

/** Parts that are undefined are OPTIONAL fields left out. */
export type DerParts = readonly (Uint8Array | undefined)[];

const present = (parts: DerParts): Uint8Array[] => parts.filter((part) => part !== undefined);

export function derSequence(...parts: DerParts): Uint8Array {
  return tlv(tags.sequence, concatBytes(present(parts)));
}

/** SET OF in DER's order (X.690 §11.6). */
export function derSetOf(...parts: DerParts): Uint8Array {
  return tlv(tags.set, concatBytes(present(parts).sort(compareBytes)));
}

/** EXPLICIT `[number]`. */
export function derExplicit(number: number, ...parts: DerParts): Uint8Array {
  return tlv(0xa0 | number, concatBytes(present(parts)));
}

/** IMPLICIT `[number]`: the same value under a context tag, primitive or constructed as it was. */
export function derImplicit(number: number, der: Uint8Array): Uint8Array {
  const out = copyBytes(der);
  out[0] = 0x80 | ((der[0] ?? 0) & 0x20) | number;
  return out;
}

export function derBoolean(value: boolean): Uint8Array {
  return Uint8Array.of(tags.boolean, 1, value ? 0xff : 0);
}

export const derNull: Uint8Array = Uint8Array.of(tags.null, 0);

/** INTEGER from a number, a bigint, or a big-endian magnitude (non-negative). */
export function derInteger(value: number | bigint | Uint8Array): Uint8Array {
  return tlv(
    tags.integer,
    value instanceof Uint8Array ? unsignedContent(value) : signedContent(BigInt(value)),
  );
}

export function derEnumerated(value: number): Uint8Array {
  return tlv(tags.enumerated, signedContent(BigInt(value)));
}

function unsignedContent(magnitude: Uint8Array): Uint8Array {
  let start = 0;
  while (start < magnitude.length - 1 && magnitude[start] === 0) start++;
  const body = magnitude.subarray(start);
  return body.length === 0 || (body[0] ?? 0) >= 0x80 ? concatBytes([Uint8Array.of(0), body]) : body;
}

function signedContent(value: bigint): Uint8Array {
  const octets: number[] = [];
  let rest = value;
  for (;;) {
    const octet = Number(BigInt.asUintN(8, rest));
    octets.unshift(octet);
    rest >>= 8n;
    if ((rest === 0n && octet < 0x80) || (rest === -1n && octet >= 0x80)) return Uint8Array.from(octets);
  }
}

export function derBitString(bytes: Uint8Array, unusedBits = 0): Uint8Array {
  return tlv(tags.bitString, concatBytes([Uint8Array.of(unusedBits), bytes]));
}

/** A named BIT STRING (KeyUsage): trailing zero bits are dropped (X.690 §11.2.2). */
export function derNamedBits(positions: Iterable<number>): Uint8Array {
  const set = [...positions];
  const highest = Math.max(-1, ...set);
  const bytes = new Uint8Array(Math.floor(highest / 8) + 1);
  for (const bit of set) {
    const index = Math.floor(bit / 8);
    bytes[index] = (bytes[index] ?? 0) | (0x80 >> (bit % 8));
  }
  return derBitString(bytes, highest < 0 ? 0 : 7 - (highest % 8));
}

export function derOctetString(bytes: Uint8Array): Uint8Array {
  return tlv(tags.octetString, bytes);
}

const knownOids = new Map<string, Uint8Array>();

/** OBJECT IDENTIFIER from dotted form. */
export function derOid(dotted: string): Uint8Array {
  const known = knownOids.get(dotted);
  if (known) return known;
  if (!/^(?:[01]\.[1-3]?\d|2\.(?:0|[1-9]\d*))(?:\.(?:0|[1-9]\d*))*$/.test(dotted)) {
    throw new PkiError('DER_MALFORMED', `"${dotted}" is not an object identifier`);
  }
  const [root = 0n, second = 0n, ...rest] = dotted.split('.').map(BigInt);
  const octets = [root * 40n + second, ...rest].flatMap((arc) => {
    const out = [Number(arc % 128n)];
    for (let left = arc / 128n; left > 0n; left /= 128n) out.unshift(0x80 | Number(left % 128n));
    return out;
  });
  const der = tlv(tags.oid, Uint8Array.from(octets));
  if (knownOids.size < 256) knownOids.set(dotted, der);
  return der;
}

const encoder = new TextEncoder();

export function derUtf8String(text: string): Uint8Array {
  return tlv(tags.utf8String, encoder.encode(text));
}

export function derPrintableString(text: string): Uint8Array {
  if (!/^[A-Za-z0-9 '()+,\-./:=?]*$/.test(text)) {
    throw new PkiError('DER_MALFORMED', 'text does not fit a PrintableString');
  }
  return tlv(tags.printableString, encoder.encode(text));
}

export function derIa5String(text: string): Uint8Array {
  const bytes = encoder.encode(text);
  if (bytes.some((byte) => byte >= 0x80))
    throw new PkiError('DER_MALFORMED', 'text does not fit an IA5String');
  return tlv(tags.ia5String, bytes);
}

/** YYYYMMDDHHMMSS: years of four digits only. */
function digitsOf(date: Date): string {
  const year = date.getUTCFullYear();
  if (!(year >= 0 && year <= 9999)) throw new PkiError('DER_MALFORMED', 'the year does not fit a time');
  return date.toISOString().replace(/[-:T]/g, '').slice(0, 14);
}

/** GeneralizedTime with whole seconds. */
export function derGeneralizedTime(date: Date): Uint8Array {
  return tlv(tags.generalizedTime, encoder.encode(`${digitsOf(date)}Z`));
}

/** UTCTime through 2049, GeneralizedTime after (RFC 5280 §4.1.2.5). */
export function derTime(date: Date): Uint8Array {
  const year = date.getUTCFullYear();
  if (year >= 1950 && year < 2050) return tlv(tags.utcTime, encoder.encode(`${digitsOf(date).slice(2)}Z`));
  return derGeneralizedTime(date);
}

import { PkiError } from '../errors';
import type { DerElement } from './element';
import { tags } from './element';

// A byte order mark is a character like others: were it dropped, two different values would read alike.
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const utf16 = new TextDecoder('utf-16be', { fatal: true, ignoreBOM: true });

/** Characters of the narrow types (X.680 §41), by byte. */
const alphabet = (characters: string): ReadonlySet<number> =>
  new Set(Array.from(characters, (character) => character.charCodeAt(0)));
const digits = '0123456789';
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const numeric = alphabet(` ${digits}`);
const printable = alphabet(` ${digits}${letters}'()+,-./:=?`);
const visible = alphabet(String.fromCharCode(...Array.from({ length: 95 }, (_, index) => 0x20 + index)));

/** Text of any ASN.1 string type met in names and PKI notices. Throws DER_MALFORMED for another type or bad text. */
export function textValue(element: DerElement): string {
  switch (element.tag) {
    case tags.utf8String:
      return decodeWith(utf8, element.content);
    case tags.printableString:
      return textOf(printable, element.content);
    case tags.numericString:
      return textOf(numeric, element.content);
    case tags.visibleString:
      return textOf(visible, element.content);
    case tags.ia5String:
      return asciiText(element.content);
    case tags.teletexString:
      // T.61 is read as Latin-1, as every implementation does.
      return latin1Text(element.content);
    case tags.bmpString:
      return decodeWith(utf16, element.content);
    case tags.universalString:
      return utf32Text(element.content);
    default:
      throw new PkiError('DER_MALFORMED', `tag 0x${element.tag.toString(16)} is not a character string`);
  }
}

export function isTextTag(tag: number): boolean {
  return (
    tag === tags.utf8String ||
    tag === tags.printableString ||
    tag === tags.numericString ||
    tag === tags.ia5String ||
    tag === tags.visibleString ||
    tag === tags.teletexString ||
    tag === tags.bmpString ||
    tag === tags.universalString
  );
}

export function asciiText(bytes: Uint8Array): string {
  for (const byte of bytes)
    if (byte >= 0x80) throw new PkiError('DER_MALFORMED', 'character outside of ASCII');
  return latin1Text(bytes);
}

function textOf(characters: ReadonlySet<number>, bytes: Uint8Array): string {
  for (const byte of bytes)
    if (!characters.has(byte)) throw new PkiError('DER_MALFORMED', 'character outside of its string type');
  return latin1Text(bytes);
}

function latin1Text(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}

function decodeWith(decoder: TextDecoder, bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch (cause) {
    throw new PkiError('DER_MALFORMED', 'text is not validly encoded', { cause });
  }
}

function utf32Text(bytes: Uint8Array): string {
  if (bytes.length % 4 !== 0) throw new PkiError('DER_MALFORMED', 'UniversalString of odd length');
  let text = '';
  for (let i = 0; i < bytes.length; i += 4) {
    const point =
      (bytes[i] ?? 0) * 2 ** 24 +
      (bytes[i + 1] ?? 0) * 2 ** 16 +
      (bytes[i + 2] ?? 0) * 2 ** 8 +
      (bytes[i + 3] ?? 0);
    if (point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff))
      throw new PkiError('DER_MALFORMED', 'UniversalString holds no Unicode character');
    text += String.fromCodePoint(point);
  }
  return text;
}

import { latin1Text } from '../bytes';
import { PkiError } from '../errors';
import type { DerElement } from './element';
import { tags } from './element';

// A byte order mark is a character like others: were it dropped, two different values would read alike.
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const utf16 = new TextDecoder('utf-16be', { fatal: true, ignoreBOM: true });

/** Characters of the narrow types (X.680 §41): by byte, whether it is one. */
function alphabet(characters: string): readonly boolean[] {
  return Array.from({ length: 256 }, (_, byte) => characters.includes(String.fromCharCode(byte)));
}
const digits = '0123456789';
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const numeric = alphabet(` ${digits}`);
const printable = alphabet(` ${digits}${letters}'()+,-./:=?`);
const visible = Array.from({ length: 256 }, (_, byte) => byte >= 0x20 && byte < 0x7f);

/** Text of any ASN.1 string type met in names and PKI notices. Throws DER_MALFORMED for another type or bad text. */
export function textValue(element: DerElement): string {
  switch (element.tag) {
    case tags.utf8String:
      return utf8Text(element.content);
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
  if (!isAscii(bytes)) throw new PkiError('DER_MALFORMED', 'character outside of ASCII');
  return latin1Text(bytes);
}

function isAscii(bytes: Uint8Array): boolean {
  for (let at = 0; at < bytes.length; at++) if ((bytes[at] ?? 0) >= 0x80) return false;
  return true;
}

/** The decoder costs more than such short texts are worth while they are plain. */
function utf8Text(bytes: Uint8Array): string {
  return isAscii(bytes) ? latin1Text(bytes) : decodeWith(utf8, bytes);
}

function textOf(characters: readonly boolean[], bytes: Uint8Array): string {
  for (const byte of bytes)
    if (characters[byte] !== true)
      throw new PkiError('DER_MALFORMED', 'character outside of its string type');
  return latin1Text(bytes);
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

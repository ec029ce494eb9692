import { latin1 } from '../bytes';
import { PdfString } from './objects';

/** PDFDocEncoding where it differs from ISO 8859-1 (ISO 32000-1 Annex D.3). */
const docEncoding: ReadonlyMap<number, string> = new Map([
  ...Array.from('˘ˇˆ˙˝˛˚˜', (c, i): [number, string] => [0x18 + i, c]),
  ...Array.from('•†‡…—–ƒ⁄‹›−‰„“”‘’‚™ﬁﬂŁŒŠŸŽıłœšž', (c, i): [number, string] => [0x80 + i, c]),
  [0xa0, '€'],
]);

/** A text string object (ISO 32000-1 §7.9.2.2): printable ASCII as it is, anything else in UTF-16BE. */
export function textString(text: string): PdfString {
  if (/^[\x20-\x7e\n\r\t]*$/.test(text)) return new PdfString(latin1(text));
  const bytes = new Uint8Array(2 + text.length * 2);
  bytes[0] = 0xfe;
  bytes[1] = 0xff;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    bytes[2 + i * 2] = unit >> 8;
    bytes[3 + i * 2] = unit & 0xff;
  }
  return new PdfString(bytes);
}

/** The characters of a text string object: UTF-16 or UTF-8 by its byte order mark, else PDFDocEncoding. */
export function textOf(object: PdfString): string {
  const { bytes } = object;
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return new TextDecoder().decode(bytes);
  let text = '';
  for (const byte of bytes) text += docEncoding.get(byte) ?? String.fromCharCode(byte);
  return text;
}

/** A date object `D:YYYYMMDDHHmmSS+07'00'` (ISO 32000-1 §7.9.4) in Vietnam's time, which has no daylight saving. */
export function dateString(instant: Date): PdfString {
  const local = new Date(instant.getTime() + 7 * 3_600_000).toISOString();
  return new PdfString(latin1(`D:${local.slice(0, 19).replace(/[-T:]/g, '')}+07'00'`));
}

/** The instant that a date string names, or undefined when it is not one. Missing parts default as the standard says. */
export function dateOf(object: PdfString): Date | undefined {
  const match =
    /^(?:D:)?(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?(?:([+\-Z])(?:(\d\d)'?(?:(\d\d)'?)?)?)?$/.exec(
      textOf(object),
    );
  if (!match) return undefined;
  const part = (index: number, fallback: number): number => {
    const digits = match[index];
    return digits === undefined ? fallback : Number(digits);
  };
  const local = Date.UTC(part(1, 0), part(2, 1) - 1, part(3, 1), part(4, 0), part(5, 0), part(6, 0));
  const sign = match[7] === '-' ? -1 : match[7] === '+' ? 1 : 0;
  return new Date(local - sign * (part(8, 0) * 60 + part(9, 0)) * 60_000);
}

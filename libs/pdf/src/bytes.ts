/** Byte at `index`, or -1 outside the array: lets scanners run off the end without special cases. */
export function byteAt(bytes: Uint8Array, index: number): number {
  return bytes[index] ?? -1;
}

/** ISO 8859-1 bytes of a string whose characters are all below 256. */
export function latin1(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}

/** The bytes as a string of characters below 256, one per byte. */
export function fromLatin1(bytes: Uint8Array): string {
  let text = '';
  // Appending one by one is the fastest for names, and what strings are made for.
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}

export function concatBytes(parts: readonly Uint8Array[]): Uint8Array {
  let length = 0;
  for (const part of parts) length += part.length;
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** A copy. Not `slice()`: that of Node's Buffer, which is a Uint8Array too, is a view of the same bytes. */
export function copyBytes(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes);
}

/** Whether `text` (ASCII) stands at `index`. */
export function startsWithAt(bytes: Uint8Array, index: number, text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    if (byteAt(bytes, index + i) !== text.charCodeAt(i)) return false;
  }
  return true;
}

/** Last index of `text` (ASCII) in [from, to), or -1. */
export function lastIndexOfText(bytes: Uint8Array, text: string, from: number, to: number): number {
  for (let i = to - text.length; i >= from; i--) {
    if (startsWithAt(bytes, i, text)) return i;
  }
  return -1;
}

/** White space of ISO 32000-1 table 1. */
export function isWhiteSpace(byte: number): boolean {
  return byte === 32 || byte === 10 || byte === 13 || byte === 9 || byte === 12 || byte === 0;
}

/** Delimiters of ISO 32000-1 table 2. */
function isDelimiter(byte: number): boolean {
  return (
    byte === 0x28 ||
    byte === 0x29 ||
    byte === 0x3c ||
    byte === 0x3e ||
    byte === 0x5b ||
    byte === 0x5d ||
    byte === 0x7b ||
    byte === 0x7d ||
    byte === 0x2f ||
    byte === 0x25
  );
}

/** Whether a token cannot go on with this byte; -1 (the end) ends every token. */
export function endsToken(byte: number): boolean {
  return byte === -1 || isWhiteSpace(byte) || isDelimiter(byte);
}

export function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}

/** Value of a hexadecimal digit, or -1. */
export function hexValue(byte: number): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  if (byte >= 0x41 && byte <= 0x46) return byte - 0x37;
  if (byte >= 0x61 && byte <= 0x66) return byte - 0x57;
  return -1;
}

/** Small byte helpers of the pure ring: no Buffer, no copies beyond what is named. */

export function concatBytes(parts: readonly Uint8Array[]): Uint8Array {
  let length = 0;
  for (const part of parts) length += part.length;
  const out = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/** A copy. Not `slice()`: that of Node's Buffer, which is a Uint8Array too, is a view of the same bytes. */
export function copyBytes(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes);
}

/** Not constant-time: for public data only. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** Lexicographic order, shorter first where one is a prefix: the order of DER SET OF (X.690 §11.6). */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

const hexPairs = Array.from({ length: 256 }, (_, value) => value.toString(16).padStart(2, '0'));
const hexOf = (byte: number | undefined): string => hexPairs[byte ?? 0] ?? '';

/** Lower-case hexadecimal, of a part where one is named. */
export function toHex(bytes: Uint8Array, start = 0, end = bytes.length): string {
  let text = '';
  let at = start;
  // Four at a time: each joining makes a string of its own.
  for (; at + 4 <= end; at += 4)
    text += hexOf(bytes[at]) + hexOf(bytes[at + 1]) + hexOf(bytes[at + 2]) + hexOf(bytes[at + 3]);
  for (; at < end; at++) text += hexOf(bytes[at]);
  return text;
}

/** Each byte as the character of that number (Latin-1). */
export function latin1Text(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 1024)
    text += String.fromCharCode.apply(undefined, bytes.subarray(at, at + 1024) as unknown as number[]);
  return text;
}

/** The inverse of `toHex`, for hexadecimal this lib wrote itself. */
export function fromHex(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length >>> 1);
  for (let i = 0; i < bytes.length; i++) bytes[i] = Number.parseInt(text.slice(i * 2, i * 2 + 2), 16);
  return bytes;
}

/** WebCrypto's types want a view on a plain ArrayBuffer; views on shared memory are copied. */
export function asBufferSource(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return bytes.buffer instanceof ArrayBuffer ? (bytes as Uint8Array<ArrayBuffer>) : new Uint8Array(bytes);
}

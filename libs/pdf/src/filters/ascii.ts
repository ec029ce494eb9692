import { hexValue, isWhiteSpace } from '../bytes';
import { damaged } from '../errors';
import { tooLong } from './flate';

/** ASCIIHexDecode (ISO 32000-1 §7.4.2). */
export function decodeAsciiHex(data: Uint8Array): Uint8Array {
  const out = new Uint8Array((data.length + 1) >> 1);
  let length = 0;
  let high = -1;
  for (const byte of data) {
    if (byte === 0x3e) break;
    const value = hexValue(byte);
    if (value < 0) {
      if (isWhiteSpace(byte)) continue;
      throw damaged('malformed hexadecimal stream');
    }
    if (high < 0) high = value;
    else {
      out[length++] = (high << 4) | value;
      high = -1;
    }
  }
  if (high >= 0) out[length++] = high << 4;
  return out.subarray(0, length);
}

/** ASCII85Decode (ISO 32000-1 §7.4.3). */
export function decodeAscii85(data: Uint8Array, limit: number): Uint8Array {
  const out: number[] = [];
  let group = 0;
  let count = 0;
  for (const byte of data) {
    if (byte === 0x7e) break;
    if (isWhiteSpace(byte)) continue;
    if (out.length > limit) throw tooLong(limit);
    if (byte === 0x7a && count === 0) {
      out.push(0, 0, 0, 0);
      continue;
    }
    if (byte < 0x21 || byte > 0x75) throw damaged('malformed base-85 stream');
    group = group * 85 + (byte - 0x21);
    if (++count < 5) continue;
    if (group > 0xffffffff) throw damaged('malformed base-85 stream');
    pushBytes(out, group, 4);
    group = 0;
    count = 0;
  }
  if (count === 1) throw damaged('malformed base-85 stream');
  if (count > 1) {
    for (let i = count; i < 5; i++) group = group * 85 + 84;
    pushBytes(out, group, count - 1);
  }
  return Uint8Array.from(out);
}

function pushBytes(out: number[], group: number, count: number): void {
  for (let i = 0; i < count; i++) out.push(Math.floor(group / 2 ** (24 - 8 * i)) & 0xff);
}

/** RunLengthDecode (ISO 32000-1 §7.4.5). */
export function decodeRunLength(data: Uint8Array, limit: number): Uint8Array {
  const parts: number[] = [];
  let at = 0;
  while (at < data.length) {
    const length = data[at++] ?? 128;
    if (length === 128) break;
    if (length < 128) {
      if (at + length + 1 > data.length) throw damaged('malformed run-length stream');
      for (let i = 0; i <= length; i++) parts.push(data[at + i] ?? 0);
      at += length + 1;
    } else {
      const byte = data[at++];
      if (byte === undefined) throw damaged('malformed run-length stream');
      for (let i = 0; i < 257 - length; i++) parts.push(byte);
    }
    if (parts.length > limit) throw tooLong(limit);
  }
  return Uint8Array.from(parts);
}

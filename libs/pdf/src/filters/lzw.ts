import { damaged } from '../errors';
import { tooLong } from './flate';

const clearTable = 256;
const endOfData = 257;

/** Decodes LZW data of 9 to 12 bit codes (ISO 32000-1 §7.4.4). `earlyChange` is 1 by default. */
export function decodeLzw(data: Uint8Array, earlyChange: number, limit: number): Uint8Array {
  let out = new Uint8Array(Math.min(limit, Math.max(1024, data.length * 4)));
  let length = 0;
  // An entry is the stretch of output it stood for when it was made.
  const starts = new Int32Array(4096);
  const lengths = new Int32Array(4096);
  let next = 258;
  let width = 9;
  let previousStart = -1;
  let previousLength = 0;
  let bits = 0;
  let held = 0;
  for (const byte of data) {
    held = ((held << 8) | byte) & 0xffffff;
    bits += 8;
    if (bits < width) continue;
    bits -= width;
    const code = (held >> bits) & ((1 << width) - 1);
    if (code === endOfData) break;
    if (code === clearTable) {
      next = 258;
      width = 9;
      previousStart = -1;
      continue;
    }
    let from = code;
    let size = 1;
    if (code >= 258) {
      if (code > next || (code === next && previousStart < 0) || next < 258)
        throw damaged('malformed LZW data');
      from = code < next ? (starts[code] ?? 0) : previousStart;
      size = code < next ? (lengths[code] ?? 0) : previousLength + 1;
    }
    if (length + size > limit) throw tooLong(limit);
    if (length + size > out.length) {
      const larger = new Uint8Array(Math.min(limit, Math.max(out.length * 2, length + size)));
      larger.set(out.subarray(0, length));
      out = larger;
    }
    if (code < 256) out[length] = code;
    else for (let i = 0; i < size; i++) out[length + i] = out[from + i] ?? 0;
    if (previousStart >= 0 && next < 4096) {
      // The new entry is the previous stretch and one byte more; that byte now follows it in the output.
      starts[next] = previousStart;
      lengths[next] = previousLength + 1;
      next++;
    }
    previousStart = length;
    previousLength = size;
    length += size;
    const reach = next + earlyChange;
    width = reach >= 2048 ? 12 : reach >= 1024 ? 11 : reach >= 512 ? 10 : 9;
  }
  return out.subarray(0, length);
}

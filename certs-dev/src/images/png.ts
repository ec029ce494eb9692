import { crc32, deflateSync } from 'node:zlib';
import type { Mask } from './mask';

export type Rgb = readonly [red: number, green: number, blue: number];

const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);

function concat(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function uint32(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value);
  return bytes;
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const body = concat([ascii(type), data]);
  return concat([uint32(data.length), body, uint32(crc32(body))]);
}

/** One colour whose opacity is the mask, as an RGBA PNG at 300 dots per inch (PNG 1.2 §4.1). */
export function encodePng(mask: Mask, colour: Rgb): Uint8Array {
  const { width, height } = mask;
  const { round } = Math;
  const rows = new Uint8Array(height * (1 + width * 4));
  let at = 0;
  for (let y = 0; y < height; y += 1) {
    rows[at++] = 0;
    for (let x = 0; x < width; x += 1) {
      rows[at++] = colour[0];
      rows[at++] = colour[1];
      rows[at++] = colour[2];
      rows[at++] = round(255 * mask.coverage(x, y));
    }
  }
  const pixelsPerMetre = uint32(11811);
  return concat([
    signature,
    chunk('IHDR', concat([uint32(width), uint32(height), Uint8Array.of(8, 6, 0, 0, 0)])),
    chunk('pHYs', concat([pixelsPerMetre, pixelsPerMetre, Uint8Array.of(1)])),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', new Uint8Array()),
  ]);
}

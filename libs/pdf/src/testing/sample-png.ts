import { zlibSync } from 'fflate';
import { concatBytes, latin1 } from '../bytes';

export interface PngOptions {
  readonly width: number;
  readonly height: number;
  readonly bits: number;
  readonly colorType: number;
  readonly interlace?: number;
  /** Filtered rows, before compression. */
  readonly data: Uint8Array;
  readonly palette?: readonly number[];
  readonly transparency?: readonly number[];
}

/** A PNG file of the given parts; the checksums of its chunks are zero, which no reader here looks at. */
export function pngFile(options: PngOptions): Uint8Array {
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, options.width);
  view.setUint32(4, options.height);
  header.set([options.bits, options.colorType, 0, 0, options.interlace ?? 0], 8);
  return concatBytes([
    Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    ...(options.palette ? [chunk('PLTE', Uint8Array.from(options.palette))] : []),
    ...(options.transparency ? [chunk('tRNS', Uint8Array.from(options.transparency))] : []),
    chunk('IDAT', zlibSync(options.data)),
    chunk('IEND', new Uint8Array()),
  ]);
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, data.length);
  return concatBytes([length, latin1(type), data, new Uint8Array(4)]);
}

/** An 8-bit RGBA picture painted pixel by pixel. */
export function paintedPng(
  width: number,
  height: number,
  paint: (x: number, y: number) => readonly [number, number, number, number],
): Uint8Array {
  const data = new Uint8Array(height * (width * 4 + 1));
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) data.set(paint(x, y), y * (width * 4 + 1) + 1 + x * 4);
  }
  return pngFile({ width, height, bits: 8, colorType: 6, data });
}

/** A blue wave, as handwriting on nothing. */
export function handwritingPng(): Uint8Array {
  return paintedPng(200, 100, (x, y) =>
    Math.abs(y - 50 - 30 * Math.sin(x / 15)) < 5 ? [20, 40, 200, 255] : [0, 0, 0, 0],
  );
}

/** A red ring, half transparent. */
export function sealPng(): Uint8Array {
  return paintedPng(200, 200, (x, y) => {
    const radius = Math.hypot(x - 100, y - 100);
    return radius < 98 && radius > 85 ? [220, 0, 0, 128] : [0, 0, 0, 0];
  });
}

import { byteAt, concatBytes, fromLatin1 } from '../bytes';
import { PdfError } from '../errors';
import { inflate } from '../filters/flate';
import { undoPng } from '../filters/predictor';

/** A decoded picture: samples of 8 bits, rows from the top. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly colorSpace: 'DeviceGray' | 'DeviceRGB';
  /** One or three bytes per pixel. */
  readonly color: Uint8Array;
  /** One byte per pixel, 255 opaque; absent when every pixel is. */
  readonly alpha?: Uint8Array;
}

/** A seal of 42 mm scanned at 1200 dpi has 4 million pixels; this is four times as many. */
const maxPixels = 16_000_000;

interface Header {
  readonly width: number;
  readonly height: number;
  readonly bits: number;
  /** 0 gray, 2 RGB, 3 palette, 4 gray and alpha, 6 RGB and alpha (PNG specification §11.2.2). */
  readonly colorType: number;
  readonly interlaced: boolean;
}

const channelsOf: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

/**
 * Decodes a PNG file: every colour type and depth, transparency and interlacing. Samples of 16 bits keep their upper
 * eight; colour management chunks are not used.
 * @throws PdfError IMAGE_UNSUPPORTED (not a PNG), IMAGE_DAMAGED, PDF_LIMIT_EXCEEDED (too many pixels)
 */
export function decodePng(png: Uint8Array): Picture {
  const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
  if (signature.some((byte, i) => png[i] !== byte)) {
    throw new PdfError('IMAGE_UNSUPPORTED', 'the image is not a PNG file');
  }
  const chunks = readChunks(png);
  const header = readHeader(chunks.get('IHDR')?.[0]);
  const channels = channelsOf[header.colorType] ?? 1;
  let data: Uint8Array;
  const passes = passesOf(header);
  const rowBytes = (width: number): number => (width * channels * header.bits + 7) >> 3;
  const needed = passes.reduce((sum, pass) => sum + pass.height * (rowBytes(pass.width) + 1), 0);
  try {
    data = inflate(concatBytes(chunks.get('IDAT') ?? []), needed + 65_536);
    if (data.length < needed) throw imageDamaged('too few samples');
    const samples = readSamples(header, channels, passes, data, rowBytes);
    return toPicture(header, samples, chunks.get('PLTE')?.[0], chunks.get('tRNS')?.[0]);
  } catch (cause) {
    if (cause instanceof PdfError && cause.code === 'IMAGE_DAMAGED') throw cause;
    throw new PdfError('IMAGE_DAMAGED', 'the image data of the PNG cannot be decoded', { cause });
  }
}

function imageDamaged(message: string): PdfError {
  return new PdfError('IMAGE_DAMAGED', message);
}

function readUint32(bytes: Uint8Array, at: number): number {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(at);
}

function readChunks(png: Uint8Array): Map<string, Uint8Array[]> {
  const chunks = new Map<string, Uint8Array[]>();
  let at = 8;
  while (at + 12 <= png.length) {
    const length = readUint32(png, at);
    const type = fromLatin1(png.subarray(at + 4, at + 8));
    if (at + 12 + length > png.length) throw imageDamaged('a chunk reaches beyond the end of the PNG');
    const known = chunks.get(type) ?? [];
    known.push(png.subarray(at + 8, at + 8 + length));
    chunks.set(type, known);
    if (type === 'IEND') return chunks;
    at += 12 + length;
  }
  throw imageDamaged('the PNG has no end');
}

function readHeader(chunk: Uint8Array | undefined): Header {
  if (chunk?.length !== 13) throw imageDamaged('the PNG has no header');
  const width = readUint32(chunk, 0);
  const height = readUint32(chunk, 4);
  const [bits, colorType, compression, filter, interlace] = chunk.subarray(8);
  const depths: Readonly<Record<number, readonly number[]>> = {
    0: [1, 2, 4, 8, 16],
    2: [8, 16],
    3: [1, 2, 4, 8],
    4: [8, 16],
    6: [8, 16],
  };
  const known =
    bits !== undefined &&
    colorType !== undefined &&
    depths[colorType]?.includes(bits) === true &&
    compression === 0 &&
    filter === 0 &&
    (interlace === 0 || interlace === 1);
  if (!known || width === 0 || height === 0) throw imageDamaged('the PNG header is malformed');
  if (width * height > maxPixels) {
    throw new PdfError('PDF_LIMIT_EXCEEDED', 'the image has too many pixels', {
      detail: { width, height, maxPixels },
    });
  }
  return { width, height, bits, colorType, interlaced: interlace === 1 };
}

interface Pass {
  readonly x: number;
  readonly y: number;
  readonly dx: number;
  readonly dy: number;
  readonly width: number;
  readonly height: number;
}

/** One pass over all pixels, or the seven of Adam7 (PNG specification §8.2). */
function passesOf({ width, height, interlaced }: Header): Pass[] {
  if (!interlaced) return [{ x: 0, y: 0, dx: 1, dy: 1, width, height }];
  const adam7 = [
    [0, 0, 8, 8],
    [4, 0, 8, 8],
    [0, 4, 4, 8],
    [2, 0, 4, 4],
    [0, 2, 2, 4],
    [1, 0, 2, 2],
    [0, 1, 1, 2],
  ] as const;
  return adam7
    .map(([x, y, dx, dy]) => ({
      x,
      y,
      dx,
      dy,
      width: Math.ceil((width - x) / dx),
      height: Math.ceil((height - y) / dy),
    }))
    .filter((pass) => pass.width > 0 && pass.height > 0);
}

/** All samples, `channels` per pixel: palette indexes as they are, others scaled to 8 bits. */
function readSamples(
  header: Header,
  channels: number,
  passes: readonly Pass[],
  data: Uint8Array,
  rowBytes: (width: number) => number,
): Uint8Array {
  const { width, bits } = header;
  const samples = new Uint8Array(width * header.height * channels);
  const scale = header.colorType === 3 ? 1 : bits < 8 ? 255 / (2 ** bits - 1) : 1;
  let at = 0;
  for (const pass of passes) {
    const row = rowBytes(pass.width);
    const length = pass.height * (row + 1);
    const plain = undoPng(data.subarray(at, at + length), row, Math.max(1, (channels * bits) >> 3));
    at += length;
    for (let y = 0; y < pass.height; y++) {
      for (let x = 0; x < pass.width; x++) {
        const to = ((pass.y + y * pass.dy) * width + pass.x + x * pass.dx) * channels;
        for (let c = 0; c < channels; c++) {
          const bit = (x * channels + c) * bits;
          const byte = byteAt(plain, y * row + (bit >> 3));
          samples[to + c] = bits >= 8 ? byte : ((byte >> (8 - bits - (bit & 7))) & (2 ** bits - 1)) * scale;
        }
      }
    }
  }
  return samples;
}

function toPicture(
  header: Header,
  samples: Uint8Array,
  palette: Uint8Array | undefined,
  transparency: Uint8Array | undefined,
): Picture {
  const { width, height, colorType, bits } = header;
  const pixels = width * height;
  const gray = colorType === 0 || colorType === 4;
  const color = new Uint8Array(pixels * (gray ? 1 : 3));
  const alpha = new Uint8Array(pixels).fill(255);
  const channels = channelsOf[colorType] ?? 1;
  // The one transparent colour of types 0 and 2, two bytes per sample; compared on the 8 bits that are kept.
  const key =
    transparency === undefined || colorType === 3
      ? undefined
      : Array.from({ length: gray ? 1 : 3 }, (_, i) => keySample(transparency, i, bits));
  for (let p = 0; p < pixels; p++) {
    const from = p * channels;
    if (colorType === 3) {
      const index = byteAt(samples, from);
      if (palette === undefined || index * 3 + 2 >= palette.length)
        throw imageDamaged('a colour is not in the palette');
      color.set(palette.subarray(index * 3, index * 3 + 3), p * 3);
      alpha[p] = transparency?.[index] ?? 255;
    } else if (gray) {
      color[p] = byteAt(samples, from);
      if (colorType === 4) alpha[p] = byteAt(samples, from + 1);
      else if (key?.[0] === color[p]) alpha[p] = 0;
    } else {
      const [r, g, b] = [byteAt(samples, from), byteAt(samples, from + 1), byteAt(samples, from + 2)];
      color[p * 3] = r;
      color[p * 3 + 1] = g;
      color[p * 3 + 2] = b;
      if (colorType === 6) alpha[p] = byteAt(samples, from + 3);
      else if (key !== undefined && key[0] === r && key[1] === g && key[2] === b) alpha[p] = 0;
    }
  }
  const picture = {
    width,
    height,
    colorSpace: gray ? ('DeviceGray' as const) : ('DeviceRGB' as const),
    color,
  };
  return alpha.every((value) => value === 255) ? picture : { ...picture, alpha };
}

function keySample(transparency: Uint8Array, index: number, bits: number): number {
  if (bits === 16) return byteAt(transparency, index * 2);
  return Math.floor((byteAt(transparency, index * 2 + 1) * 255) / (2 ** bits - 1));
}

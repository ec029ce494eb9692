import fc from 'fast-check';
import { concatBytes, latin1 } from '../bytes';
import { codeOf } from '../testing/code-of';
import { paintedPng, pngFile } from '../testing/sample-png';
import type { PngOptions } from '../testing/sample-png';
import { decodePng } from './png';

const two = { width: 2, height: 1 };

test.each<[string, PngOptions, object]>([
  [
    'gray',
    { ...two, bits: 8, colorType: 0, data: bytes(0, 10, 200) },
    { colorSpace: 'DeviceGray', color: bytes(10, 200) },
  ],
  ['1-bit gray', { ...two, bits: 1, colorType: 0, data: bytes(0, 0b01000000) }, { color: bytes(0, 255) }],
  ['4-bit gray', { ...two, bits: 4, colorType: 0, data: bytes(0, 0x1f) }, { color: bytes(17, 255) }],
  [
    '16-bit gray',
    { ...two, bits: 16, colorType: 0, data: bytes(0, 9, 99, 200, 1) },
    { color: bytes(9, 200) },
  ],
  [
    'RGB',
    { ...two, bits: 8, colorType: 2, data: bytes(1, 1, 2, 3, 1, 1, 1) },
    { color: bytes(1, 2, 3, 2, 3, 4) },
  ],
  [
    'RGB with one colour transparent',
    { ...two, bits: 8, colorType: 2, data: bytes(0, 1, 2, 3, 4, 5, 6), transparency: [0, 1, 0, 2, 0, 3] },
    { alpha: bytes(0, 255) },
  ],
  [
    'palette with transparency',
    {
      ...two,
      bits: 2,
      colorType: 3,
      data: bytes(0, 0b01100000),
      palette: [0, 0, 0, 1, 2, 3, 4, 5, 6],
      transparency: [0, 50],
    },
    { color: bytes(1, 2, 3, 4, 5, 6), alpha: bytes(50, 255) },
  ],
  [
    'gray and alpha',
    { ...two, bits: 8, colorType: 4, data: bytes(0, 7, 0, 8, 255) },
    { color: bytes(7, 8), alpha: bytes(0, 255) },
  ],
  [
    'RGBA',
    { ...two, bits: 8, colorType: 6, data: bytes(0, 1, 2, 3, 4, 5, 6, 7, 8) },
    { color: bytes(1, 2, 3, 5, 6, 7), alpha: bytes(4, 8) },
  ],
  [
    '16-bit RGBA',
    { width: 1, height: 1, bits: 16, colorType: 6, data: bytes(0, 1, 0, 2, 0, 3, 0, 4, 0) },
    { color: bytes(1, 2, 3), alpha: bytes(4) },
  ],
])('%s is decoded', (_, options, expected) => {
  expect(decodePng(pngFile(options))).toMatchObject({
    width: options.width,
    height: options.height,
    ...expected,
  });
});

test('a picture that is opaque everywhere has no alpha', () => {
  expect(decodePng(paintedPng(3, 3, () => [1, 2, 3, 255])).alpha).toBeUndefined();
});

test('interlaced rows are put in their places', () => {
  // 3 × 3 pixels by Adam7: passes 1, 4, 5, 6 and 7 are not empty.
  const data = bytes(0, 1, 0, 3, 0, 7, 9, 0, 2, 0, 8, 0, 4, 5, 6);
  const picture = decodePng(pngFile({ width: 3, height: 3, bits: 8, colorType: 0, interlace: 1, data }));
  expect([...picture.color]).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
});

test.each<[string, string, Uint8Array]>([
  ['a JPEG', 'IMAGE_UNSUPPORTED', bytes(0xff, 0xd8, 0xff)],
  ['a cut file', 'IMAGE_DAMAGED', paintedPng(9, 9, () => [0, 0, 0, 0]).subarray(0, 60)],
  ['too few samples', 'IMAGE_DAMAGED', pngFile({ ...two, bits: 8, colorType: 0, data: bytes(0) })],
  [
    'an index outside the palette',
    'IMAGE_DAMAGED',
    pngFile({ ...two, bits: 8, colorType: 3, data: bytes(0, 1, 2), palette: [0, 0, 0] }),
  ],
  [
    'an unknown colour type',
    'IMAGE_DAMAGED',
    pngFile({ ...two, bits: 8, colorType: 5, data: bytes(0, 1, 2) }),
  ],
  [
    'more pixels than allowed',
    'PDF_LIMIT_EXCEEDED',
    pngFile({ width: 100_000, height: 100_000, bits: 8, colorType: 0, data: bytes() }),
  ],
  [
    'a bomb of samples',
    'IMAGE_DAMAGED',
    pngFile({ ...two, bits: 8, colorType: 0, data: new Uint8Array(10_000_000) }),
  ],
])('%s is %s', (_, code, png) => {
  expect(codeOf(() => decodePng(png))).toBe(code);
});

test('any bytes behind a PNG signature are decoded or refused', () => {
  const base = paintedPng(5, 5, (x, y) => [x, y, 0, x * y]);
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat({ max: base.length - 1 }), fc.nat({ max: 255 })), { maxLength: 8 }),
      (changes) => {
        const png = concatBytes([base, latin1('')]);
        for (const [at, byte] of changes) if (at > 7) png[at] = byte;
        expect(['none', 'IMAGE_DAMAGED', 'PDF_LIMIT_EXCEEDED']).toContain(codeOf(() => decodePng(png)));
      },
    ),
    { numRuns: 500 },
  );
});

function bytes(...values: readonly number[]): Uint8Array {
  return Uint8Array.from(values);
}

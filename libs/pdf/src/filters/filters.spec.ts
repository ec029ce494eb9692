import { zlibSync } from 'fflate';
import fc from 'fast-check';
import { fromLatin1, latin1 } from '../bytes';
import { array, dict, name, PdfStream } from '../model/objects';
import type { PdfObject } from '../model/objects';
import { codeOf } from '../testing/code-of';
import { decodeStream } from './decode';
import { undoPng } from './predictor';

function decode(
  filter: PdfObject,
  data: Uint8Array,
  parameters: PdfObject = null,
  limit = 1_000_000,
): Uint8Array {
  const stream = new PdfStream(dict({ Filter: filter, DecodeParms: parameters }), data);
  return decodeStream(stream, (object) => object ?? null, limit);
}

test('Flate gives back what was compressed', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 5000 }), (data) => {
      expect(decode(name('FlateDecode'), zlibSync(data))).toEqual(Uint8Array.from(data));
    }),
  );
});

test('a decompression bomb stops at the limit', () => {
  const bomb = zlibSync(new Uint8Array(50_000_000));
  expect(bomb.length).toBeLessThan(100_000);
  expect(codeOf(() => decode(name('FlateDecode'), bomb, null, 1_000_000))).toBe('PDF_LIMIT_EXCEEDED');
});

test('a bomb in a bomb stops too', () => {
  const bomb = zlibSync(zlibSync(new Uint8Array(50_000_000)));
  const filters = array([name('FlateDecode'), name('FlateDecode')]);
  expect(codeOf(() => decode(filters, bomb, null, 1_000_000))).toBe('PDF_LIMIT_EXCEEDED');
});

test.each(['FlateDecode', 'LZWDecode', 'ASCIIHexDecode', 'ASCII85Decode', 'RunLengthDecode'])(
  '%s ends on any bytes',
  (filter) => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (data) => {
        const code = codeOf(() => decode(name(filter), data, null, 10_000));
        expect(['none', 'PDF_DAMAGED', 'PDF_LIMIT_EXCEEDED']).toContain(code);
      }),
      { numRuns: 500 },
    );
  },
);

test('corrupt compressed data is refused', () => {
  const data = zlibSync(latin1('the quick brown fox '.repeat(50)));
  expect(codeOf(() => decode(name('FlateDecode'), data.subarray(0, data.length >> 1)))).toBe('PDF_DAMAGED');
  expect(codeOf(() => decode(name('FlateDecode'), latin1('plain')))).toBe('PDF_DAMAGED');
});

/** An LZW encoder that resets its table before codes grow beyond nine bits. */
function lzw(data: Uint8Array): Uint8Array {
  const codes: number[] = [256];
  let table = new Map<string, number>();
  let word = '';
  for (const byte of data) {
    const longer = word + String.fromCharCode(byte);
    if (longer.length === 1 || table.has(longer)) {
      word = longer;
      continue;
    }
    codes.push(table.get(word) ?? word.charCodeAt(0));
    table.set(longer, 258 + table.size);
    word = longer.slice(-1);
    if (table.size === 240) {
      codes.push(word.charCodeAt(0), 256);
      word = '';
      table = new Map();
    }
  }
  if (word !== '') codes.push(table.get(word) ?? word.charCodeAt(0));
  codes.push(257);
  const bits = codes.map((code) => code.toString(2).padStart(9, '0')).join('');
  return Uint8Array.from({ length: Math.ceil(bits.length / 8) }, (_, i) =>
    Number.parseInt(bits.slice(i * 8, i * 8 + 8).padEnd(8, '0'), 2),
  );
}

test('LZW gives back what was compressed', () => {
  const letters = fc.array(fc.constantFrom(65, 66, 67), { maxLength: 2000 }).map((a) => Uint8Array.from(a));
  fc.assert(
    fc.property(letters, (data) => {
      expect(decode(name('LZWDecode'), lzw(data))).toEqual(data);
    }),
  );
});

test('LZW reads the example of the standard', () => {
  // ISO 32000-1 §7.4.4.2, example 1.
  const encoded = Uint8Array.from([0x80, 0x0b, 0x60, 0x50, 0x22, 0x0c, 0x0c, 0x85, 0x01]);
  expect([...decode(name('LZWDecode'), encoded)]).toEqual([45, 45, 45, 45, 45, 65, 45, 45, 45, 66]);
});

test('LZW codes grow to twelve bits', () => {
  // Two-byte words in an order that makes a new entry for each code, so the width grows with the count.
  const codes: number[] = [256];
  const expected: number[] = [];
  for (let i = 0; i < 3000; i++) {
    codes.push(i % 256);
    expected.push(i % 256);
  }
  codes.push(257);
  let bits = '';
  let next = 257;
  for (const code of codes) {
    const width = next + 1 >= 2048 ? 12 : next + 1 >= 1024 ? 11 : next + 1 >= 512 ? 10 : 9;
    bits += code.toString(2).padStart(width, '0');
    next = code === 256 ? 257 : next + 1;
  }
  const data = Uint8Array.from({ length: Math.ceil(bits.length / 8) }, (_, i) =>
    Number.parseInt(bits.slice(i * 8, i * 8 + 8).padEnd(8, '0'), 2),
  );
  expect([...decode(name('LZWDecode'), data)]).toEqual(expected);
});

test.each([
  ['ASCIIHexDecode', '4 1 4>', 'A@'],
  ['ASCII85Decode', '9jqo^BlbD-BleB1DJ+*+F(f,q~>', 'Man is distinguished'],
  ['ASCII85Decode', 'z~>', '\0\0\0\0'],
  ['RunLengthDecode', '\x02abc\xfed\x80', 'abcddd'],
])('%s reads %j', (filter, encoded, plain) => {
  expect(fromLatin1(decode(name(filter), latin1(encoded)))).toBe(plain);
});

test('every PNG row filter is undone', () => {
  // Rows of four one-byte pixels: none, sub, up, average, Paeth.
  const encoded = [
    [0, 1, 2, 3, 4],
    [1, 1, 1, 1, 1],
    [2, 1, 1, 1, 1],
    [3, 1, 1, 1, 1],
    [4, 1, 1, 1, 1],
  ].flat();
  expect([...undoPng(Uint8Array.from(encoded), 4, 1)]).toEqual(
    [
      [1, 2, 3, 4],
      [1, 2, 3, 4],
      [2, 3, 4, 5],
      [2, 3, 4, 5],
      [3, 4, 5, 6],
    ].flat(),
  );
});

test('predictors of both kinds are undone', () => {
  const up = Uint8Array.from([2, 1, 1, 2, 1, 1]);
  const png = dict({ Predictor: 12, Columns: 2 });
  expect([...decode(name('FlateDecode'), zlibSync(up), png)]).toEqual([1, 1, 2, 2]);
  const tiff = dict({ Predictor: 2, Columns: 2, Colors: 3 });
  expect([...decode(name('FlateDecode'), zlibSync(Uint8Array.from([1, 2, 3, 1, 1, 1])), tiff)]).toEqual([
    1, 2, 3, 2, 3, 4,
  ]);
  expect(codeOf(() => decode(name('FlateDecode'), zlibSync(up), dict({ Predictor: 12, Columns: -2 })))).toBe(
    'PDF_DAMAGED',
  );
});

test('image codecs and files elsewhere are named as unsupported', () => {
  expect(codeOf(() => decode(name('DCTDecode'), latin1('')))).toBe('PDF_UNSUPPORTED');
  const external = new PdfStream(dict({ F: 1 }), latin1(''));
  expect(codeOf(() => decodeStream(external, (object) => object ?? null, 10))).toBe('PDF_UNSUPPORTED');
});

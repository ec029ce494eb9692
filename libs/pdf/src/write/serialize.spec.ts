import fc from 'fast-check';
import { fromLatin1, latin1 } from '../bytes';
import { array, PdfArray, PdfDict, PdfName, PdfRef, PdfString } from '../model/objects';
import type { PdfObject } from '../model/objects';
import { dateOf, dateString, textOf, textString } from '../model/text-string';
import { ObjectParser } from '../read/object-parser';
import { codeOf } from '../testing/code-of';
import { numberText, serializeObject } from './serialize';

function parse(source: Uint8Array): PdfObject {
  const parser = new ObjectParser(source, 0, 100, 'object-stream');
  const object = parser.parseObject();
  parser.skipSpace();
  expect(parser.pos).toBe(source.length);
  return object;
}

const byteText = fc.uint8Array({ maxLength: 20 }).map(fromLatin1);
const nonZeroBytes = byteText.map((text) => text.replaceAll('\0', '0'));

const { object } = fc.letrec<{ object: PdfObject }>((tie) => ({
  object: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    fc.constant(null),
    fc.boolean(),
    fc.integer(),
    fc
      .double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 })
      .map((value) => Number(numberText(value))),
    nonZeroBytes.map((value) => new PdfName(value)),
    fc
      .tuple(fc.uint8Array(), fc.constantFrom('literal' as const, 'hex' as const))
      .map(([bytes, form]) => new PdfString(Uint8Array.from(bytes), form)),
    fc
      .tuple(fc.integer({ min: 1, max: 99999 }), fc.integer({ min: 0, max: 65535 }))
      .map(([n, g]) => new PdfRef(n, g)),
    fc.array(tie('object'), { maxLength: 6 }).map((items) => new PdfArray(items)),
    fc
      .array(fc.tuple(nonZeroBytes, tie('object')), { maxLength: 6 })
      .map((entries) => new PdfDict(new Map(entries))),
  ),
}));

test('parsing what was serialised gives the same object', () => {
  fc.assert(
    fc.property(object, (original) => {
      expect(parse(serializeObject(original))).toEqual(original);
    }),
    { numRuns: 500 },
  );
});

test('the parser ends on any bytes, with an object or a refusal', () => {
  const alphabet = fc.constantFrom(
    ...Array.from('<>[]()/%{} \n01289+-.RobjtruefalsnE#\\\xff\0', (c) => c.charCodeAt(0)),
  );
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    fc.array(alphabet, { maxLength: 200 }).map((a) => Uint8Array.from(a)),
  );
  fc.assert(
    fc.property(bytes, (source) => {
      const parser = new ObjectParser(source, 0, 20, 'file');
      const code = codeOf(() => {
        while (parser.pos < source.length) {
          const before = parser.pos;
          parser.parseObject();
          expect(parser.pos).toBeGreaterThan(before);
        }
      });
      expect(['none', 'PDF_DAMAGED', 'PDF_LIMIT_EXCEEDED']).toContain(code);
    }),
    { numRuns: 2000 },
  );
});

test.each<[string, PdfObject]>([
  ['(a\\(b\\)\\n\\101\\\r\nc(d))', new PdfString(latin1('a(b)\nAc(d)'))],
  ['(a\rb\r\nc)', new PdfString(latin1('a\nb\nc'))],
  ['<4 1 4>', new PdfString(latin1('A@'), 'hex')],
  ['/A#20B#', new PdfName('A B#')],
  ['[1 0 R 2 0 3 -.5 +7 4.]', array([new PdfRef(1), 2, 0, 3, -0.5, 7, 4])],
  ['[1 0 /R 1%R\n0 R]', array([1, 0, new PdfName('R'), new PdfRef(1)])],
  ['  % comment\n true', true],
])('%j is read as the standard says', (source, expected) => {
  expect(parse(latin1(source))).toEqual(expected);
});

test.each(['(open', '<41', '[1 2', '<</A>>', '<<1 2>>', '--1', '1.2.3', 'nul', '<4g>', ')', '.', ''])(
  '%j is refused',
  (source) => {
    expect(codeOf(() => parse(latin1(source)))).toBe('PDF_DAMAGED');
  },
);

test('a key written twice is remembered and its last value counts', () => {
  const parsed = parse(latin1('<</A 1/B 2/A 3>>'));
  expect(parsed).toBeInstanceOf(PdfDict);
  expect((parsed as PdfDict).duplicateKeys).toEqual(['A']);
  expect((parsed as PdfDict).get('A')).toBe(3);
});

test('numbers are written without exponent', () => {
  expect([1e21, 1e-7, -0, 12.5, -3e-9].map(numberText)).toEqual([
    '1000000000000000000000',
    '0.0000001',
    '0',
    '12.5',
    '-0.000000003',
  ]);
});

test('text strings carry every character, dates every second', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(textOf(textString(text))).toBe(text);
    }),
  );
  expect(textOf(new PdfString(latin1('\x80\x96\xa0')))).toBe('•Œ€');
  const instant = new Date('2026-11-21T18:30:05Z');
  expect(textOf(dateString(instant))).toBe("D:20261122013005+07'00'");
  expect(dateOf(dateString(instant))).toEqual(instant);
  expect(dateOf(textString('yesterday'))).toBeUndefined();
});

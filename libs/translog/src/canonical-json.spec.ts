import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import fc from 'fast-check';

import { corpus, corpusFile, corpusJson } from '../../../test/support/corpora';
import { canonicalBytes, canonicalJson, parseCanonicalBytes, parseCanonicalJson } from './canonical-json';
import { TranslogError } from './errors';

/** Vectors that our narrower profile refuses, with the reason. */
const refusedVectors: Readonly<Record<string, RegExp>> = { 'values.json': /not a safe integer/ };

const canonicalValue = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.string({ unit: 'binary' }).filter((s) => s.isWellFormed()),
    fc.maxSafeInteger(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 5 }),
    fc.dictionary(
      fc.string({ unit: 'binary' }).filter((s) => s.isWellFormed() && s !== '__proto__'),
      tie('value'),
      { maxKeys: 5, noNullPrototype: true },
    ),
  ),
})).value;

describe('canonical JSON', () => {
  // `input/x.json` must become `output/x.json`.
  const vectors = corpus('jcs');
  (vectors === undefined ? it.skip : it)(
    'agrees with the published vectors, or refuses them for a stated reason',
    () => {
      const names = readdirSync(join(vectors ?? '', 'input'));
      expect(names.length).toBeGreaterThanOrEqual(6);
      for (const name of names) {
        const value = corpusJson('jcs', 'input', name);
        const reason = refusedVectors[name];
        const expected = new TextDecoder().decode(corpusFile('jcs', 'output', name)).trimEnd();
        if (reason) expect(() => canonicalJson(value)).toThrow(reason);
        else expect(canonicalJson(value)).toBe(expected);
      }
    },
  );

  it('sorts names by UTF-16 code units, not by code points or alphabet', () => {
    // U+10000 is written D800 DC00, and D800 sorts before FF21 although the code point is larger.
    expect(canonicalJson({ '\uFF21': 1, '\u{10000}': 2, é: 3, z: 4, Z: 5, '10': 6, '9': 7, '': 8 })).toBe(
      '{"":8,"10":6,"9":7,"Z":5,"z":4,"é":3,"\u{10000}":2,"\uFF21":1}',
    );
  });

  it('escapes only what must be escaped, and never normalises letters', () => {
    expect(canonicalJson('\u0000\u001f\b\t\n\f\r"\\/\u007f\u2028ệ ê\u0323')).toBe(
      '"\\u0000\\u001f\\b\\t\\n\\f\\r\\"\\\\/\u007f\u2028ệ ê\u0323"',
    );
  });

  it('keeps a member named __proto__ as data', () => {
    const value: unknown = JSON.parse('{"__proto__":{"a":1},"b":2}');
    expect(canonicalJson(value)).toBe('{"__proto__":{"a":1},"b":2}');
  });

  it.each([
    ['a fraction', 1.5],
    ['a number beyond 2^53', 2 ** 53],
    ['not-a-number', NaN],
    ['infinity', -Infinity],
    ['a big integer', 1n],
    ['undefined', undefined],
    ['a member that is undefined', { a: undefined }],
    ['a hole in an array', [1, , 2]], // eslint-disable-line no-sparse-arrays
    ['a date', new Date(0)],
    ['a map', new Map()],
    ['bytes', new Uint8Array(1)],
    ['a function', () => 1],
    ['a lone surrogate', '\ud800'],
    ['a lone surrogate in a name', { '\udc00': 1 }],
  ])('refuses %s', (_what, value) => {
    expect(() => canonicalJson(value)).toThrow(TranslogError);
  });

  it('refuses nesting that would exhaust the stack', () => {
    let deep: unknown = null;
    for (let i = 0; i < 100_000; i += 1) deep = [deep];
    expect(() => canonicalJson(deep)).toThrow(/nesting/);
  });

  it('gives back the same value, and the same text from any order of members', () => {
    fc.assert(
      fc.property(canonicalValue, (value) => {
        const text = canonicalJson(value);
        expect(canonicalJson(parseCanonicalJson(text))).toBe(text);
        expect(canonicalJson(reversed(value))).toBe(text);
        expect(parseCanonicalBytes(canonicalBytes(value))).toEqual(JSON.parse(text));
      }),
    );
  });

  it.each([
    ['a space', '{"a": 1}'],
    ['another order', '{"b":1,"a":2}'],
    ['a duplicate name', '{"a":1,"a":2}'],
    ['another spelling of a letter', '"\\u0061"'],
    ['a fraction', '1.5'],
    ['another spelling of a number', '1e2'],
    ['negative zero', '-0'],
    ['text that is not JSON', '{'],
    ['nothing', ''],
  ])('does not accept %s as canonical', (_what, text) => {
    expect(codeOf(() => parseCanonicalJson(text))).toBe('NOT_CANONICAL');
  });

  it('does not accept bytes that are not UTF-8, or that start with a byte order mark', () => {
    expect(() => parseCanonicalBytes(Uint8Array.of(0x22, 0xff, 0x22))).toThrow(/UTF-8/);
    expect(() => parseCanonicalBytes(Uint8Array.of(0xef, 0xbb, 0xbf, 0x31))).toThrow(TranslogError);
  });
});

function codeOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof TranslogError) return error.code;
    throw error;
  }
  return 'no error';
}

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, member]) => [name, reversed(member)]),
  );
}

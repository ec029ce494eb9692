import fc from 'fast-check';
import { PkiError } from '../errors';
import { errorCodeOf } from '../testing/error-code';
import { readDer, readDerPrefix } from './element';
import type { DerElement } from './element';
import { childrenOf } from './reader';
import { generalizedTimeWithFraction, timeValue } from './time';
import { bitStringValue, booleanValue, integerHex, namedBits, oidValue, smallInteger } from './values';
import {
  derBoolean,
  derGeneralizedTime,
  derInteger,
  derNamedBits,
  derOctetString,
  derOid,
  derPrintableString,
  derSequence,
  derSetOf,
  derTime,
  derUtf8String,
} from './writer';
import { textValue } from './text';
import { fromHex, toHex } from '../bytes';

const element = (hex: string): DerElement => readDer(fromHex(hex.replaceAll(' ', '')));
const codeOf = (hex: string, decode: (found: DerElement) => unknown = (found) => found): string =>
  errorCodeOf(() => decode(element(hex)));

describe('the DER reader', () => {
  it('refuses lengths that are indefinite, not shortest, too long for four octets, or past the end', () => {
    expect(codeOf('30 80 00 00')).toBe('DER_NOT_CANONICAL');
    expect(codeOf('04 81 01 00')).toBe('DER_NOT_CANONICAL');
    expect(codeOf(`04 82 00 80 ${'00'.repeat(128)}`)).toBe('DER_NOT_CANONICAL');
    expect(codeOf('04 85 01 00 00 00 00')).toBe('DER_LIMIT_EXCEEDED');
    expect(codeOf('04 84 ff ff ff ff')).toBe('DER_MALFORMED');
    expect(codeOf('04 05 00')).toBe('DER_MALFORMED');
    expect(codeOf('04')).toBe('DER_MALFORMED');
    expect(codeOf('')).toBe('DER_MALFORMED');
  });

  it('refuses long tags, the reserved tag and bytes behind the value', () => {
    expect(codeOf('1f 81 01 00')).toBe('DER_MALFORMED');
    expect(codeOf('00 00')).toBe('DER_MALFORMED');
    expect(codeOf('05 00 00')).toBe('DER_MALFORMED');
    expect(readDerPrefix(fromHex('05000000')).end).toBe(2);
  });

  it('refuses values larger than the limit', () => {
    const limited = (): DerElement => readDer(derOctetString(new Uint8Array(100)), { maxBytes: 64 });
    expect(errorCodeOf(limited)).toBe('DER_LIMIT_EXCEEDED');
  });

  it('refuses to go deeper than the limit', () => {
    let der = derSequence();
    for (let i = 0; i < 60; i++) der = derSequence(der);
    const descend = (found: DerElement): void => {
      childrenOf(found).forEach(descend);
    };
    expect(
      errorCodeOf(() => {
        descend(readDer(der));
      }),
    ).toBe('DER_LIMIT_EXCEEDED');
  });

  it('refuses primitive values out of canonical form', () => {
    expect(codeOf('02 00', integerHex)).toBe('DER_MALFORMED');
    expect(codeOf('02 02 00 7f', integerHex)).toBe('DER_NOT_CANONICAL');
    expect(codeOf('02 02 ff 80', integerHex)).toBe('DER_NOT_CANONICAL');
    expect(codeOf('01 01 01', booleanValue)).toBe('DER_NOT_CANONICAL');
    expect(codeOf('03 02 08 00', bitStringValue)).toBe('DER_MALFORMED');
    expect(codeOf('03 02 01 01', bitStringValue)).toBe('DER_NOT_CANONICAL');
    expect(codeOf('03 01 01', bitStringValue)).toBe('DER_MALFORMED');
    expect(codeOf('06 02 80 01', oidValue)).toBe('DER_NOT_CANONICAL');
    expect(codeOf('06 01 81', oidValue)).toBe('DER_MALFORMED');
    expect(codeOf('02 01 ff', smallInteger)).toBe('DER_LIMIT_EXCEEDED');
  });

  it('refuses times that do not exist or are not written as RFC 5280 wants', () => {
    const time = (tag: string, text: string): string =>
      codeOf(`${tag} ${toHex(Uint8Array.of(text.length))} ${Buffer.from(text).toString('hex')}`, timeValue);
    expect(time('17', '260230000000Z')).toBe('DER_MALFORMED');
    expect(time('17', '261301000000Z')).toBe('DER_MALFORMED');
    expect(time('17', '2601010000Z')).toBe('DER_MALFORMED');
    expect(time('17', '260101000000+0700')).toBe('DER_MALFORMED');
    expect(time('18', '20260101000000.5Z')).toBe('DER_MALFORMED');
    expect(time('18', '20260101240000Z')).toBe('DER_MALFORMED');
    expect(time('18', '20260101000000Z')).toBe('no error');
  });

  it('only ever fails with a PkiError, whatever the bytes', () => {
    const walk = (found: DerElement): void => {
      for (const decode of [integerHex, booleanValue, bitStringValue, oidValue, textValue, timeValue]) {
        try {
          decode(found);
        } catch (error) {
          if (!(error instanceof PkiError)) throw error;
        }
      }
      if (found.isConstructed) childrenOf(found).forEach(walk);
    };
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        const code = errorCodeOf(() => {
          walk(readDer(bytes));
        });
        return code === 'no error' || code.startsWith('DER_');
      }),
      { numRuns: 3000 },
    );
  });
});

describe('the DER writer', () => {
  it.each([
    '',
    '1',
    '3.1',
    '1.40',
    '0.40.1',
    '1..2',
    '1.2.',
    '1.02',
    '1.2.03',
    '1e3.2',
    '1.2. 3',
    '-1.2',
    '1.2.0x1',
  ])('refuses "%s" as object identifier', (dotted) => {
    expect(errorCodeOf(() => derOid(dotted))).toBe('DER_MALFORMED');
  });

  it('refuses times of no date or of a year that has not four digits, and text of other alphabets', () => {
    expect(errorCodeOf(() => derGeneralizedTime(new Date(Number.NaN)))).toBe('DER_MALFORMED');
    expect(errorCodeOf(() => derTime(new Date('+010000-01-01T00:00:00Z')))).toBe('DER_MALFORMED');
    expect(errorCodeOf(() => derTime(new Date('-000001-01-01T00:00:00Z')))).toBe('DER_MALFORMED');
    expect(errorCodeOf(() => derPrintableString('a*b'))).toBe('DER_MALFORMED');
  });

  it('writes integers that read back, of any size and sign', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }), (value) => {
        const hex = integerHex(readDer(derInteger(value)));
        return BigInt.asIntN(hex.length * 4, BigInt(`0x${hex}`)) === value;
      }),
    );
  });

  it('writes object identifiers that read back', () => {
    const arcs = fc.array(fc.nat({ max: 2 ** 31 - 1 }), { minLength: 0, maxLength: 6 });
    fc.assert(
      fc.property(fc.constantFrom('0.9', '1.2', '1.39', '2.5', '2.999'), arcs, (root, rest) => {
        const dotted = [root, ...rest].join('.');
        return oidValue(readDer(derOid(dotted))) === dotted;
      }),
    );
    expect(errorCodeOf(() => derOid('1.40.1'))).toBe('DER_MALFORMED');
    expect(errorCodeOf(() => derOid('x'))).toBe('DER_MALFORMED');
  });

  it('writes lengths in shortest form at every boundary', () => {
    for (const length of [0, 1, 127, 128, 255, 256, 65_535, 65_536]) {
      expect(readDer(derOctetString(new Uint8Array(length))).contentLength).toBe(length);
    }
  });

  it('writes text, flags, named bits and times that read back', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        (text) => textValue(readDer(derUtf8String(text))) === text,
      ),
    );
    expect(booleanValue(readDer(derBoolean(true)))).toBe(true);
    for (const bits of [[], [0], [7], [8], [0, 1, 8], [5, 6]]) {
      expect([...namedBits(bitStringValue(readDer(derNamedBits(bits))))]).toEqual(bits);
    }
    for (const iso of ['1950-01-01T00:00:00Z', '2049-12-31T23:59:59Z', '2050-01-01T00:00:00Z']) {
      expect(timeValue(readDer(derTime(new Date(iso))))).toEqual(new Date(iso));
    }
    const time = new Date('2026-02-28T12:34:56Z');
    expect(generalizedTimeWithFraction(readDer(derGeneralizedTime(time)))).toEqual(time);
  });

  it('sorts the members of a SET OF', () => {
    const set = derSetOf(derInteger(300), derInteger(2), derInteger(1));
    expect(toHex(set)).toBe('310a0201010201020202012c');
  });
});

import fc from 'fast-check';
import { concatBytes, fromHex, toHex } from '../bytes';
import { readAlgorithmIdentifier, signatureFromIdentifier } from '../crypto/algorithms';
import {
  readAuthorityInfoAccess,
  readAuthorityKeyId,
  readBasicConstraints,
  readDistributionPoints,
  readExtendedKeyUsage,
  readExtensions,
  readKeyUsage,
} from '../certificate/extensions';
import { readName } from '../names/distinguished-name';
import { oids } from '../oids';
import { errorCodeOf } from '../testing/error-code';
import { readDer } from './element';
import type { DerElement } from './element';
import { childrenOf, childrenOfSet } from './reader';
import { textValue } from './text';
import { generalizedTimeWithFraction, timeValue } from './time';
import { bitStringValue, booleanValue, expectNull, integerHex, namedBits, oidValue } from './values';
import {
  derExplicit,
  derGeneralizedTime,
  derInteger,
  derNull,
  derOid,
  derSequence,
  derSetOf,
  derTime,
  derUtf8String,
  tlv,
} from './writer';

const walk = (element: DerElement): void => {
  if (element.isConstructed) childrenOf(element).forEach(walk);
};
const nested = (levels: number): Uint8Array => {
  let der = derSequence();
  for (let level = 1; level < levels; level++) der = derSequence(der);
  return der;
};
const named = (element: DerElement): unknown => namedBits(bitStringValue(element));
const extensions = (element: DerElement): unknown => readExtensions(element);
const ascii = (text: string): string => toHex(new TextEncoder().encode(text));
const time = (tag: '17' | '18', text: string): string =>
  `${tag} ${toHex(Uint8Array.of(text.length))} ${ascii(text)}`;
const pss = (...fields: Uint8Array[]): string =>
  toHex(derSequence(derOid(oids.rsassaPss), derSequence(...fields)));
const sha256 = derSequence(derOid(oids.sha256), derNull);
const mask = derExplicit(1, derSequence(derOid(oids.mgf1), sha256));
const algorithm = (element: DerElement): unknown => signatureFromIdentifier(readAlgorithmIdentifier(element));
const attribute = (text: string): Uint8Array => derSequence(derOid(oids.commonName), derUtf8String(text));

/** What it is, its hexadecimal, how it is read, the code it is refused by. */
const broken: readonly (readonly [string, string, (element: DerElement) => unknown, string])[] = [
  // Identifier octets (X.690 §8.1.2)
  ['a high tag number', '3f 1f 00', walk, 'DER_MALFORMED'],
  ['a high tag number with leading zeros', 'bf 80 01 00', walk, 'DER_MALFORMED'],
  ['the end of an indefinite length', '00 00', walk, 'DER_MALFORMED'],
  ['the same, constructed', '20 00', walk, 'DER_MALFORMED'],
  ['a type that is reserved', '0f 00', walk, 'DER_MALFORMED'],
  ['a primitive SEQUENCE', '10 00', walk, 'DER_MALFORMED'],
  ['a primitive SET inside', '30 02 11 00', walk, 'DER_MALFORMED'],
  ['a constructed INTEGER', '22 03 02 01 00', walk, 'DER_NOT_CANONICAL'],
  ['an OCTET STRING in pieces', '30 06 24 04 04 02 00 00', walk, 'DER_NOT_CANONICAL'],
  ['a BIT STRING in pieces', '23 04 03 02 00 00', walk, 'DER_NOT_CANONICAL'],
  ['text in pieces', '2c 03 0c 01 41', walk, 'DER_NOT_CANONICAL'],
  // Lengths (§8.1.3, §10.1)
  ['an indefinite length', '30 80 02 01 00 00 00', walk, 'DER_NOT_CANONICAL'],
  ['an indefinite length inside', '30 04 30 80 00 00', walk, 'DER_NOT_CANONICAL'],
  ['a long form for a short length', '30 81 03 02 01 00', walk, 'DER_NOT_CANONICAL'],
  ['leading zeros in a length', '04 82 00 03 00 00 00', walk, 'DER_NOT_CANONICAL'],
  ['the reserved length octet', '04 ff', walk, 'DER_LIMIT_EXCEEDED'],
  ['a length of 2^31', '04 84 80 00 00 00 00', walk, 'DER_MALFORMED'],
  ['a length of 2^32 - 1', '04 84 ff ff ff ff 00', walk, 'DER_MALFORMED'],
  ['a length of 2^53', '04 87 20 00 00 00 00 00 00 00', walk, 'DER_LIMIT_EXCEEDED'],
  ['a length of 2^64 - 1', '04 88 ff ff ff ff ff ff ff ff', walk, 'DER_LIMIT_EXCEEDED'],
  ['a child longer than its parent', '30 03 04 02 00', walk, 'DER_MALFORMED'],
  ['a child past the end of its parent', '30 03 04 02 00 00', walk, 'DER_MALFORMED'],
  ['a header cut off', '30 01 04', walk, 'DER_MALFORMED'],
  ['a length cut off', '30 02 04 82', walk, 'DER_MALFORMED'],
  ['bytes behind the value', '30 00 00', walk, 'DER_MALFORMED'],
  ['a nesting bomb', toHex(nested(5000)), walk, 'DER_LIMIT_EXCEEDED'],
  // Primitive values (§8.2, §8.3, §8.6, §8.8, §8.19, §11)
  ['a BOOLEAN of 01', '01 01 01', booleanValue, 'DER_NOT_CANONICAL'],
  ['a BOOLEAN of two octets', '01 02 ff ff', booleanValue, 'DER_MALFORMED'],
  ['a BOOLEAN of none', '01 00', booleanValue, 'DER_MALFORMED'],
  ['an INTEGER of no octets', '02 00', integerHex, 'DER_MALFORMED'],
  ['a padded INTEGER', '02 02 00 01', integerHex, 'DER_NOT_CANONICAL'],
  ['a padded negative INTEGER', '02 02 ff ff', integerHex, 'DER_NOT_CANONICAL'],
  ['a BIT STRING without its first octet', '03 00', bitStringValue, 'DER_MALFORMED'],
  ['nine unused bits', '03 02 09 00', bitStringValue, 'DER_MALFORMED'],
  ['unused bits of an empty BIT STRING', '03 01 04', bitStringValue, 'DER_MALFORMED'],
  ['unused bits that are ones', '03 02 04 1f', bitStringValue, 'DER_NOT_CANONICAL'],
  ['named bits with zeros at the end', '03 02 00 80', named, 'DER_NOT_CANONICAL'],
  ['named bits with a zero octet at the end', '03 03 07 80 00', named, 'DER_NOT_CANONICAL'],
  ['a NULL with content', '05 01 00', expectNull, 'DER_MALFORMED'],
  ['an OID of no octets', '06 00', oidValue, 'DER_MALFORMED'],
  ['an OID with leading 80', '06 03 2a 80 01', oidValue, 'DER_NOT_CANONICAL'],
  ['an OID with leading 80 first', '06 02 80 2a', oidValue, 'DER_NOT_CANONICAL'],
  ['an OID that ends inside an arc', '06 02 2a 86', oidValue, 'DER_MALFORMED'],
  ['an OID with an arc of 140 bits', `06 16 2a ${'ff'.repeat(20)} 7f`, oidValue, 'DER_LIMIT_EXCEEDED'],
  ['an OID of 65 octets', `06 41 ${'2a'.repeat(65)}`, oidValue, 'DER_MALFORMED'],
  // Strings (X.680 §41)
  ['an @ in a PrintableString', `13 03 ${ascii('a@b')}`, textValue, 'DER_MALFORMED'],
  ['a star in a PrintableString', `13 01 ${ascii('*')}`, textValue, 'DER_MALFORMED'],
  ['a NUL in a PrintableString', '13 02 41 00', textValue, 'DER_MALFORMED'],
  ['a letter in a NumericString', `12 02 ${ascii('1a')}`, textValue, 'DER_MALFORMED'],
  ['a line feed in a VisibleString', '1a 01 0a', textValue, 'DER_MALFORMED'],
  ['an eighth bit in an IA5String', '16 01 80', textValue, 'DER_MALFORMED'],
  ['overlong UTF-8', '0c 02 c0 80', textValue, 'DER_MALFORMED'],
  ['a surrogate in UTF-8', '0c 03 ed a0 80', textValue, 'DER_MALFORMED'],
  ['UTF-8 cut off', '0c 02 e1 bb', textValue, 'DER_MALFORMED'],
  ['half a surrogate pair in a BMPString', '1e 02 d8 00', textValue, 'DER_MALFORMED'],
  ['an odd BMPString', '1e 01 41', textValue, 'DER_MALFORMED'],
  ['a surrogate in a UniversalString', '1c 04 00 00 d8 00', textValue, 'DER_MALFORMED'],
  ['a UniversalString past Unicode', '1c 04 00 11 00 00', textValue, 'DER_MALFORMED'],
  // Times (RFC 5280 §4.1.2.5)
  ['29 February of a common year', time('17', '230229000000Z'), timeValue, 'DER_MALFORMED'],
  ['29 February 2100', time('18', '21000229000000Z'), timeValue, 'DER_MALFORMED'],
  ['day zero', time('17', '230100000000Z'), timeValue, 'DER_MALFORMED'],
  ['month zero', time('17', '230001000000Z'), timeValue, 'DER_MALFORMED'],
  ['hour 24', time('17', '230101240000Z'), timeValue, 'DER_MALFORMED'],
  ['minute 60', time('17', '230101006000Z'), timeValue, 'DER_MALFORMED'],
  ['a leap second', time('17', '161231235960Z'), timeValue, 'DER_MALFORMED'],
  ['UTCTime without seconds', time('17', '2301010000Z'), timeValue, 'DER_MALFORMED'],
  ['UTCTime of another zone', time('17', '230101000000+0700'), timeValue, 'DER_MALFORMED'],
  ['UTCTime without zone', time('17', '230101000000'), timeValue, 'DER_MALFORMED'],
  ['a small z', time('17', '230101000000z'), timeValue, 'DER_MALFORMED'],
  ['a sign in a time', time('17', '-30101000000Z'), timeValue, 'DER_MALFORMED'],
  ['a line feed behind a time', time('17', '230101000000Z\n'), timeValue, 'DER_MALFORMED'],
  ['GeneralizedTime of two-digit year', time('18', '230101000000Z'), timeValue, 'DER_MALFORMED'],
  ['a fraction', time('18', '20230101000000.5Z'), timeValue, 'DER_MALFORMED'],
  [
    'a fraction with a zero at its end',
    time('18', '20230101000000.50Z'),
    generalizedTimeWithFraction,
    'DER_MALFORMED',
  ],
  ['a fraction of nothing', time('18', '20230101000000.Z'), generalizedTimeWithFraction, 'DER_MALFORMED'],
  [
    'a fraction behind a comma',
    time('18', '20230101000000,5Z'),
    generalizedTimeWithFraction,
    'DER_MALFORMED',
  ],
  // Sets and defaults (X.690 §11.5, §11.6)
  ['a SET OF out of order', '31 06 02 01 02 02 01 01', childrenOfSet, 'DER_NOT_CANONICAL'],
  [
    'a relative name out of order',
    toHex(derSequence(tlv(0x31, concatBytes([attribute('b'), attribute('a')])))),
    readName,
    'DER_NOT_CANONICAL',
  ],
  ['a relative name of nothing', '30 02 31 00', readName, 'DER_MALFORMED'],
  [
    'critical FALSE written out',
    '30 0c 30 0a 06 03 55 1d 0f 01 01 00 04 00',
    extensions,
    'DER_NOT_CANONICAL',
  ],
  ['no extensions at all', '30 00', extensions, 'DER_MALFORMED'],
  [
    'an extension twice',
    '30 12 30 07 06 03 55 1d 0f 04 00 30 07 06 03 55 1d 0f 04 00',
    extensions,
    'DER_MALFORMED',
  ],
  ['cA FALSE written out', '30 03 01 01 00', ({ der }) => readBasicConstraints(der), 'DER_NOT_CANONICAL'],
  [
    'a negative path length',
    '30 06 01 01 ff 02 01 ff',
    ({ der }) => readBasicConstraints(der),
    'DER_LIMIT_EXCEEDED',
  ],
  ['keyUsage without a bit', '03 01 00', ({ der }) => readKeyUsage(der), 'DER_MALFORMED'],
  ['no purpose at all', '30 00', ({ der }) => readExtendedKeyUsage(der), 'DER_MALFORMED'],
  [
    'half a name in an authority key',
    '30 03 82 01 05',
    ({ der }) => readAuthorityKeyId(der),
    'DER_MALFORMED',
  ],
  [
    'a point of reasons alone',
    '30 06 30 04 81 02 06 40',
    ({ der }) => readDistributionPoints(der),
    'DER_MALFORMED',
  ],
  ['a list of no points', '30 00', ({ der }) => readDistributionPoints(der), 'DER_MALFORMED'],
  ['a list of no access', '30 00', ({ der }) => readAuthorityInfoAccess(der), 'DER_MALFORMED'],
  [
    'the trailer of PSS written out',
    pss(derExplicit(0, sha256), mask, derExplicit(2, derInteger(32)), derExplicit(3, derInteger(1))),
    algorithm,
    'DER_NOT_CANONICAL',
  ],
  [
    'the salt of PSS written out',
    pss(derExplicit(0, sha256), mask, derExplicit(2, derInteger(20))),
    algorithm,
    'DER_NOT_CANONICAL',
  ],
  ['PSS over SHA-1 by its defaults', pss(), algorithm, 'ALGORITHM_UNSUPPORTED'],
  ['PSS without a mask', pss(derExplicit(0, sha256)), algorithm, 'ALGORITHM_UNSUPPORTED'],
];

describe('DER that is broken', () => {
  it.each(broken)('is refused: %s', (_, hex, read, code) => {
    expect(errorCodeOf(() => read(readDer(fromHex(hex.replaceAll(' ', '')))))).toBe(code);
  });

  it('costs no more to refuse for being large', () => {
    const started = performance.now();
    const many = derSequence(new Uint8Array(8 * 1024 * 1024).fill(5));
    expect(
      errorCodeOf(() => {
        walk(readDer(many));
      }),
    ).toBe('DER_MALFORMED');
    expect(errorCodeOf(() => readDer(fromHex(`30847fffffff${'30'.repeat(1000)}`)))).toBe('DER_MALFORMED');
    expect(performance.now() - started).toBeLessThan(1000);
  });
});

describe('DER at the edge of what is allowed', () => {
  const read = <T>(hex: string, decode: (element: DerElement) => T): T =>
    decode(readDer(fromHex(hex.replaceAll(' ', ''))));

  it('is read: forty levels, arcs of a UUID, negative serials, GeneralizedTime before 2050', () => {
    expect(
      errorCodeOf(() => {
        walk(readDer(nested(41)));
      }),
    ).toBe('no error');
    expect(
      errorCodeOf(() => {
        walk(readDer(nested(42)));
      }),
    ).toBe('DER_LIMIT_EXCEEDED');
    const uuid = '2.25.340282366920938463463374607431768211455';
    expect(oidValue(readDer(derOid(uuid)))).toBe(uuid);
    expect(read('02 01 80', integerHex)).toBe('80');
    // RFC 5280 §4.1.2.5 tells issuers to write UTCTime until 2049, and readers to take either.
    expect(read(time('18', '20490101000000Z'), timeValue)).toEqual(new Date('2049-01-01T00:00:00Z'));
    expect(read(time('17', '491231235959Z'), timeValue).getUTCFullYear()).toBe(2049);
    expect(read(time('17', '500101000000Z'), timeValue).getUTCFullYear()).toBe(1950);
    expect(read(time('18', '99991231235959Z'), timeValue).getUTCFullYear()).toBe(9999);
    expect(read(time('18', '20240229000000.001Z'), generalizedTimeWithFraction).getUTCMilliseconds()).toBe(1);
  });

  it('keeps a byte order mark, so that two values never read alike', () => {
    expect(read('0c 04 ef bb bf 41', textValue)).toBe('\ufeffA');
    expect(read('1e 04 fe ff 00 41', textValue)).toBe('\ufeffA');
  });

  it('comes back from the writer as it was, for trees of any shape', () => {
    const { tree } = fc.letrec<{ tree: Uint8Array; leaf: Uint8Array }>((tie) => ({
      tree: fc.oneof(
        { depthSize: 'small' },
        tie('leaf'),
        fc.array(tie('tree'), { maxLength: 5 }).map((parts) => derSequence(...parts)),
        fc.array(tie('tree'), { maxLength: 5 }).map((parts) => derSetOf(...parts)),
        fc.array(tie('tree'), { maxLength: 3 }).map((parts) => derExplicit(2, ...parts)),
      ),
      leaf: fc.oneof(
        fc.bigInt({ min: -(2n ** 140n), max: 2n ** 140n }).map(derInteger),
        fc.string().map(derUtf8String),
        fc.uint8Array({ maxLength: 300 }).map((bytes) => tlv(0x04, bytes)),
        fc
          .date({ min: new Date('1950-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
          .map(derTime),
      ),
    }));
    const again = (element: DerElement): Uint8Array => {
      if (!element.isConstructed) return tlv(element.tag, element.content);
      const parts = childrenOf(element).map(again);
      return element.tag === 0x31 ? derSetOf(...parts) : tlv(element.tag, concatBytes(parts));
    };
    fc.assert(
      fc.property(tree, (der) => toHex(again(readDer(der))) === toHex(der)),
      { numRuns: 500 },
    );
  });

  it('has one encoding of each time and fraction, to the millisecond', () => {
    fc.assert(
      fc.property(fc.nat({ max: 999 }), fc.nat({ max: 2 ** 31 }), (milliseconds, seconds) => {
        const whole = new Date(seconds * 1000);
        const digits = String(milliseconds).padStart(3, '0').replace(/0+$/, '');
        const base = new TextDecoder().decode(derGeneralizedTime(whole).subarray(2, 16));
        const der = tlv(0x18, new TextEncoder().encode(`${base}${digits === '' ? '' : `.${digits}`}Z`));
        return generalizedTimeWithFraction(readDer(der)).getTime() === whole.getTime() + milliseconds;
      }),
    );
  });
});

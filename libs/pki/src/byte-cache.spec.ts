import { seededRandom } from '../../../test/chaos/random';
import { ByteCache, maxRememberedBytes } from './byte-cache';
import { parseCertificate } from './certificate/parse-certificate';
import { parsePublicKey } from './crypto/public-key';
import { testRoot } from './testing/test-pki';

const numbered = (number: number): Uint8Array => Uint8Array.of(number >> 8, number & 0xff);

describe('a cache by content', () => {
  it('gives what was put in for equal bytes, and forgets the oldest first', () => {
    const cache = new ByteCache<number>(3);
    for (let number = 0; number < 5; number++) cache.set(numbered(number), number);
    expect([0, 1, 2, 3, 4].map((number) => cache.get(numbered(number)))).toEqual([
      undefined,
      undefined,
      2,
      3,
      4,
    ]);
  });

  it('never gives the value of other bytes, of as many contents as make hashes collide', () => {
    const count = 200_000;
    const cache = new ByteCache<number>(count);
    const random = seededRandom(1);
    const contents = Array.from({ length: count }, () =>
      Uint8Array.from({ length: 8 }, () => Math.floor(random() * 256)),
    );
    contents.forEach((bytes, index) => {
      cache.set(bytes, index);
    });
    const found = contents.map((bytes) => cache.get(bytes));
    expect(found.filter((value) => value === undefined).length).toBeGreaterThan(0);
    expect(found.filter((value, index) => value !== undefined && value !== index)).toEqual([]);
  });

  it('remembers nothing of long contents', () => {
    const cache = new ByteCache<number>(3);
    cache.set(new Uint8Array(maxRememberedBytes + 1), 1);
    expect(cache.get(new Uint8Array(maxRememberedBytes + 1))).toBeUndefined();
  });
});

describe('what is remembered of certificates and keys', () => {
  it('does not change with the bytes it was read from', async () => {
    const { certificate } = await testRoot('Gốc để đổi');
    const file = certificate.der.slice();
    const read = parseCertificate(file);
    const spki = read.spki.slice();
    const key = parsePublicKey(spki);
    const bits = key.keyBits.slice();
    file.fill(0);
    spki.fill(0);
    expect(parseCertificate(certificate.der.slice())).toBe(read);
    expect(read.der).toEqual(certificate.der);
    expect(read.subject.commonName).toBe('Gốc để đổi');
    expect(key.keyBits).toEqual(bits);
  });
});

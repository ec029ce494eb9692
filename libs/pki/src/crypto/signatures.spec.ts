import { createSign, generateKeyPairSync, constants, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { concatBytes, fromHex, toHex } from '../bytes';
import { readDerPrefix } from '../der/element';
import { derBitString, derInteger, derNull, derOid, derSequence } from '../der/writer';
import { itWith, runProgram } from '../../../../test/support/outside-programs';
import { nodeCryptoEngine } from '../node/node-crypto-engine';
import { oids } from '../oids';
import { asyncErrorCodeOf, errorCodeOf } from '../testing/error-code';
import { encodeSignatureAlgorithm } from './algorithms';
import type { SignatureAlgorithm } from './algorithms';
import { ecdsaFixedToValue, ecdsaValueToFixed, isEcdsaValue, isFixedEcdsaValue } from './ecdsa-value';
import { useCryptoEngine } from './engine';
import { keySuits, parsePublicKey, preferredAlgorithm } from './public-key';
import type { PublicKeyInfo } from './public-key';
import { verifySignature } from './verify';
import { webCryptoEngine } from './web-crypto-engine';

const message = new TextEncoder().encode('văn bản');
const bytesOf = (buffer: Buffer): Uint8Array => new Uint8Array(buffer);
const spkiOf = (key: KeyObject): Uint8Array => bytesOf(key.export({ type: 'spki', format: 'der' }));

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const rsaSpki = spkiOf(rsa.publicKey);
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const ecSpki = spkiOf(ec.publicKey);
const ecPoint = parsePublicKey(ecSpki).keyBits;

const rsaKey = (modulus: Uint8Array, exponent: Uint8Array | number, parameters?: Uint8Array): Uint8Array =>
  derSequence(
    derSequence(derOid(oids.rsaEncryption), parameters),
    derBitString(derSequence(derInteger(modulus), derInteger(exponent))),
  );
const ecKey = (parameters: Uint8Array, point: Uint8Array): Uint8Array =>
  derSequence(derSequence(derOid(oids.ecPublicKey), parameters), derBitString(point));

/** A modulus of this many bits, all of them ones: no product of two primes, which nobody looks at here. */
function ones(bits: number): Uint8Array {
  return new Uint8Array(bits / 8).fill(0xff);
}

const kind = (spki: Uint8Array): PublicKeyInfo['algorithm'] => parsePublicKey(spki).algorithm;

describe.each([
  ['WebCrypto', webCryptoEngine],
  ['node:crypto', nodeCryptoEngine],
] as const)('signatures on %s', (_, engine) => {
  beforeAll(() => {
    useCryptoEngine(engine);
  });
  afterAll(() => {
    useCryptoEngine(webCryptoEngine);
  });

  const pss = (saltLength: number, data = message): Uint8Array =>
    bytesOf(
      sign('sha256', data, { key: rsa.privateKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength }),
    );
  const byPss = (saltLength: number): SignatureAlgorithm => ({
    name: 'RSA-PSS',
    hash: 'SHA-256',
    saltLength,
  });

  it.each([0, 20, 32, 64, 222])('by RSASSA-PSS hold with a salt of %i octets and no other', async (salt) => {
    const signature = pss(salt);
    expect(await verifySignature(rsaSpki, byPss(salt), message, signature)).toBe(true);
    expect(await verifySignature(rsaSpki, byPss(salt + 1), message, signature)).toBe(false);
    expect(await verifySignature(rsaSpki, byPss(512), message, signature)).toBe(false);
  });

  it('that do not fit a key are wrong, not an accident', async () => {
    const small = rsaKey(ones(512), 3, derNull);
    for (const algorithm of [
      { name: 'RSA-PKCS1', hash: 'SHA-512' },
      { name: 'RSA-PSS', hash: 'SHA-512' },
      { name: 'RSA-PSS', hash: 'SHA-256', saltLength: 31 },
    ] as const)
      expect(await verifySignature(small, algorithm, message, new Uint8Array(64))).toBe(false);
  });

  it('hold over nothing at all', async () => {
    const empty = new Uint8Array(0);
    expect(await verifySignature(rsaSpki, byPss(32), empty, pss(32, empty))).toBe(true);
    const value = bytesOf(createSign('sha256').update(empty).sign(ec.privateKey));
    expect(await verifySignature(ecSpki, { name: 'ECDSA', hash: 'SHA-256' }, empty, value)).toBe(true);
  });

  it('are wrong when empty, too short or too long', async () => {
    const right = pss(32);
    for (const wrong of [new Uint8Array(0), right.subarray(1), concatBytes([Uint8Array.of(0), right])]) {
      expect(await verifySignature(rsaSpki, byPss(32), message, wrong)).toBe(false);
      expect(await verifySignature(rsaSpki, { name: 'RSA-PKCS1', hash: 'SHA-256' }, message, wrong)).toBe(
        false,
      );
    }
  });

  it('by a point off the curve, or by one at infinity, are never right', async () => {
    const value = bytesOf(createSign('sha256').update(message).sign(ec.privateKey));
    const algorithm: SignatureAlgorithm = { name: 'ECDSA', hash: 'SHA-256' };
    expect(await verifySignature(ecSpki, algorithm, message, value)).toBe(true);
    const off = ecPoint.slice();
    off[64] = (off[64] ?? 0) ^ 1;
    for (const point of [off, concatBytes([Uint8Array.of(4), new Uint8Array(64)])]) {
      expect(await verifySignature(ecKey(derOid(oids.p256), point), algorithm, message, value)).toBe(false);
    }
    const infinity = ecKey(derOid(oids.p256), Uint8Array.of(0));
    expect(await asyncErrorCodeOf(() => verifySignature(infinity, algorithm, message, value))).toBe(
      'KEY_UNSUPPORTED',
    );
  });

  it('by RSA keys of impossible numbers are refused before any arithmetic', async () => {
    const keys = [
      rsaKey(ones(2048), 1, derNull),
      rsaKey(ones(2048), 65_536, derNull),
      rsaKey(ones(2048), 0, derNull),
      rsaKey(ones(2048), new Uint8Array(9).fill(0xff), derNull),
      rsaKey(ones(2048), ones(2048), derNull),
      rsaKey(concatBytes([ones(2040), Uint8Array.of(0xfe)]), 3, derNull),
      rsaKey(ones(16_392), 3, derNull),
      rsaKey(ones(4104), 65_539, derNull),
      rsaKey(ones(8 * 1024 * 1024), 3, derNull),
    ];
    const started = performance.now();
    for (const spki of keys) {
      const verify = (): Promise<boolean> =>
        verifySignature(spki, { name: 'RSA-PKCS1', hash: 'SHA-256' }, message, new Uint8Array(256));
      expect(await asyncErrorCodeOf(verify)).toBe('KEY_UNSUPPORTED');
    }
    expect(performance.now() - started).toBeLessThan(1000);
  });
});

describe('public keys', () => {
  it('of RSA carry NULL as parameters, and nothing else', () => {
    expect(kind(rsaKey(ones(2048), 3, derNull))).toBe('RSA');
    expect(kind(rsaKey(ones(2048), 3))).toBe('unknown');
    expect(kind(rsaKey(ones(2048), 3, derSequence()))).toBe('unknown');
    expect(parsePublicKey(rsaKey(ones(16_384), 3, derNull)).bits).toBe(16_384);
  });

  it('of RSA with negative or padded numbers, or with more behind them, are malformed', () => {
    const bare = (...members: Uint8Array[]): string =>
      errorCodeOf(() =>
        parsePublicKey(
          derSequence(
            derSequence(derOid(oids.rsaEncryption), derNull),
            derBitString(derSequence(...members)),
          ),
        ),
      );
    expect(bare(derInteger(-5), derInteger(3))).toBe('KEY_MALFORMED');
    expect(bare(fromHex('02020001'), derInteger(3))).toBe('KEY_MALFORMED');
    expect(bare(derInteger(ones(2048)), derInteger(3), derInteger(3))).toBe('KEY_MALFORMED');
    expect(bare(derInteger(ones(2048)))).toBe('KEY_MALFORMED');
  });

  it('on unknown or explicit curves, or as compressed points, are not used', () => {
    const compressed = concatBytes([Uint8Array.of(2 + ((ecPoint[64] ?? 0) & 1)), ecPoint.subarray(1, 33)]);
    expect(kind(ecSpki)).toBe('EC');
    expect(kind(ecKey(derOid(oids.p256), compressed))).toBe('unknown');
    expect(kind(ecKey(derOid('1.3.132.0.10'), ecPoint))).toBe('unknown');
    expect(kind(ecKey(derOid(oids.p384), ecPoint))).toBe('unknown');
    expect(kind(ecKey(derNull, ecPoint))).toBe('unknown');
    const hybrid = ecPoint.slice();
    hybrid[0] = 6;
    expect(kind(ecKey(derOid(oids.p256), hybrid))).toBe('unknown');
  });

  itWith('openssl')('on an explicit curve, as openssl writes them, are not used', () => {
    const made = runProgram('openssl', [
      'genpkey',
      '-algorithm',
      'EC',
      '-pkeyopt',
      'ec_paramgen_curve:P-256',
      '-pkeyopt',
      'ec_param_enc:explicit',
      '-outform',
      'PEM',
    ]);
    expect(made.status).toBe(0);
    const [, body = ''] = /KEY-----([^-]*)-----END/.exec(made.output) ?? [];
    const pkcs8 = fromHex(Buffer.from(body, 'base64').toString('hex'));
    // Both hold the same AlgorithmIdentifier, behind the version of the private one.
    const start = toHex(pkcs8).indexOf('020100') / 2 + 3;
    const identifier = readDerPrefix(pkcs8.subarray(start)).der;
    expect(identifier.length).toBeGreaterThan(100);
    expect(kind(derSequence(identifier, derBitString(ecPoint)))).toBe('unknown');
  });

  it('of Ed25519 have 32 octets and no parameters', () => {
    const key = (length: number, parameters?: Uint8Array): Uint8Array =>
      derSequence(derSequence(derOid(oids.ed25519), parameters), derBitString(new Uint8Array(length)));
    expect(kind(key(32))).toBe('Ed25519');
    expect(kind(key(31))).toBe('unknown');
    expect(kind(key(33))).toBe('unknown');
    expect(kind(key(32, derNull))).toBe('unknown');
  });

  it('limited to RSASSA-PSS keep to its hash and to the salt they ask for (RFC 4055 §3.3)', () => {
    const limited = (algorithm: SignatureAlgorithm): PublicKeyInfo =>
      parsePublicKey(
        derSequence(encodeSignatureAlgorithm(algorithm), derBitString(parsePublicKey(rsaSpki).keyBits)),
      );
    const key = limited({ name: 'RSA-PSS', hash: 'SHA-384', saltLength: 64 });
    expect(key).toMatchObject({ algorithm: 'RSA', pssOnly: true });
    const suits = (algorithm: SignatureAlgorithm): boolean => keySuits(key, algorithm);
    expect(suits({ name: 'RSA-PSS', hash: 'SHA-384', saltLength: 64 })).toBe(true);
    expect(suits({ name: 'RSA-PSS', hash: 'SHA-384', saltLength: 65 })).toBe(true);
    expect(suits({ name: 'RSA-PSS', hash: 'SHA-384' })).toBe(false);
    expect(suits({ name: 'RSA-PSS', hash: 'SHA-256', saltLength: 64 })).toBe(false);
    expect(suits({ name: 'RSA-PKCS1', hash: 'SHA-384' })).toBe(false);
    expect(suits(preferredAlgorithm(key))).toBe(true);
    expect(preferredAlgorithm(limited({ name: 'RSA-PSS', hash: 'SHA-512' }))).toEqual({
      name: 'RSA-PSS',
      hash: 'SHA-512',
    });
  });
});

describe('ECDSA values', () => {
  const integers = (r: Uint8Array | number, s: Uint8Array | number): Uint8Array =>
    derSequence(derInteger(r), derInteger(s));

  it.each(['P-256', 'P-384', 'P-521'] as const)(
    'on %s are read from 1 to n - 1, and in DER only',
    (curve) => {
      const size = { 'P-256': 32, 'P-384': 48, 'P-521': 66 }[curve];
      const order = orderOf(curve);
      const below = order.slice();
      below[size - 1] = (below[size - 1] ?? 0) - 1;
      const last = ecdsaValueToFixed(integers(below, 1), curve);
      expect(last.length).toBe(2 * size);
      expect(ecdsaFixedToValue(last)).toEqual(integers(below, 1));
      for (const [r, s] of [
        [0, 1],
        [1, 0],
        [order, 1],
        [1, order],
        [new Uint8Array(size + 1).fill(1), 1],
        [-1, 1],
      ] as const) {
        expect(isEcdsaValue(integers(r, s), curve)).toBe(false);
      }
      for (const ber of [
        '3080020101020101 0000',
        '308106020101020101',
        '30070202000102 0101',
        '3006020101020101 00',
      ])
        expect(isEcdsaValue(fromHex(ber.replaceAll(' ', '')), curve)).toBe(false);
      expect(isFixedEcdsaValue(new Uint8Array(2 * size).fill(1), curve)).toBe(true);
      expect(isFixedEcdsaValue(new Uint8Array(2 * size + 2).fill(1), curve)).toBe(false);
      expect(isFixedEcdsaValue(new Uint8Array(2 * size), curve)).toBe(false);
    },
  );

  itWith('openssl').each([
    ['P-256', 'prime256v1'],
    ['P-384', 'secp384r1'],
    ['P-521', 'secp521r1'],
  ] as const)('know the order of %s as openssl does', (curve, name) => {
    const { output } = runProgram('openssl', [
      'ecparam',
      '-name',
      name,
      '-param_enc',
      'explicit',
      '-text',
      '-noout',
    ]);
    const [, digits = ''] = /Order:([\s0-9a-f:]+)/.exec(output) ?? [];
    const order = digits.replaceAll(/[\s:]/g, '').replace(/^00/, '');
    expect(toHex(orderOf(curve))).toBe(order);
  });

  /** The least number that is refused as r. */
  function orderOf(curve: 'P-256' | 'P-384' | 'P-521'): Uint8Array {
    const size = { 'P-256': 32, 'P-384': 48, 'P-521': 66 }[curve];
    let low = 1n;
    let high = 2n ** BigInt(8 * size) - 1n;
    const octets = (value: bigint): Uint8Array => fromHex(value.toString(16).padStart(2 * size, '0'));
    while (low < high) {
      const middle = (low + high) / 2n;
      if (isEcdsaValue(integers(octets(middle), 1), curve)) low = middle + 1n;
      else high = middle;
    }
    return octets(low);
  }
});

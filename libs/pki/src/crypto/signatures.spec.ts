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
import { isPointOf } from './curves';
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

  it('by a point off the curve, or by one at infinity, are not even tried', async () => {
    const value = bytesOf(createSign('sha256').update(message).sign(ec.privateKey));
    const algorithm: SignatureAlgorithm = { name: 'ECDSA', hash: 'SHA-256' };
    expect(await verifySignature(ecSpki, algorithm, message, value)).toBe(true);
    const off = ecPoint.slice();
    off[64] = (off[64] ?? 0) ^ 1;
    for (const point of [off, concatBytes([Uint8Array.of(4), new Uint8Array(64)]), Uint8Array.of(0)]) {
      const verify = (): Promise<boolean> =>
        verifySignature(ecKey(derOid(oids.p256), point), algorithm, message, value);
      expect(await asyncErrorCodeOf(verify)).toBe('KEY_UNSUPPORTED');
    }
  });

  it.each(['P-256', 'P-384', 'P-521'] as const)('hold on %s with every hash', async (namedCurve) => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve });
    for (const hash of ['SHA-256', 'SHA-384', 'SHA-512'] as const) {
      const value = bytesOf(sign(hash, message, privateKey));
      const holds = (data: Uint8Array): Promise<boolean> =>
        verifySignature(spkiOf(publicKey), { name: 'ECDSA', hash }, data, value);
      expect(await holds(message)).toBe(true);
      expect(await holds(new Uint8Array(1))).toBe(false);
    }
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

  it('of elliptic curves are points of them, with coordinates below the prime', () => {
    for (const namedCurve of ['P-256', 'P-384', 'P-521'] as const) {
      const { publicKey } = generateKeyPairSync('ec', { namedCurve });
      const { keyBits } = parsePublicKey(spkiOf(publicKey));
      expect(isPointOf(namedCurve, keyBits)).toBe(true);
      for (const at of [1, 7, keyBits.length - 1]) {
        const other = keyBits.slice();
        other[at] = (other[at] ?? 0) ^ 1;
        expect(isPointOf(namedCurve, other)).toBe(false);
      }
    }
    // x = 0 has a root on P-256; x = p is the same point, written wrongly.
    const y = '66485c780e2f83d72433bd5d84a06bb6541c2af31dae871728bf856a174f93f4';
    const zero = fromHex(`04${'00'.repeat(32)}${y}`);
    const prime = fromHex(`04ffffffff00000001000000000000000000000000ffffffffffffffffffffffff${y}`);
    expect([isPointOf('P-256', zero), isPointOf('P-256', prime)]).toEqual([true, false]);
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

import { createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';
import forge from 'node-forge';
import { itWith, runOn } from '../../../../test/support/outside-programs';
import { readDer, tags } from '../der/element';
import type { DerElement } from '../der/element';
import { childrenOf, DerReader, onlyChild } from '../der/reader';
import { octetStringValue } from '../der/values';
import { derExplicit, derInteger, derNull, derOctetString, derOid, derSequence } from '../der/writer';
import type { KeyUsage } from '../certificate/certificate';
import { toPem } from '../pem';
import { errorCodeOf } from '../testing/error-code';
import { testAuthority, testHolder, testRoot } from '../testing/test-pki';
import type { TestAuthority, TestHolder } from '../testing/test-pki';
import { openPkcs12 } from './open-pkcs12';
import { derivationBudget, pkcs12Key } from './pkcs12-derivation';
import { readBags, readPkcs12File } from './pkcs12-structure';

const password = 'mật khẩu 123';

describe('PKCS#12 files', () => {
  let issuing: TestAuthority;
  let holder: TestHolder;

  beforeAll(async () => {
    issuing = await testAuthority(await testRoot());
    holder = await testHolder(issuing);
  });

  function exported(options: readonly string[], of = holder, secret = password): Uint8Array {
    const files = {
      'key.pem': toPem(of.keys.pkcs8, 'PRIVATE KEY'),
      'cert.pem': toPem(of.certificate.der, 'CERTIFICATE'),
    };
    const fixed = ['pkcs12', '-export', '-inkey', 'key.pem', '-in', 'cert.pem', '-out', 'out.p12'];
    const run = runOn('openssl', [...fixed, '-passout', `pass:${secret}`, ...options], files);
    expect(run).toMatchObject({ status: 0 });
    return run.left.get('out.p12')!;
  }

  function pfx(safe: Uint8Array, ...mac: readonly Uint8Array[]): Uint8Array {
    const content = derSequence(derOid('1.2.840.113549.1.7.1'), derExplicit(0, derOctetString(safe)));
    return derSequence(derInteger(3), content, ...mac);
  }

  /** The safes of both in one file, without MAC. */
  function merged(...files: readonly Uint8Array[]): Uint8Array {
    const safes = files.flatMap((file) =>
      childrenOf(readDer(readPkcs12File(file).authenticatedSafe)).map(({ der }) => der),
    );
    return pfx(derSequence(...safes));
  }

  const forms: readonly (readonly [string, readonly string[]])[] = [
    ['RC2 of 128 bits', ['-legacy', '-keypbe', 'PBE-SHA1-RC2-128', '-certpbe', 'PBE-SHA1-RC2-128']],
    ['3DES with two keys', ['-legacy', '-keypbe', 'PBE-SHA1-2DES', '-certpbe', 'PBE-SHA1-2DES']],
    ['3DES by PBES2', ['-keypbe', 'DES-EDE3-CBC', '-certpbe', 'DES-EDE3-CBC']],
    ['AES-192 and HMAC-SHA-512', ['-keypbe', 'AES-192-CBC', '-certpbe', 'AES-192-CBC', '-macalg', 'sha512']],
    ['a MAC over SHA-384', ['-macalg', 'sha384']],
    ['one round', ['-noiter', '-nomaciter']],
    ['no MAC', ['-nomac']],
  ];

  itWith('openssl').each(forms)('with %s open, and tell a wrong password', (_, options) => {
    const file = exported(options);
    expect(openPkcs12(file, password).certificate.der).toEqual(holder.certificate.der);
    expect(errorCodeOf(() => openPkcs12(file, 'sai'))).toBe('PKCS12_WRONG_PASSWORD');
  });

  itWith('openssl')('with as many rounds as Firefox makes open', () => {
    const file = exported(['-iter', '600000', '-certpbe', 'AES-128-CBC']);
    expect(openPkcs12(file, password).certificate.der).toEqual(holder.certificate.der);
  });

  itWith('openssl')('in the clear open by any password', () => {
    const file = exported(['-nomac', '-keypbe', 'NONE', '-certpbe', 'NONE']);
    expect(openPkcs12(file, '').pkcs8).toEqual(holder.keys.pkcs8);
  });

  itWith('openssl')('with an empty password open by it', () => {
    const file = exported([], holder, '');
    expect(openPkcs12(file, '').certificate.der).toEqual(holder.certificate.der);
    expect(errorCodeOf(() => openPkcs12(file, 'x'))).toBe('PKCS12_WRONG_PASSWORD');
  });

  itWith('openssl').each(['PBE-SHA1-RC4-128', 'aria-256-cbc'])(
    'by %s are not supported, and say so',
    (scheme) => {
      const file = exported(['-legacy', '-keypbe', scheme, '-certpbe', scheme]);
      expect(errorCodeOf(() => openPkcs12(file, password))).toBe('PKCS12_UNSUPPORTED');
    },
  );

  describe('that cost too much', () => {
    /** 65,536 rounds become 8,388,607, in place. */
    function bomb(file: Uint8Array): Uint8Array {
      const changed = Buffer.from(file);
      const rounds = Buffer.of(2, 3, 1, 0, 0);
      for (let at = changed.indexOf(rounds); at >= 0; at = changed.indexOf(rounds, at + 1))
        Buffer.of(2, 3, 0x7f, 0xff, 0xff).copy(changed, at);
      expect(changed.equals(file)).toBe(false);
      return changed;
    }

    itWith('openssl').each([
      ['MAC', []],
      ['encryption', ['-nomac']],
      ['encryption of old', ['-nomac', '-legacy', '-descert']],
    ])('by one count, in the %s, are refused at once', (_, options) => {
      const file = bomb(exported(['-iter', '65536', ...options]));
      const begun = performance.now();
      expect(errorCodeOf(() => openPkcs12(file, password))).toBe('PKCS12_UNSUPPORTED');
      expect(performance.now() - begun).toBeLessThan(500);
    });

    itWith('openssl')('by the sum of their bags are refused when it is reached', () => {
      const once = exported(['-iter', '50000', '-nomac']);
      const file = readPkcs12File(merged(once, once));
      const bags = (left: number): string => errorCodeOf(() => readBags(file, password, { left }));
      expect(bags(100_000)).toBe('no error');
      expect(bags(99_999)).toBe('PKCS12_UNSUPPORTED');
    });
  });

  describe('with several keys', () => {
    itWith('openssl')('give the one that may sign, wherever it stands', async () => {
      const usage = (...keyUsage: KeyUsage[]): Promise<TestHolder> => testHolder(issuing, { keyUsage });
      const encrypting = exported([], await usage('keyEncipherment', 'keyAgreement'));
      const signing = await usage('digitalSignature', 'nonRepudiation');
      for (const file of [
        merged(encrypting, exported([], signing)),
        merged(exported([], signing), encrypting),
      ])
        expect(openPkcs12(file, password).certificate.der).toEqual(signing.certificate.der);
      const first = await usage('keyEncipherment');
      const both = merged(exported([], first), encrypting);
      expect(openPkcs12(both, password).certificate.der).toEqual(first.certificate.der);
    });

    itWith('openssl')('skip one without a certificate', () => {
      const lone = exported([], holder);
      const [certificates, key] = childrenOf(readDer(readPkcs12File(lone).authenticatedSafe));
      expect(errorCodeOf(() => openPkcs12(pfx(derSequence(key!.der)), password))).toBe('PKCS12_NO_KEY');
      const twice = pfx(derSequence(key!.der, certificates!.der, key!.der));
      expect(openPkcs12(twice, password).pkcs8).toEqual(holder.keys.pkcs8);
    });
  });

  describe('with a MAC by PBMAC1 (RFC 9579)', () => {
    const hmac = (oid: string): Uint8Array => derSequence(derOid(oid), derNull);
    const sha256 = '1.2.840.113549.2.9';

    function withPbmac1(file: Uint8Array, stated = 32): Uint8Array {
      const [, authSafe] = childrenOf(readDer(file)) as [DerElement, DerElement];
      const reader = new DerReader(authSafe);
      reader.read(tags.oid);
      const safe = octetStringValue(onlyChild(reader.any()));
      const salt = randomBytes(8);
      const key = pbkdf2Sync(password, salt, 2048, 32, 'sha256');
      const value = createHmac('sha256', key).update(safe).digest();
      const parameters = derSequence(
        derOctetString(salt),
        derInteger(2048),
        derInteger(stated),
        hmac(sha256),
      );
      const kdf = derSequence(derOid('1.2.840.113549.1.5.12'), parameters);
      const algorithm = derSequence(derOid('1.2.840.113549.1.5.14'), derSequence(kdf, hmac(sha256)));
      const digestInfo = derSequence(algorithm, derOctetString(value));
      return pfx(safe, derSequence(digestInfo, derOctetString(Uint8Array.of(0)), derInteger(1)));
    }

    itWith('openssl')('open, and tell a wrong password', () => {
      const file = withPbmac1(exported([]));
      expect(openPkcs12(file, password).certificate.der).toEqual(holder.certificate.der);
      expect(errorCodeOf(() => openPkcs12(file, 'sai'))).toBe('PKCS12_WRONG_PASSWORD');
      expect(errorCodeOf(() => openPkcs12(withPbmac1(exported([]), 16), password))).toBe(
        'PKCS12_UNSUPPORTED',
      );
    });
  });

  it('derive their keys as another program does', () => {
    for (const [hash, id, length] of [
      ['sha1', 1, 24],
      ['sha1', 2, 8],
      ['sha256', 3, 32],
      ['sha384', 3, 48],
      ['sha512', 1, 150],
    ] as const) {
      const salt = randomBytes(1 + length);
      const other = forge.util.createBuffer(salt.toString('latin1'));
      const digest = forge.md[hash].create();
      const expected = forge.pkcs12.generateKey(password, other, id, 3, length, digest).getBytes();
      const input = { password, salt, rounds: 3, hash };
      expect(pkcs12Key(input, id, length, derivationBudget()).toString('latin1')).toBe(expected);
    }
  });
});

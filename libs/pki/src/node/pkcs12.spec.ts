import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseCertificate } from '../certificate/parse-certificate';
import { verifySignature } from '../crypto/verify';
import { toPem } from '../pem';
import { asyncErrorCodeOf, errorCodeOf } from '../testing/error-code';
import { testAuthority, testHolder, testRoot } from '../testing/test-pki';
import type { TestAuthority, TestHolder } from '../testing/test-pki';
import { nodeSigner } from './node-signer';
import { openPkcs12 } from './open-pkcs12';
import { itWith } from '../../../../test/support/outside-programs';

const password = 'mật khẩu 123';

describe('PKCS#12 files', () => {
  let root: TestAuthority;
  let issuing: TestAuthority;
  let folder: string;

  beforeAll(async () => {
    root = await testRoot();
    issuing = await testAuthority(root);
    folder = mkdtempSync(join(tmpdir(), 'pkcs12-spec-'));
  });

  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  function exportFile(holder: TestHolder, ...options: readonly string[]): Uint8Array {
    writeFileSync(join(folder, 'key.pem'), toPem(holder.keys.pkcs8, 'PRIVATE KEY'));
    writeFileSync(join(folder, 'cert.pem'), toPem(holder.certificate.der, 'CERTIFICATE'));
    const chain = [issuing.certificate, root.certificate].map(({ der }) => toPem(der, 'CERTIFICATE'));
    writeFileSync(join(folder, 'chain.pem'), chain.join(''));
    const fixed = ['pkcs12', '-export', '-inkey', 'key.pem', '-in', 'cert.pem', '-certfile', 'chain.pem'];
    execFileSync('openssl', [...fixed, '-out', 'out.p12', '-passout', `pass:${password}`, ...options], {
      cwd: folder,
    });
    return new Uint8Array(readFileSync(join(folder, 'out.p12')));
  }

  const forms: readonly (readonly [string, readonly string[]])[] = [
    ['AES-256 (PBES2), HMAC-SHA-256', []],
    ['AES-128 (PBES2)', ['-keypbe', 'AES-128-CBC', '-certpbe', 'AES-128-CBC']],
    ['3DES for both', ['-legacy', '-descert']],
    ['3DES for the key and RC2-40 for certificates', ['-legacy']],
    ['certificates in the clear', ['-certpbe', 'NONE']],
  ];

  describe.each(forms)('%s', (_, options) => {
    itWith('openssl').each(['P-256', 'RSA-2048'] as const)(
      'give back a %s key, its certificate and its chain',
      async (kind) => {
        const holder = await testHolder(issuing, { kind });
        const content = openPkcs12(exportFile(holder, ...options), password);
        expect(content.certificate.der).toEqual(holder.certificate.der);
        expect(content.chain.map(({ der }) => der)).toEqual([issuing.certificate.der]);
        const signer = await nodeSigner(content);
        const data = Uint8Array.of(1, 2, 3);
        const value = await signer.sign(data);
        expect(await verifySignature(holder.certificate.spki, signer.algorithm, data, value)).toBe(true);
      },
    );

    itWith('openssl')('tell a wrong password', async () => {
      const file = exportFile(await testHolder(issuing), ...options);
      expect(errorCodeOf(() => openPkcs12(file, 'mat khau 123'))).toBe('PKCS12_WRONG_PASSWORD');
      expect(errorCodeOf(() => openPkcs12(file, ''))).toBe('PKCS12_WRONG_PASSWORD');
    });
  });

  itWith('openssl')('tell damage from a wrong password', async () => {
    const file = exportFile(await testHolder(issuing), '-certpbe', 'NONE');
    const at = Buffer.from(file).indexOf('Nguyễn Văn Thử', 'utf8');
    expect(at).toBeGreaterThan(0);
    file[at]! ^= 1;
    expect(errorCodeOf(() => openPkcs12(file, password))).toBe('PKCS12_DAMAGED');
    expect(errorCodeOf(() => openPkcs12(file, 'other'))).toBe('PKCS12_WRONG_PASSWORD');
    expect(errorCodeOf(() => openPkcs12(file.subarray(0, file.length - 100), password))).toBe(
      'PKCS12_DAMAGED',
    );
    expect(errorCodeOf(() => openPkcs12(new Uint8Array(0), password))).toBe('PKCS12_DAMAGED');
    expect(errorCodeOf(() => openPkcs12(new TextEncoder().encode('not a key file'), password))).toBe(
      'PKCS12_DAMAGED',
    );
  });

  itWith('openssl')('without a key are told apart', async () => {
    const holder = await testHolder(issuing);
    const file = exportFile(holder, '-nokeys');
    expect(errorCodeOf(() => openPkcs12(file, password))).toBe('PKCS12_NO_KEY');
  });

  itWith('openssl')('never fail with anything but a code when bytes are changed', async () => {
    const file = exportFile(await testHolder(issuing), '-iter', '1');
    for (let at = 0; at < file.length; at += 3) {
      const copy = file.slice();
      copy[at]! ^= 1 << (at % 8);
      const code = errorCodeOf(() => openPkcs12(copy, password));
      expect(code === 'no error' || code.startsWith('PKCS12_')).toBe(true);
    }
  });

  it('and signers refuse a key of another certificate', async () => {
    const one = await testHolder(issuing);
    const other = await testHolder(issuing, { kind: 'RSA-2048' });
    const mixed = { pkcs8: one.keys.pkcs8, certificate: other.certificate, chain: [] };
    expect(await asyncErrorCodeOf(() => nodeSigner(mixed))).toBe('KEY_MISMATCH');
    const third = await testHolder(issuing);
    const swapped = {
      pkcs8: one.keys.pkcs8,
      certificate: parseCertificate(third.certificate.der),
      chain: [],
    };
    expect(await asyncErrorCodeOf(() => nodeSigner(swapped))).toBe('KEY_MISMATCH');
    expect(await asyncErrorCodeOf(() => nodeSigner({ ...swapped, pkcs8: Uint8Array.of(1) }))).toBe(
      'KEY_MALFORMED',
    );
  });
});

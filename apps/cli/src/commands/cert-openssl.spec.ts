import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { itWith, runProgram } from '../../../../test/support/outside-programs';
import { runCert } from '../testing/run-cert';

let folder: string;

function put(name: string, text: string): void {
  writeFileSync(join(folder, name), text);
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sealpost-openssl-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('chains made by openssl', () => {
  function openssl(...args: readonly string[]): string {
    const { status, output } = runProgram('openssl', args, { cwd: folder });
    if (status !== 0) throw new Error(output);
    return output;
  }

  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];

  function prepare(): void {
    put(
      'ca.cnf',
      '[ca]\ndefault_ca=d\n[d]\ndatabase=index.txt\ndefault_md=sha256\ndefault_crl_days=7\ncrlnumber=crlnumber\n',
    );
    put('index.txt', '');
    put('crlnumber', '01\n');
    put(
      'leaf.ext',
      'keyUsage=critical,digitalSignature\nextendedKeyUsage=1.3.6.1.5.5.7.3.36\nsubjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid\n',
    );
    const authority = [
      '-addext',
      'basicConstraints=critical,CA:TRUE',
      '-addext',
      'keyUsage=critical,keyCertSign,cRLSign',
    ];
    openssl(
      'req',
      '-x509',
      ...newKey,
      '-keyout',
      'o.key',
      '-out',
      'o.pem',
      '-utf8',
      '-subj',
      '/C=VN/CN=Gốc',
      '-days',
      '9',
      ...authority,
    );
    openssl(
      'req',
      '-new',
      ...newKey,
      '-keyout',
      'l.key',
      '-out',
      'l.csr',
      '-utf8',
      '-subj',
      '/C=VN/CN=Lê Thị B',
    );
    openssl(
      'x509',
      '-req',
      '-in',
      'l.csr',
      '-CA',
      'o.pem',
      '-CAkey',
      'o.key',
      '-extfile',
      'leaf.ext',
      '-days',
      '5',
      '-out',
      'l.pem',
    );
  }

  const list = (name: string): string =>
    openssl('ca', '-config', 'ca.cnf', '-gencrl', '-keyfile', 'o.key', '-cert', 'o.pem', '-out', name);

  itWith('openssl')(
    'are judged as openssl judges them, before and after revocation, with its lists and answers',
    async () => {
      prepare();
      const judge = (...args: readonly string[]): ReturnType<typeof runCert> =>
        runCert('verify', '--trust', join(folder, 'o.pem'), ...args, join(folder, 'l.pem'));
      const theirs = (crl: string): string => {
        const args = ['verify', '-crl_check', '-CAfile', 'o.pem', '-CRLfile', crl, 'l.pem'];
        return runProgram('openssl', args, { cwd: folder }).output;
      };
      list('good.crl');
      expect(theirs('good.crl')).toContain('l.pem: OK');
      expect((await judge('--crl', join(folder, 'good.crl'))).code).toBe(0);

      openssl('ocsp', '-issuer', 'o.pem', '-cert', 'l.pem', '-reqout', 'request.der');
      const serial = openssl('x509', '-in', 'l.pem', '-noout', '-serial').trim().split('=')[1] ?? '';
      put('index.txt', `V\t301231235959Z\t\t${serial}\tunknown\t/C=VN/CN=B\n`);
      openssl(
        'ocsp',
        '-index',
        'index.txt',
        '-rsigner',
        'o.pem',
        '-rkey',
        'o.key',
        '-CA',
        'o.pem',
        '-reqin',
        'request.der',
        '-respout',
        'answer.der',
        '-ndays',
        '3',
      );
      expect((await judge('--ocsp', join(folder, 'answer.der'))).code).toBe(0);

      put('index.txt', '');
      openssl(
        'ca',
        '-config',
        'ca.cnf',
        '-revoke',
        'l.pem',
        '-keyfile',
        'o.key',
        '-cert',
        'o.pem',
        '-crl_reason',
        'keyCompromise',
      );
      list('bad.crl');
      expect(theirs('bad.crl')).toContain('certificate revoked');
      const revoked = await judge('--crl', join(folder, 'bad.crl'));
      expect(revoked.code).toBe(2);
      expect(revoked.out.join('\n')).toContain('CERTIFICATE_REVOKED (CN=Lê Thị B,C=VN)');

      // Bundles (PKCS #7, RFC 5652) bring certificates and lists.
      openssl('crl2pkcs7', '-nocrl', '-certfile', 'o.pem', '-outform', 'DER', '-out', 'o.p7b');
      openssl('crl2pkcs7', '-in', 'bad.crl', '-certfile', 'l.pem', '-out', 'l.p7c.pem');
      const bundle = join(folder, 'l.p7c.pem');
      const bundled = await runCert('verify', '--trust', join(folder, 'o.p7b'), '--crl', bundle, bundle);
      expect(bundled.out.join('\n')).toContain('CERTIFICATE_REVOKED (CN=Lê Thị B,C=VN)');

      const shown = await runCert('show', '--json', join(folder, 'l.pem'));
      const { certificate } = JSON.parse(shown.out[0] ?? '') as {
        certificate: { thumbprint: string; serialNumber: string };
      };
      const fingerprint = openssl('x509', '-in', 'l.pem', '-noout', '-fingerprint', '-sha256');
      expect(fingerprint.replaceAll(':', '').toLowerCase()).toContain(certificate.thumbprint);
      expect(certificate.serialNumber).toBe(serial.toLowerCase());
    },
  );
});

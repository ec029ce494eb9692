import { derWriter, oids } from '#pki';
import { testHolder } from '../../../../libs/pki/src/testing';
import { makeCertificateFolder } from '../testing/certificate-folder';
import type { CertificateFolder } from '../testing/certificate-folder';
import { runCert } from '../testing/run-cert';

let place: CertificateFolder;
let files: CertificateFolder['files'];

beforeAll(async () => {
  place = await makeCertificateFolder();
  ({ files } = place);
});

afterAll(() => {
  place.remove();
});

describe('sealpost cert show', () => {
  it('shows all that a person wants to know', async () => {
    const { code, out } = await runCert('show', files.leaf);
    expect(code).toBe(0);
    const text = out.join('\n');
    for (const part of [
      'Chủ thể / Subject: CN=Nguyễn Văn Thử',
      'Issuer: CN=Test Issuing CA,C=VN',
      'Organization identifier: 000.00.01.T01',
      'Alternative names: email:vanthu@example.vn',
      'Policies: 1.2.3.4',
      'http://crl.example/ca.crl',
      'OCSP: http://ocsp.example',
      'http://aia.example/ca.cer',
      'Key usage: digitalSignature, nonRepudiation, documentSigning, emailProtection',
      'Self-issued: không / no',
    ])
      expect(text).toContain(part);
    expect(out.at(-1)).toMatch(/Thumbprint \(SHA-256\): [0-9a-f]{64}$/);
  });

  it('shows every certificate of a bundle, one line of JSON each, and goes on after a damaged file', async () => {
    const { code, out } = await runCert('show', '--json', files.chain, files.cut, files.root);
    expect(code).toBe(2);
    const shown = out.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(shown).toMatchObject([
      { file: files.chain, index: 0, error: null, certificate: { authority: false, policies: ['1.2.3.4'] } },
      { file: files.chain, index: 1, certificate: { authority: true, pathLength: 0, selfIssued: false } },
      { file: files.cut, error: { code: 'CERTIFICATE_MALFORMED' }, certificate: null },
      { file: files.root, index: 0, certificate: { selfIssued: true, keyUsage: ['keyCertSign', 'cRLSign'] } },
    ]);
  });

  it('lets no name steer the terminal or turn the direction of writing', async () => {
    const evil = 'A\u001b[2J\u0007\u0085\n\u202eB\u2066\u200b\u2028';
    const { certificate } = await testHolder(place.issuing, {
      subject: [[oids.commonName, evil]],
      crlUrls: ['http://a/\u001b]0;x\u0007'],
    });
    const file = place.put('evil.cer', certificate.der);
    for (const args of [
      ['show', file],
      ['show', '--json', file],
      ['verify', '--trust', files.root, '--at', '2026-06-15T10:00:00+07:00', '--json', file],
      ['verify', '--trust', files.root, '--at', '2026-06-15T10:00:00+07:00', file],
    ]) {
      const { out, err } = await runCert(...args);
      expect([...out, ...err].join('')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
      expect(out.join('')).toContain('\\u202eB');
    }
    const [line = ''] = (await runCert('show', '--json', file)).out;
    expect(JSON.parse(line)).toMatchObject({ certificate: { subject: `CN=${evil}` } });
  });

  it('shows the first of very many and very long names only, and all of them as JSON', async () => {
    const names = Array.from({ length: 500 }, (_, index) =>
      derWriter.derImplicit(2, derWriter.derIa5String(`${index}.${'x'.repeat(400)}.vn`)),
    );
    const { certificate } = await testHolder(place.issuing, {
      extensions: [{ oid: oids.subjectAltName, value: derWriter.derSequence(...names) }],
    });
    const file = place.put('many.cer', certificate.der);
    const { out } = await runCert('show', file);
    expect(Math.max(...out.map((line) => line.length))).toBeLessThan(5000);
    expect(out.join('\n')).toContain('… (500)');
    const [line = ''] = (await runCert('show', '--json', file)).out;
    expect(
      (JSON.parse(line) as { certificate: { subjectAltNames: unknown[] } }).certificate.subjectAltNames,
    ).toHaveLength(500);
  });

  it('says so when policies cannot be read', async () => {
    const { certificate } = await testHolder(place.issuing, {
      extensions: [{ oid: oids.certificatePolicies, value: new Uint8Array([0x30, 0x02, 0x05, 0x00]) }],
    });
    const { code, out } = await runCert('show', place.put('policies.cer', certificate.der));
    expect(code).toBe(0);
    expect(out.join('\n')).toContain('Policies: không đọc được / unreadable');
  });
});

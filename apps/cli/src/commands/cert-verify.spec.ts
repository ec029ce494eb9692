import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { certificateIdDer, issueOcspResponse } from '#pki';
import { times } from '../../../../libs/pki/src/testing';
import { makeCertificateFolder, pems } from '../testing/certificate-folder';
import type { CertificateFolder } from '../testing/certificate-folder';
import { runCert } from '../testing/run-cert';

const now = '2026-06-15T10:00:00+07:00';
let place: CertificateFolder;
let files: CertificateFolder['files'];

beforeAll(async () => {
  place = await makeCertificateFolder();
  ({ files } = place);
});

afterAll(() => {
  place.remove();
});

/** Asks at `now` about a certificate below the test root. */
function verify(...args: readonly string[]): ReturnType<typeof runCert> {
  return runCert('verify', '--trust', files.root, '--intermediate', files.issuing, '--at', now, ...args);
}

describe('sealpost cert verify', () => {
  it('exits 0 and shows the path, with the status of each certificate', async () => {
    const { code, out } = await verify('--crl', files.crls, files.leaf);
    expect(code).toBe(0);
    expect(out[0]).toBe(`${files.leaf}: HỢP LỆ / VALID`);
    const text = out.join('\n');
    expect(text).toContain('Time in question: 15/06/2026 10:00:00 (+07:00)');
    expect(text).toContain('1. CN=Nguyễn Văn Thử,organizationIdentifier=000.00.01.T01,O=Ủy ban');
    expect(text).toContain('3. CN=Test Root,C=VN (được tin cậy / trusted)');
    expect(text).toContain(`Serial number: ${place.holder.certificate.serialNumber}`);
    expect(text).toContain('Validity: 01/01/2026 07:00:00 (+07:00) – 01/01/2030 06:59:59 (+07:00)');
    expect(text.match(/không bị thu hồi \/ not revoked \(CRL, 14\/06\/2026 07:00:00/g)).toHaveLength(2);
  });

  it('never calls valid alone what was not asked for revocation', async () => {
    const { code, out } = await verify(files.leaf);
    expect(code).toBe(0);
    expect(out[0]).toContain('HỢP LỆ, CHƯA KIỂM TRA THU HỒI / VALID, REVOCATION NOT CHECKED');
    expect(out.join('\n')).toContain('NOT CHECKED: no revocation list or OCSP answer was given');
    const [line = ''] = (await verify('--json', files.leaf)).out;
    expect(JSON.parse(line)).toMatchObject({ status: 'valid', revocationChecked: false });
  });

  it('asks for the status of all once any list is given: exit 1 where one is missing', async () => {
    const [rootList] = await place.lists();
    const { code, out } = await verify('--crl', place.put('root.crl', rootList), files.leaf);
    expect(code).toBe(1);
    expect(out[0]).toContain('CHƯA ĐỦ CĂN CỨ KẾT LUẬN / INDETERMINATE');
    expect(out.join('\n')).toContain('– REVOCATION_UNKNOWN (CN=Nguyễn Văn Thử');
    expect(out.join('\n')).toContain('Add a revocation list or try again online.');
  });

  it('exits 2 with code, meaning and time for a revoked certificate', async () => {
    const revoked = await place.lists([place.holder.certificate.serialNumber]);
    const paths = revoked.flatMap((list, index) => ['--crl', place.put(`revoked-${index}.crl`, list)]);
    const { code, out } = await verify(...paths, files.leaf);
    expect(code).toBe(2);
    expect(out[0]).toContain('KHÔNG HỢP LỆ / INVALID');
    const text = out.join('\n');
    expect(text).toContain('– CERTIFICATE_REVOKED (CN=Nguyễn Văn Thử');
    expect(text).toContain('Do not use it; contact whoever manages it.');
    expect(text).toContain('REVOKED, từ / since 01/01/2026 07:00:00 (+07:00), lý do / reason keyCompromise');
    expect(text).not.toMatch(/\d{4}-\d\d-\d\dT/);
  });

  it('takes answers of OCSP', async () => {
    const answers = await Promise.all(
      [
        { subject: place.holder.certificate, by: place.issuing },
        { subject: place.issuing.certificate, by: place.root },
      ].map(async ({ subject, by }) =>
        issueOcspResponse({
          responder: { ...by.key, certificate: by.certificate, chain: [] },
          producedAt: times.now,
          responses: [
            {
              id: await certificateIdDer(subject, by.certificate, 'SHA-256'),
              status: 'good',
              thisUpdate: times.now,
              nextUpdate: times.end,
            },
          ],
        }),
      ),
    );
    const paths = answers.flatMap((der, index) => ['--ocsp', place.put(`answer-${index}.ors`, der)]);
    const { code, out } = await verify('--json', ...paths, files.leaf);
    expect(code).toBe(0);
    expect(JSON.parse(out[0] ?? '')).toMatchObject({
      status: 'valid',
      revocationChecked: true,
      path: [
        { role: 'certificate', revocation: { status: 'good', source: 'ocsp' } },
        { role: 'intermediate', revocation: { status: 'good', source: 'ocsp' } },
        { role: 'anchor', revocation: null },
      ],
    });
  });

  it('builds the path from a file that holds the chain, from folders, and from nothing: exit 1', async () => {
    const trusting = ['verify', '--trust', files.root, '--at', now];
    expect((await runCert(...trusting, files.chain)).code).toBe(0);
    const authorities = join(place.path, 'authorities');
    mkdirSync(join(authorities, 'inner.pem'), { recursive: true });
    place.put('authorities/a.pem', pems(place.issuing.certificate.der, place.root.certificate.der));
    place.put('authorities/notes.pem', 'no certificate');
    expect((await runCert('verify', '--trust', authorities, '--at', now, files.leaf)).code).toBe(0);
    const { code, out } = await runCert(...trusting, files.leaf);
    expect(code).toBe(1);
    expect(out.join('\n')).toContain('NO_PATH_TO_ANCHOR');
    expect(out.join('\n')).not.toContain('được tin cậy / trusted');
  });

  it('judges for the purpose and the time that are asked for', async () => {
    const purpose = await verify('--json', '--purpose', 'tls', files.leaf);
    expect(purpose.code).toBe(2);
    expect(JSON.parse(purpose.out[0] ?? '')).toMatchObject({
      purpose: 'tls',
      failures: [{ code: 'CERTIFICATE_WRONG_USAGE' }],
    });
    const time = await verify('--json', '--at', '2031-01-01T00:00:00Z', files.leaf);
    expect(time.code).toBe(2);
    expect(JSON.parse(time.out[0] ?? '')).toMatchObject({ at: '2031-01-01T00:00:00.000Z' });
    expect(time.out[0]).toContain('CERTIFICATE_EXPIRED');
  });

  it('writes one line of JSON with the names that docs/certificates.md explains', async () => {
    const { out } = await verify('--json', '--crl', files.crls, files.leaf);
    expect(out).toHaveLength(1);
    const verdict = JSON.parse(out[0] ?? '') as { path: object[] };
    expect(Object.keys(verdict).sort()).toEqual(
      ['file', 'status', 'error', 'purpose', 'at', 'revocationChecked', 'path', 'failures'].sort(),
    );
    expect(Object.keys(verdict.path[0] ?? {})).toEqual(
      expect.arrayContaining(['role', 'subject', 'revocation']),
    );
  });

  it.each([
    ['2026-06-15'],
    ['2026-06-15T10:00:00'],
    ['2026-02-30T10:00:00Z'],
    ['2026-06-15T25:00:00Z'],
    ['15/06/2026'],
    [''],
  ])('exits 64 for --at %j', async (at) => {
    const { code, err } = await verify('--at', at, files.leaf);
    expect(code).toBe(64);
    expect(err[1]).toContain('ISO 8601');
  });

  it('waits for no pipe or device that stands in a folder', async () => {
    const folder = join(place.path, 'with-pipes');
    mkdirSync(folder);
    copyFileSync(files.issuing, join(folder, 'issuing.crt'));
    symlinkSync('/dev/zero', join(folder, 'endless.crt'));
    execFileSync('mkfifo', [join(folder, 'pipe.pem')]);
    const trust = ['--trust', files.root, '--at', now];
    expect((await runCert('verify', ...trust, '--intermediate', folder, files.leaf)).code).toBe(0);
  });

  it('exits 64 with the list of purposes for an unknown one', async () => {
    const { code, err } = await verify('--purpose', 'toString', files.leaf);
    expect(code).toBe(64);
    expect(err[1]).toContain('document-signing, agency-signing, evidence, time-stamping');
  });

  it('exits 64 for lists and answers that cannot be used, naming file and code', async () => {
    for (const [option, file, code] of [
      ['--crl', files.cut, 'CRL_MALFORMED'],
      ['--ocsp', files.cut, 'OCSP_MALFORMED'],
      ['--intermediate', files.cut, 'CERTIFICATE_MALFORMED'],
      ['--intermediate', files.text, 'SOURCE_UNRECOGNISED'],
      ['--ocsp', '/dev/zero', 'FILE_TOO_LARGE'],
      ['--crl', join(place.path, 'absent'), 'FILE_UNREADABLE'],
    ] as const) {
      const { code: exit, err } = await verify(option, file, files.leaf);
      expect(exit).toBe(64);
      expect(err[0]).toContain(file);
      expect(err[0]).toContain(`[${code}]`);
    }
  });

  it('exits 2 with the code for a damaged certificate, 64 for one that is not there', async () => {
    const { code, out } = await verify('--json', files.cut);
    expect(code).toBe(2);
    expect(JSON.parse(out[0] ?? '')).toMatchObject({
      status: 'invalid',
      error: { code: 'CERTIFICATE_MALFORMED' },
      path: [],
    });
    expect((await verify(files.text)).out.join('\n')).toContain('– SOURCE_UNRECOGNISED: ');
    expect((await verify(join(place.path, 'absent.pem'))).code).toBe(64);
  });
});

import { derExplicit, derInteger, derNull, derSequence } from '../der/writer';
import type { CertificateInput, ExtensionInput } from '../issuing/issue-certificate';
import type { NameAttributeInput } from '../issuing/names';
import { oids } from '../oids';
import { toPem } from '../pem';
import { itWith, runOn } from '../../../../test/support/outside-programs';
import { codesOf, validateFor } from '../testing/path-results';
import { generalName, nameConstraints, subjectAltName } from '../testing/test-extensions';
import { testAuthority, testHolder, testRoot, times } from '../testing/test-pki';
import type { TestAuthority } from '../testing/test-pki';
import type { Certificate } from '../certificate/certificate';
import { NameChecks } from './name-constraints';
import type { PathResult } from './result';

const { dns, email, uri, ip, directory, registeredId, other } = generalName;
const country: NameAttributeInput = [oids.countryName, 'VN'];

describe('name constraints', () => {
  let root: TestAuthority;

  beforeAll(async () => {
    root = await testRoot();
  });

  const constrained = (extension: ExtensionInput, overrides: Partial<CertificateInput> = {}) =>
    testAuthority(root, 'Constrained CA', { extensions: [extension], ca: {}, ...overrides });

  const named = async (authority: TestAuthority, names: readonly Uint8Array[]): Promise<Certificate> => {
    const holder = await testHolder(authority, {
      ...(names.length > 0 ? { extensions: [subjectAltName(...names)] } : {}),
    });
    return holder.certificate;
  };

  const judge = (certificate: Certificate, ...intermediates: readonly TestAuthority[]): Promise<PathResult> =>
    validateFor({
      certificate,
      intermediates: intermediates.map((authority) => authority.certificate),
      anchors: [root.certificate],
    });

  const forms: readonly (readonly [string, Uint8Array, Uint8Array, Uint8Array])[] = [
    ['dNSName', dns('example.vn'), dns('a.example.vn'), dns('a.other.vn')],
    ['rfc822Name', email('example.vn'), email('a@example.vn'), email('a@other.vn')],
    ['URI', uri('.example.vn'), uri('https://a.example.vn/'), uri('https://a.other.vn/')],
    ['IPv4', ip(10, 0, 0, 0, 255, 0, 0, 0), ip(10, 1, 2, 3), ip(11, 1, 2, 3)],
    [
      'IPv6',
      ip(0xfd, ...new Array<number>(15).fill(0), 0xff, ...new Array<number>(15).fill(0)),
      ip(0xfd, ...new Array<number>(15).fill(1)),
      ip(0xfe, ...new Array<number>(15).fill(1)),
    ],
    [
      'directoryName',
      directory(country),
      directory(country, [oids.commonName, 'x']),
      directory([oids.commonName, 'x']),
    ],
  ];

  it.each(forms)('of form %s hold for permitted and excluded subtrees', async (_, base, inside, outside) => {
    const permitting = await constrained(nameConstraints({ permitted: [base] }));
    expect((await judge(await named(permitting, [inside]), permitting)).status).toBe('valid');
    expect(codesOf(await judge(await named(permitting, [inside, outside]), permitting))).toEqual([
      'NAME_NOT_PERMITTED',
    ]);
    const excluding = await constrained(nameConstraints({ excluded: [base] }));
    // The holder's own subject is VN's.
    const expected = base[0] === 0xa4 ? ['NAME_EXCLUDED'] : [];
    expect(codesOf(await judge(await named(excluding, [outside]), excluding))).toEqual(expected);
    expect(codesOf(await judge(await named(excluding, [outside, inside]), excluding))).toEqual([
      'NAME_EXCLUDED',
    ]);
  });

  it('exclude before they permit, and leave other forms alone', async () => {
    const authority = await constrained(
      nameConstraints({ permitted: [dns('example.vn')], excluded: [dns('secret.example.vn')] }),
    );
    expect(codesOf(await judge(await named(authority, [dns('a.secret.example.vn')]), authority))).toEqual([
      'NAME_EXCLUDED',
    ]);
    expect((await judge(await named(authority, [email('a@other.vn')]), authority)).status).toBe('valid');
  });

  it('hold for the subject itself', async () => {
    const authority = await constrained(
      nameConstraints({ permitted: [directory([oids.countryName, 'LA'])] }),
    );
    expect(codesOf(await judge(await named(authority, []), authority))).toEqual(['NAME_NOT_PERMITTED']);
  });

  it('see through what cannot be seen in a name', async () => {
    const organization = (text: string): NameAttributeInput => [oids.organizationName, text];
    const authority = await constrained(
      nameConstraints({ excluded: [directory(country, organization('Bộ Công an'))] }),
    );
    for (const text of ['Bộ\u00ad Công an', 'BỘ  CÔNG\u200b AN', '\ufeffBộ Công an'.normalize('NFD')]) {
      const { certificate } = await testHolder(authority, { subject: [country, organization(text)] });
      expect(codesOf(await judge(certificate, authority))).toEqual(['NAME_EXCLUDED']);
    }
  });

  it('of many mailboxes and one endless address take no time', async () => {
    const boxes = Array.from({ length: 12_000 }, (_, index) => email(`b${index}@a.vn`));
    const authority = await constrained(nameConstraints({ excluded: boxes }));
    const certificate = await named(authority, [email(`${'aB'.repeat(100_000)}@a.vn`)]);
    const start = performance.now();
    expect((await judge(certificate, authority)).status).toBe('valid');
    expect(performance.now() - start).toBeLessThan(1000);
  });

  it('for mail hold for addresses in the subject where no other names one', async () => {
    const authority = await constrained(nameConstraints({ permitted: [email('example.vn')] }));
    const subject: readonly NameAttributeInput[] = [country, [oids.emailAddress, 'a@other.vn']];
    const inSubject = await testHolder(authority, { subject });
    expect(codesOf(await judge(inSubject.certificate, authority))).toEqual(['NAME_NOT_PERMITTED']);
    const both = await testHolder(authority, {
      subject,
      extensions: [subjectAltName(email('a@example.vn'))],
    });
    expect((await judge(both.certificate, authority)).status).toBe('valid');
    const beyondAscii = await named(authority, [other(oids.smtpUtf8Mailbox, 'thư@other.vn')]);
    expect(codesOf(await judge(beyondAscii, authority))).toEqual(['NAME_NOT_PERMITTED']);
  });

  it('only narrow on the way down', async () => {
    const upper = await constrained(nameConstraints({ permitted: [dns('a.vn'), dns('b.vn')] }));
    const lower = await testAuthority(upper, 'Lower CA', {
      extensions: [nameConstraints({ permitted: [dns('b.vn'), dns('c.vn')] })],
    });
    const status = async (host: string): Promise<string> =>
      (await judge(await named(lower, [dns(host)]), lower, upper)).status;
    expect(await Promise.all(['a.vn', 'b.vn', 'c.vn'].map(status))).toEqual(['invalid', 'valid', 'invalid']);
  });

  it('of the anchor hold, and names of authorities are held against them', async () => {
    const strict = await testRoot('Strict', 'P-256', {
      extensions: [nameConstraints({ excluded: [dns('secret.vn')] })],
    });
    const authority = await testAuthority(strict, 'CA', { extensions: [subjectAltName(dns('secret.vn'))] });
    const holder = await testHolder(authority);
    const result = await validateFor({
      certificate: holder.certificate,
      intermediates: [authority.certificate],
      anchors: [strict.certificate],
    });
    expect(codesOf(result)).toEqual(['NAME_EXCLUDED']);
    expect(result.failures[0]?.certificate).toBe(authority.certificate);
  });

  it('do not hold for self-issued authorities, but for a self-issued end', async () => {
    const upper = await constrained(nameConstraints({ permitted: [dns('a.vn')] }));
    const subject: readonly NameAttributeInput[] = [country, [oids.commonName, 'Constrained CA']];
    const renewed = await testAuthority(upper, 'Constrained CA', {
      extensions: [subjectAltName(dns('b.vn'))],
    });
    expect((await judge(await named(renewed, [dns('a.vn')]), renewed, upper)).status).toBe('valid');
    const end = await testHolder(upper, { subject, extensions: [subjectAltName(dns('b.vn'))] });
    expect(codesOf(await judge(end.certificate, upper))).toEqual(['NAME_NOT_PERMITTED']);
  });

  it('of an unknown form are refused where such a name stands, and only there', async () => {
    for (const [base, name] of [
      [other('1.2.3', 'x'), other('1.2.3', 'y')],
      [registeredId('1.2.3'), registeredId('1.2.4')],
    ] as const) {
      const authority = await constrained(nameConstraints({ excluded: [base] }));
      expect(codesOf(await judge(await named(authority, [name]), authority))).toEqual([
        'NAME_CONSTRAINT_UNSUPPORTED',
      ]);
      expect((await judge(await named(authority, [dns('a.vn')]), authority)).status).toBe('valid');
    }
  });

  it('refuse a malformed name of a constrained form', async () => {
    const authority = await constrained(
      nameConstraints({ excluded: [dns('a.vn'), ip(1, 2, 3, 4, 255, 255, 255, 255)] }),
    );
    for (const name of [dns('b.vn.'), ip(1, 2, 3)]) {
      expect(codesOf(await judge(await named(authority, [name]), authority))).toEqual(['NAME_NOT_PERMITTED']);
    }
  });

  it('stand in authorities only', async () => {
    const authority = await testAuthority(root);
    const holder = await testHolder(authority, {
      extensions: [nameConstraints({ permitted: [dns('a.vn')] })],
    });
    expect(codesOf(await judge(holder.certificate, authority))).toEqual(['CERTIFICATE_BAD_EXTENSION']);
  });

  const raw = (value: Uint8Array): ExtensionInput => ({ oid: oids.nameConstraints, critical: true, value });
  const list = (subtree: Uint8Array): ExtensionInput => raw(derSequence(derExplicit(0, subtree)));

  it.each([
    ['empty', raw(derSequence())],
    ['of empty lists', nameConstraints({ permitted: [], excluded: [] })],
    ['of NULL', raw(derSequence(derNull, derNull))],
    ['with a minimum', list(derSequence(dns('a.vn'), derExplicit(0, derInteger(1))))],
    ['with a maximum', list(derSequence(dns('a.vn'), derExplicit(1, derInteger(1))))],
    ['of a host with a leading dot', nameConstraints({ permitted: [dns('.a.vn')] })],
    ['of an address without mask', nameConstraints({ permitted: [ip(1, 2, 3, 4)] })],
    ['of a mailbox that is none', nameConstraints({ permitted: [email('a@b@c.vn')] })],
  ])('are refused when %s', async (_, extension) => {
    const authority = await constrained(extension);
    expect(codesOf(await judge(await named(authority, []), authority))).toEqual([
      'CERTIFICATE_BAD_EXTENSION',
    ]);
  });

  it('are compared a bounded number of times, and each pair of certificates once', async () => {
    const many = Array.from({ length: 1500 }, (_, index) => dns(`h${index}.a.vn`));
    const authority = await constrained(nameConstraints({ excluded: many }));
    const bomb = await named(
      authority,
      many.map((_, index) => dns(`n${index}.b.vn`)),
    );
    expect(codesOf(await judge(bomb, authority))).toEqual(['NAME_CONSTRAINTS_TOO_LARGE']);
    const checks = new NameChecks();
    expect(checks.problem(bomb, authority.certificate)?.[0]).toBe('NAME_CONSTRAINTS_TOO_LARGE');
    const { comparisons } = checks;
    expect(comparisons).toBeLessThanOrEqual(2 ** 20 + 1500);
    checks.problem(bomb, authority.certificate);
    expect(checks.comparisons).toBe(comparisons);
  });

  itWith('openssl')('are judged as by openssl', async () => {
    for (const [, base, inside, outside] of forms) {
      for (const subtrees of [{ permitted: [base] }, { excluded: [base] }]) {
        const authority = await constrained(nameConstraints(subtrees));
        for (const name of [inside, outside]) {
          const certificate = await named(authority, [name]);
          const run = runOn(
            'openssl',
            [
              ...['verify', '-attime', String(times.now.getTime() / 1000)],
              ...['-CAfile', 'root.pem', '-untrusted', 'ca.pem', 'ee.pem'],
            ],
            {
              'root.pem': toPem(root.certificate.der, 'CERTIFICATE'),
              'ca.pem': toPem(authority.certificate.der, 'CERTIFICATE'),
              'ee.pem': toPem(certificate.der, 'CERTIFICATE'),
            },
          );
          const ours = await judge(certificate, authority);
          expect(ours.status === 'valid').toBe(run.output.includes('ee.pem: OK'));
        }
      }
    }
  });
});

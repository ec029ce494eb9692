import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toPem } from '#pki';
import { signPdf } from '#signing';
import { bytesTrailing, makeTestPki, pageSwapped, samplePdf } from '../../../../libs/signing/src/testing';
import type { TestPki } from '../../../../libs/signing/src/testing';
import { captured } from '../../../../test/support/captured';
import { runCli } from '../run-cli';

let folder: string;
let pki: TestPki;
let files: Readonly<
  Record<
    'good' | 'swapped' | 'trailing' | 'unsigned' | 'text' | 'root' | 'leaf' | 'crl' | 'trustFolder',
    string
  >
>;

function put(name: string, bytes: Uint8Array | string): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sealpost-cli-'));
  pki = await makeTestPki();
  const unsigned = await samplePdf({ pages: 1, xref: 'table' });
  const good = await signPdf(unsigned, {
    fieldName: 'Chữ ký',
    appearance: { kind: 'invisible' },
    claimedTime: new Date(),
    signer: pki.agency,
    timestamps: pki.timestamps,
    validationMaterial: pki.material,
  });
  mkdirSync(join(folder, 'trust'));
  put('trust/root.crt', toPem(pki.root.der, 'CERTIFICATE'));
  put('trust/issuing.der', pki.issuing.der);
  put('trust/agency.pem', toPem(pki.agency.certificate.der, 'CERTIFICATE'));
  put('trust/notes.txt', 'no certificate');
  files = {
    good: put('good.pdf', good),
    swapped: put('swapped.pdf', await pageSwapped(good)),
    trailing: put('trailing.pdf', await bytesTrailing(good)),
    unsigned: put('unsigned.pdf', unsigned),
    text: put('text.pdf', 'not a PDF'),
    root: put('root.pem', toPem(pki.root.der, 'CERTIFICATE')),
    leaf: put('leaf.pem', toPem(pki.agency.certificate.der, 'CERTIFICATE')),
    crl: put('lists.pem', pki.crls.map((der) => toPem(der, 'X509 CRL')).join('')),
    trustFolder: join(folder, 'trust'),
  };
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

function run(...args: readonly string[]): ReturnType<typeof captured> {
  return captured((io) => runCli(args, io));
}

describe('sealpost verify', () => {
  it('exits 0 and says so in both languages when every signature passes', async () => {
    const { code, out } = await run('verify', '--trust', files.root, files.good);
    expect(code).toBe(0);
    expect(out[0]).toBe(`${files.good}: HỢP LỆ / VALID`);
    expect(out.join('\n')).toContain('Sở Thử nghiệm [000.00.01.H41]');
  });

  it('writes times of day with the year in full and the offset of Vietnam', async () => {
    const { out } = await run('verify', '--trust', files.root, files.good);
    const times = out.filter((line) => /Claimed time|Time-stamp:/.test(line));
    expect(times).toHaveLength(2);
    for (const line of times) expect(line).toMatch(/: \d{2}\/\d{2}\/20\d{2} \d{2}:\d{2}:\d{2} \(\+07:00\)$/);
  });

  it('takes the roots of a folder, and revocation lists from files', async () => {
    expect((await run('verify', '--trust', files.trustFolder, '--crl', files.crl, files.good)).code).toBe(0);
  });

  it('trusts nothing by itself: exit 1 with the reason, integrity still told', async () => {
    const { code, out } = await run('verify', '--json', files.good);
    expect(code).toBe(1);
    const [line] = out.map((text) => JSON.parse(text) as Record<string, unknown>);
    expect(line).toMatchObject({
      file: files.good,
      indication: 'INDETERMINATE',
      error: null,
      signatures: [
        {
          field: 'Chữ ký',
          integrity: 'INTACT',
          coverage: 'ENTIRE_FILE',
          messages: expect.arrayContaining([
            expect.objectContaining({ code: 'NO_TRUST_CONFIGURED' }),
          ]) as unknown,
        },
      ],
    });
  });

  it('writes one line of JSON a file, with the names of the report', async () => {
    const { code, out } = await run('verify', '--json', '--trust', files.root, files.good, files.swapped);
    expect(code).toBe(2);
    expect(out).toHaveLength(2);
    const lines = out.map(
      (text) => JSON.parse(text) as { indication: string; signatures: Record<string, unknown>[] },
    );
    expect(lines.map(({ indication }) => indication)).toEqual(['TOTAL-PASSED', 'TOTAL-FAILED']);
    expect(Object.keys(lines[0]?.signatures[0] ?? {}).sort()).toEqual(
      [
        'coverage',
        'field',
        'indication',
        'integrity',
        'laterChanges',
        'laterChangesAcceptable',
        'level',
        'messages',
        'signer',
        'signingTime',
        'subIndication',
        'timestampTime',
        'type',
      ].sort(),
    );
  });

  it.each([
    [1, 'unsigned'],
    [2, 'text'],
    [2, 'trailing'],
    [2, 'swapped'],
  ] as const)('exits %d for the %s file', async (code, file) => {
    expect((await run('verify', '--trust', files.root, files[file])).code).toBe(code);
  });

  it('goes on with the other files after one that cannot be read', async () => {
    const { code, out } = await run(
      'verify',
      '--json',
      '--trust',
      files.root,
      join(folder, 'absent.pdf'),
      files.good,
    );
    expect(code).toBe(2);
    expect(
      out.map((line) => (JSON.parse(line) as { error: { code: string } | null }).error?.code ?? null),
    ).toEqual(['FILE_UNREADABLE', null]);
  });

  it('exits 64 for what was typed wrongly', async () => {
    for (const args of [
      ['verify'],
      ['verify', '--unknown', files.good],
      ['verify', '--trust', join(folder, 'absent.pem'), files.good],
      ['verify', '--trust', files.leaf, files.good],
      ['verify', '--crl', files.root, files.good],
      ['nonsense'],
      [],
    ]) {
      const { code, err, out } = await run(...args);
      expect({ args, code }).toEqual({ args, code: 64 });
      expect([...err, ...out]).not.toEqual([]);
    }
  });
});

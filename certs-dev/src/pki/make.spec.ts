import { X509Certificate, createPrivateKey } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demoDirectory } from '#directory';
import type { PkiIndex } from '#directory';
import { ensureDevelopmentPki } from './make';

let dir: string;
let index: PkiIndex;

beforeAll(async () => {
  dir = join(await mkdtemp(join(tmpdir(), 'pki-')), 'pki');
  ({ index } = await ensureDevelopmentPki({ out: dir }));
});

afterAll(async () => {
  await rm(join(dir, '..'), { recursive: true });
});

const at = (path: string): string => join(dir, path);
const certificate = async (path: string): Promise<X509Certificate> =>
  new X509Certificate(await readFile(at(path)));

describe('the development PKI', () => {
  it('gives every agency three certificates with its code, and every person one without any', async () => {
    for (const agency of demoDirectory.agencies) {
      const held = index.holders.filter((holder) => holder.owner.id === agency.id);
      expect(held.map((holder) => holder.use)).toEqual(['signing', 'evidence', 'encryption']);
      for (const holder of held)
        expect((await certificate(holder.certificate)).subject).toContain(agency.code);
    }
    for (const person of demoDirectory.people) {
      const [held, ...more] = index.holders.filter((holder) => holder.owner.id === person.id);
      expect(more).toEqual([]);
      const { subject } = await certificate(held!.certificate);
      expect(subject.normalize('NFC')).toContain(person.fullName);
      expect(subject).not.toContain('organizationIdentifier');
    }
  });

  it('writes keys that fit their certificates, chains that verify and thumbprints that are true', async () => {
    for (const holder of [...index.holders, ...index.cases]) {
      const own = await certificate(holder.certificate);
      expect(own.checkPrivateKey(createPrivateKey(await readFile(at(holder.key))))).toBe(true);
      const issuer = await certificate(holder.chain[0]!);
      expect(own.verify(issuer.publicKey)).toBe(true);
      expect(own.checkIssued(issuer)).toBe(true);
      expect(own.fingerprint256.replaceAll(':', '').toLowerCase()).toBe(holder.thumbprint);
      expect(own.serialNumber.toLowerCase()).toBe(holder.serialNumber);
    }
  });

  it('lets only the owner read keys', async () => {
    expect((await stat(dir)).mode & 0o777).toBe(0o700);
    for (const { key } of [...index.holders, ...index.authorities, ...index.transport.nodes])
      expect((await stat(at(key))).mode & 0o777).toBe(0o600);
  });

  it('has holders of both key algorithms in both blocs', () => {
    const algorithms = (kind: string): Set<string> =>
      new Set(index.holders.filter((holder) => holder.owner.kind === kind).map((holder) => holder.algorithm));
    expect(algorithms('agency')).toEqual(new Set(['P-256', 'RSA-3072']));
    expect(algorithms('person')).toEqual(new Set(['P-256', 'RSA-3072']));
  });

  it('is kept when it is good, and gets new CRLs when theirs end within a week', async () => {
    expect((await ensureDevelopmentPki({ out: dir })).outcome).toBe('kept');
    const nextWeek = new Date(Date.now() + 8 * 86_400_000);
    expect((await ensureDevelopmentPki({ out: dir, now: nextWeek })).outcome).toBe('renewed');
  });

  it('is made once when several ask for it at the same time', async () => {
    const out = join(dir, '..', 'shared');
    await writeFile(`${out}.lock`, '999999999');
    const outcomes = await Promise.all(
      [1, 2, 3].map(async () => (await ensureDevelopmentPki({ out })).outcome),
    );
    expect(outcomes.sort()).toEqual(['kept', 'kept', 'made']);
  });

  it('is made anew for other addresses', async () => {
    const out = join(dir, '..', 'shared');
    expect((await ensureDevelopmentPki({ out, port: 7319 })).outcome).toBe('made');
  });

  it('is refused in production', async () => {
    const before = process.env['NODE_ENV'];
    process.env['NODE_ENV'] = 'production';
    try {
      await expect(ensureDevelopmentPki({ out: dir })).rejects.toThrow('production');
    } finally {
      process.env['NODE_ENV'] = before;
    }
  });
});

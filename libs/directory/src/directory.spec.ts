import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AuditTrail, auditMigrations } from '#audit';
import { ensureDevelopmentPki } from '#certs-dev';
import { TestClock, newId, platformMigrations } from '#platform';
import type { TestDatabase } from '#platform/testing';
import { aPerson, aSystem, testDatabase } from '#platform/testing';
import {
  Certificates,
  Directory,
  FindAgencies,
  demoAgency,
  demoBody,
  demoDirectory,
  demoPerson,
  directoryMigrations,
  enterAgency,
  enterCertificate,
  readPkiIndex,
  seedDemoDirectory,
} from '.';
import type { LoadedPki } from '.';
import { ReadDirectory } from './read-directory';
import { DirectoryReading } from './reading';

let database: TestDatabase;
let dir: string;
let pki: LoadedPki;
let directory: Directory;
let certificates: Certificates;
let finder: FindAgencies;
let reader: ReadDirectory;
const clock = new TestClock('2026-11-21T03:00:00Z');
const today = '2026-11-21';

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'directory-'));
  await ensureDevelopmentPki({ out: join(dir, 'pki') });
  pki = await readPkiIndex(join(dir, 'pki'));
  database = await testDatabase({
    migrations: [...platformMigrations, ...auditMigrations, ...directoryMigrations],
  });
  const { unitOfWork } = database;
  const reading = new DirectoryReading(unitOfWork);
  directory = new Directory(reading);
  certificates = new Certificates(reading);
  finder = new FindAgencies(reading, clock);
  const trail = new AuditTrail(unitOfWork, clock);
  reader = new ReadDirectory(unitOfWork, directory, certificates, finder, trail, clock);
  await unitOfWork.run(aSystem(), (tx) => seedDemoDirectory(tx, pki));
});

afterAll(async () => {
  await database.drop();
  await rm(dir, { recursive: true });
});

const count = async (table: string): Promise<number> => {
  const [row] = await database.ownerDataSource.query<{ n: string }[]>(`SELECT count(*) AS n FROM ${table}`);
  return Number(row!.n);
};

const entries = (): Promise<{ action: string; outcome: string }[]> =>
  database.ownerDataSource.query('SELECT action, outcome FROM audit.entry ORDER BY seq');

describe('seeding', () => {
  it('enters everything once, however often it runs', async () => {
    await database.unitOfWork.run(aSystem(), (tx) => seedDemoDirectory(tx, pki));
    expect(await count('directory.agency')).toBe(demoDirectory.agencies.length);
    expect(await count('directory.appointment')).toBe(demoDirectory.people.length);
    expect(await count('directory.certificate')).toBe(pki.index.holders.length);
  });

  it('moves agencies between nodes by layout', async () => {
    await database.unitOfWork.run(aSystem(), (tx) => seedDemoDirectory(tx, pki, 'two-nodes'));
    expect((await directory.agency(demoAgency('tinhuy').id))?.nodeId).toBe('party');
    expect((await directory.agency(demoAgency('ubnd').id))?.nodeId).toBe('state');
    await database.unitOfWork.run(aSystem(), (tx) => seedDemoDirectory(tx, pki));
    expect((await directory.agency(demoAgency('ubnd').id))?.nodeId).toBe('node-1');
  });
});

describe('the directory', () => {
  it('answers an agency as the demo data has it', async () => {
    const expected = demoAgency('tinhuy');
    const { keys, key, ...row } = { ...expected, nodeId: 'node-1' };
    expect([key, keys]).toEqual(['tinhuy', 'P-256']);
    expect(await directory.agency(expected.id)).toEqual(row);
    expect((await directory.agencyByCode(expected.code))?.id).toBe(expected.id);
    expect(await directory.agency(newId())).toBeUndefined();
  });

  it('answers from inside another transaction, with and without it', async () => {
    await database.unitOfWork.run(aSystem(), async (tx) => {
      expect((await directory.body(demoBody('tinhuy/btv').id))?.name).toBe('Ban Thường vụ');
      expect((await directory.body(demoBody('tinhuy/btv').id, tx))?.symbol).toBe('TU');
    });
  });

  it('knows which post heads a body and who holds it on a day', async () => {
    const head = await directory.headPostOf(demoBody('vptu/vp').id, today);
    expect(head?.title).toBe('CHÁNH VĂN PHÒNG');
    const [holder] = await directory.holdersOf(head!.id, today);
    expect(holder).toMatchObject({
      personId: demoPerson('lanhdao.vptu').id,
      roles: ['leader'],
      acting: false,
    });
    expect(holder!.post).toEqual(head);
    expect(holder!.post.byOrderOfBodyIds).toContain(demoBody('tinhuy/btv').id);
  });

  it('forgets an appointment on the day it ends', async () => {
    const person = demoPerson('vanthu.sotttt').id;
    expect(await directory.appointmentsOf(person, '2025-02-28')).toHaveLength(1);
    expect(await directory.appointmentsOf(person, '2025-03-01')).toEqual([]);
  });

  it('leads from an agency that has ended to its successor', async () => {
    const ended = demoAgency('sotttt').id;
    expect((await directory.successorOn(ended, '2025-02-28'))?.id).toBe(ended);
    expect((await directory.successorOn(ended, '2025-03-01'))?.id).toBe(demoAgency('sokhcn').id);
  });
});

describe('agency codes', () => {
  it('may not be borne by two agencies at one time, but one after another', async () => {
    const agency = demoAgency('sotttt');
    const twin = { ...agency, id: newId(), nodeId: 'node-1', successorId: null, validTo: null };
    const enter = (validFrom: string): Promise<void> =>
      database.unitOfWork.run(aSystem(), (tx) => enterAgency(tx, { ...twin, validFrom }));
    await expect(enter('2025-02-28')).rejects.toThrow('agency_code_once_at_a_time');
    await enter('2025-03-01');
    expect((await directory.agencyByCode(agency.code))?.id).toBe(twin.id);
  });
});

describe('certificates', () => {
  const owner = { kind: 'agency', id: demoAgency('ubnd').id } as const;

  it('are found by owner, use and moment, and by thumbprint', async () => {
    const [held, ...more] = await certificates.of(owner, 'evidence', new Date());
    expect(more).toEqual([]);
    expect(held).toMatchObject({ owner, use: 'evidence', status: 'active' });
    expect(await certificates.byThumbprint(held!.thumbprint)).toEqual(held);
    expect(await certificates.of(owner, 'evidence', new Date('2020-01-01'))).toEqual([]);
  });

  it('of another agency are refused', async () => {
    const other = pki.index.holders.find((holder) => holder.owner.id === demoAgency('tinhuy').id)!;
    const der = pki.certificates.get(other.thumbprint)!;
    const entering = database.unitOfWork.run(aSystem(), (tx) =>
      enterCertificate(tx, { owner, use: 'signing', der }),
    );
    await expect(entering).rejects.toMatchObject({ code: 'CERTIFICATE_NOT_OF_AGENCY' });
  });
});

describe('searching agencies', () => {
  const names = async (query: Parameters<FindAgencies['find']>[0]): Promise<string[]> =>
    (await finder.find(query)).items.map((agency) => agency.name);

  it('needs neither marks nor case nor whole words', async () => {
    expect(await names({ q: 'TINH UY lam' })).toContain('Tỉnh ủy Lam Giang');
    expect(await names({ q: 'dong kinh', bloc: 'party' })).toEqual(['Đảng ủy phường Đông Kinh']);
    expect(await names({ q: '000.00.00.G90' })).toEqual(['Bộ Khoa học và Công nghệ']);
    expect(await names({ q: "'; DROP TABLE & | !" })).toEqual([]);
  });

  it('leaves out agencies that have ended', async () => {
    expect(await names({ q: 'so thong tin', level: 'central' })).toEqual([]);
  });

  it('pages through all, each once', async () => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await finder.find({ limit: 7, ...(cursor !== undefined && { cursor }) });
      seen.push(...page.items.map((agency) => agency.id));
      cursor = page.next ?? undefined;
    } while (cursor !== undefined);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toHaveLength(demoDirectory.agencies.length);
  });
});

describe('names in the directory', () => {
  it('sort as Vietnamese: đ after d, ă and â after a, tones after letters', async () => {
    const names = [
      'Đảng ủy Đạ Tẻh',
      'Ủy ban xã Ân Thi',
      'Dạ Trạch',
      'Ủy ban xã An Thi',
      'Ủy ban xã Ăn Thi',
      'Dã Trạch',
    ];
    await database.unitOfWork.run(aSystem(), async (tx) => {
      for (const [index, name] of names.entries()) {
        const named = { id: newId(), code: `000.00.0${String(index)}.Z99`, name: `ZZ ${name}` };
        await enterAgency(tx, {
          ...demoAgency('sotttt'),
          nodeId: 'node-1',
          successorId: null,
          validTo: null,
          ...named,
        });
      }
    });
    const { items } = await finder.find({ q: 'zz' });
    expect(items.map(({ name }) => name.slice(3))).toEqual([
      'Dã Trạch',
      'Dạ Trạch',
      'Đảng ủy Đạ Tẻh',
      'Ủy ban xã An Thi',
      'Ủy ban xã Ăn Thi',
      'Ủy ban xã Ân Thi',
    ]);
  });
});

describe('a person who looks into the directory', () => {
  it('sees the posts of the own agency and of no other', async () => {
    const actor = aPerson({ agencyId: demoAgency('tinhuy').id });
    const own = await reader.agency(actor, demoAgency('tinhuy').id);
    expect(own.bodies.map((body) => body.symbol)).toEqual(['TU', 'TU', 'TU']);
    const head = own.posts.find((post) => post.rank === 'head');
    expect(head?.holders).toEqual([
      { id: demoPerson('lanhdao.tinhuy').id, fullName: 'Nguyễn Thị Ánh Tuyết' },
    ]);
    const other = await reader.agency(actor, demoAgency('ubnd').id);
    expect(other.posts).toEqual([]);
    expect(other.certificates.map(({ use }) => use).sort()).toEqual(['encryption', 'evidence', 'signing']);
  });

  it('leaves an entry for every look, found or not', async () => {
    const before = (await entries()).length;
    const actor = aPerson({ agencyId: demoAgency('tinhuy').id });
    await reader.find(actor, { q: 'ubnd' });
    expect((await reader.person(actor, demoPerson('vanthu.ubnd').id)).appointments).toMatchObject([
      { agencyName: 'Ủy ban nhân dân tỉnh Lam Giang', roles: ['clerk'] },
    ]);
    await expect(reader.agency(actor, newId())).rejects.toMatchObject({ code: 'AGENCY_NOT_FOUND' });
    await expect(reader.person(actor, newId())).rejects.toMatchObject({ code: 'PERSON_NOT_FOUND' });
    expect((await entries()).slice(before)).toEqual([
      { action: 'directory.read', outcome: 'success' },
      { action: 'directory.read', outcome: 'success' },
      { action: 'directory.read', outcome: 'failed' },
      { action: 'directory.read', outcome: 'failed' },
    ]);
  });
});

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import supertest from 'supertest';
import type { PkiHolder, PkiIndex } from '#directory';
import { demoAgency, demoDirectory, demoLogins, demoPin } from '#directory';
import { thumbprint, toPem } from '#pki';
import { Config, UnitOfWork } from '#platform';
import { aPerson, aSystem } from '#platform/testing';
import { SignatureImages } from '../images/signature-images';
import { KeyVault } from '../keys/key-vault';
import type { KeyOwner, KeyUse } from '../keys/stored-key';
import { aKey } from '../testing/a-key';
import type { TestApp } from '../testing/an-app';
import { anApp } from '../testing/an-app';
import { SeedDemoAccess } from './seed-demo-access';

const png = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(20)]);
const [person = { id: '', key: '', agencyId: '' }] = demoDirectory.people;
const other = demoDirectory.agencies.find(({ bloc }) => bloc === 'state') ?? demoDirectory.agencies[0]!;

let folder: string;
let index: PkiIndex;
let test: TestApp;

/** A development PKI of three holders, by the form that certs-dev writes. */
async function makePki(): Promise<PkiIndex> {
  const holders = await Promise.all([
    holder({ kind: 'person', id: person.id }, 'signing'),
    holder({ kind: 'agency', id: person.agencyId }, 'evidence'),
    holder({ kind: 'agency', id: other.id }, 'signing'),
  ]);
  await writeFile(join(folder, 'image.png'), png);
  const images = {
    handwriting: [{ personId: person.id, png: 'image.png' }],
    seals: [{ agencyId: other.id, png: 'image.png' }],
  };
  return { holders, ...images } as unknown as PkiIndex;
}

async function holder(owner: KeyOwner, use: KeyUse): Promise<PkiHolder> {
  const key = await aKey({ owner, agencyId: owner.id, use, protection: { pin: demoPin } });
  const hex = await thumbprint(key.certificate);
  await mkdir(join(folder, hex));
  await writeFile(join(folder, hex, 'c.pem'), toPem(key.certificate.der, 'CERTIFICATE'));
  await writeFile(join(folder, hex, 'k.pem'), toPem(key.pkcs8, 'PRIVATE KEY'));
  return {
    owner: { ...owner, key: '' },
    use,
    certificate: `${hex}/c.pem`,
    key: `${hex}/k.pem`,
    chain: [`${hex}/c.pem`],
    thumbprint: hex,
    name: hex,
    ...(use === 'evidence' ? {} : { pin: demoPin }),
  } as unknown as PkiHolder;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sealpost-demo-pki-'));
  index = await makePki();
  test = await anApp();
});
afterAll(async () => {
  await test.close();
  await rm(folder, { recursive: true });
});

const part = <T>(type: new (...parts: never[]) => T): T => test.app.get(type, { strict: false });

describe('seeding the demo', () => {
  it('gives logins, keys and images, and adds nothing the second time', async () => {
    const first = await part(SeedDemoAccess).seed({ folder, index }, 'one-node');
    expect(first).toEqual({ accounts: demoLogins.length, keys: 3, images: 2 });
    expect(await part(SeedDemoAccess).seed({ folder, index }, 'one-node')).toMatchObject({
      accounts: 0,
      keys: 0,
    });
  });

  it('makes logins whose password is right (though nobody has a post in an empty directory)', async () => {
    const [login] = demoLogins;
    const response = await supertest(test.app.getHttpServer())
      .post('/api/v1/session')
      .send({ loginName: login?.loginName, password: login?.password })
      .expect(403);
    expect(response.body).toMatchObject({ code: 'NO_APPOINTMENT' });
  });

  it("opens a person's key by the demo PIN and an agency's evidence key by none", async () => {
    const actor = aPerson({ personId: person.id, agencyId: person.agencyId, roles: ['leader'] });
    const [key] = await part(KeyVault).keysOf(actor, { kind: 'person', id: person.id }, 'signing');
    expect((await part(KeyVault).unlock(actor, key!.id, demoPin)).chain).toHaveLength(1);
    expect(await (await part(KeyVault).evidenceSigner(person.agencyId)).sign(png)).toBeInstanceOf(Uint8Array);
  });

  it('enrols the images, and knows who has none', async () => {
    const images = part(SignatureImages);
    expect(Buffer.from((await images.of(aSystem(), { kind: 'person', id: person.id }))!).equals(png)).toBe(
      true,
    );
    expect(await images.of(aSystem(), { kind: 'person', id: other.id })).toBeUndefined();
  });

  it('withdraws the keys of an earlier development PKI', async () => {
    const renewed = await makePki();
    expect(await part(SeedDemoAccess).seed({ folder, index: renewed }, 'one-node')).toMatchObject({
      keys: 3,
    });
    const keys = await part(KeyVault).keysOf(aSystem(), { kind: 'person', id: person.id });
    expect(keys.map((key) => key.thumbprint)).toEqual([renewed.holders[0]?.thumbprint]);
  });

  it('gives each of two nodes only the agencies it hosts', async () => {
    const clean = await anApp({ SEALPOST_NODE_ID: 'state' });
    const { accounts } = await clean.app
      .get(SeedDemoAccess, { strict: false })
      .seed({ folder, index }, 'two-nodes');
    const ofState = demoDirectory.people.filter(({ agencyKey }) => demoAgency(agencyKey).bloc === 'state');
    expect(accounts).toBe(ofState.length);
    expect(accounts).toBeLessThan(demoLogins.length);
    await clean.close();
  });

  it('is refused in production', async () => {
    const production = Object.assign(Object.create(Config.prototype) as Config, {
      environment: 'production',
    });
    const seed = new SeedDemoAccess(
      part(UnitOfWork),
      part(KeyVault),
      part(SignatureImages),
      test.clock,
      production,
    );
    await expect(seed.seed({ folder, index }, 'one-node')).rejects.toThrow(/production/);
  });
});

describe('images', () => {
  it.each([
    ['another format', Buffer.from('GIF89a')],
    ['nothing', Buffer.alloc(0)],
    ['more than 1 MB', Buffer.concat([png, Buffer.alloc(1024 * 1024)])],
  ])('refuse %s', async (_what, bytes) => {
    const enrol = part(UnitOfWork).run(aSystem(), (tx) =>
      part(SignatureImages).enrol(tx, { kind: 'person', id: person.id }, bytes),
    );
    await expect(enrol).rejects.toMatchObject({ code: 'IMAGE_REFUSED' });
  });
});

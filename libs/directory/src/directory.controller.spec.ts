import { Module } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import type { Request } from 'express';
import supertest from 'supertest';
import { auditMigrations, auditProblems } from '#audit';
import type { Actor, PolicyDecision } from '#platform';
import {
  ACTOR_RESOLVER,
  Config,
  LOGGER,
  POLICY_GUARD,
  anonymousActor,
  configureHttp,
  createLogger,
  newId,
  platformMigrations,
} from '#platform';
import type { TestDatabase } from '#platform/testing';
import { aPerson, aSystem, testConfig, testDatabase } from '#platform/testing';
import {
  DirectoryModule,
  demoAgency,
  demoDirectory,
  demoPerson,
  directoryMigrations,
  directoryProblems,
  enterAppointment,
  enterPerson,
} from '.';
import { seedDemoPeople } from './demo/seed';

const clerk = aPerson({ agencyId: demoAgency('tinhuy').id });

@Module({
  imports: [DirectoryModule],
  providers: [
    {
      provide: ACTOR_RESOLVER,
      useValue: {
        resolve: (request: Request): Promise<Actor> =>
          Promise.resolve(request.headers.cookie === 'clerk' ? clerk : anonymousActor(request)),
      },
    },
    {
      provide: POLICY_GUARD,
      useValue: {
        decide: (actor: Actor, policy: string): Promise<PolicyDecision> =>
          Promise.resolve(
            actor.kind === 'person' && policy === 'directory.read'
              ? { allowed: true }
              : { allowed: false, code: 'NOT_LOGGED_IN' },
          ),
      },
    },
  ],
})
class TestModule {}

let database: TestDatabase;
let app: NestExpressApplication;
let remove: () => Promise<void>;

beforeAll(async () => {
  database = await testDatabase({
    migrations: [...platformMigrations, ...auditMigrations, ...directoryMigrations],
  });
  const settings = await testConfig({ DATABASE_URL: database.url });
  ({ remove } = settings);
  const testing = await Test.createTestingModule({ imports: [TestModule] })
    .overrideProvider(Config)
    .useValue(settings.config)
    .overrideProvider(LOGGER)
    .useValue(createLogger({ level: 'silent', service: 'test' }))
    .compile();
  app = testing.createNestApplication<NestExpressApplication>({ bodyParser: false });
  configureHttp(app, { catalogues: [auditProblems, directoryProblems] });
  await app.init();
  await database.unitOfWork.run(aSystem(), (tx) => seedDemoPeople(tx, 'one-node'));
});

afterAll(async () => {
  await app.close();
  await database.drop();
  await remove();
});

const get = (path: string): supertest.Test =>
  supertest(app.getHttpServer()).get(`/api/v1${path}`).set('Cookie', 'clerk');

describe('GET /api/v1/agencies', () => {
  it('finds by words without marks and pages with a cursor', async () => {
    const response = await get('/agencies?q=tinh%20uy&limit=1').expect(200);
    const first = response.body as { items: { name: string }[]; next: string };
    expect(first.items).toHaveLength(1);
    const rest = await get(`/agencies?q=tinh%20uy&cursor=${encodeURIComponent(first.next)}`).expect(200);
    const names = (rest.body as typeof first).items.map(({ name }) => name);
    expect(names).toContain('Văn phòng Tỉnh ủy Lam Giang');
    expect(names).not.toContain(first.items[0]!.name);
  });

  it('refuses unknown blocs, fields and cursors with a stable code', async () => {
    for (const [query, code] of [
      ['bloc=khac', 'VALIDATION_FAILED'],
      ['sort=name', 'VALIDATION_FAILED'],
      ['limit=101', 'VALIDATION_FAILED'],
      ['cursor=abc', 'VALIDATION_FAILED'],
    ] as const) {
      const response = await get(`/agencies?${query}`).expect(400);
      expect(response.body).toMatchObject({ code });
    }
  });

  it('shows nothing to somebody who is not logged in', async () => {
    await supertest(app.getHttpServer()).get('/api/v1/agencies').expect(401);
  });
});

describe('GET /api/v1/people', () => {
  interface Page {
    readonly items: readonly {
      id: string;
      fullName: string;
      posts: readonly { title: string; roles: string[] }[];
    }[];
    readonly next: string | null;
  }
  const found = async (query: string): Promise<Page> =>
    (await get(`/people?${query}`).expect(200)).body as Page;
  const names = async (query: string): Promise<readonly string[]> =>
    (await found(query)).items.map(({ fullName }) => fullName);

  it('finds people of the own agency by name or title, without marks, in the order of given names', async () => {
    expect(await names('query=nguyen%20anh')).toEqual(['Nguyễn Thị Ánh Tuyết']);
    expect(await names('query=bi%20thu')).toEqual(['Hoàng Văn Khải', 'Nguyễn Thị Ánh Tuyết']);
    expect(await names('')).toEqual([
      'Trần Quốc Bảo',
      'Phạm Thị Ngọc Diệp',
      'Hoàng Văn Khải',
      'Bùi Đức Nghĩa',
      'Dương Minh Triết',
      'Nguyễn Thị Ánh Tuyết',
    ]);
    expect(await names('query=thang')).toEqual([]);
  });

  it('finds whoever has a role or serves in a body, with the posts that fit', async () => {
    expect(await names('role=leader')).toEqual(['Hoàng Văn Khải', 'Nguyễn Thị Ánh Tuyết']);
    const [body] = demoDirectory.bodies.filter(({ agencyId }) => agencyId === clerk.agencyId);
    const { items } = await found(`body=${body!.id}&query=dau%20thu`);
    expect(items).toEqual([]);
    expect(await found(`body=${body!.id}&role=clerk`)).toMatchObject({
      items: [{ fullName: 'Phạm Thị Ngọc Diệp', posts: [{ title: 'VĂN THƯ', roles: ['clerk'] }] }],
      next: null,
    });
    expect(await names(`body=${newId()}`)).toEqual([]);
  });

  it('keeps those of one given name together', async () => {
    await database.unitOfWork.run(aSystem(), async (tx) => {
      const [post] = demoDirectory.posts.filter(({ agencyId }) => agencyId === clerk.agencyId);
      for (const fullName of ['Nguyễn Quỳnh Ấn', 'Đỗ Quỳnh Ân', 'Trần Quỳnh Ân', 'Lê Quỳnh Ấn']) {
        const person = { id: newId(), fullName };
        await enterPerson(tx, person);
        const held = { id: newId(), personId: person.id, postId: post!.id, agencyId: clerk.agencyId };
        await enterAppointment(tx, {
          ...held,
          ...{ roles: ['drafter'], acting: false, validFrom: '2020-01-01', validTo: null },
        });
      }
    });
    expect(await names('query=quynh')).toEqual([
      'Đỗ Quỳnh Ân',
      'Trần Quỳnh Ân',
      'Lê Quỳnh Ấn',
      'Nguyễn Quỳnh Ấn',
    ]);
  });

  it('shows nobody whose appointment has ended, and pages by names', async () => {
    const day = { validFrom: '2020-01-01', validTo: null };
    await database.unitOfWork.run(aSystem(), async (tx) => {
      const [post] = demoDirectory.posts.filter(({ agencyId }) => agencyId === clerk.agencyId);
      for (let index = 0; index < 60; index += 1) {
        const person = { id: newId(), fullName: `Lữ Đông ${String(index).padStart(2, '0')}` };
        await enterPerson(tx, person);
        const appointment = { id: newId(), personId: person.id, postId: post!.id, agencyId: clerk.agencyId };
        const end = index < 55 ? null : '2024-01-01';
        await enterAppointment(tx, {
          ...appointment,
          roles: ['drafter'],
          acting: false,
          ...day,
          validTo: end,
        });
      }
    });
    const first = await found('query=lu%20dong');
    expect(first.items).toHaveLength(50);
    const rest = await found(`query=lu%20dong&cursor=${encodeURIComponent(first.next ?? '')}`);
    expect(rest.items.map(({ fullName }) => fullName)).toEqual(
      [50, 51, 52, 53, 54].map((index) => `Lữ Đông ${index}`),
    );
    expect(rest.next).toBeNull();
    await get('/people?cursor=abc').expect(400);
  });
});

describe('GET /api/v1/agencies/:id and /api/v1/people/:id', () => {
  it('answer what the directory has', async () => {
    const { id, code, name, contact080 } = demoAgency('ubnd');
    const agency = { id, code, name, contact080, nodeId: 'node-1' };
    const found = await get(`/agencies/${agency.id}`).expect(200);
    expect(found.body).toMatchObject(agency);
    const bodies = demoDirectory.bodies.filter((body) => body.agencyId === agency.id);
    expect((found.body as { bodies: unknown[] }).bodies).toHaveLength(bodies.length);
    const person = await get(`/people/${demoPerson('lanhdao.vptu').id}`).expect(200);
    expect(person.body).toMatchObject({
      fullName: 'Lý Quang Thắng',
      appointments: [{ agencyName: 'Văn phòng Tỉnh ủy Lam Giang', post: { title: 'CHÁNH VĂN PHÒNG' } }],
    });
  });

  it('answer 404 in both languages for what it has not, and 400 for what is no id', async () => {
    const agency = await get(`/agencies/${newId()}`).expect(404);
    expect(agency.body).toMatchObject({ code: 'AGENCY_NOT_FOUND' });
    const person = await get(`/people/${newId()}`).expect(404);
    expect(person.body).toMatchObject({ code: 'PERSON_NOT_FOUND' });
    await get('/people/1').expect(400);
  });
});

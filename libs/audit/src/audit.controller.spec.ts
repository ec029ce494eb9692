import { Controller, Get, Module } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import type { Request } from 'express';
import supertest from 'supertest';
import type { Actor, Page, PolicyDecision } from '#platform';
import {
  ACTOR_RESOLVER,
  anonymousActor,
  Config,
  configureHttp,
  createLogger,
  currentRequestContext,
  CurrentActor,
  LOGGER,
  platformMigrations,
  POLICY_GUARD,
  problem,
  PublicRoute,
} from '#platform';
import type { TestDatabase } from '#platform/testing';
import { anAnonymous, aPerson, aSystem, testConfig, testDatabase } from '#platform/testing';
import { AuditTrail } from './audit-trail';
import { AuditModule } from './audit.module';
import type { EntryV1 } from './entry-format';
import { auditProblems } from './errors';
import type { FoundEntry } from './find-entries';
import { FindEntries } from './find-entries';
import { auditMigrations } from './index';

const inspector = aPerson({ roles: ['inspector'] });

@Controller('refuse')
class RefusingController {
  constructor(private readonly trail: AuditTrail) {}

  /** As a use case does that has more to say about a denial than the general recorder. */
  @Get('recorded')
  @PublicRoute('for the test')
  async recorded(@CurrentActor() actor: Actor): Promise<never> {
    await this.trail.record(actor, {
      action: 'access.denied',
      outcome: 'denied',
      code: 'NOT_FOUND',
      subject: { type: 'letter', id: '7' },
    });
    throw problem('NOT_FOUND');
  }
}

@Module({
  imports: [AuditModule],
  controllers: [RefusingController],
  providers: [
    {
      provide: ACTOR_RESOLVER,
      useValue: {
        resolve: (request: Request): Promise<Actor> =>
          Promise.resolve(
            request.headers.cookie === 'inspector'
              ? { ...inspector, requestId: currentRequestContext()?.requestId ?? '' }
              : anonymousActor(request),
          ),
      },
    },
    {
      provide: POLICY_GUARD,
      useValue: {
        decide: (actor: Actor, policy: string): Promise<PolicyDecision> =>
          Promise.resolve(
            actor.kind === 'person' && policy === 'audit.read'
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
let removeData: () => Promise<void>;

beforeAll(async () => {
  database = await testDatabase({ migrations: [...platformMigrations, ...auditMigrations] });
  const { config, remove } = await testConfig({ DATABASE_URL: database.url });
  removeData = remove;
  const built = await Test.createTestingModule({ imports: [TestModule] })
    .overrideProvider(Config)
    .useValue(config)
    .overrideProvider(LOGGER)
    .useValue(createLogger({ level: 'silent', service: 'test' }))
    .compile();
  app = built.createNestApplication<NestExpressApplication>({ bodyParser: false });
  configureHttp(app, { catalogues: [auditProblems] });
  await app.init();
});
afterAll(async () => {
  await app.close();
  await database.drop();
  await removeData();
});

const get = (path: string, cookie = 'inspector'): supertest.Test =>
  supertest(app.getHttpServer()).get(path).set('Cookie', cookie);

async function entriesOf(requestId: string | undefined): Promise<readonly EntryV1[]> {
  const { items } = await app.get(FindEntries, { strict: false }).find(aSystem(), { limit: 200 });
  return items.map(({ entry }) => entry).filter(({ actor }) => actor.request === requestId);
}

describe('GET /api/v1/audit/entries', () => {
  it('answers entries with their exact bytes, and records the search before it answers', async () => {
    await app
      .get(AuditTrail, { strict: false })
      .record(anAnonymous(), { action: 'key.locked', outcome: 'denied' });
    const response = await get('/api/v1/audit/entries?action=key.locked').expect(200);
    const { items: entries, next } = response.body as Page<FoundEntry>;
    expect(next).toBeNull();
    expect(entries).toHaveLength(1);
    expect(JSON.parse(Buffer.from(entries[0]!.bytes, 'base64').toString())).toEqual(entries[0]!.entry);
    expect(await entriesOf(response.headers['x-request-id'])).toMatchObject([
      {
        action: 'audit.read',
        outcome: 'success',
        actor: { person: inspector.personId },
        details: { entries: 1 },
      },
    ]);
  });

  it.each([
    ['documentId=1', 'documentId'],
    ['action=document.burnt', 'action'],
    ['from=yesterday', 'from'],
    ['to=2026-02-31T99:00:00Z', 'to'],
    ['to=2026-02-31T10:00:00Z', 'to'],
    ['from=0000-01-01T00:00:00Z', 'from'],
    ['from=9999-12-31T23:59:00-07:00', 'from'],
    ['limit=201', 'limit'],
    ['order=asc', 'order'],
  ])('refuses %s and names the field', async (query, field) => {
    const response = await get(`/api/v1/audit/entries?${query}`).expect(400);
    expect(response.body).toMatchObject({ code: 'VALIDATION_FAILED', errors: [{ field }] });
  });

  it('refuses a cursor that is not one of ours', async () => {
    const response = await get('/api/v1/audit/entries?cursor=abc').expect(400);
    expect(response.body).toMatchObject({ code: 'VALIDATION_FAILED', errors: [{ code: 'CURSOR_UNKNOWN' }] });
  });
});

describe('a refused request', () => {
  it('of nobody known is a denial in the trail', async () => {
    const response = await get('/api/v1/audit/entries', 'x').expect(401);
    expect(await entriesOf(response.headers['x-request-id'])).toMatchObject([
      {
        action: 'access.denied',
        outcome: 'denied',
        code: 'NOT_LOGGED_IN',
        actor: { kind: 'anonymous' },
        details: { method: 'GET', route: '/api/v1/audit/entries', status: 401 },
      },
    ]);
  });

  it('with bad input leaves exactly one entry, with its code', async () => {
    const response = await get('/api/v1/audit/entries?limit=x').expect(400);
    expect(await entriesOf(response.headers['x-request-id'])).toMatchObject([
      {
        action: 'request.refused',
        outcome: 'failed',
        code: 'VALIDATION_FAILED',
        actor: { person: inspector.personId },
      },
    ]);
  });

  it('to an unknown path is recorded too, with whoever sent it', async () => {
    const response = await get('/api/v1/nothing/%E0%A4%A').expect(404);
    const other = await get('/api/v1/nothing').expect(404);
    for (const { headers } of [response, other])
      expect(await entriesOf(headers['x-request-id'] as string)).toHaveLength(1);
  });

  it('that its use case recorded in more detail leaves no second entry', async () => {
    const response = await get('/refuse/recorded').expect(404);
    expect(await entriesOf(response.headers['x-request-id'])).toMatchObject([
      { action: 'access.denied', code: 'NOT_FOUND', subject: { type: 'letter', id: '7' } },
    ]);
  });

  it('is answered 503 when it cannot be recorded', async () => {
    await database.ownerDataSource.query('REVOKE INSERT ON audit.entry FROM sealpost_app');
    await database.ownerDataSource.query('REVOKE INSERT (bytes) ON audit.entry FROM sealpost_app');
    try {
      expect((await get('/refuse/recorded').expect(503)).body).toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
      expect((await get('/api/v1/audit/entries').expect(503)).body).not.toHaveProperty('items');
    } finally {
      await database.ownerDataSource.query(
        'GRANT INSERT (bytes, at, action, outcome, person_id, agency_id, document_id) ON audit.entry TO sealpost_app',
      );
    }
  });
});

import {
  Body,
  Controller,
  Get,
  HttpCode,
  Module,
  Param,
  Post,
  Query,
  UploadedFile,
  UseInterceptors,
} from '@nestjs/common';
import { FileInterceptor } from '@nestjs/platform-express';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import type { Request } from 'express';
import { Writable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import supertest from 'supertest';
import type { Actor, PersonActor } from '../actor/actor';
import { Config } from '../config/config';
import { HealthModule } from '../health/health.module';
import { UploadIdempotencyInterceptor } from '../idempotency/idempotency-interceptor';
import { keptFor } from '../idempotency/idempotency-keys';
import { IdempotencyUpkeep } from '../idempotency/idempotency-upkeep';
import type { Replay } from '../idempotency/replay-recorder';
import { REPLAY_RECORDER } from '../idempotency/replay-recorder';
import { newId } from '../ids';
import { createLogger, LOGGER } from '../logs/logger';
import { platformMigrations } from '../migrations';
import { PlatformModule } from '../platform-module';
import { problem } from '../problems/problem';
import type { Refusal } from '../problems/refusal-recorder';
import { REFUSAL_RECORDER } from '../problems/refusal-recorder';
import type { TestDatabase } from '../testing';
import { aPerson, testConfig, testDatabase } from '../testing';
import { testServer } from '../testing/test-server';
import { UnitOfWork } from '../database/unit-of-work';
import { Clock, TestClock } from '../time/clock';
import { configureHttp } from './configure-http';
import { CurrentActor } from './current-actor';
import { Count, DateOnly, Id, IdList, ListOf, OneOf, Text } from './fields';
import { listRoutes } from './list-routes';
import { openApiDocument, setupOpenApi } from './openapi';
import { ACTOR_RESOLVER, POLICY_GUARD, PublicRoute, RequirePolicy } from './policy';

class FileNote {
  @Text({ max: 20 }) readonly title: string;
}

class Letter {
  @Text({ max: 40 }) readonly abstract: string;
  @OneOf([0, 1, 2]) readonly urgency: number;
  @DateOnly({ optional: true }) readonly due?: string;
  @IdList({ max: 3, unique: true }) readonly recipients: string[];
  @ListOf(() => FileNote, { max: 2, optional: true }) readonly files?: FileNote[];
}

class Page {
  @Count({ min: 1, max: 50, optional: true }) readonly limit?: number;
}

class LetterId {
  @Id() readonly id: string;
}

let carriedOut = 0;
let behaviour: () => unknown = () => undefined;

@Controller('api/v1')
class LetterController {
  @Post('letters')
  @RequirePolicy('letter.write')
  write(@CurrentActor() actor: Actor, @Body() letter: Letter): object {
    carriedOut += 1;
    return { n: carriedOut, kind: actor.kind, abstract: letter.abstract, due: letter.due ?? null };
  }

  @Get('letters/:id')
  @RequirePolicy('letter.read')
  read(@Param() { id }: LetterId, @Query() page: Page): object {
    return { id, limit: page.limit ?? null };
  }

  @Post('behave')
  @HttpCode(202)
  @RequirePolicy('letter.write')
  async behave(): Promise<unknown> {
    carriedOut += 1;
    return await behaviour();
  }

  @Post('files')
  @RequirePolicy('letter.write')
  @UseInterceptors(FileInterceptor('file', { limits: { fileSize: 1000 } }), UploadIdempotencyInterceptor)
  upload(@UploadedFile() file: { size: number }): object {
    carriedOut += 1;
    return { n: carriedOut, size: file.size };
  }

  @Get('forgotten')
  forgotten(): string {
    return 'nobody may see this';
  }

  @Get('secret')
  @RequirePolicy('secret.read')
  secret(): string {
    return 'nor this';
  }

  @Get('open')
  @PublicRoute('for the test')
  open(@CurrentActor() actor: Actor): object {
    return { kind: actor.kind };
  }
}

const person = aPerson();
const replays: Replay[] = [];
/** Where the person acts now. */
let office: Partial<PersonActor> = {};
const refusals: Refusal[] = [];
let recorderFails = false;

@Module({
  imports: [PlatformModule, HealthModule],
  controllers: [LetterController],
  providers: [
    {
      provide: ACTOR_RESOLVER,
      useValue: {
        resolve: (request: Request): Promise<Actor> =>
          Promise.resolve(
            request.headers.cookie === 'known=yes'
              ? { ...person, ...office }
              : { kind: 'anonymous', ip: '', requestId: '' },
          ),
      },
    },
    {
      provide: POLICY_GUARD,
      useValue: {
        decide: (actor: Actor, policy: string) =>
          Promise.resolve(
            actor.kind !== 'person'
              ? { allowed: false, code: 'NOT_LOGGED_IN' }
              : policy === 'secret.read'
                ? { allowed: false, code: 'ACCESS_DENIED' }
                : { allowed: true },
          ),
      },
    },
    {
      provide: REPLAY_RECORDER,
      useValue: {
        record: (replay: Replay): Promise<void> => {
          if (recorderFails) return Promise.reject(new Error('disk full'));
          replays.push(replay);
          return Promise.resolve();
        },
      },
    },
    {
      provide: REFUSAL_RECORDER,
      useValue: {
        record: (refusal: Refusal): Promise<void> => {
          if (recorderFails) return Promise.reject(new Error('disk full'));
          refusals.push(refusal);
          return Promise.resolve();
        },
      },
    },
  ],
})
class LetterModule {}

/** A table whose rows make COMMIT wait, long enough to cut the connection in the middle of it. */
const slowCommit = `
  CREATE TABLE platform.slow (n integer);
  GRANT INSERT ON platform.slow TO sealpost_app;
  CREATE FUNCTION platform.wait() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(20); RETURN NULL; END';
  CREATE CONSTRAINT TRIGGER wait AFTER INSERT ON platform.slow
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION platform.wait();`;
const cutCommits = `
  SELECT pg_terminate_backend(pid) FROM pg_stat_activity
   WHERE datname = $1 AND query = 'COMMIT' AND state = 'active'`;

let db: TestDatabase;
let app: NestExpressApplication;
let removeData: () => Promise<void>;
const clock = new TestClock('2025-11-21T02:00:00Z');
const logged: string[] = [];

beforeAll(async () => {
  db = await testDatabase({ migrations: platformMigrations });
  const { config, remove } = await testConfig({ DATABASE_URL: db.url });
  removeData = remove;
  const destination = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      logged.push(chunk.toString());
      done();
    },
  });
  const built = await Test.createTestingModule({ imports: [LetterModule] })
    .overrideProvider(Config)
    .useValue(config)
    .overrideProvider(Clock)
    .useValue(clock)
    .overrideProvider(LOGGER)
    .useValue(createLogger({ level: 'info', service: 'test', destination }))
    .compile();
  app = built.createNestApplication<NestExpressApplication>({ bodyParser: false });
  configureHttp(app, {
    catalogues: [{ SEAL_MISSING: { status: 409, vi: 'Thiếu dấu.', en: 'The seal is missing.' } }],
  });
  setupOpenApi(app);
  await app.init();
});
afterAll(async () => {
  await app.close();
  await db.drop();
  await removeData();
});
beforeEach(() => {
  carriedOut = 0;
  behaviour = () => undefined;
  refusals.length = 0;
  replays.length = 0;
  office = {};
  recorderFails = false;
});

const client = (): ReturnType<typeof supertest> => supertest(app.getHttpServer());
/** supertest's own type of a body is any. */
const bodyOf = (response: { body: unknown }): unknown => response.body;
const letter = { abstract: 'Về việc nộp hồ sơ', urgency: 1, recipients: [] };
const post = (path: string, body: object | string = {}): supertest.Test =>
  client().post(path).set('Cookie', 'known=yes').set('Content-Type', 'application/json').send(body);

describe('problem answers', () => {
  it('answer a known code in both languages, with the request id of the header', async () => {
    behaviour = () => {
      throw problem('SEAL_MISSING', { facts: { attempts: 2 } });
    };
    const response = await post('/api/v1/behave')
      .expect(409)
      .expect('Content-Type', /^application\/problem\+json/);
    expect(response.body).toEqual({
      type: '/docs/errors.md#SEAL_MISSING',
      title: 'The seal is missing.',
      status: 409,
      code: 'SEAL_MISSING',
      detail: { vi: 'Thiếu dấu.', en: 'The seal is missing.' },
      errors: [],
      requestId: response.headers['x-request-id'],
      attempts: 2,
    });
  });

  it('tell nothing of an unexpected error but log it', async () => {
    behaviour = () => {
      throw Object.assign(new Error('password=hunter2 at /srv/secret.ts'), { code: 'ENOENT' });
    };
    const body = bodyOf(await post('/api/v1/behave').expect(500));
    expect(body).toMatchObject({ code: 'INTERNAL_ERROR' });
    expect(JSON.stringify(body)).not.toMatch(/hunter2|secret|stack/);
    expect(logged.join('')).toContain('hunter2');
  });

  it.each([
    ['its port', 'connect ECONNREFUSED 127.0.0.1:5432', { code: 'ECONNREFUSED' }],
    ['its socket', 'connect ENOENT /srv/socket/.s.PGSQL.5432', { code: 'ENOENT', syscall: 'connect' }],
  ])('tell a database that is away at %s from an error of ours', async (_, message, facts) => {
    behaviour = () => {
      throw Object.assign(new Error(message), facts);
    };
    const body = bodyOf(await post('/api/v1/behave').expect(503));
    expect(body).toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
  });

  it('answer an unknown address', async () => {
    const body = bodyOf(await client().get('/api/v1/nothing?q=x').expect(404));
    expect(body).toMatchObject({ code: 'NOT_FOUND' });
    expect(JSON.stringify(body)).not.toContain('nothing');
  });

  it.each([
    ['broken JSON', '{"abstract": '],
    ['nesting without end', '['.repeat(5000) + ']'.repeat(5000)],
    ['a name that occurs twice', '{"abstract":"a","\\u0061bstract":"b","urgency":1,"recipients":[]}'],
    ['a name that reaches prototypes', '{"__proto__":{"admin":true}}'],
    ['a bare string', '"x"'],
  ])('refuse %s as MALFORMED_BODY', async (_, text) => {
    const body = bodyOf(await post('/api/v1/letters', text).expect(400));
    expect(body).toMatchObject({ code: 'MALFORMED_BODY' });
  });

  it('refuse a body over its limit, and a compression that is not known', async () => {
    const large = await post('/api/v1/letters', JSON.stringify({ abstract: 'x'.repeat(300_000) })).expect(
      413,
    );
    expect(large.body).toMatchObject({ code: 'BODY_TOO_LARGE' });
    const odd = await post('/api/v1/letters', '{}').set('Content-Encoding', 'zip').expect(415);
    expect(odd.body).toMatchObject({ code: 'UNSUPPORTED_MEDIA_TYPE' });
  });

  it('refuse a file over its limit', async () => {
    const body = bodyOf(
      await client()
        .post('/api/v1/files')
        .set('Cookie', 'known=yes')
        .attach('file', Buffer.alloc(2000), 'a.pdf')
        .expect(413),
    );
    expect(body).toMatchObject({ code: 'BODY_TOO_LARGE' });
  });
});

describe('checks of input', () => {
  it('name every field that is wrong, in both languages', async () => {
    const body = bodyOf(
      await post('/api/v1/letters', {
        abstract: 'hai\u202edòng',
        urgency: 9,
        due: '2025-02-30',
        recipients: [newId(), 'x'],
        files: [{ title: 'ok' }, { title: '', extra: 1 }],
        admin: true,
      }).expect(400),
    );
    const { code, errors } = body as { code: string; errors: { field: string; code: string; vi: string }[] };
    expect(code).toBe('VALIDATION_FAILED');
    expect(Object.fromEntries(errors.map((error) => [error.field, error.code]))).toEqual({
      abstract: 'NOT_PLAIN_TEXT',
      urgency: 'NOT_IN_LIST',
      due: 'NOT_A_DATE',
      recipients: 'NOT_AN_ID',
      'files[1].title': 'TOO_SHORT',
      'files[1].extra': 'UNKNOWN_FIELD',
      admin: 'UNKNOWN_FIELD',
    });
    expect(errors.every((error) => error.vi.length > 5)).toBe(true);
    expect(carriedOut).toBe(0);
  });

  it('ask for what is missing', async () => {
    const body = bodyOf(await post('/api/v1/letters', {}).expect(400));
    expect(body).toMatchObject({
      errors: [
        { field: 'abstract', code: 'REQUIRED' },
        { field: 'urgency', code: 'REQUIRED' },
        { field: 'recipients', code: 'REQUIRED' },
      ],
    });
  });

  it('convert numbers of a query, and refuse identifiers that are none', async () => {
    const id = newId();
    await client()
      .get(`/api/v1/letters/${id}?limit=5`)
      .set('Cookie', 'known=yes')
      .expect(200, { id, limit: 5 });
    await client().get(`/api/v1/letters/${id}?limit=51`).set('Cookie', 'known=yes').expect(400);
    await client().get(`/api/v1/letters/${id}?limit=5&limit=6`).set('Cookie', 'known=yes').expect(400);
    await client().get('/api/v1/letters/1').set('Cookie', 'known=yes').expect(400);
  });
});

describe('the guard', () => {
  it('denies a route that names no policy, even to people known', async () => {
    await client().get('/api/v1/forgotten').set('Cookie', 'known=yes').expect(403);
  });

  it('answers what the policy decides', async () => {
    await client().get('/api/v1/secret').set('Cookie', 'known=yes').expect(403);
    const body = bodyOf(await client().get('/api/v1/secret').expect(401));
    expect(body).toMatchObject({ code: 'NOT_LOGGED_IN' });
  });

  it('lets anybody into a public route', async () => {
    await client().get('/api/v1/open').expect(200, { kind: 'anonymous' });
  });
});

describe('refusals', () => {
  it('are recorded with who, where and why before the answer', async () => {
    await client().get('/api/v1/secret').set('Cookie', 'known=yes').expect(403);
    expect(refusals).toEqual([
      expect.objectContaining({
        actor: person,
        method: 'GET',
        route: '/api/v1/secret',
        status: 403,
        code: 'ACCESS_DENIED',
      }),
    ]);
  });

  it('know the person also where no route was reached', async () => {
    await client().get('/api/v1/nothing?name=nobody').set('Cookie', 'known=yes').expect(404);
    expect(refusals).toEqual([
      expect.objectContaining({ actor: person, route: '/api/v1/nothing', code: 'NOT_FOUND' }),
    ]);
    await post('/api/v1/letters', '{').expect(400);
    expect(refusals[1]).toMatchObject({ actor: person, code: 'MALFORMED_BODY' });
  });

  it('that cannot be recorded are answered as SERVICE_UNAVAILABLE', async () => {
    recorderFails = true;
    const body = bodyOf(await client().get('/api/v1/secret').set('Cookie', 'known=yes').expect(503));
    expect(body).toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
  });
});

describe('an Idempotency-Key', () => {
  it('has a request carried out once and answered the same again', async () => {
    const key = newId();
    const first = await post('/api/v1/letters', letter).set('Idempotency-Key', key).expect(201);
    const second = await post('/api/v1/letters', letter).set('Idempotency-Key', key).expect(201);
    expect(second.body).toEqual(first.body);
    expect(second.headers['idempotency-replayed']).toBe('true');
    expect(carriedOut).toBe(1);
  });

  it('leaves an entry of every repeated answer, and repeats none that cannot be recorded', async () => {
    const key = newId();
    await post('/api/v1/letters', letter).set('Idempotency-Key', key).expect(201);
    expect(replays).toEqual([]);
    await post('/api/v1/letters', letter).set('Idempotency-Key', key).expect(201);
    expect(replays).toMatchObject([
      { actor: { personId: person.personId }, method: 'POST', path: '/api/v1/letters', status: 201 },
    ]);
    recorderFails = true;
    const body = bodyOf(await post('/api/v1/letters', letter).set('Idempotency-Key', key).expect(503));
    expect(body).not.toHaveProperty('abstract');
  });

  it('says of a repeated refusal which it was', async () => {
    const key = newId();
    behaviour = () => {
      throw problem('SEAL_MISSING');
    };
    await post('/api/v1/behave').set('Idempotency-Key', key).expect(409);
    await post('/api/v1/behave').set('Idempotency-Key', key).expect(409);
    expect(replays).toMatchObject([{ status: 409, code: 'SEAL_MISSING' }]);
  });

  it.each<[string, Partial<PersonActor>]>([
    ['agency', { agencyId: newId() }],
    ['post', { postId: newId() }],
    ['roles', { roles: ['clerk', 'inspector'] }],
  ])('is not answered to the same person in an office of other %s', async (_, given) => {
    const key = newId();
    await post('/api/v1/letters', letter).set('Idempotency-Key', key).expect(201);
    office = given;
    const body = bodyOf(await post('/api/v1/letters', letter).set('Idempotency-Key', key).expect(403));
    expect(body).toMatchObject({ code: 'IDEMPOTENCY_OTHER_OFFICE' });
    expect(body).not.toHaveProperty('abstract');
    office = {};
    await post('/api/v1/letters', letter).set('Idempotency-Key', key).expect(201);
    expect(carriedOut).toBe(1);
  });

  it('keeps status and an empty body as they were', async () => {
    const key = newId();
    await post('/api/v1/behave').set('Idempotency-Key', key).expect(202, '');
    await post('/api/v1/behave').set('Idempotency-Key', key).expect(202, '');
    expect(carriedOut).toBe(1);
  });

  it('is refused for another body', async () => {
    const key = newId();
    await post('/api/v1/letters', letter).set('Idempotency-Key', key).expect(201);
    const body = bodyOf(
      await post('/api/v1/letters', { ...letter, urgency: 2 })
        .set('Idempotency-Key', key)
        .expect(422),
    );
    expect(body).toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
    expect(carriedOut).toBe(1);
  });

  it('means something else on another route', async () => {
    const key = newId();
    await post('/api/v1/behave', {}).set('Idempotency-Key', key).expect(202);
    await post('/api/v1/letters', letter).set('Idempotency-Key', key).expect(201);
    expect(carriedOut).toBe(2);
  });

  it('lets one of many at once through; the others are told to wait', async () => {
    const key = newId();
    behaviour = () => new Promise((done) => setTimeout(done, 300));
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => post('/api/v1/behave').set('Idempotency-Key', key)),
    );
    expect(answers.map((answer) => answer.status).sort()).toEqual([
      202,
      ...Array.from({ length: 7 }, () => 409),
    ]);
    expect(
      answers.filter((answer) => (answer.body as { code?: string }).code === 'IDEMPOTENCY_IN_PROGRESS'),
    ).toHaveLength(7);
    expect(carriedOut).toBe(1);
  });

  it('keeps a refusal too, and records it each time', async () => {
    const key = newId();
    behaviour = () => {
      throw problem('SEAL_MISSING', { facts: { attempts: 1 } });
    };
    await post('/api/v1/behave').set('Idempotency-Key', key).expect(409);
    const body = bodyOf(await post('/api/v1/behave').set('Idempotency-Key', key).expect(409));
    expect(body).toMatchObject({ code: 'SEAL_MISSING', attempts: 1 });
    expect(carriedOut).toBe(1);
    expect(refusals).toHaveLength(2);
  });

  it('is given back when we failed', async () => {
    const key = newId();
    behaviour = () => {
      throw new Error('ours');
    };
    await post('/api/v1/behave').set('Idempotency-Key', key).expect(500);
    behaviour = () => ({ done: true });
    await post('/api/v1/behave').set('Idempotency-Key', key).expect(202, { done: true });
  });

  describe('when the database goes away', () => {
    const gone = (): Error => new Error('Connection terminated unexpectedly');
    const settlingFailsOnce = (): void => {
      jest.spyOn(app.get(UnitOfWork, { strict: false }), 'statement').mockRejectedValueOnce(gone());
    };
    const again = async (key: string): Promise<supertest.Response> => {
      for (let tries = 0; tries < 40; tries += 1) {
        const answer = await post('/api/v1/behave').set('Idempotency-Key', key);
        if ((answer.body as { code?: string }).code !== 'IDEMPOTENCY_IN_PROGRESS') return answer;
        await pause(50);
      }
      throw new Error('the key stays taken');
    };
    afterEach(() => jest.restoreAllMocks());

    it('after the work, answers and keeps the answer as soon as the database is back', async () => {
      const key = newId();
      behaviour = () => {
        settlingFailsOnce();
        return { done: true };
      };
      await post('/api/v1/behave').set('Idempotency-Key', key).expect(202, { done: true });
      const replayed = await again(key);
      expect(replayed).toMatchObject({ status: 202, body: { done: true } });
      expect(carriedOut).toBe(1);
    });

    it('before the work is done, gives the key back as soon as the database is back', async () => {
      const key = newId();
      behaviour = () => {
        settlingFailsOnce();
        throw gone();
      };
      await post('/api/v1/behave').set('Idempotency-Key', key).expect(503);
      behaviour = () => ({ done: true });
      expect(await again(key)).toMatchObject({ status: 202, body: { done: true } });
      expect(carriedOut).toBe(2);
    });

    it('while it commits, does not give the key back: it may have been done', async () => {
      await db.ownerDataSource.query(slowCommit);
      const key = newId();
      behaviour = () =>
        app
          .get(UnitOfWork, { strict: false })
          .run(person, (tx) => tx.execute('INSERT INTO platform.slow VALUES (1)'));
      const answering = post('/api/v1/behave').set('Idempotency-Key', key).expect(503);
      const admin = new Client({ connectionString: (await testServer()).adminUrl });
      await admin.connect();
      const database = new URL(db.url).pathname.slice(1);
      const cutting = (async () => {
        while ((await admin.query(cutCommits, [database])).rowCount === 0) await pause(20);
      })();
      await Promise.all([answering, cutting]);
      await admin.end();
      behaviour = () => ({ done: true });
      const body = bodyOf(await post('/api/v1/behave').set('Idempotency-Key', key).expect(409));
      expect(body).toMatchObject({ code: 'IDEMPOTENCY_IN_PROGRESS' });
      expect(carriedOut).toBe(1);
    });
  });

  it('says that the outcome is unknown when the process died in the middle', async () => {
    const key = newId();
    await post('/api/v1/behave').set('Idempotency-Key', key).expect(202);
    await db.ownerDataSource.query(
      "UPDATE platform.idempotency_key SET status = NULL, created_at = created_at - interval '10 minutes' WHERE key = $1",
      [key],
    );
    const body = bodyOf(await post('/api/v1/behave').set('Idempotency-Key', key).expect(409));
    expect(body).toMatchObject({ code: 'IDEMPOTENCY_OUTCOME_UNKNOWN' });
    expect(carriedOut).toBe(1);
  });

  it('is forgotten after 24 hours and purged', async () => {
    const key = newId();
    await post('/api/v1/behave').set('Idempotency-Key', key).expect(202);
    clock.advance(keptFor + 1000);
    await post('/api/v1/behave').set('Idempotency-Key', key).expect(202);
    expect(carriedOut).toBe(2);
    await app.get(IdempotencyUpkeep, { strict: false }).purge();
    const [{ count } = { count: -1 }] = await db.ownerDataSource.query<{ count: number }[]>(
      'SELECT count(*)::int AS count FROM platform.idempotency_key',
    );
    expect(count).toBe(1);
  });

  it('of an odd form is refused', async () => {
    await post('/api/v1/behave').set('Idempotency-Key', 'short').expect(400);
  });

  it('tells uploads apart by the content of their files', async () => {
    const key = newId();
    const send = (content: string): supertest.Test =>
      client()
        .post('/api/v1/files')
        .set('Cookie', 'known=yes')
        .set('Idempotency-Key', key)
        .attach('file', Buffer.from(content), 'a.pdf');
    await send('same length A').expect(201, { n: 1, size: 13 });
    await send('same length A').expect(201, { n: 1, size: 13 });
    await send('same length B').expect(422);
  });
});

describe('logs and headers', () => {
  it('carry the request id and neither cookie nor query', async () => {
    logged.length = 0;
    const response = await client().get('/api/v1/open?q=tim-kiem').set('Cookie', 'known=yes').expect(200);
    const lines = logged.join('');
    expect(lines).toContain(String(response.headers['x-request-id']));
    expect(lines).not.toMatch(/known=yes|tim-kiem/);
  });

  it('hide secrets wherever they are logged', () => {
    logged.length = 0;
    app
      .get<{ info(o: object): void }>(LOGGER, { strict: false })
      .info({ password: 'hunter2', body: { pin: '123456', csrfToken: 'abc' } });
    expect(logged.join('')).not.toMatch(/hunter2|123456|abc/);
  });

  it('name no framework and forbid framing', async () => {
    const { headers } = await client().get('/api/v1/open');
    expect(headers['x-powered-by']).toBeUndefined();
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(headers['cache-control']).toBe('no-store');
  });
});

describe('long answers', () => {
  const list = { items: Array.from({ length: 50 }, (_, n) => ({ n, abstract: 'Về việc nộp hồ sơ' })) };

  it('come compressed to whoever can read that, and plain to others', async () => {
    behaviour = () => list;
    const shrunk = await post('/api/v1/behave').set('Accept-Encoding', 'br, gzip').expect(202);
    expect(shrunk.headers).toMatchObject({ 'content-encoding': 'br', vary: 'Accept-Encoding' });
    const plain = await post('/api/v1/behave').set('Accept-Encoding', 'identity').expect(202, list);
    expect(plain.headers['content-encoding']).toBeUndefined();
  });

  it('stay as they are when they are short or no JSON', async () => {
    behaviour = () => ({ n: 1 });
    const short = await post('/api/v1/behave').set('Accept-Encoding', 'br, gzip').expect(202, { n: 1 });
    expect(short.headers['content-encoding']).toBeUndefined();
    behaviour = () => 'nộp hồ sơ '.repeat(500);
    const text = await post('/api/v1/behave').set('Accept-Encoding', 'br, gzip').expect(202);
    expect(text.headers['content-encoding']).toBeUndefined();
  });
});

describe('health', () => {
  it('says that the process lives, and that database and queue answer', async () => {
    await client().get('/health/live').expect(200, { status: 'ok' });
    const body = bodyOf(await client().get('/health/ready').expect(200));
    expect(body).toMatchObject({
      status: 'ok',
      info: { database: { status: 'up' }, queue: { status: 'up' } },
    });
  });
});

describe('the description of the API', () => {
  it('is served and follows the fields', async () => {
    const body = bodyOf(await client().get('/api/docs-json').expect(200));
    const { components } = body as { components: { schemas: Record<string, unknown> } };
    expect(components.schemas['Letter']).toMatchObject({
      required: ['abstract', 'urgency', 'recipients'],
      properties: {
        abstract: { type: 'string', minLength: 1, maxLength: 40 },
        due: { type: 'string', format: 'date' },
      },
    });
    await client().get('/api/docs').expect(200);
    expect(openApiDocument(app).paths['/api/v1/letters']).toBeDefined();
  });
});

describe('the list of routes', () => {
  it('is read from the running application, with policies', () => {
    const routes = listRoutes(app).filter((route) => route.path.startsWith('/api/v1'));
    expect(routes).toHaveLength(7);
    expect(routes).toContainEqual({
      method: 'POST',
      path: '/api/v1/letters',
      policy: 'letter.write',
      reason: undefined,
    });
    expect(routes).toContainEqual({
      method: 'GET',
      path: '/api/v1/forgotten',
      policy: undefined,
      reason: undefined,
    });
    expect(routes).toContainEqual({
      method: 'GET',
      path: '/api/v1/open',
      policy: 'public',
      reason: 'for the test',
    });
  });
});

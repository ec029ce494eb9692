import supertest from 'supertest';
import type { Role } from '#platform';
import { newId } from '#platform';
import { aSystem } from '#platform/testing';
import { loginLimits } from '../login/login-limits';
import type { TestApp } from '../testing/an-app';
import { anApp } from '../testing/an-app';
import type { TestOffice } from '../testing/an-office';
import { anOffice, testPassword } from '../testing/an-office';
import { sessionLimits } from './session-limits';

let test: TestApp;
beforeAll(async () => {
  test = await anApp();
});
afterAll(() => test.close());

const client = (): ReturnType<typeof supertest> => supertest(test.app.getHttpServer());
const office = (roles: readonly Role[], given: Parameters<typeof anOffice>[2] = {}): Promise<TestOffice> =>
  test.database.unitOfWork.run(aSystem(), (tx) => anOffice(tx, roles, given));
const login = (loginName: string, password = testPassword, more: object = {}): supertest.Test =>
  client()
    .post('/api/v1/session')
    .send({ loginName, password, ...more });

interface LoggedIn {
  readonly cookie: string;
  readonly csrfToken: string;
}

async function loggedIn({ loginName }: TestOffice): Promise<LoggedIn> {
  const response = await login(loginName).expect(201);
  const [cookie = ''] = response.headers['set-cookie'] as unknown as string[];
  return { cookie: cookie.split(';')[0] ?? '', csrfToken: (response.body as LoggedIn).csrfToken };
}

const show = (cookie: string): supertest.Test => client().get('/api/v1/session').set('Cookie', cookie);

describe('logging in', () => {
  it('answers the person in the post, and a cookie that only this host over TLS can hold', async () => {
    const clerk = await office(['clerk']);
    const response = await login(`  ${clerk.loginName.toUpperCase()} `.trim()).expect(201);
    expect(response.body).toMatchObject({
      person: {
        id: clerk.personId,
        fullName: 'Người Thử Nghiệm',
        agencyId: clerk.agencyId,
        agencyName: 'Cơ quan thử nghiệm',
        bodyIds: [clerk.bodyId],
        roles: ['clerk'],
      },
      csrfToken: expect.stringMatching(/^[\w-]{43}$/) as string,
    });
    const [cookie] = response.headers['set-cookie'] as unknown as string[];
    expect(cookie).toMatch(/^__Host-sealpost=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Strict$/);
    expect(JSON.stringify(response.body)).not.toContain(cookie?.split(/[=;]/)[1]);
    expect(await test.entriesOf(response.headers['x-request-id'])).toMatchObject([
      {
        action: 'session.opened',
        outcome: 'success',
        actor: { person: clerk.personId, agency: clerk.agencyId },
      },
    ]);
  });

  it('keeps no token in the database that would open a session', async () => {
    const { cookie } = await loggedIn(await office(['clerk']));
    const dump = await test.database.dataSource.query<{ row: string }[]>(
      'SELECT s::text AS row FROM access.session s',
    );
    const token = Buffer.from(cookie.split('=')[1] ?? '');
    for (const { row } of dump) {
      expect(row).not.toContain(token.toString());
      expect(row).not.toContain(token.toString('hex'));
    }
  });

  it.each([
    ['a wrong password', (name: string) => login(name, 'wrong')],
    ['a name of nobody', () => login('khong.co.ai')],
  ])('answers the same for %s, and leaves one entry without the name', async (_what, attempt) => {
    const clerk = await office(['clerk']);
    const response = await attempt(clerk.loginName).expect(401);
    expect(response.body).toMatchObject({ code: 'LOGIN_REFUSED', status: 401 });
    expect(response.headers['set-cookie']).toBeUndefined();
    const entries = await test.entriesOf(response.headers['x-request-id']);
    expect(entries).toMatchObject([{ action: 'session.refused', outcome: 'failed', code: 'LOGIN_REFUSED' }]);
    expect(JSON.stringify(entries)).not.toContain('khong.co.ai');
    expect(JSON.stringify(entries)).not.toContain(clerk.loginName);
  });

  it('is refused to somebody whose appointment has ended, or in the post of another', async () => {
    const former = await office(['clerk'], { validTo: '2024-01-01' });
    expect((await login(former.loginName).expect(403)).body).toMatchObject({ code: 'NO_APPOINTMENT' });
    const [mine, other] = [await office(['clerk']), await office(['leader'])];
    await login(mine.loginName, testPassword, { appointmentId: other.appointmentId }).expect(403);
  });

  it('lets somebody with two posts choose', async () => {
    const first = await office(['drafter']);
    const second = await office(['leader'], { personId: first.personId });
    const roles = async (more: object): Promise<unknown> =>
      ((await login(first.loginName, testPassword, more).expect(201)).body as { person: { roles: Role[] } })
        .person.roles;
    expect(await roles({ appointmentId: second.appointmentId })).toEqual(['leader']);
    expect(await roles({ appointmentId: first.appointmentId })).toEqual(['drafter']);
  });

  it('is refused from a page of another site', async () => {
    const { loginName } = await office(['clerk']);
    const response = await login(loginName).set('Origin', 'https://evil.example').expect(403);
    expect(response.body).toMatchObject({ code: 'ORIGIN_REFUSED' });
  });

  it('is throttled per account after failures, with the time to wait, and works again afterwards', async () => {
    const { loginName } = await office(['clerk']);
    for (let i = 0; i < loginLimits.account; i += 1) await login(loginName, 'wrong').expect(401);
    const response = await login(loginName).expect(429);
    expect(response.body).toMatchObject({ code: 'LOGIN_THROTTLED' });
    expect(Number(response.headers['retry-after'])).toBe(
      (response.body as { retryAfterSeconds: number }).retryAfterSeconds,
    );
    expect(await test.entriesOf(response.headers['x-request-id'])).toMatchObject([
      { action: 'session.refused', outcome: 'denied', code: 'LOGIN_THROTTLED' },
    ]);
    test.clock.advance(loginLimits.window);
    await login(loginName).expect(201);
  });

  it('of a disabled account is refused like a wrong password', async () => {
    const clerk = await office(['clerk']);
    const { cookie } = await loggedIn(clerk);
    await test.database.dataSource.query(
      'UPDATE access.account SET disabled_at = now() WHERE person_id = $1',
      [clerk.personId],
    );
    expect((await login(clerk.loginName).expect(401)).body).toMatchObject({ code: 'LOGIN_REFUSED' });
    await show(cookie).expect(401);
  });

  it.each([
    ['no password', { loginName: 'a' }],
    ['an unknown field', { loginName: 'a', password: 'b', roles: ['administrator'] }],
    ['a name that is no text', { loginName: { $ne: 1 }, password: 'b' }],
    ['a name with a NUL', { loginName: 'a\u0000b', password: 'b' }],
  ])('is refused with %s', async (_what, body) => {
    expect((await client().post('/api/v1/session').send(body).expect(400)).body).toMatchObject({
      code: 'VALIDATION_FAILED',
    });
  });
});

describe('a session', () => {
  it('tells who is logged in, with the same CSRF token', async () => {
    const clerk = await office(['clerk']);
    const { cookie, csrfToken } = await loggedIn(clerk);
    expect((await show(cookie).expect(200)).body).toMatchObject({
      person: { id: clerk.personId },
      csrfToken,
    });
  });

  it('ends by logging out, at once and on the server', async () => {
    const { cookie, csrfToken } = await loggedIn(await office(['clerk']));
    const out = await client()
      .delete('/api/v1/session')
      .set('Cookie', cookie)
      .set('X-CSRF-Token', csrfToken)
      .expect(204);
    expect(out.headers['set-cookie']?.[0]).toMatch(/^__Host-sealpost=;/);
    expect(await test.entriesOf(out.headers['x-request-id'])).toMatchObject([{ action: 'session.closed' }]);
    expect((await show(cookie).expect(401)).body).toMatchObject({ code: 'NOT_LOGGED_IN' });
  });

  it('ends when it is not used for a while', async () => {
    const { cookie } = await loggedIn(await office(['clerk']));
    test.clock.advance(sessionLimits.idle - 1000);
    await show(cookie).expect(200);
    test.clock.advance(sessionLimits.idle - 1000);
    await show(cookie).expect(200);
    test.clock.advance(sessionLimits.idle);
    await show(cookie).expect(401);
  });

  it('ends after its longest time, however busy', async () => {
    const { cookie } = await loggedIn(await office(['clerk']));
    const step = sessionLimits.idle / 2;
    for (let age = step; age < sessionLimits.absolute; age += step) {
      test.clock.advance(step);
      await show(cookie).expect(200);
    }
    test.clock.advance(step);
    await show(cookie).expect(401);
  });

  it('is replaced by a new login: the old cookie no longer works', async () => {
    const clerk = await office(['clerk']);
    const { cookie } = await loggedIn(clerk);
    const response = await login(clerk.loginName).set('Cookie', cookie).expect(201);
    const [fresh = ''] = response.headers['set-cookie'] as unknown as string[];
    expect(fresh.split(';')[0]).not.toBe(cookie);
    expect(
      (await test.entriesOf(response.headers['x-request-id'])).map(({ action }) => action).toSorted(),
    ).toEqual(['session.closed', 'session.opened']);
    await show(cookie).expect(401);
    await show(fresh.split(';')[0] ?? '').expect(200);
  });

  it('loses its rights the moment the appointment ends', async () => {
    const clerk = await office(['clerk']);
    const { cookie } = await loggedIn(clerk);
    await show(cookie).expect(200);
    await test.database.ownerDataSource.query(
      `UPDATE directory.appointment SET valid_to = '2024-01-01' WHERE id = $1`,
      [clerk.appointmentId],
    );
    await show(cookie).expect(401);
  });

  it.each([
    ['another process closes it', 'UPDATE access.session SET closed_at = now() WHERE person_id = $1'],
    ['the account is disabled', 'UPDATE access.account SET disabled_at = now() WHERE person_id = $1'],
  ])('is refused at the very next request when %s', async (_what, change) => {
    const clerk = await office(['clerk']);
    const { cookie } = await loggedIn(clerk);
    await show(cookie).expect(200);
    await test.database.ownerDataSource.query(change, [clerk.personId]);
    await show(cookie).expect(401);
  });

  it('has other roles at the very next request after the appointment got them', async () => {
    const clerk = await office(['clerk']);
    const { cookie } = await loggedIn(clerk);
    await show(cookie).expect(200);
    await test.database.ownerDataSource.query(
      `UPDATE directory.appointment SET roles = '{leader}' WHERE id = $1`,
      [clerk.appointmentId],
    );
    expect((await show(cookie).expect(200)).body).toMatchObject({ person: { roles: ['leader'] } });
  });

  it('changes nothing without its CSRF token, and records the attempt', async () => {
    const [mine, other] = [await loggedIn(await office(['clerk'])), await loggedIn(await office(['clerk']))];
    const remove = (): supertest.Test => client().delete('/api/v1/session').set('Cookie', mine.cookie);
    const response = await remove().expect(403);
    expect(response.body).toMatchObject({ code: 'CSRF_REFUSED' });
    expect(await test.entriesOf(response.headers['x-request-id'])).toMatchObject([
      { action: 'access.denied', code: 'CSRF_REFUSED', details: { policy: 'session.close' } },
    ]);
    await remove().set('X-CSRF-Token', other.csrfToken).expect(403);
    const foreign = remove().set('X-CSRF-Token', mine.csrfToken).set('Origin', 'https://evil.example');
    expect((await foreign.expect(403)).body).toMatchObject({ code: 'ORIGIN_REFUSED' });
    await show(mine.cookie).expect(200);
  });

  it.each(['', 'x', '__Host-sealpost=short', `__Host-sealpost=${'A'.repeat(43)}`])(
    'is not opened by a made-up cookie %p',
    async (cookie) => {
      const response = await show(cookie).expect(401);
      expect(response.body).toMatchObject({ code: 'NOT_LOGGED_IN' });
      expect(await test.entriesOf(response.headers['x-request-id'])).toMatchObject([
        { action: 'access.denied', outcome: 'denied', code: 'NOT_LOGGED_IN', actor: { kind: 'anonymous' } },
      ]);
    },
  );
});

describe('the keys of a person', () => {
  it('are listed for the person, and releasing one is for administrators', async () => {
    const clerk = await office(['clerk']);
    const { cookie, csrfToken } = await loggedIn(clerk);
    expect((await client().get('/api/v1/keys').set('Cookie', cookie).expect(200)).body).toEqual({
      items: [],
      next: null,
    });
    const response = await client()
      .post(`/api/v1/keys/${newId()}/release`)
      .set('Cookie', cookie)
      .set('X-CSRF-Token', csrfToken)
      .send({ reason: 'thử' })
      .expect(403);
    expect(response.body).toMatchObject({ code: 'POLICY_DENIED' });
    expect(await test.entriesOf(response.headers['x-request-id'])).toMatchObject([
      {
        action: 'access.denied',
        code: 'POLICY_DENIED',
        details: { policy: 'key.release' },
        actor: { person: clerk.personId },
      },
    ]);
  });
});

import supertest from 'supertest';
import type { Role } from '#platform';
import { newId } from '#platform';
import { aSystem } from '#platform/testing';
import { KeyVault } from '../keys/key-vault';
import { aKey } from '../testing/a-key';
import type { TestApp } from '../testing/an-app';
import { anApp } from '../testing/an-app';
import type { TestOffice } from '../testing/an-office';
import { anOffice, testPassword } from '../testing/an-office';
import type { SessionAnswer } from './session-answer';

let test: TestApp;
beforeAll(async () => {
  test = await anApp();
});
afterAll(() => test.close());

const office = (roles: readonly Role[], given: Parameters<typeof anOffice>[2] = {}): Promise<TestOffice> =>
  test.database.unitOfWork.run(aSystem(), (tx) => anOffice(tx, roles, given));

interface Browser {
  readonly first: SessionAnswer;
  ask(method: 'get' | 'post' | 'put', path: string, body?: object): supertest.Test;
}

async function browserOf({ loginName, appointmentId }: TestOffice): Promise<Browser> {
  const client = supertest(test.app.getHttpServer());
  const response = await client
    .post('/api/v1/session')
    .send({ loginName, password: testPassword, appointmentId })
    .expect(201);
  const [cookie = ''] = response.headers['set-cookie'] as unknown as string[];
  const first = response.body as SessionAnswer;
  return {
    first,
    ask: (method, path, body) =>
      client[method](`/api/v1/session${path}`)
        .set('Cookie', cookie.split(';')[0] ?? '')
        .set('X-CSRF-Token', first.csrfToken)
        .send(body),
  };
}

describe('a session tells the page', () => {
  it('agency, offices, rights and account of whoever has logged in', async () => {
    const clerk = await office(['clerk']);
    const { first, ask } = await browserOf(clerk);
    expect(first).toMatchObject({
      person: { id: clerk.personId, roles: ['clerk'] },
      agency: { id: clerk.agencyId, shortName: 'CQTN', bloc: 'state', level: 'province' },
      offices: [{ appointmentId: clerk.appointmentId, roles: ['clerk'], current: true }],
      keys: { personal: null, agency: null },
      account: { loginName: clerk.loginName, mustChangePassword: false, previousLoginAt: null },
      preferences: {
        language: 'vi',
        theme: 'system',
        hints: true,
        tourSeen: false,
        keys: true,
        views: [],
      },
    });
    expect(first.policies).toContain('document.number');
    expect(first.policies).not.toContain('document.sign');
    expect((await ask('get', '').expect(200)).body).toEqual(first);
  });

  it('when the person was here before', async () => {
    const clerk = await office(['clerk']);
    const before = test.clock.now().toISOString();
    await browserOf(clerk);
    test.clock.advance(60_000);
    expect((await browserOf(clerk)).first.account.previousLoginAt).toBe(before);
  });

  it('whether there is a key to sign with, until when, and whether it is locked', async () => {
    const leader = await office(['leader']);
    const vault = test.app.get(KeyVault, { strict: false });
    const key = await aKey({
      owner: { kind: 'person', id: leader.personId },
      agencyId: leader.agencyId,
      use: 'signing',
      protection: { pin: '123456' },
    });
    const wrapped = await vault.wrap(key);
    await test.database.unitOfWork.run(aSystem(), (tx) => vault.store(tx, wrapped));
    const { first, ask } = await browserOf(leader);
    expect(first.keys).toMatchObject({ personal: { state: 'ready' }, agency: null });
    await test.database.dataSource.query('UPDATE access.stored_key SET attempts = 5 WHERE owner_id = $1', [
      leader.personId,
    ]);
    const shown = (await ask('get', '').expect(200)).body as SessionAnswer;
    expect(shown.keys.personal).toEqual({ ...first.keys.personal, state: 'locked' });
  });
});

describe('a person with two posts', () => {
  it('goes on in the other one, and the trail of both agencies can tell', async () => {
    const first = await office(['drafter']);
    const second = await office(['leader'], { personId: first.personId });
    const { ask } = await browserOf(first);
    const response = await ask('post', '/office', { appointmentId: second.appointmentId }).expect(200);
    const answer = response.body as SessionAnswer;
    expect(answer).toMatchObject({ person: { agencyId: second.agencyId, roles: ['leader'] } });
    const current = answer.offices.filter((choice) => choice.current);
    expect(current.map(({ appointmentId }) => appointmentId)).toEqual([second.appointmentId]);
    expect(answer.policies).toContain('document.sign');
    expect((await ask('get', '').expect(200)).body).toEqual(answer);
    expect(await test.entriesOf(response.headers['x-request-id'])).toMatchObject([
      {
        action: 'session.office_changed',
        actor: { agency: second.agencyId },
        details: { from: first.appointmentId, fromAgency: first.agencyId },
      },
    ]);
  });

  it.each([
    ['of somebody else', () => office(['leader']).then(({ appointmentId }) => appointmentId)],
    ['that does not exist', () => Promise.resolve(newId())],
  ])('cannot go on in a post %s', async (_what, appointment) => {
    const { ask } = await browserOf(await office(['drafter']));
    const response = await ask('post', '/office', { appointmentId: await appointment() }).expect(404);
    expect(response.body).toMatchObject({ code: 'OFFICE_NOT_HELD' });
    expect(await test.entriesOf(response.headers['x-request-id'])).toHaveLength(1);
  });
});

describe('preferences', () => {
  it('keep what is not named, and follow the person into the next session', async () => {
    const clerk = await office(['clerk']);
    const { ask } = await browserOf(clerk);
    const response = await ask('put', '/preferences', { language: 'en', hints: false }).expect(200);
    expect(await test.entriesOf(response.headers['x-request-id'])).toMatchObject([
      { action: 'session.preferences_changed', details: { language: 'en', hints: false } },
    ]);
    await ask('put', '/preferences', { tourSeen: true, theme: null }).expect(200);
    const views = [{ name: 'Chờ phát hành', path: '/outgoing?state=AGENCY_SIGNED&q=nhan%20su' }];
    const saved = await ask('put', '/preferences', { keys: false, views }).expect(200);
    expect(await test.entriesOf(saved.headers['x-request-id'])).toMatchObject([
      { action: 'session.preferences_changed', details: { keys: false, views: 1 } },
    ]);
    expect((await browserOf(clerk)).first.preferences).toEqual({
      language: 'en',
      theme: 'system',
      hints: false,
      tourSeen: true,
      keys: false,
      views,
    });
  });

  it.each([
    { language: 'fr' },
    { theme: 'pink' },
    { hints: 'yes' },
    { size: 12 },
    { keys: 'no' },
    { views: [{ name: 'Ra ngoài', path: 'https://example.org/' }] },
    { views: [{ name: 'Ra ngoài', path: '//example.org/' }] },
    { views: Array.from({ length: 21 }, (_, n) => ({ name: `${n}`, path: '/work' })) },
  ])('refuse %p', async (wish) => {
    const { ask } = await browserOf(await office(['clerk']));
    expect((await ask('put', '/preferences', wish).expect(400)).body).toMatchObject({
      code: 'VALIDATION_FAILED',
    });
  });
});

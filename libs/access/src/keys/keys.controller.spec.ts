import supertest from 'supertest';
import type { Page, PersonActor, Role } from '#platform';
import { newId } from '#platform';
import { aPerson, aSystem } from '#platform/testing';
import { aKey } from '../testing/a-key';
import type { TestApp } from '../testing/an-app';
import { anApp } from '../testing/an-app';
import type { TestOffice } from '../testing/an-office';
import { anOffice, testPassword } from '../testing/an-office';
import { keyLimits } from './key-limits';
import { KeyVault } from './key-vault';
import type { KeyAnswer } from './list-keys';

let test: TestApp;
beforeAll(async () => {
  test = await anApp();
});
afterAll(() => test.close());

const office = (role: Role, agencyId?: string): Promise<TestOffice> =>
  test.database.unitOfWork.run(aSystem(), (tx) =>
    anOffice(tx, [role], agencyId === undefined ? {} : { agencyId }),
  );

interface Browser {
  get(path: string): supertest.Test;
  post(path: string, body: object): supertest.Test;
}

async function browserOf({ loginName }: TestOffice): Promise<Browser> {
  const client = supertest(test.app.getHttpServer());
  const response = await client
    .post('/api/v1/session')
    .send({ loginName, password: testPassword })
    .expect(201);
  const [cookie = ''] = response.headers['set-cookie'] as unknown as string[];
  const { csrfToken } = response.body as { csrfToken: string };
  return {
    get: (path) => client.get(path).set('Cookie', cookie),
    post: (path, body) => client.post(path).set('Cookie', cookie).set('X-CSRF-Token', csrfToken).send(body),
  };
}

const vault = (): KeyVault => test.app.get(KeyVault, { strict: false });

async function give(owner: { kind: 'person' | 'agency'; id: string }, agencyId: string): Promise<string> {
  await vault().import(
    aSystem(),
    await aKey({ owner, agencyId, use: 'signing', protection: { pin: '260726' } }),
  );
  const [key] = await vault().keysOf(aSystem(), owner);
  return key!.id;
}

describe('GET /api/v1/keys', () => {
  it("shows a leader the own key, a clerk the agency's too, and never anything of the private part", async () => {
    const leader = await office('leader');
    const clerk = await office('clerk', leader.agencyId);
    const own = await give({ kind: 'person', id: leader.personId }, leader.agencyId);
    const ofAgency = await give({ kind: 'agency', id: leader.agencyId }, leader.agencyId);
    const list = async (who: TestOffice): Promise<readonly KeyAnswer[]> =>
      ((await (await browserOf(who)).get('/api/v1/keys').expect(200)).body as Page<KeyAnswer>).items;
    expect((await list(leader)).map(({ id }) => id)).toEqual([own]);
    const [key] = await list(clerk);
    expect(key).toMatchObject({ id: ofAgency, state: 'ready', attemptsLeft: 5, use: 'signing' });
    expect(key?.certificate.subject).toMatch(/^CN=/);
    expect(Object.keys(key ?? {}).sort()).toEqual([
      'attemptsLeft',
      'certificate',
      'id',
      'owner',
      'state',
      'use',
    ]);
  });
});

describe('POST /api/v1/keys/:id/release', () => {
  const actorOf = ({ personId, agencyId }: TestOffice): PersonActor =>
    aPerson({ personId, agencyId, roles: ['leader'] });
  const wrong = async (who: TestOffice, keyId: string): Promise<void> => {
    const person = actorOf(who);
    for (let i = 0; i < keyLimits.pinAttempts; i += 1)
      await expect(vault().unlock(person, keyId, '000000')).rejects.toThrow();
  };

  it('gives a locked key of the own agency back to its holder', async () => {
    const leader = await office('leader');
    const keyId = await give({ kind: 'person', id: leader.personId }, leader.agencyId);
    await wrong(leader, keyId);
    const administrator = await browserOf(await office('administrator', leader.agencyId));
    const [locked] = ((await administrator.get('/api/v1/keys').expect(200)).body as Page<KeyAnswer>).items;
    expect(locked).toMatchObject({ id: keyId, state: 'locked', attemptsLeft: 0 });
    const reason = 'Đã xác minh trực tiếp';
    const response = await administrator.post(`/api/v1/keys/${keyId}/release`, { reason }).expect(204);
    expect(await test.entriesOf(response.headers['x-request-id'])).toMatchObject([
      { action: 'key.released', reason },
    ]);
    await vault().unlock(actorOf(leader), keyId, '260726');
    const again = await administrator.post(`/api/v1/keys/${keyId}/release`, { reason }).expect(409);
    expect(again.body).toMatchObject({ code: 'KEY_NOT_LOCKED' });
  });

  it("does not know another agency's key, and leaves one entry of the attempt", async () => {
    const leader = await office('leader');
    const keyId = await give({ kind: 'person', id: leader.personId }, leader.agencyId);
    await wrong(leader, keyId);
    const stranger = await browserOf(await office('administrator'));
    const response = await stranger.post(`/api/v1/keys/${keyId}/release`, { reason: 'thử xem' }).expect(404);
    expect(response.body).toMatchObject({ code: 'KEY_NOT_FOUND' });
    expect(await test.entriesOf(response.headers['x-request-id'])).toMatchObject([
      {
        action: 'access.denied',
        outcome: 'denied',
        code: 'KEY_NOT_FOUND',
        subject: { type: 'key', id: keyId },
      },
    ]);
    await stranger.post(`/api/v1/keys/${newId()}/release`, { reason: 'thử xem' }).expect(404);
  });

  it.each([
    ['no id', '1', { reason: 'abc' }],
    ['no reason', newId(), {}],
  ])('refuses %s', async (_what, id, body) => {
    const administrator = await browserOf(await office('administrator'));
    expect((await administrator.post(`/api/v1/keys/${id}/release`, body).expect(400)).body).toMatchObject({
      code: 'VALIDATION_FAILED',
    });
  });
});

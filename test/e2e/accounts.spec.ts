import { demoPassword, demoPerson } from '#directory';
import { Caller } from '../support/caller';
import type { Reply } from '../support/caller';
import { Desk, staffs } from '../support/desk';
import { newPerson, newPost, today } from '../support/fixtures';
import type { TestNode } from '../support/test-node';
import { startTestNode } from '../support/test-node';
import { entriesOfRequest } from '../support/trail';

/** Logins that an administrator gives, passwords, and acting in a leader's stead. */

let node: TestNode;
let administrator: Caller;
beforeAll(async () => {
  node = await startTestNode();
  administrator = await node.as('quantri.tinhuy');
}, 120_000);
afterAll(() => node.close());

let people = 0;

async function newcomer(roles: readonly string[] = ['drafter']): Promise<string> {
  const post = await administrator.post('/admin/posts', newPost());
  const reply = await administrator.post(
    '/admin/people',
    newPerson((post.body as { id: string }).id, { roles }),
  );
  expect(reply.outcome).toBe('201');
  return (reply.body as { id: string }).id;
}

interface Given {
  readonly personId: string;
  readonly loginName: string;
  readonly initialPassword: string;
}

async function withAccount(roles?: readonly string[]): Promise<Given> {
  const id = await newcomer(roles);
  people += 1;
  const reply = await administrator.post(`/admin/people/${id}/account`, { loginName: `nguoi.moi.${people}` });
  expect(reply.outcome).toBe('201');
  return reply.body as Given;
}

const fresh = 'Một câu dài dễ nhớ 2026';
const change = (browser: Caller, currentPassword: string, newPassword = fresh): Promise<Reply> =>
  browser.post('/session/password', { currentPassword, newPassword });

describe('a new login', () => {
  it('lets its owner do nothing before the given password is changed', async () => {
    const { loginName, initialPassword } = await withAccount();
    const browser = await new Caller(node.origin).login(loginName, initialPassword);
    expect((await browser.get('/session')).body).toMatchObject({ account: { mustChangePassword: true } });
    const refused = await browser.get('/documents');
    expect(refused.outcome).toBe('403 PASSWORD_CHANGE_REQUIRED');
    expect(await entriesOfRequest(node, refused.requestId)).toHaveLength(1);
    expect((await change(browser, initialPassword)).outcome).toBe('204');
    expect((await browser.get('/documents')).outcome).toBe('200');
    await expect(new Caller(node.origin).login(loginName, initialPassword)).rejects.toThrow(/LOGIN_REFUSED/);
  });

  it('is told its password once: neither trail nor database holds it, not even for a repeated request', async () => {
    const id = await newcomer();
    const headers = { 'idempotency-key': 'tao-tai-khoan-mot-lan' };
    const path = `/admin/people/${id}/account`;
    const reply = await administrator.post(path, { loginName: 'nguoi.mot.lan' }, headers);
    const { initialPassword } = reply.body as Given;
    expect((await administrator.post(path, { loginName: 'nguoi.mot.lan' }, headers)).outcome).toBe(
      '409 ACCOUNT_EXISTS',
    );
    const tables = ['audit.entry', 'platform.idempotency_key', 'access.account'];
    for (const table of tables) {
      const rows = await node.database.ownerDataSource.query<{ row: string }[]>(
        `SELECT (t.*)::text AS row FROM ${table} t`,
      );
      for (const { row } of rows) {
        expect(row.includes(initialPassword)).toBe(false);
        expect(row.includes(Buffer.from(initialPassword).toString('hex'))).toBe(false);
      }
    }
  });

  it.each([
    ['a name that is taken', () => newcomer(), 'vanthu.tinhuy', '409 LOGIN_NAME_TAKEN'],
    ['a name in another form', () => newcomer(), 'văn thư', '400 VALIDATION_FAILED'],
    ['a person of another agency', () => demoPerson('vanthu.ubnd').id, 'ai.do', '404 NOT_ADMINISTERED'],
    ['oneself', () => demoPerson('quantri.tinhuy').id, 'chinh.minh', '403 OWN_ACCOUNT'],
  ])('is refused for %s', async (_what, person, loginName, outcome) => {
    const reply = await administrator.post(`/admin/people/${await person()}/account`, { loginName });
    expect(reply.outcome).toBe(outcome);
  });
});

describe('an administrator', () => {
  it('resets a password, locks and unlocks, and each ends the sessions at once', async () => {
    const { personId, loginName, initialPassword } = await withAccount();
    const browser = await new Caller(node.origin).login(loginName, initialPassword);
    const reason = { reason: 'Quên mật khẩu, đã gặp trực tiếp' };
    const reset = await administrator.post(`/admin/people/${personId}/account/reset`, reason);
    expect(reset.outcome).toBe('200');
    expect((await browser.get('/session')).outcome).toBe('401 NOT_LOGGED_IN');
    const second = await new Caller(node.origin).login(loginName, (reset.body as Given).initialPassword);
    expect((await administrator.post(`/admin/people/${personId}/account/lock`, reason)).outcome).toBe('204');
    expect((await administrator.post(`/admin/people/${personId}/account/lock`, reason)).outcome).toBe(
      '409 ACCOUNT_STATE',
    );
    expect((await second.get('/session')).outcome).toBe('401 NOT_LOGGED_IN');
    expect((await administrator.get(`/admin/accounts?personId=${personId}`)).body).toMatchObject({
      items: [{ personId, loginName, state: 'locked' }],
      next: null,
    });
    const loginless = await administrator.get(`/admin/accounts?personId=${await newcomer()}`);
    expect(loginless.body).toEqual({ items: [], next: null });
    expect((await administrator.post(`/admin/people/${personId}/account/unlock`, reason)).outcome).toBe(
      '204',
    );
  });
});

describe('changing the own password', () => {
  it('ends the other sessions and keeps this one', async () => {
    const { loginName, initialPassword } = await withAccount();
    const [here, there] = [
      await new Caller(node.origin).login(loginName, initialPassword),
      await new Caller(node.origin).login(loginName, initialPassword),
    ];
    expect((await change(here, initialPassword)).outcome).toBe('204');
    expect((await here.get('/session')).outcome).toBe('200');
    expect((await there.get('/session')).outcome).toBe('401 NOT_LOGGED_IN');
  });

  it('takes no weak one, and costs an attempt when the present one is wrong', async () => {
    const { loginName, initialPassword } = await withAccount();
    const browser = await new Caller(node.origin).login(loginName, initialPassword);
    for (const weak of ['ngắn', 'aaaaaaaaaaaaaaaa', `${loginName}-2026`, initialPassword])
      expect([weak, (await change(browser, initialPassword, weak)).outcome]).toEqual([
        weak,
        '422 PASSWORD_WEAK',
      ]);
    const outcomes: string[] = [];
    for (let tries = 0; tries < 12; tries += 1) outcomes.push((await change(browser, 'sai')).outcome);
    expect(outcomes[0]).toBe('403 PASSWORD_WRONG');
    expect(outcomes.at(-1)).toBe('429 LOGIN_THROTTLED');
  });
});

describe('a delegation', () => {
  const desk = (): Desk => new Desk(node, staffs.provinceBoard);
  const give = async (toPersonId: string, more: object = {}): Promise<Reply> =>
    (await node.as('lanhdao.tinhuy')).post('/delegations', {
      ...{ toPersonId, from: today(), to: today(30), ceiling: 'THUONG', reason: 'Giấy ủy quyền số 3' },
      ...more,
    });

  it('lets somebody approve in the leader’s stead, and the trail says for whom', async () => {
    const { personId, loginName, initialPassword } = await withAccount(['clerk']);
    const delegate = await new Caller(node.origin).login(loginName, initialPassword);
    await change(delegate, initialPassword);
    const documentId = await desk().inReview();
    const approve = (): Promise<Reply> => delegate.post(`/documents/${documentId}/approve`);
    expect((await approve()).outcome).toBe('403 POLICY_DENIED');
    const given = await give(personId, { types: ['GM'] });
    expect(given.body).toMatchObject({ state: 'in-force', to: { personId }, types: ['GM'] });
    expect((await approve()).outcome).toBe('403 NOT_DELEGATED');
    const second = (await give(personId)).body as { id: string };
    const approved = await approve();
    expect(approved.outcome).toBe('200');
    const entries = await entriesOfRequest(node, approved.requestId);
    expect(entries.filter(({ action }) => action === 'document.approved')).toMatchObject([
      { details: { inSteadOf: demoPerson('lanhdao.tinhuy').id, delegation: second.id } },
    ]);
    expect((await delegate.get('/delegations')).body).toMatchObject({ items: [{ id: second.id }, {}] });
    const leader = await node.as('lanhdao.tinhuy');
    for (const { id } of [second, given.body as { id: string }])
      expect((await leader.post(`/delegations/${id}/end`, { reason: 'Đã về' })).outcome).toBe('200');
    expect((await leader.post(`/delegations/${second.id}/end`, { reason: 'Đã về' })).outcome).toBe(
      '409 DELEGATION_OVER',
    );
    expect((await delegate.post(`/documents/${await desk().inReview()}/approve`)).outcome).toBe(
      '403 POLICY_DENIED',
    );
  });

  it.each([
    ['oneself', 'lanhdao.tinhuy'],
    ['an inspector', 'kiemtra.tinhuy'],
    ['an administrator', 'quantri.tinhuy'],
    ['somebody of another agency', 'lanhdao.ubnd'],
  ])('is refused to %s', async (_what, login) => {
    expect((await give(demoPerson(login).id)).outcome).toBe('422 DELEGATE_UNFIT');
  });

  it('is bounded in time, and ended by an administrator where the leader cannot', async () => {
    const clerk = demoPerson('vanthu.tinhuy').id;
    for (const days of [{ from: today(-1) }, { to: today() }, { to: today(400) }])
      expect((await give(clerk, days)).outcome).toBe('422 DELEGATION_DAYS');
    const { id } = (await give(clerk)).body as { id: string };
    const other = await node.as('quantri.ubnd');
    const reason = { reason: 'Lãnh đạo nghỉ ốm' };
    expect((await other.post(`/delegations/${id}/end`, reason)).outcome).toBe('404 DELEGATION_NOT_FOUND');
    expect((await administrator.post(`/delegations/${id}/end`, reason)).outcome).toBe('200');
  });

  it('is worth nothing once the office of who gave it has ended', async () => {
    const { id } = (await give(demoPerson('vanthu.tinhuy').id)).body as { id: string };
    const clerk = await new Caller(node.origin).login('vanthu.tinhuy', demoPassword);
    const documentId = await desk().inReview();
    await node.database.ownerDataSource.query(
      `UPDATE access.delegation SET appointment_id = (SELECT id FROM directory.appointment
         WHERE valid_to <= current_date LIMIT 1) WHERE id = $1`,
      [id],
    );
    expect((await clerk.post(`/documents/${documentId}/approve`)).outcome).toBe('403 POLICY_DENIED');
  });
});

import type { EntryV1 } from '#audit';
import { demoAgency, demoBody, demoDirectory, demoPerson } from '#directory';
import type { Caller, Reply } from '../support/caller';
import { newAgency, newBody, newPerson, newPost, today } from '../support/fixtures';
import type { TestNode } from '../support/test-node';
import { startTestNode } from '../support/test-node';
import { entriesOfRequest } from '../support/trail';

/** What an administrator may do with the directory, and above all what not. */

let node: TestNode;
let administrator: Caller;
beforeAll(async () => {
  node = await startTestNode();
  administrator = await node.as('quantri.tinhuy');
}, 120_000);
afterAll(() => node.close());

interface Entered {
  readonly id: string;
  readonly version: number;
  readonly appointments: readonly { readonly id: string }[];
}

async function enter(path: string, body: object): Promise<Entered> {
  const reply = await administrator.post(`/admin/${path}`, body);
  expect([path, reply.outcome]).toEqual([path, '201']);
  return reply.body as Entered;
}

async function newcomer(given: object = {}): Promise<Entered> {
  const { id } = await enter('posts', newPost());
  return enter('people', newPerson(id, given));
}

const patch = (path: string, json: object, version?: number): Promise<Reply> =>
  administrator.call('PATCH', `/admin/${path}`, {
    json,
    ...(version !== undefined && { headers: { 'if-match': `"${version}"` } }),
  });
const end = (path: string, validTo: string, more: object = {}): Promise<Reply> =>
  administrator.post(`/admin/${path}/end`, { validTo, reason: 'Quyết định số 15-QĐ/TU', ...more });
const changesOf = async (reply: Reply): Promise<readonly EntryV1[]> =>
  (await entriesOfRequest(node, reply.requestId)).filter(({ action }) => action === 'directory.changed');
const appointmentOf = (login: string): string =>
  demoDirectory.appointments.find(({ personId }) => personId === demoPerson(login).id)?.id ?? '';

describe('an administrator', () => {
  it('sees the own agency and all below it, and none beside it', async () => {
    const { items } = (await administrator.get('/admin/agencies')).body as { items: { name: string }[] };
    const names = items.map(({ name }) => name);
    expect(names).toContain('Tỉnh ủy Lam Giang');
    expect(names).toContain('Đảng ủy xã Sơn Thủy');
    expect(names).not.toContain('Tỉnh ủy Vân Hải');
    expect(names).not.toContain('Ủy ban nhân dân tỉnh Lam Giang');
  });

  it('finds an agency by the beginnings of its words, without marks, and reads one alone', async () => {
    const found = await administrator.get('/admin/agencies?query=dang%20uy%20son');
    expect(found.body).toMatchObject({ items: [{ name: 'Đảng ủy xã Sơn Thủy' }], next: null });
    const one = await administrator.get(`/admin/agencies/${demoAgency('dangsonthuy').id}`);
    expect(one.body).toEqual((found.body as { items: unknown[] }).items[0]);
    const beside = await administrator.get(`/admin/agencies/${demoAgency('ubnd').id}`);
    expect(beside.outcome).toBe('404 NOT_ADMINISTERED');
  });

  it('reads one person with the appointments in administered agencies', async () => {
    const { id } = demoPerson('vanthu.tinhuy');
    expect((await administrator.get(`/admin/people/${id}`)).body).toMatchObject({
      id,
      appointments: [{ agencyName: 'Tỉnh ủy Lam Giang', roles: ['clerk'] }],
    });
    const stranger = await administrator.get(`/admin/people/${demoPerson('vanthu.ubnd').id}`);
    expect(stranger.outcome).toBe('404 NOT_ADMINISTERED');
  });

  it('changes an agency below, with one entry that says what was and what is', async () => {
    const agency = await enter('agencies', newAgency({ place: 'Lam Giang' }));
    const reply = await patch(`agencies/${agency.id}`, { place: 'Sơn Thủy' }, agency.version);
    expect(reply.body).toMatchObject({ place: 'Sơn Thủy', version: 2, bloc: 'party', nodeId: 'node-1' });
    expect(await changesOf(reply)).toMatchObject([
      {
        agency: agency.id,
        subject: { type: 'agency', id: agency.id },
        details: { change: 'changed', 'place.before': 'Lam Giang', 'place.after': 'Sơn Thủy' },
        before: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
      },
    ]);
    const stale = await patch(`agencies/${agency.id}`, { place: 'Đông Kinh' }, agency.version);
    expect(stale.outcome).toBe('409 DIRECTORY_CHANGED');
  });

  it('cannot read what the agency writes, whatever the directory says', async () => {
    expect((await administrator.get('/documents')).outcome).toBe('403 POLICY_DENIED');
    expect((await administrator.get('/incoming')).outcome).toBe('403 POLICY_DENIED');
  });
});

describe('an agency', () => {
  it('takes no code that another one has at that time, but the code of one that has ended', async () => {
    const code = '000.77.00.A92';
    const { id } = await enter('agencies', newAgency({ code }));
    const taken = await administrator.post('/admin/agencies', newAgency({ code }));
    expect(taken.outcome).toBe('409 AGENCY_CODE_TAKEN');
    expect((await end(`agencies/${id}`, today(3))).outcome).toBe('200');
    await enter('agencies', newAgency({ code, validFrom: today(3) }));
  });

  it('does not end while people hold posts in it, unless a successor is named', async () => {
    const { id } = await enter('agencies', newAgency());
    const post = await enter('posts', newPost({ agencyId: id }));
    const person = await enter('people', newPerson(post.id));
    expect((await end(`agencies/${id}`, today(1))).outcome).toBe('409 AGENCY_STILL_STAFFED');
    expect((await end(`agencies/${id}`, today(1), { successorId: id })).outcome).toBe('422 SUCCESSOR_UNFIT');
    const ended = await end(`agencies/${id}`, today(1), { successorId: demoAgency('vptu').id });
    expect(ended.body).toMatchObject({ validTo: today(1), successorId: demoAgency('vptu').id });
    const [appointment] = await node.query<{ until: string }>(
      `SELECT to_char(valid_to, 'YYYY-MM-DD') AS until FROM directory.appointment WHERE person_id = $1`,
      [person.id],
    );
    expect(appointment?.until).toBe(today(1));
  });

  it.each([
    [
      'an end in the past',
      () => end(`agencies/${demoAgency('ubkttu').id}`, today(-2)),
      '422 VALIDITY_IN_PAST',
    ],
    ['the own one', () => end(`agencies/${demoAgency('tinhuy').id}`, today(1)), '403 OWN_APPOINTMENT'],
    [
      'a symbol with a slash',
      () => administrator.post('/admin/agencies', newAgency({ symbol: 'TU/VP' })),
      '400 VALIDATION_FAILED',
    ],
    [
      'a parent outside the scope',
      () => administrator.post('/admin/agencies', newAgency({ parentId: demoAgency('ubnd').id })),
      '404 NOT_ADMINISTERED',
    ],
  ])('refuses %s', async (_what, attempt, outcome) => {
    expect((await attempt()).outcome).toBe(outcome);
  });
});

describe('bodies and posts', () => {
  it('issue only types of their bloc', async () => {
    const refused = await administrator.post('/admin/bodies', newBody({ mayIssue: ['TB', 'CONGDIEN'] }));
    expect(refused.outcome).toBe('422 TYPE_NOT_IN_BLOC');
    expect((await administrator.post('/admin/bodies', newBody({ mayIssue: ['TB', 'TB'] }))).status).toBe(400);
  });

  it('may be allowed the types of their bloc and no others', async () => {
    const codesOf = async (login: string, agency: string): Promise<readonly string[]> => {
      const reply = await (await node.as(login)).get(`/admin/bodies/types?agencyId=${demoAgency(agency).id}`);
      return (reply.body as { items: { code: string }[] }).items.map(({ code }) => code);
    };
    expect(await codesOf('quantri.tinhuy', 'vptu')).toContain('KL');
    expect(await codesOf('quantri.tinhuy', 'vptu')).not.toContain('CONGDIEN');
    expect(await codesOf('quantri.ubnd', 'ubnd')).toContain('CONGDIEN');
  });

  it('name who holds a post today, and nobody before or after', async () => {
    const { id } = await enter('posts', newPost());
    const person = await enter('people', newPerson(id));
    await enter('people', newPerson(id, { validFrom: today(10) }));
    const { items } = (await administrator.get(`/admin/posts?agencyId=${demoAgency('tinhuy').id}`)).body as {
      items: { id: string; holders: unknown }[];
    };
    expect(items.find((post) => post.id === id)?.holders).toEqual([
      { personId: person.id, fullName: 'Lưu Thị Thử Việc', acting: false },
    ]);
  });

  it('end, and stay in the list', async () => {
    const { id } = await enter('bodies', newBody());
    expect((await end(`bodies/${id}`, today(1))).body).toMatchObject({ validTo: today(1), version: 2 });
    const { items } = (await administrator.get(`/admin/bodies?agencyId=${demoAgency('tinhuy').id}`)).body as {
      items: { id: string }[];
    };
    expect(items.map((body) => body.id)).toContain(id);
  });

  it('sign by order only for bodies that the administrator looks after', async () => {
    const foreign = newPost({ byOrderOfBodyIds: [demoBody('ubnd/ubnd').id] });
    expect((await administrator.post('/admin/posts', foreign)).outcome).toBe('422 BODY_OUT_OF_REACH');
    const borrowed = newPost({ bodyIds: [demoBody('vptu/vp').id] });
    expect((await administrator.post('/admin/posts', borrowed)).outcome).toBe('422 BODY_OUT_OF_REACH');
    await enter('posts', newPost({ byOrderOfBodyIds: [demoBody('tinhuy/btv').id] }));
  });

  it('do not end while somebody holds the post', async () => {
    const post = await enter('posts', newPost());
    const person = await enter('people', newPerson(post.id));
    expect((await end(`posts/${post.id}`, today(1))).outcome).toBe('409 POST_STILL_HELD');
    expect((await end(`appointments/${person.appointments[0]!.id}`, today(1))).outcome).toBe('200');
    expect((await end(`posts/${post.id}`, today(1))).outcome).toBe('200');
  });
});

describe('appointments', () => {
  it('give rights at once, and take them when they end', async () => {
    const person = await newcomer();
    const id = person.appointments[0]!.id;
    const reply = await patch(`appointments/${id}`, { roles: ['clerk', 'drafter'] });
    expect(await changesOf(reply)).toMatchObject([
      { details: { 'roles.before': 'drafter', 'roles.after': 'clerk drafter' } },
    ]);
  });

  it('are never changed by the person they are about', async () => {
    const own = appointmentOf('quantri.tinhuy');
    const { id } = await enter('posts', newPost());
    const attempts = [
      patch(`appointments/${own}`, { roles: ['leader'] }),
      end(`appointments/${own}`, today(30)),
      administrator.post(`/admin/people/${demoPerson('quantri.tinhuy').id}/appointments`, {
        ...{ postId: id, roles: ['leader'], acting: false, validFrom: today() },
      }),
    ];
    for (const reply of await Promise.all(attempts)) {
      expect(reply.outcome).toBe('403 OWN_APPOINTMENT');
      expect(await entriesOfRequest(node, reply.requestId)).toHaveLength(1);
    }
  });

  it('keep an inspector apart from every other role, in one post and in two', async () => {
    const both = await enter('posts', newPost());
    const refused = newPerson(both.id, { roles: ['inspector', 'drafter'] });
    expect((await administrator.post('/admin/people', refused)).outcome).toBe('409 INSPECTOR_ALONE');
    const person = await newcomer({ roles: ['inspector'] });
    const second = { postId: both.id, roles: ['drafter'], acting: false, validFrom: today() };
    const appoint = (given: object): Promise<Reply> =>
      administrator.post(`/admin/people/${person.id}/appointments`, { ...second, ...given });
    expect((await appoint({})).outcome).toBe('409 INSPECTOR_ALONE');
    expect((await end(`appointments/${person.appointments[0]!.id}`, today(5))).outcome).toBe('200');
    expect((await appoint({ validFrom: today(4) })).outcome).toBe('409 INSPECTOR_ALONE');
    expect((await appoint({ validFrom: today(5) })).outcome).toBe('201');
    expect((await end(`appointments/${person.appointments[0]!.id}`, today(6))).outcome).toBe(
      '409 INSPECTOR_ALONE',
    );
  });

  it('draw nobody in who holds an office elsewhere: whoever keeps the account could act there', async () => {
    const { id } = await enter('posts', newPost());
    const reply = await administrator.post(`/admin/people/${demoPerson('lanhdao.ubnd').id}/appointments`, {
      ...{ postId: id, roles: ['drafter'], acting: false, validFrom: today() },
    });
    expect(reply.outcome).toBe('409 PERSON_OF_ANOTHER_AGENCY');
  });

  it('neither begin in the past nor outlive their post', async () => {
    const post = await enter('posts', newPost());
    const past = await administrator.post('/admin/people', newPerson(post.id, { validFrom: today(-1) }));
    expect(past.outcome).toBe('422 VALIDITY_IN_PAST');
    const empty = newPerson(post.id, { validFrom: today(2), validTo: today(2) });
    expect((await administrator.post('/admin/people', empty)).outcome).toBe('422 VALIDITY_EMPTY');
    expect((await end(`posts/${post.id}`, today(5))).outcome).toBe('200');
    expect((await administrator.post('/admin/people', newPerson(post.id))).outcome).toBe(
      '422 POST_NOT_IN_FORCE',
    );
    await enter('people', newPerson(post.id, { validTo: today(5) }));
  });

  it('leave nothing behind when they are refused', async () => {
    const people = async (): Promise<unknown> => node.query('SELECT count(*) FROM directory.person');
    const before = await people();
    const { id } = await enter('posts', newPost());
    await administrator.post('/admin/people', newPerson(id, { roles: ['inspector', 'clerk'] }));
    expect(await people()).toEqual(before);
  });
});

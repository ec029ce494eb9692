import { demoAgency, demoBody, demoDirectory, demoPassword, demoPerson, demoPin } from '#directory';
import { listRoutes, newId } from '#platform';
import { until } from '../../apps/launcher/src/job/receive';
import type { Call, Reply } from '../support/caller';
import { Caller, formOf } from '../support/caller';
import { newDocument, plainPdf, postOf, staffs } from '../support/desk';
import { anInstruction, aPaper } from '../support/papers';
import type { Fixture, FixtureName } from '../support/fixtures';
import {
  Fixtures,
  newAgency,
  newBody,
  newDelegation,
  newMandate,
  newPerson,
  newPost,
  today,
} from '../support/fixtures';
import type { TestNode } from '../support/test-node';
import { startTestNode } from '../support/test-node';
import { entriesOfRequest } from '../support/trail';
import type { RouteRow } from './route-table';
import { routeTable } from './route-table';

/** Every route, tried by every persona of three agencies, against the table. */

interface Persona {
  readonly what: string;
  /** Login name; undefined for somebody who has not logged in. */
  readonly login: string | undefined;
  readonly expected: string;
}

const people = {
  drafter: ['chuyenvien.tinhuy', 'chuyenvien.vptw', 'chuyenvien.ubnd'],
  clerk: ['vanthu.tinhuy', 'vanthu.vptw', 'vanthu.ubnd'],
  leader: ['lanhdao.tinhuy', 'lanhdao.vptw', 'lanhdao.ubnd'],
  inspector: ['kiemtra.tinhuy', 'kiemtra.vptw', 'thanhtra.ubnd'],
  administrator: ['quantri.tinhuy', 'quantri.vptw', 'quantri.ubnd'],
} as const;
const places = ['of the own agency', 'of another agency of the bloc', 'of the other bloc'] as const;

function personasOf(row: RouteRow): readonly Persona[] {
  const roles = Object.entries(people).flatMap(([role, logins]) =>
    logins.map((login, index) => {
      const cell = row[role as keyof typeof people];
      return {
        what: `${role} ${places[index] ?? ''}`,
        login,
        expected: typeof cell === 'string' ? cell : cell[index]!,
      };
    }),
  );
  return [
    { what: 'nobody known', login: undefined, expected: row.anonymous },
    { what: 'somebody without a role', login: 'laixe.ubnd', expected: row.outsider },
    ...roles,
  ];
}

/** `login` is who asks. */
type Asking = (fixture: Fixture, login: string | undefined) => Call | Promise<Call>;

/** How each route is asked; `of` names what it is asked about. */
interface Question {
  readonly of?: FixtureName;
  readonly call?: Asking;
  /** What follows the path. */
  /** Added to the address. */
  readonly query?: string;
  /** The session of the test ends by it, so it is asked in one of its own. */
  readonly ownSession?: true;
}

const json =
  (body: object): Asking =>
  () => ({ json: body });
const now: Asking = () => ({ json: { at: new Date().toISOString() } });
/** A form that holds the file and nothing else. */
const formAlone: Asking = async () => {
  const form = formOf({ bytes: await plainPdf() });
  form.delete('role');
  return { form };
};
const copy = json({ kind: 'SY', recipients: [{ agencyId: demoAgency('vptu').id }] });
const reason = json({ reason: 'Thử quyền truy cập' });
/** One document that all of them are withdrawn for. */
const byAnother = (name: FixtureName): Asking => {
  return async () => ({
    json: { byDocumentId: (await fixtures.common(name)).id, reason: 'Thử quyền truy cập' },
  });
};
const sign = (purpose: string): Asking => {
  return ({ id }) => ({ json: { purpose, documentIds: [id] } });
};

const questions: Readonly<Record<string, Question>> = {
  'POST /api/v1/session': {
    call: json({ loginName: 'laixe.ubnd', password: demoPassword }),
    ownSession: true,
  },
  'POST /api/v1/session/office': {
    call: (_, login) => ({ json: { appointmentId: appointmentOf(login) } }),
  },
  'PUT /api/v1/session/preferences': { call: json({ theme: 'dark' }) },
  'DELETE /api/v1/session': { ownSession: true },
  'POST /api/v1/keys/:id/release': { of: 'locked key', call: reason },
  'POST /api/v1/session/password': {
    call: json({ currentPassword: demoPassword, newPassword: demoPassword }),
  },
  'POST /api/v1/admin/people/:id/account': {
    of: 'person',
    call: ({ id }) => ({ json: { loginName: `ai.${id.slice(0, 8)}` } }),
  },
  'POST /api/v1/admin/people/:id/account/reset': { of: 'person with a login', call: reason },
  'POST /api/v1/admin/people/:id/account/lock': { of: 'person with a login', call: reason },
  'POST /api/v1/admin/people/:id/account/unlock': { of: 'person locked out', call: reason },
  'POST /api/v1/admin/certificates': {
    call: json({
      ...{ ownerKind: 'person', ownerId: demoPerson('pho.tinhuy').id, use: 'signing' },
      certificate: 'không phải chứng thư',
    }),
  },
  'POST /api/v1/admin/certificates/:id/withdraw': { of: 'certificate', call: reason },
  'POST /api/v1/admin/keys': { call: () => ({ form: keyForm() }) },
  'GET /api/v1/audit/documents/:id/timeline': { of: 'issued' },
  'GET /api/v1/audit/documents/:id/readers': { of: 'issued' },
  'POST /api/v1/mandates': { call: () => ({ json: newMandate() }) },
  // Whoever entered it may not confirm it, and nobody else of the table is of the commission.
  'POST /api/v1/mandates/:id/confirm': { of: 'mandate' },
  'POST /api/v1/mandates/:id/close': { of: 'mandate', call: reason },
  'POST /api/v1/delegations': { call: () => ({ json: newDelegation() }) },
  'POST /api/v1/delegations/:id/end': { of: 'delegation', call: reason },
  'POST /api/v1/admin/agencies': { call: () => ({ json: newAgency() }) },
  'PATCH /api/v1/admin/agencies/:id': { of: 'agency below', call: json({ place: 'Sơn Thủy' }) },
  'POST /api/v1/admin/agencies/:id/end': { of: 'agency below', call: () => ({ json: ending() }) },
  'GET /api/v1/admin/bodies/types': { query: `?agencyId=${demoAgency('tinhuy').id}` },
  'GET /api/v1/admin/bodies': { query: `?agencyId=${demoAgency('tinhuy').id}` },
  'POST /api/v1/admin/bodies': { call: () => ({ json: newBody() }) },
  'PATCH /api/v1/admin/bodies/:id': { of: 'body', call: json({ symbol: 'BTH' }) },
  'POST /api/v1/admin/bodies/:id/end': { of: 'body', call: () => ({ json: ending() }) },
  'GET /api/v1/admin/posts': { query: `?agencyId=${demoAgency('tinhuy').id}` },
  'POST /api/v1/admin/posts': { call: () => ({ json: newPost() }) },
  'PATCH /api/v1/admin/posts/:id': { of: 'post', call: json({ rank: 'deputy' }) },
  'POST /api/v1/admin/posts/:id/end': { of: 'post', call: () => ({ json: ending() }) },
  'POST /api/v1/admin/people': { of: 'post', call: ({ id }) => ({ json: newPerson(id) }) },
  'PATCH /api/v1/admin/people/:id': { of: 'person', call: json({ fullName: 'Lưu Thị Thử' }) },
  'POST /api/v1/admin/people/:id/appointments': {
    of: 'person',
    call: async () => ({ json: appointing((await fixtures.common('post')).id) }),
  },
  'PATCH /api/v1/admin/appointments/:id': { of: 'appointment', call: json({ roles: ['clerk'] }) },
  'POST /api/v1/admin/appointments/:id/end': { of: 'appointment', call: () => ({ json: ending() }) },
  'POST /api/v1/documents': { call: json(newDocument(staffs.provinceBoard)) },
  'GET /api/v1/documents/:id': { of: 'issued' },
  'POST /api/v1/documents/:id/files': {
    of: 'draft',
    call: async () => ({ form: formOf({ bytes: await plainPdf(), role: 'annex' }) }),
  },
  'GET /api/v1/documents/:id/files/:fileId/content': { of: 'issued' },
  'PUT /api/v1/documents/:id/files/order': { of: 'draft', call: json({ fileIds: [] }) },
  'PUT /api/v1/documents/:id/files/:fileId': {
    of: 'draft',
    call: formAlone,
  },
  'DELETE /api/v1/documents/:id/files/:fileId': { of: 'draft' },
  'PATCH /api/v1/documents/:id': { of: 'draft', call: json({ urgency: 1 }) },
  'GET /api/v1/documents/waiting': { query: '?view=to-review' },
  'GET /api/v1/documents/last-recipients': {
    query: `?bodyId=${demoBody('tinhuy/btv').id}&typeCode=CV`,
  },
  'POST /api/v1/documents/:id/signer': {
    of: 'approved',
    call: json({
      signerPostId: postOf('pho.tinhuy'),
      capacity: { code: 'TM' },
      reason: 'Người ký đi công tác',
    }),
  },
  'POST /api/v1/documents/read-form': { call: formAlone },
  'GET /api/v1/documents/:id/format-check': { of: 'draft' },
  'PUT /api/v1/documents/:id/layout': {
    of: 'draft',
    call: json({ number: { page: 1, x: 60, y: 600, width: 150, height: 20 } }),
  },
  'GET /api/v1/documents/:id/changes': { of: 'issued' },
  'GET /api/v1/documents/:id/drafts': { of: 'issued' },
  'GET /api/v1/documents/:id/copies': { of: 'issued' },
  'POST /api/v1/documents/:id/copies': { of: 'issued', call: copy },
  'GET /api/v1/incoming/:id/copies': { of: 'arrived' },
  'POST /api/v1/incoming/:id/copies': { of: 'arrived', call: copy },
  'GET /api/v1/documents/:id/dispatches': { of: 'on paper' },
  'POST /api/v1/documents/:id/dispatches/:n/handed': { of: 'on paper', call: now },
  'POST /api/v1/documents/:id/dispatches/:n/received': {
    of: 'handed over',
    call: () => ({ json: { at: new Date().toISOString(), by: 'Lò Thị Mây' } }),
  },
  'POST /api/v1/documents/:id/dispatches/:n/told': {
    of: 'recalled on paper',
    call: () => ({ json: { at: new Date().toISOString(), by: 'Lò Thị Mây' } }),
  },
  'POST /api/v1/recipient-groups': {
    call: () => ({ json: { name: `Nhóm ${newId()}`, recipients: [], paperRecipients: [] } }),
  },
  'PUT /api/v1/recipient-groups/:id': {
    of: 'recipient group',
    call: () => ({ json: { name: `Nhóm ${newId()}`, recipients: [], paperRecipients: [] } }),
  },
  'DELETE /api/v1/recipient-groups/:id': { of: 'recipient group' },
  'POST /api/v1/documents/:id/submit': { of: 'draft' },
  'POST /api/v1/documents/:id/initial': { of: 'in review', call: json({}) },
  'POST /api/v1/documents/:id/return': { of: 'in review', call: reason },
  'POST /api/v1/documents/:id/approve': { of: 'to approve' },
  'POST /api/v1/documents/:id/number': { of: 'person signed' },
  'POST /api/v1/documents/:id/issue': { of: 'agency signed' },
  'POST /api/v1/documents/:id/cancel': { of: 'draft', call: reason },
  'POST /api/v1/signing-operations #personal': { of: 'approved', call: sign('personal') },
  'POST /api/v1/signing-operations #agency': { of: 'numbered', call: sign('agency') },
  'POST /api/v1/signing-operations/:id/confirm #personal': {
    of: 'personal operation',
    call: json({ pin: demoPin }),
  },
  'POST /api/v1/signing-operations/:id/confirm #agency': {
    of: 'agency operation',
    call: json({ pin: demoPin }),
  },
  'GET /api/v1/documents/:id/deliveries': { of: 'issued' },
  'GET /api/v1/documents/:id/evidence': { of: 'issued' },
  'POST /api/v1/documents/:id/take-back': {
    of: 'issued',
    call: json({ recipientId: demoAgency('dangsonthuy').id, reason: 'Thử quyền truy cập' }),
  },
  'POST /api/v1/documents/:id/recall': { of: 'issued', call: reason },
  'POST /api/v1/documents/:id/replace': { of: 'issued', call: byAnother('letter') },
  'POST /api/v1/documents/:id/correct': { of: 'issued', call: byAnother('letter') },
  'POST /api/v1/incoming/:id/take-back/agree': { of: 'asked back', call: json({}) },
  'POST /api/v1/incoming/:id/take-back/refuse': { of: 'asked back', call: reason },
  'POST /api/v1/dead-letters/:id/resend': { of: 'dead letter' },
  'POST /api/v1/notices/read': { call: json({ all: true }) },
  'GET /api/v1/registers/:name/export': { query: '?format=csv' },
  'POST /api/v1/registers/volumes/:id/close': { of: 'open volume' },
  'GET /api/v1/registers/volumes/:id/content': { of: 'closed volume' },
  'GET /api/v1/incoming/:id': { of: 'arrived' },
  'GET /api/v1/incoming/:id/files/:fileId/content': { of: 'arrived' },
  'POST /api/v1/incoming/:id/verify': { of: 'arrived' },
  'POST /api/v1/incoming/:id/accept': { of: 'verified' },
  'POST /api/v1/incoming/:id/refuse': { of: 'arrived', call: reason },
  'GET /api/v1/incoming/:id #assigned': { of: 'assigned' },
  'POST /api/v1/incoming/paper': { call: json(aPaper()) },
  'POST /api/v1/incoming/:id/files': {
    of: 'paper',
    call: async () => ({ form: formOf({ bytes: await plainPdf(), role: 'main' }) }),
  },
  'POST /api/v1/incoming/:id/submit': {
    of: 'paper',
    call: json({ leaderPersonId: demoPerson(people.leader[0]).id }),
  },
  'POST /api/v1/incoming/:id/return': { of: 'submitted', call: reason },
  'POST /api/v1/incoming/:id/instruct': { of: 'submitted', call: json(anInstruction()) },
  'POST /api/v1/incoming/:id/start': { of: 'assigned', call: json({}) },
  'POST /api/v1/incoming/:id/relief': { of: 'assigned', call: reason },
  'POST /api/v1/incoming/:id/complete': { of: 'started', call: json({ result: 'Đã giải quyết.' }) },
};

function keyForm(): FormData {
  const form = new FormData();
  const ownerId = demoPerson('pho.tinhuy').id;
  const fields = { ownerKind: 'person', ownerId, use: 'signing', password: 'x', pin: demoPin };
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append('file', new Blob(['không phải tệp khóa']), 'khoa.p12');
  return form;
}
const ending = (): object => ({ validTo: today(1), reason: 'Quyết định số 12-QĐ/TU' });
const appointing = (postId: string): object => {
  return { postId, roles: ['drafter'], acting: false, validFrom: today() };
};

/** The only office of a demo person. */
function appointmentOf(login = 'laixe.ubnd'): string | undefined {
  return demoDirectory.appointments.find(({ personId }) => personId === demoPerson(login).id)?.id;
}

/** Fixed ids of the directory. */
const directoryIds: Readonly<Record<string, string>> = {
  'GET /api/v1/agencies/:id': demoAgency('tinhuy').id,
  'GET /api/v1/people/:id': demoPerson('vanthu.tinhuy').id,
  'GET /api/v1/admin/agencies/:id': demoAgency('tinhuy').id,
  'GET /api/v1/admin/people/:id': demoPerson('vanthu.tinhuy').id,
};

let node: TestNode;
let fixtures: Fixtures;
beforeAll(async () => {
  node = await startTestNode();
  fixtures = new Fixtures(node);
  // Made before anything is counted: replacing and correcting name it.
  await fixtures.common('letter');
}, 120_000);
afterAll(() => node.close());

const routeOf = (key: string): string => key.replace(/ #.*$/, '');

it('the table knows every route of the running application, and no other', () => {
  const running = listRoutes(node.app).map(({ method, path }) => `${method} ${path}`);
  expect([...new Set(Object.keys(routeTable).map(routeOf))].toSorted()).toEqual(running.toSorted());
});

it('every route carries a policy or says why it is public, but for the pages of the documentation', () => {
  const bare = listRoutes(node.app).filter(
    ({ policy, path }) => policy === undefined && !path.startsWith('/api/docs'),
  );
  expect(bare).toEqual([]);
  const silent = listRoutes(node.app).filter(({ policy, reason: why }) => policy === 'public' && !why);
  expect(silent).toEqual([]);
});

describe.each(Object.keys(routeTable))('%s', (key) => {
  const row = routeTable[key]!;
  const personas = personasOf(row);
  const isSuccess = ({ expected }: Persona): boolean => expected.startsWith('2');
  const isRead = key.startsWith('GET ');

  it('refuses whom the table refuses, changes nothing for them and notes each of them', async () => {
    const refused = personas.filter((persona) => !isSuccess(persona));
    const fixture = await fixtureFor(key, 'common');
    await until('rest', 30, atRest);
    const before = await everything();
    const outcomes: Record<string, string> = {};
    for (const persona of refused) {
      const reply = await ask(key, persona, fixture);
      outcomes[persona.what] = reply.outcome;
      if (key.includes('/api/v1/')) await expectNoted(reply, persona);
    }
    expect(outcomes).toEqual(Object.fromEntries(refused.map(({ what, expected }) => [what, expected])));
    expect(await everything()).toEqual(before);
  });

  it('serves whom the table lets in, and notes each of them', async () => {
    const outcomes: Record<string, string> = {};
    const served = personas.filter(isSuccess);
    for (const persona of served) {
      const reply = await ask(key, persona, await fixtureFor(key, isRead ? 'common' : 'fresh'));
      outcomes[persona.what] = reply.outcome;
      if (key.includes('/api/v1/') && !isSilent(key)) {
        const entries = await entriesOfRequest(node, reply.requestId);
        expect([key, persona.what, entries.length > 0]).toEqual([key, persona.what, true]);
      }
    }
    expect(outcomes).toEqual(Object.fromEntries(served.map(({ what, expected }) => [what, expected])));
  });
});

/** Says who is logged in, to that person: nothing is accessed. */
const isSilent = (key: string): boolean => key === 'GET /api/v1/session';

describe('what one agency has', () => {
  const listed = async (login: string, path: string): Promise<string> =>
    JSON.stringify((await (await node.as(login)).get(path)).body);

  it.each([
    ['documents', '/documents', 'issued', people.clerk],
    ['incoming documents', '/incoming', 'arrived', people.clerk],
    ['dead letters', '/dead-letters', 'dead letter', people.clerk],
  ] as const)('%s: is in its own list and in no other', async (_, path, name, [own, ...others]) => {
    const { id } = await fixtures.fresh(name);
    expect(await listed(own, path)).toContain(id);
    for (const other of others) expect(await listed(other, path)).not.toContain(id);
  });

  it('keys: are listed for it alone', async () => {
    const { id } = await fixtures.common('locked key');
    const [own, ...others] = people.administrator;
    expect(await listed(own, '/keys')).toContain(id);
    for (const other of others) expect(await listed(other, '/keys')).not.toContain(id);
  });

  it('trail: is searched by its own inspectors alone', async () => {
    const { id } = await fixtures.common('issued');
    const [own, ...others] = people.inspector;
    const path = `/audit/entries?documentId=${id}&action=document.issued`;
    expect(await listed(own, path)).toContain('document.issued');
    for (const other of others) expect(await listed(other, path)).not.toContain('document.issued');
  });
});

async function fixtureFor(key: string, mode: 'common' | 'fresh'): Promise<Fixture> {
  const { of } = questions[key] ?? {};
  if (of === undefined) return { id: directoryIds[key] ?? demoBody('tinhuy/btv').id };
  return fixtures[mode](of);
}

async function ask(key: string, { login }: Persona, fixture: Fixture): Promise<Reply> {
  const question = questions[key] ?? {};
  const [method = '', pattern = ''] = routeOf(key).split(' ');
  const path = pattern
    .replace(':fileId', fixture.fileId ?? '')
    .replace(':id', fixture.id)
    .replace(':name', 'outgoing')
    .replace(':n', '1');
  return (await callerFor(login, question)).call(
    method,
    `/${path}${question.query ?? ''}`,
    await question.call?.(fixture, login),
  );
}

async function callerFor(login: string | undefined, { ownSession }: Question): Promise<Caller> {
  if (login === undefined) return node.anybody();
  return ownSession ? new Caller(node.origin).login(login) : node.as(login);
}

/** One entry says that this request was denied or refused, by whom and why. */
async function expectNoted(reply: Reply, { what, login }: Persona): Promise<void> {
  const entries = await entriesOfRequest(node, reply.requestId);
  const refusals = entries.filter(({ outcome }) => outcome !== 'success');
  const isDenial = [401, 403].includes(reply.status);
  expect([what, refusals]).toMatchObject([
    what,
    [
      {
        ...(isDenial ? { action: 'access.denied', outcome: 'denied' } : {}),
        code: reply.outcome.slice(4),
        actor: login === undefined ? { kind: 'anonymous' } : { person: demoPerson(login).id },
      },
    ],
  ]);
}

/** Messages that are still on their way would change what a refused request must not. */
async function atRest(): Promise<true | undefined> {
  const moving = await node.query("SELECT 1 FROM workflow.delivery WHERE state IN ('QUEUED', 'SENT')");
  return moving.length === 0 ? true : undefined;
}

/** What a refused request must leave as it is. */
async function everything(): Promise<unknown> {
  const [row] = await node.query<Record<string, unknown>>(`
    SELECT (SELECT jsonb_agg(jsonb_build_array(id, state, version) ORDER BY id) FROM workflow.document) AS documents,
           (SELECT count(*) FROM workflow.file_version) AS files,
           (SELECT count(*) FROM workflow.signing_operation WHERE used_at IS NOT NULL) AS operations,
           (SELECT jsonb_agg(jsonb_build_array(id, state) ORDER BY id) FROM workflow.incoming) AS incoming,
           (SELECT jsonb_agg(jsonb_build_array(id, sha256) ORDER BY id) FROM workflow.register_volume) AS volumes,
           (SELECT jsonb_agg(jsonb_build_array(id, state, version) ORDER BY id) FROM workflow.handling) AS handling,
           (SELECT count(*) FROM workflow.incoming_file) AS scans,
           (SELECT count(*) FROM workflow.dead_letter WHERE resolved_at IS NULL) AS letters,
           (SELECT jsonb_agg(jsonb_build_array(id, attempts, withdrawn_at) ORDER BY id) FROM access.stored_key) AS keys`);
  return row;
}

import { demoAgency, demoPassword, demoPerson } from '#directory';
import type { Call, Reply } from '../support/caller';
import { Caller, idempotencyKey } from '../support/caller';
import { until } from '../../apps/launcher/src/job/receive';
import { Desk, newDocument, ok, postOf, staffs } from '../support/desk';
import { expectRefusal, stockOf, storingNothing } from '../support/refusals';
import type { TestNode } from '../support/test-node';
import { startTestNode } from '../support/test-node';
import { entriesOfRequest } from '../support/trail';

/** Requests that no page of ours would send. */

let node: TestNode;
let desk: Desk;
let drafter: Caller;
beforeAll(async () => {
  node = await startTestNode();
  desk = new Desk(node, staffs.provinceBoard);
  drafter = await desk.drafter;
}, 120_000);
afterAll(() => node.close());

const good = (given: Readonly<Record<string, unknown>> = {}): Record<string, unknown> =>
  newDocument(staffs.provinceBoard, given);
const recipients = (keys: readonly string[]): { agencyId: string }[] =>
  keys.map((key) => ({ agencyId: demoAgency(key).id }));
const nobody = '6b1c1a3e-0000-4000-8000-000000000000';
const create = (call: Call): Promise<Reply> =>
  storingNothing(node, () => drafter.call('POST', '/documents', call));

/** The good body as text, with something put before its end. */
const spoilt = (more: string): Call => ({
  raw: { type: 'application/json', text: `${JSON.stringify(good()).slice(0, -1)},${more}}` },
});
const urlencoded = 'application/x-www-form-urlencoded';
const inCharset = (charset: string, text = '{}'): Call => ({
  raw: { type: `application/json; charset=${charset}`, text },
});
const nested = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`;

describe('a body', () => {
  it.each<[string, string, () => Call]>([
    ['broken JSON', '400 MALFORMED_BODY', () => ({ raw: { type: 'application/json', text: '{"bodyId":' } })],
    ['a list', '400 VALIDATION_FAILED', () => ({ json: [good()] })],
    ['a word', '400 MALFORMED_BODY', () => ({ raw: { type: 'application/json', text: '"DRAFT"' } })],
    ['nothing', '400 VALIDATION_FAILED', () => ({})],
    ['__proto__', '400 MALFORMED_BODY', () => spoilt('"__proto__":{"state":"ISSUED"}')],
    ['__proto__, written otherwise', '400 MALFORMED_BODY', () => spoilt('"\\u005f_proto__":{"a":1}')],
    ['a constructor', '400 MALFORMED_BODY', () => spoilt('"constructor":{"prototype":{"a":1}}')],
    ['one name twice', '400 MALFORMED_BODY', () => spoilt('"urgency":4')],
    ['one name twice, deep inside', '400 MALFORMED_BODY', () => spoilt('"x":{"y":[{"a":1,"\\u0061":2}]}')],
    ['deep lists', '400 MALFORMED_BODY', () => spoilt(`"x":${nested(40)}`)],
    ['very deep lists', '400 MALFORMED_BODY', () => spoilt(`"x":${nested(50_000)}`)],
    ['300 KB', '413 BODY_TOO_LARGE', () => spoilt(`"x":"${'a'.repeat(300_000)}"`)],
    ['XML', '415 UNSUPPORTED_MEDIA_TYPE', () => ({ raw: { type: 'application/xml', text: '<a/>' } })],
    ['plain text', '415 UNSUPPORTED_MEDIA_TYPE', () => ({ raw: { type: 'text/plain', text: '{}' } })],
    ['a web form', '415 UNSUPPORTED_MEDIA_TYPE', () => ({ raw: { type: urlencoded, text: 'urgency=1' } })],
    ['Latin-1', '415 UNSUPPORTED_MEDIA_TYPE', () => inCharset('iso-8859-1')],
    ['UTF-16', '415 UNSUPPORTED_MEDIA_TYPE', () => inCharset('utf-16')],
    // `+AF8-` is an underscore in UTF-7: what is checked must be what is parsed.
    ['UTF-7', '415 UNSUPPORTED_MEDIA_TYPE', () => inCharset('utf-7', '{"+AF8-+AF8-proto__":{"a":1}}')],
  ])('of %s is refused: %s', async (_, outcome, call) => {
    await expectRefusal(node, await create(call()), outcome);
    expect(({} as Record<string, unknown>)['a']).toBeUndefined();
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['a field that is not known', { state: 'ISSUED' }, 'state'],
    ['a field of somebody else', { drafterId: demoPerson('vanthu.tinhuy').id }, 'drafterId'],
    ['an unknown field inside', { capacity: { code: 'TM', by: 'x' } }, 'capacity.by'],
    ['a malformed id', { bodyId: '1 OR 1=1' }, 'bodyId'],
    ['a malformed id in a list', { recipients: [{ agencyId: 'not-an-id' }] }, 'recipients[0].agencyId'],
    [
      'an unknown channel',
      { recipients: [{ agencyId: demoAgency('vptu').id, channel: 'fax' }] },
      'recipients[0].channel',
    ],
    ['a number as a word', { urgency: 'khẩn' }, 'urgency'],
    ['half an urgency', { urgency: 1.5 }, 'urgency'],
    ['an empty urgency', { urgency: '' }, 'urgency'],
    ['a list for an urgency', { urgency: [1] }, 'urgency'],
    ['yes for an urgency', { urgency: true }, 'urgency'],
    ['text as a number', { abstract: 7 }, 'abstract'],
    ['text that turns its direction', { abstract: 'Về việc \u202egnưhp' }, 'abstract'],
    ['text with hidden signs', { abstract: 'Về\u200b việc' }, 'abstract'],
    ['text with line breaks', { abstract: 'Về\nviệc' }, 'abstract'],
    ['half a letter', { abstract: 'Về \ud83d' }, 'abstract'],
    ['text that is too long', { abstract: 'ă'.repeat(501) }, 'abstract'],
    ['an unknown secrecy', { secrecy: 'HIGH' }, 'secrecy'],
    [
      'a day that does not exist',
      { capacity: { code: 'TUQ', authority: { reference: '1', validUntil: '2026-02-30' } } },
      'capacity.authority.validUntil',
    ],
  ])('with %s is refused, and the field named', async (_, given, field) => {
    const { body } = await expectRefusal(node, await create({ json: good(given) }), '400 VALIDATION_FAILED');
    expect(body.errors.map((error) => error.field.replace(/\[\d+\]$/, ''))).toContain(field);
    for (const { vi, en } of body.errors)
      expect([vi, en]).toEqual([expect.stringMatching(/\S/), expect.stringMatching(/\S/)]);
  });

  it.each<[string, Record<string, unknown>, string]>([
    [
      'an unknown recipient',
      { recipients: [...recipients(['vptu']), { agencyId: nobody }] },
      '422 RECIPIENT_UNKNOWN',
    ],
    ['a recipient that is no more', { recipients: recipients(['sotttt']) }, '422 RECIPIENT_UNKNOWN'],
    ['one recipient twice', { recipients: recipients(['vptu', 'vptu']) }, '422 RECIPIENT_REPEATED'],
    ["another agency's body", { bodyId: newDocument(staffs.ministry)['bodyId'] }, '422 BODY_NOT_FOUND'],
    ['an unknown post', { signerPostId: '6b1c1a3e-0000-4000-8000-000000000000' }, '422 POST_NOT_FOUND'],
    ["another agency's signer", { signerPostId: postOf('lanhdao.bkhcn') }, '422 CAPACITY_NOT_ALLOWED'],
    [
      "another agency's reviewer",
      { reviewers: [{ name: 'Thể thức', personId: demoPerson('vanthu.ubnd').id }] },
      '422 REVIEWER_UNKNOWN',
    ],
    [
      'a reviewer who may not review',
      { reviewers: [{ name: 'Thể thức', personId: demoPerson('quantri.tinhuy').id }] },
      '422 REVIEWER_UNKNOWN',
    ],
    ['a type that the bloc lacks', { typeCode: 'CONGDIEN' }, '422 TYPE_NOT_KNOWN'],
    ['a type that the body may not issue', { typeCode: 'DUAN' }, '422 TYPE_NOT_ALLOWED'],
    ['a capacity that does not fit', { capacity: { code: 'DIRECT' } }, '422 CAPACITY_NOT_ALLOWED'],
    ['a secret', { secrecy: 'MAT' }, '422 SECRECY_NOT_SUPPORTED'],
    ['an abstract of a top secret', { secrecy: 'TUYET_MAT' }, '422 ABSTRACT_FORBIDDEN'],
    ['a time without urgency', { urgencyAt: '2027-01-01T00:00:00Z' }, '422 URGENCY_TIME_FORBIDDEN'],
  ])('that names %s is refused', async (_, given, outcome) => {
    await expectRefusal(node, await create({ json: good(given) }), outcome);
  });

  it('tells which of many recipients is unknown', async () => {
    const many = [...recipients(['vptu']), { agencyId: nobody }, ...recipients(['ubnd'])];
    const { body } = await expectRefusal(
      node,
      await create({ json: good({ recipients: many }) }),
      '422 RECIPIENT_UNKNOWN',
    );
    expect(body.errors).toMatchObject([{ field: 'recipients[1]' }]);
  });
});

describe('a request without a body', () => {
  it('is served where no body is asked for', async () => {
    const id = await desk.draft();
    expect((await drafter.call('POST', `/documents/${id}/submit`)).outcome).toBe('200');
  });
});

describe('an address', () => {
  it.each([
    ['GET', '/documents/not-an-id', '400 VALIDATION_FAILED'],
    ['GET', "/documents/'%20OR%201=1", '400 VALIDATION_FAILED'],
    ['GET', '/documents/6b1c1a3e-0000-4000-8000-000000000000', '404 DOCUMENT_NOT_FOUND'],
    ['GET', '/documents/..%2f..%2fetc%2fpasswd', '400 VALIDATION_FAILED'],
    ['GET', '/documents?state=SECRET', '400 VALIDATION_FAILED'],
    ['GET', '/documents?cursor=nonsense', '400 VALIDATION_FAILED'],
    ['GET', '/documents?state=DRAFT&state=ISSUED', '400 VALIDATION_FAILED'],
    ['GET', '/documents?sort=1', '400 VALIDATION_FAILED'],
    ['GET', '/nowhere', '404 NOT_FOUND'],
    ['PATCH', '/documents', '404 NOT_FOUND'],
    ['GET', '/documents/%ff', '400 REQUEST_REFUSED'],
  ])('%s %s is answered with %s', async (method, path, outcome) => {
    await expectRefusal(node, await drafter.call(method, path), outcome);
  });

  it('of an incoming document that is no id is no document', async () => {
    const reply = await (await desk.clerk).get('/incoming/not-an-id');
    await expectRefusal(node, reply, '404 INCOMING_NOT_FOUND');
  });
});

describe('a request without proof that the person meant it', () => {
  const attempt = (headers: Call['headers']): Promise<Reply> => create({ json: good(), headers: headers! });

  it.each<[string, Record<string, string | null>, string]>([
    ['no session', { cookie: null }, '401 NOT_LOGGED_IN'],
    ['an invented session', { cookie: `__Host-sealpost=${'A'.repeat(43)}` }, '401 NOT_LOGGED_IN'],
    ['a damaged session', { cookie: '__Host-sealpost=%00' }, '401 NOT_LOGGED_IN'],
    ['no CSRF token', { 'x-csrf-token': null }, '403 CSRF_REFUSED'],
    ['a wrong CSRF token', { 'x-csrf-token': 'x'.repeat(43) }, '403 CSRF_REFUSED'],
    ['a foreign origin', { origin: 'https://evil.example' }, '403 ORIGIN_REFUSED'],
    ['an origin that looks like ours', { origin: 'http://127.0.0.1.evil.example' }, '403 ORIGIN_REFUSED'],
    ['a null origin', { origin: 'null' }, '403 ORIGIN_REFUSED'],
    ['another site, without Origin', { origin: null, 'sec-fetch-site': 'cross-site' }, '403 ORIGIN_REFUSED'],
  ])('%s is refused', async (_, headers, outcome) => {
    const { entry } = await expectRefusal(node, await attempt(headers), outcome);
    expect(entry).toMatchObject({ action: 'access.denied', outcome: 'denied' });
  });

  it("another person's CSRF token is refused", async () => {
    const { csrfToken } = await desk.leader;
    await expectRefusal(node, await attempt({ 'x-csrf-token': csrfToken ?? '' }), '403 CSRF_REFUSED');
  });

  it('a session is over when it is closed', async () => {
    const caller = await new Caller(node.origin).login('chuyenvien.tinhuy');
    expect((await caller.call('DELETE', '/session')).status).toBe(204);
    await expectRefusal(node, await caller.get('/documents'), '401 NOT_LOGGED_IN');
  });

  it('a cookie goes to our host alone, over TLS, out of reach of scripts', async () => {
    const reply = await node.anybody().post('/session', { loginName: 'vanthu.vptu', password: demoPassword });
    const [cookie = ''] = reply.headers.getSetCookie();
    expect(cookie).toMatch(/^__Host-sealpost=[\w-]{40,}; /);
    for (const attribute of ['Path=/', 'HttpOnly', 'Secure', 'SameSite=Strict'])
      expect(cookie).toContain(attribute);
    expect(cookie).not.toMatch(/Domain|Max-Age|Expires/);
  });
});

describe('a login', () => {
  const login = (loginName: string, password: string, headers: Call['headers'] = {}): Promise<Reply> =>
    node.anybody().post('/session', { loginName, password }, headers);

  it('with a wrong password, or of nobody, is answered alike', async () => {
    const known = await login('vanthu.ubndvh', 'wrong-password');
    const unknown = await login('nobody.nowhere', 'wrong-password');
    const { entry } = await expectRefusal(node, known, '401 LOGIN_REFUSED');
    expect(entry).toMatchObject({ action: 'session.refused', actor: { kind: 'anonymous' } });
    await expectRefusal(node, unknown, '401 LOGIN_REFUSED');
    expect(JSON.stringify(await entriesOfRequest(node, unknown.requestId))).not.toContain('nobody.nowhere');
  });

  it('of somebody whose appointment has ended is refused', async () => {
    await expectRefusal(node, await login('vanthu.sotttt', demoPassword), '403 NO_APPOINTMENT');
  });

  it('from another site is refused', async () => {
    const reply = await login('vanthu.vptu', demoPassword, { origin: 'https://evil.example' });
    await expectRefusal(node, reply, '403 ORIGIN_REFUSED');
    expect(reply.headers.getSetCookie()).toEqual([]);
  });

  it('is throttled after ten wrong passwords, the right one included', async () => {
    for (let tries = 0; tries < 10; tries += 1) await login('vanthu.sotaichinh', 'wrong-password');
    const reply = await login('vanthu.sotaichinh', demoPassword);
    expect(reply.outcome).toBe('429 LOGIN_THROTTLED');
    expect(Number(reply.headers.get('retry-after'))).toBeGreaterThan(0);
  });
});

describe('the same request twice', () => {
  const key = (): { 'idempotency-key': string } => ({ 'idempotency-key': idempotencyKey() });
  const documents = async (): Promise<number> => (await stockOf(node))['workflow.document'] ?? -1;

  it('has effect once and is answered alike', async () => {
    const headers = key();
    const before = await documents();
    const first = await drafter.post('/documents', good(), headers);
    const again = await drafter.post('/documents', good(), headers);
    expect([first.status, again.status, again.body]).toEqual([201, 201, first.body]);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(await documents()).toBe(before + 1);
  });

  it('with another body is refused', async () => {
    const headers = key();
    await ok(201, drafter.post('/documents', good(), headers));
    const other = await storingNothing(node, () => drafter.post('/documents', good({ urgency: 1 }), headers));
    await expectRefusal(node, other, '422 IDEMPOTENCY_KEY_REUSED');
  });

  it('while the first is still at work is told so', async () => {
    const id = await desk.personSigned();
    const clerk = await desk.clerk;
    const headers = key();
    const { dataSource } = node.database;
    const holder = dataSource.createQueryRunner();
    await holder.startTransaction();
    await holder.query('SELECT 1 FROM workflow.document WHERE id = $1 FOR UPDATE', [id]);
    const first = clerk.post(`/documents/${id}/number`, {}, headers);
    await until('the first request to begin', 10, async () => {
      const held = await node.query('SELECT 1 FROM platform.idempotency_key WHERE key = $1', [
        headers['idempotency-key'],
      ]);
      return held.length > 0 ? true : undefined;
    });
    const second = await clerk.post(`/documents/${id}/number`, {}, headers);
    await expectRefusal(node, second, '409 IDEMPOTENCY_IN_PROGRESS');
    await holder.rollbackTransaction();
    await holder.release();
    const numbered = await first;
    expect(numbered.status).toBe(200);
    expect((await clerk.post(`/documents/${id}/number`, {}, headers)).body).toEqual(numbered.body);
  });

  it('many times at once has effect once', async () => {
    const headers = key();
    const before = await documents();
    const replies = await Promise.all(
      Array.from({ length: 8 }, () => drafter.post('/documents', good(), headers)),
    );
    const outcomes = new Set(replies.map(({ outcome }) => outcome));
    outcomes.delete('409 IDEMPOTENCY_IN_PROGRESS');
    expect([...outcomes]).toEqual(['201']);
    const ids = new Set(
      replies.flatMap(({ status, body }) => (status === 201 ? [(body as { id: string }).id] : [])),
    );
    expect(ids.size).toBe(1);
    expect(await documents()).toBe(before + 1);
  });

  it('of another person, or on another route, is another request', async () => {
    const headers = key();
    const mine = await ok<{ id: string }>(201, drafter.post('/documents', good(), headers));
    const other = new Desk(node, staffs.ministry);
    const theirs = await (await other.drafter).post('/documents', newDocument(staffs.ministry), headers);
    expect([theirs.status, theirs.headers.get('idempotency-replayed')]).toEqual([201, null]);
    const submitted = await drafter.post(`/documents/${mine.id}/submit`, {}, headers);
    await expectRefusal(node, submitted, '422 MAIN_FILE_MISSING');
  });

  it('gets the same refusal again, and an entry for each', async () => {
    const headers = key();
    const bad = good({ recipients: recipients(['sotttt']) });
    await expectRefusal(node, await drafter.post('/documents', bad, headers), '422 RECIPIENT_UNKNOWN');
    const again = await drafter.post('/documents', bad, headers);
    await expectRefusal(node, again, '422 RECIPIENT_UNKNOWN');
    expect(again.headers.get('idempotency-replayed')).toBe('true');
  });

  it.each(['short', 'a'.repeat(201), 'khóa-không-phải-ascii'.normalize('NFC')])(
    'under a malformed key is refused: %s',
    async (malformed) => {
      const bytes = Buffer.from(malformed, 'utf8').toString('latin1');
      const reply = await storingNothing(node, () =>
        drafter.post('/documents', good(), { 'idempotency-key': bytes }),
      );
      await expectRefusal(node, reply, '400 IDEMPOTENCY_KEY_INVALID');
    },
  );
});

describe('a request that comes too late', () => {
  it('with the version that somebody else has changed meanwhile is refused', async () => {
    const id = await desk.draft();
    const reply = await drafter.post(`/documents/${id}/submit`, {}, { 'if-match': '"1"' });
    await expectRefusal(node, reply, '412 VERSION_CONFLICT');
  });

  it('for a state that is past is refused and changes nothing', async () => {
    const id = await desk.approved();
    for (const [caller, event] of [
      [await desk.drafter, 'submit'],
      [await desk.leader, 'approve'],
      [await desk.clerk, 'number'],
      [await desk.clerk, 'issue'],
    ] as const) {
      const reply = await storingNothing(node, () => caller.post(`/documents/${id}/${event}`));
      await expectRefusal(node, reply, '409 TRANSITION_NOT_ALLOWED');
    }
    expect(await desk.stateOf(id)).toBe('APPROVED');
  });
});

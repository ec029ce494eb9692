import type { Reply } from '../support/caller';
import { Desk, ok, staffs } from '../support/desk';
import { expectRefusal } from '../support/refusals';
import { withCase } from '../support/holder-keys';
import { demoAgency } from '#directory';
import type { TestNode } from '../support/test-node';
import { startTestNode } from '../support/test-node';
import { entriesOfDocument } from '../support/trail';

/** Numbers are given once, without gaps, and kept whatever happens afterwards. */

let node: TestNode;
let desk: Desk;
beforeAll(async () => {
  node = await startTestNode();
  desk = new Desk(node, staffs.provinceBoard);
}, 120_000);
afterAll(() => node.close());

interface Numbered {
  readonly id: string;
  readonly number: string;
  readonly symbol: string;
  readonly date: string;
}

async function number(id: string): Promise<Numbered> {
  return ok<Numbered>(200, (await desk.clerk).post(`/documents/${id}/number`));
}

/** Approved one after the other, signed in one go. */
async function personSigned(count: number): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let made = 0; made < count; made += 1) ids.push(await desk.approved());
  await desk.sign('personal', ids);
  return ids;
}

it('twenty requests at once get the numbers 1 to 20', async () => {
  const numbered = await Promise.all((await personSigned(20)).map(number));
  const expected = Array.from({ length: 20 }, (_, index) => `${String(index + 1).padStart(2, '0')}-CV/TU`);
  expect(numbered.map(({ symbol }) => symbol).toSorted()).toEqual(expected);
  expect(new Set(numbered.map(({ date }) => date)).size).toBe(1);
  const register = await node.query<{ number: number }>(
    'SELECT number FROM workflow.register_entry ORDER BY number',
  );
  expect(register.map((row) => row.number)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
});

it('one document asked for at once five times gets one number', async () => {
  const [id = ''] = await personSigned(1);
  const clerk = await desk.clerk;
  const replies = await Promise.all(Array.from({ length: 5 }, () => clerk.post(`/documents/${id}/number`)));
  const refused = replies.filter(({ status }) => status !== 200);
  expect(replies.length - refused.length).toBe(1);
  for (const reply of refused) await expectRefusal(node, reply, '409 TRANSITION_NOT_ALLOWED');
});

it('a request that fails takes no number with it', async () => {
  const [first = '', second = ''] = await personSigned(2);
  const before = await number(first);
  // Breaks the last statement of the request, after the number was taken.
  await node.database.ownerDataSource.query(
    'ALTER TABLE workflow.register_entry ADD CONSTRAINT broken CHECK (number < 0) NOT VALID',
  );
  const failed: Reply = await (await desk.clerk).post(`/documents/${second}/number`);
  await node.database.ownerDataSource.query('ALTER TABLE workflow.register_entry DROP CONSTRAINT broken');
  await expectRefusal(node, failed, '500 INTERNAL_ERROR');
  expect(await desk.stateOf(second)).toBe('PERSON_SIGNED');
  expect(Number((await number(second)).number)).toBe(Number(before.number) + 1);
});

it('a cancelled document keeps its number, with the reason; the next gets the next', async () => {
  const [cancelled = '', next = ''] = await personSigned(2);
  const given = await number(cancelled);
  const reason = 'Sai thể thức, phát hành lại bằng văn bản khác';
  const answer = await ok(200, (await desk.clerk).post(`/documents/${cancelled}/cancel`, { reason }));
  expect(answer).toMatchObject({ state: 'CANCELLED', symbol: given.symbol, cancelReason: reason });
  expect(Number((await number(next)).number)).toBe(Number(given.number) + 1);
  const register = await node.query(
    'SELECT number, cancel_reason FROM workflow.register_entry WHERE document_id = $1',
    [cancelled],
  );
  expect(register).toEqual([{ number: Number(given.number), cancel_reason: reason }]);
  const after = await (await desk.clerk).post(`/documents/${cancelled}/issue`);
  await expectRefusal(node, after, '409 TRANSITION_NOT_ALLOWED');
});

it('a failed agency signature leaves the document numbered and not issued, until it is tried again', async () => {
  const id = await desk.numbered();
  const owner = { kind: 'agency', id: demoAgency('tinhuy').id } as const;
  const [outcome] = await withCase(node, 'revoked', owner, () => desk.trySign('agency', [id]));
  expect(outcome).toMatchObject({ outcome: 'failed', code: 'CERTIFICATE_REVOKED' });
  expect(await desk.stateOf(id)).toBe('NUMBERED');
  const early = await (await desk.clerk).post(`/documents/${id}/issue`);
  await expectRefusal(node, early, '409 AGENCY_SIGNATURE_REQUIRED');
  const actions = (await entriesOfDocument(node, id)).map(({ action, code }) => [action, code]);
  expect(actions).toContainEqual(['document.agency_signature_failed', 'CERTIFICATE_REVOKED']);
  const before = await node.query('SELECT number FROM workflow.register_entry WHERE document_id = $1', [id]);
  await desk.sign('agency', [id]);
  await ok(200, (await desk.clerk).post(`/documents/${id}/issue`));
  expect(await node.query('SELECT number FROM workflow.register_entry WHERE document_id = $1', [id])).toEqual(
    before,
  );
});

it('the two conventions count apart: a State body by year, a Party body by term', async () => {
  const state = new Desk(node, staffs.peoplesCommittee);
  const id = await state.numbered();
  const document = await ok<Numbered>(200, (await state.clerk).get(`/documents/${id}`));
  expect(document.symbol).toBe('01/QĐ-UBND');
});

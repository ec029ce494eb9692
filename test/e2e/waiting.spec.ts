import { Desk, ok, staffs } from '../support/desk';
import type { Caller } from '../support/caller';
import type { TestNode } from '../support/test-node';
import { startTestNode } from '../support/test-node';
import { demoPerson } from '#directory';

let node: TestNode;
let board: Desk;
beforeAll(async () => {
  node = await startTestNode();
  board = new Desk(node, staffs.provinceBoard);
}, 120_000);
afterAll(() => node.close());

interface Listed {
  readonly items: readonly { readonly id: string; readonly urgency: number }[];
  readonly next: string | null;
}

async function waitingFor(person: Caller, view: string): Promise<readonly string[]> {
  return (await ok<Listed>(200, person.get(`/documents/waiting?view=${view}`))).items.map(({ id }) => id);
}

const counts = (person: Caller): Promise<Record<string, number>> =>
  ok(200, person.get('/documents/waiting/counts'));

describe('what waits for a person', () => {
  it('follows a document from desk to desk, and counts as it lists', async () => {
    const { drafter, leader, clerk } = board;
    const id = await board.draft();
    expect(await waitingFor(await drafter, 'drafts')).toContain(id);
    await ok(200, (await drafter).post(`/documents/${id}/submit`));
    expect(await waitingFor(await drafter, 'drafts')).not.toContain(id);
    expect(await waitingFor(await leader, 'to-approve')).toContain(id);
    await ok(200, (await leader).post(`/documents/${id}/approve`));
    expect(await waitingFor(await leader, 'to-approve')).not.toContain(id);
    expect(await waitingFor(await leader, 'to-sign')).toEqual([id]);
    expect((await counts(await leader))['to-sign']).toBe(1);
    await board.sign('personal', [id]);
    expect(await waitingFor(await clerk, 'to-number')).toEqual([id]);
    await ok(200, (await clerk).post(`/documents/${id}/number`));
    expect(await waitingFor(await clerk, 'to-agency-sign')).toEqual([id]);
    await board.sign('agency', [id]);
    expect(await waitingFor(await clerk, 'to-issue')).toEqual([id]);
    await ok(200, (await clerk).post(`/documents/${id}/issue`));
    expect(await counts(await clerk)).toEqual({
      'to-review': 0,
      'to-number': 0,
      'to-agency-sign': 0,
      'to-issue': 0,
    });
  });

  it('comes to a reviewer when it is their turn, and to the leader after the last of them', async () => {
    const reviewers = ['vanthu.tinhuy', 'pho.tinhuy'].map((key, index) => ({
      name: `Bước ${index + 1}`,
      personId: demoPerson(key).id,
    }));
    const id = await board.inReview({ reviewers });
    const [clerk, deputy, leader] = [
      await node.as('vanthu.tinhuy'),
      await node.as('pho.tinhuy'),
      await board.leader,
    ];
    expect(await waitingFor(clerk, 'to-review')).toContain(id);
    expect(await waitingFor(deputy, 'to-review')).not.toContain(id);
    expect(await waitingFor(leader, 'to-approve')).not.toContain(id);
    await ok(200, clerk.post(`/documents/${id}/initial`));
    expect(await waitingFor(clerk, 'to-review')).not.toContain(id);
    expect(await waitingFor(deputy, 'to-review')).toContain(id);
    await ok(200, deputy.post(`/documents/${id}/initial`));
    expect(await waitingFor(leader, 'to-approve')).toContain(id);
  });

  it('is ordered by urgency, then by who waits longest', async () => {
    const ordinary = await board.inReview();
    const express = await board.inReview({ urgency: 3 });
    const listed = await waitingFor(await board.leader, 'to-approve');
    expect(listed.indexOf(express)).toBe(0);
    expect(listed.indexOf(ordinary)).toBe(listed.length - 1);
  });

  it('is nobody else’s: another agency’s desk and another role’s view are empty', async () => {
    await board.personSigned();
    expect(await waitingFor(await node.as('vanthu.ubnd'), 'to-number')).toEqual([]);
    expect(await waitingFor(await board.drafter, 'to-number')).toEqual([]);
  });
});

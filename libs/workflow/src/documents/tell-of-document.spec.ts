import { demoPerson } from '#directory';

import type { NoticePage } from '../notices/find-notices';
import { Desk, provinceCommittee } from '../testing/test-documents';
import { openTestOffice } from '../testing/test-office';
import type { TestOffice } from '../testing/test-office';

const { drafter, leader, clerk, agency } = provinceCommittee;

describe('people on the way of a document', () => {
  let office: TestOffice;
  let desk: Desk;

  beforeAll(async () => {
    office = await openTestOffice({ signers: [leader], agencies: [agency] });
    desk = new Desk(office, provinceCommittee);
  }, 120_000);
  beforeEach(async () => {
    await office.database.ownerDataSource.query('TRUNCATE workflow.notice');
  });
  afterAll(async () => {
    await office.close();
  });

  async function told(person: string, documentId: string): Promise<readonly string[]> {
    const page = (await office.as(person).get('/notices').expect(200)).body as NoticePage;
    return page.items.flatMap(({ kind, subject }) => (subject.id === documentId ? [kind] : []));
  }

  it('are told what waits for them and what happened, but not what they did themselves', async () => {
    const id = await desk.agencySigned();
    await desk.clerk.post(`/documents/${id}/issue`).expect(200);
    expect((await told(drafter, id)).toSorted()).toEqual([
      'document.approved',
      'document.issued',
      'document.numbered',
      'document.signed',
    ]);
    expect((await told(leader, id)).toSorted()).toEqual(['document.issued', 'document.submitted']);
    expect(await told(clerk, id)).toEqual(['document.signed']);
  });

  it('are told in their turn, and the drafter when it comes back or ends', async () => {
    const reviewers = [{ name: 'Thẩm định thể thức', personId: demoPerson(clerk).id }];
    const id = await desk.draft({ reviewers });
    await desk.drafter.post(`/documents/${id}/submit`).expect(200);
    expect([await told(clerk, id), await told(leader, id)]).toEqual([['document.submitted'], []]);
    await desk.clerk.post(`/documents/${id}/initial`, {}).expect(200);
    expect(await told(leader, id)).toEqual(['document.submitted']);
    await desk.leader.post(`/documents/${id}/return`, { reason: 'Bổ sung căn cứ' }).expect(200);
    await desk.clerk.post(`/documents/${id}/cancel`, { reason: 'Không ban hành nữa' }).expect(200);
    expect((await told(drafter, id)).toSorted()).toEqual(['document.cancelled', 'document.returned']);
  });
});

import { demoPerson } from '#directory';
import { aSystem } from '#platform/testing';

import { Desk, plainPdf, provinceCommittee } from '../../testing/test-documents';
import type { TestOffice } from '../../testing/test-office';
import { openTestOffice } from '../../testing/test-office';
import { actionsOf, trailOf } from '../../testing/trail';
import type { DocumentDetail } from '../reading/read-document';

let office: TestOffice;
let desk: Desk;
beforeAll(async () => {
  office = await openTestOffice({ signers: [], agencies: [] });
  desk = new Desk(office, provinceCommittee);
}, 120_000);
afterAll(() => office.close());

const reviewers = [
  { name: 'Thẩm định nội dung', personId: demoPerson('pho.tinhuy').id },
  { name: 'Thể thức', personId: demoPerson('vanthu.tinhuy').id },
];

async function detail(id: string): Promise<DocumentDetail> {
  return (await desk.clerk.get(`/documents/${id}`).expect(200)).body as DocumentDetail;
}

describe('a draft', () => {
  it('is not submitted without a main file, nor without recipients', async () => {
    const empty = await desk.draft({ recipients: [] });
    expect((await desk.drafter.post(`/documents/${empty}/submit`).expect(422)).body).toMatchObject({
      code: 'RECIPIENTS_MISSING',
    });
    expect((await detail(empty)).state).toBe('DRAFT');
  });

  it('is initialled in the order of its steps and by nobody else', async () => {
    const id = await desk.draft({ reviewers });
    await desk.drafter.post(`/documents/${id}/submit`).expect(200);
    const early = await desk.drafter.post(`/documents/${id}/initial`).expect(403);
    expect(early.body).toMatchObject({ code: 'NOT_YOUR_STEP' });
    const unfinished = await desk.leader.post(`/documents/${id}/approve`).expect(409);
    expect(unfinished.body).toMatchObject({ code: 'REVIEW_NOT_FINISHED' });
    await office.as('pho.tinhuy').post(`/documents/${id}/initial`, { comment: 'Đồng ý' }).expect(200);
    await desk.clerk.post(`/documents/${id}/initial`).expect(200);
    await desk.leader.post(`/documents/${id}/approve`).expect(200);
    const { state, drafts, files } = await detail(id);
    expect(state).toBe('APPROVED');
    expect(files[0]?.stage).toBe('laid_out');
    expect(drafts[0]?.steps).toMatchObject([
      { position: 1, state: 'initialled', comment: 'Đồng ý' },
      { position: 2, state: 'initialled' },
    ]);
  });

  it('is not approved by whoever drafted it, also when that person is a leader', async () => {
    const id = await desk.draft();
    await desk.drafter.post(`/documents/${id}/submit`).expect(200);
    await office.database.unitOfWork.run(aSystem(), (tx) =>
      tx.execute('UPDATE workflow.document SET drafter_id = $2 WHERE id = $1', [
        id,
        demoPerson('lanhdao.tinhuy').id,
      ]),
    );
    const own = await desk.leader.post(`/documents/${id}/approve`).expect(403);
    expect(own.body).toMatchObject({ code: 'APPROVER_IS_DRAFTER' });
    expect((await detail(id)).state).toBe('IN_REVIEW');
    await office.as('pho.tinhuy').post(`/documents/${id}/approve`).expect(200);
  });

  it('comes back with a reason and goes on as the next one; every draft and version is kept', async () => {
    const id = await desk.draft({ reviewers });
    await desk.drafter.post(`/documents/${id}/submit`).expect(200);
    await office
      .as('pho.tinhuy')
      .post(`/documents/${id}/return`, { reason: 'Thiếu căn cứ pháp lý' })
      .expect(200);
    const first = await detail(id);
    expect(first).toMatchObject({ state: 'RETURNED', draftNo: 1 });

    await desk.drafter
      .upload(`/documents/${id}/files`, { bytes: await plainPdf(4), role: 'main' })
      .expect(201);
    expect(await detail(id)).toMatchObject({ state: 'DRAFT', draftNo: 2, files: [{ pageCount: 4 }] });
    await desk.drafter.post(`/documents/${id}/submit`).expect(200);
    const second = await detail(id);
    expect(second.drafts).toMatchObject([
      { n: 1, returnReason: 'Thiếu căn cứ pháp lý', steps: [{ state: 'returned' }, { state: 'pending' }] },
      { n: 2, returnReason: null, steps: [{ state: 'pending' }, { state: 'pending' }] },
    ]);
    const [file] = first.files;
    await desk.drafter
      .get(`/documents/${id}/files/${file!.id}/content?version=${file!.versionId}`)
      .expect(200);
    const returned = (await trailOf(office, id)).find(({ action }) => action === 'document.returned');
    expect(returned).toMatchObject({ reason: 'Thiếu căn cứ pháp lý' });
  });

  it('goes back to its upload when an approval is withdrawn', async () => {
    const id = await desk.approved();
    await desk.clerk.post(`/documents/${id}/return`, { reason: 'Sai thể thức' }).expect(200);
    expect(await detail(id)).toMatchObject({ state: 'RETURNED', files: [{ stage: 'upload' }] });
    await desk.drafter.post(`/documents/${id}/submit`).expect(200);
    expect(await detail(id)).toMatchObject({ state: 'IN_REVIEW', draftNo: 2 });
  });

  it('is changed and submitted by its drafter alone, and frozen while in review', async () => {
    const id = await desk.draft();
    const other = office.as('chuyenvien.vptu');
    await other.post(`/documents/${id}/submit`).expect(404);
    await desk.drafter.post(`/documents/${id}/submit`).expect(200);
    const frozen = await desk.drafter
      .upload(`/documents/${id}/files`, { bytes: await plainPdf(), role: 'annex' })
      .expect(409);
    expect(frozen.body).toMatchObject({ code: 'TRANSITION_NOT_ALLOWED', state: 'IN_REVIEW' });
  });

  it('refuses to overwrite what somebody else has changed', async () => {
    const id = await desk.draft();
    const stale = await desk.drafter.post(`/documents/${id}/submit`, {}, { 'If-Match': '"1"' }).expect(412);
    expect(stale.body).toMatchObject({ code: 'VERSION_CONFLICT' });
    const { version } = await detail(id);
    await desk.drafter.post(`/documents/${id}/submit`, {}, { 'If-Match': `"${version}"` }).expect(200);
  });

  it('is approved once when two approve at the same time', async () => {
    const id = await desk.draft();
    await desk.drafter.post(`/documents/${id}/submit`).expect(200);
    const answers = await Promise.all([1, 2, 3].map(() => desk.leader.post(`/documents/${id}/approve`)));
    const [won, ...lost] = answers.map(({ status }) => status).toSorted();
    expect(won).toBe(200);
    for (const status of lost) expect([409, 412]).toContain(status);
    expect(
      (await actionsOf(office, id)).filter((action) => action === 'document.approved success'),
    ).toHaveLength(1);
  });
});

describe('a drafter', () => {
  it('does not review the own draft', async () => {
    const personId = demoPerson('chuyenvien.tinhuy').id;
    const id = await desk.draft({ reviewers: [{ name: 'Thẩm định thể thức', personId }] });
    const refused = await desk.drafter.post(`/documents/${id}/submit`).expect(422);
    expect(refused.body).toMatchObject({ code: 'REVIEWER_IS_DRAFTER' });
    expect((await detail(id)).state).toBe('DRAFT');
  });
});

describe('the list', () => {
  it('is read to its end without loss or repetition', async () => {
    const before = new Set<string>();
    for (let count = 0; count < 53; count += 1) before.add(await desk.created());
    const seen: string[] = [];
    for (let path: string | null = '/documents'; path !== null;) {
      const page = (await desk.clerk.get(path).expect(200)).body as {
        items: { id: string }[];
        next: string | null;
      };
      seen.push(...page.items.map(({ id }) => id));
      path = page.next === null ? null : `/documents?cursor=${page.next}`;
    }
    expect(new Set(seen).size).toBe(seen.length);
    for (const id of before) expect(seen).toContain(id);
  });
});

describe('reading', () => {
  it('leaves one entry per look, at the list, the document and a file', async () => {
    const id = await desk.draft();
    const { files } = await detail(id);
    await desk.leader.get(`/documents/${id}/files/${files[0]!.id}/content`).expect(200);
    expect(await actionsOf(office, id)).toEqual([
      'document.created success',
      'document.file_added success',
      'document.read success',
      'document.file_read success',
    ]);
  });

  it('pages through the list, the latest change first', async () => {
    office.clock.advance(1000);
    const ids = [await desk.draft(), await desk.draft()];
    const body = (await desk.clerk.get('/documents?state=DRAFT').expect(200)).body as unknown;
    const page = body as { items: { id: string; state: string }[]; next: string | null };
    expect(
      page.items
        .slice(0, 2)
        .map(({ id }) => id)
        .toSorted(),
    ).toEqual(ids.toSorted());
    expect(new Set(page.items.map(({ state }) => state))).toEqual(new Set(['DRAFT']));
    expect((await desk.clerk.get('/documents?cursor=x').expect(400)).body).toMatchObject({
      code: 'VALIDATION_FAILED',
      errors: [{ field: 'cursor', code: 'CURSOR_UNKNOWN' }],
    });
  });

  it('tells another agency’s person that there is no such document, and records the attempt', async () => {
    const id = await desk.draft();
    const { files } = await detail(id);
    const foreign = office.as('chuyenvien.bkhcn');
    const paths = [`/documents/${id}`, `/documents/${id}/files/${files[0]!.id}/content`];
    for (const path of paths)
      expect((await foreign.get(path).expect(404)).body).toMatchObject({ code: 'DOCUMENT_NOT_FOUND' });
    await foreign.upload(`/documents/${id}/files`, { bytes: await plainPdf(), role: 'annex' }).expect(404);
    await office.as('lanhdao.bkhcn').post(`/documents/${id}/approve`).expect(404);
    const denials = (await trailOf(office, id)).filter(({ action }) => action === 'access.denied');
    expect(denials).toHaveLength(4);
    expect(new Set(denials.map(({ code }) => code))).toEqual(new Set(['DOCUMENT_NOT_FOUND']));
    const body = (await foreign.get('/documents').expect(200)).body as unknown;
    expect(JSON.stringify(body)).not.toContain(id);
  });

  it('answers the same for a document that never was', async () => {
    const answer = await desk.clerk.get('/documents/00000000-0000-4000-8000-000000000000').expect(404);
    expect(answer.body).toMatchObject({ code: 'DOCUMENT_NOT_FOUND' });
  });
});

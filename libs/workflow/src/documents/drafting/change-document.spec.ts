import { demoAgency, demoPerson } from '#directory';
import { zipSync } from 'fflate';

import { Desk, plainPdf, postOf, provinceCommittee } from '../../testing/test-documents';
import type { TestOffice } from '../../testing/test-office';
import { openTestOffice } from '../../testing/test-office';
import { trailOf } from '../../testing/trail';
import type { DocumentDetail } from '../reading/read-document';
import type { DraftDetail } from '../reading/read-drafts';

let office: TestOffice;
let desk: Desk;
beforeAll(async () => {
  office = await openTestOffice({ signers: ['lanhdao.tinhuy', 'pho.tinhuy'], agencies: ['tinhuy', 'vptu'] });
  desk = new Desk(office, provinceCommittee);
}, 120_000);
afterAll(() => office.close());

async function detail(id: string): Promise<DocumentDetail> {
  return (await desk.clerk.get(`/documents/${id}`).expect(200)).body as DocumentDetail;
}

async function draftsOf(id: string): Promise<readonly DraftDetail[]> {
  return ((await desk.clerk.get(`/documents/${id}/drafts`).expect(200)).body as { items: DraftDetail[] })
    .items;
}

const text = new TextEncoder();
const docx = zipSync({
  '[Content_Types].xml': text.encode('<Types/>'),
  'word/document.xml': text.encode('<w:document/>'),
});
const odt = zipSync({
  mimetype: [text.encode('application/vnd.oasis.opendocument.text'), { level: 0 }],
  'content.xml': text.encode('<office:document-content/>'),
});

describe('a draft', () => {
  it('is changed field by field, and the rules are asked of the whole', async () => {
    const id = await desk.draft();
    const { version } = await detail(id);
    await desk.drafter
      .patch(`/documents/${id}`, { abstract: 'Về cải cách hành chính' }, { 'If-Match': `"${version}"` })
      .expect(200);
    expect(await detail(id)).toMatchObject({
      abstract: 'Về cải cách hành chính',
      typeCode: 'NQ',
      urgency: 0,
    });
    await desk.drafter
      .patch(`/documents/${id}`, { abstract: 'Cũ' }, { 'If-Match': `"${version}"` })
      .expect(412);

    const at = '2027-01-05T08:00:00+07:00';
    const untimed = await desk.drafter.patch(`/documents/${id}`, { urgency: 4 }).expect(422);
    expect(untimed.body).toMatchObject({ code: 'URGENCY_TIME_REQUIRED' });
    await desk.drafter.patch(`/documents/${id}`, { urgency: 4, urgencyAt: at }).expect(200);
    const left = await desk.drafter.patch(`/documents/${id}`, { urgency: 1 }).expect(422);
    expect(left.body).toMatchObject({ code: 'URGENCY_TIME_FORBIDDEN' });
    await desk.drafter.patch(`/documents/${id}`, { urgency: 1, urgencyAt: null }).expect(200);
    const empty = await desk.drafter.patch(`/documents/${id}`, { abstract: null }).expect(422);
    expect(empty.body).toMatchObject({ code: 'ABSTRACT_MISSING' });
    expect(await detail(id)).toMatchObject({
      urgency: 1,
      urgencyAt: null,
      abstract: 'Về cải cách hành chính',
    });
    const entry = (await trailOf(office, id)).find(({ action }) => action === 'document.changed');
    expect(entry).toMatchObject({ details: { fields: 'abstract', draft: 1 } });
  });

  it('is not changed by others, nor while it is in review', async () => {
    const id = await desk.draft();
    await desk.clerk.patch(`/documents/${id}`, { urgency: 1 }).expect(403);
    await office.as('chuyenvien.vptu').patch(`/documents/${id}`, { urgency: 1 }).expect(404);
    await desk.drafter.post(`/documents/${id}/submit`).expect(200);
    await desk.drafter.patch(`/documents/${id}`, { urgency: 1 }).expect(409);
  });

  it('keeps every draft with its files, its reason, who and when, also after the personal signature', async () => {
    const id = await desk.draft({}, 2);
    await desk.drafter
      .upload(`/documents/${id}/files`, { bytes: docx, role: 'source', name: 'nghi-quyet.docx' })
      .expect(201);
    await desk.drafter.post(`/documents/${id}/submit`).expect(200);
    await desk.leader.post(`/documents/${id}/approve`).expect(200);
    await desk.sign('personal', [id]);
    await desk.clerk.post(`/documents/${id}/return`, { reason: 'Sai tên cơ quan ở nơi nhận' }).expect(200);
    const returned = await detail(id);
    expect(returned).toMatchObject({ state: 'RETURNED', number: null });
    expect(returned.files.map(({ stage }) => stage)).toEqual(['upload', 'upload', 'upload']);

    const annex = returned.files[1]!;
    await desk.drafter.delete(`/documents/${id}/files/${annex.id}`).expect(204);
    await desk.drafter
      .upload(`/documents/${id}/files/${returned.files[0]!.id}`, { bytes: await plainPdf(3) }, 'put')
      .expect(200);
    await desk.drafter
      .upload(`/documents/${id}/files`, { bytes: odt, role: 'source', name: 'nghi-quyet.odt' })
      .expect(201);
    await desk.drafter
      .patch(`/documents/${id}`, { recipients: [{ agencyId: demoAgency('bkhcn').id }] })
      .expect(200);
    await desk.drafter.post(`/documents/${id}/submit`).expect(200);

    const [first, second] = await draftsOf(id);
    expect(first).toMatchObject({
      n: 1,
      submittedBy: demoPerson('chuyenvien.tinhuy').id,
      returnedBy: demoPerson('vanthu.tinhuy').id,
      returnedFrom: 'PERSON_SIGNED',
      returnReason: 'Sai tên cơ quan ở nơi nhận',
      content: {
        recipients: [{ agencyId: demoAgency('vptu').id }],
        files: [
          { role: 'main', pageCount: 2 },
          { role: 'annex' },
          { role: 'source', fileName: 'nghi-quyet.docx' },
        ],
      },
    });
    expect(second).toMatchObject({
      n: 2,
      returnReason: null,
      content: {
        files: [
          { role: 'main', pageCount: 3 },
          { role: 'source', fileName: 'nghi-quyet.odt' },
        ],
      },
    });
    for (const file of first!.content.files) {
      const path = `/documents/${id}/files/${file.fileId}/content?version=${file.versionId}`;
      const answer = await desk.clerk.get(path).buffer().expect(200);
      expect(answer.headers['content-type']).toContain(file.mediaType);
    }
    await desk.leader.post(`/documents/${id}/approve`).expect(200);
    await desk.sign('personal', [id]);
    await desk.clerk.post(`/documents/${id}/number`).expect(200);
    await desk.sign('agency', [id]);
    await desk.clerk.post(`/documents/${id}/issue`).expect(200);
    const [sent] = await office.database.ownerDataSource.query<{ files: number }[]>(
      'SELECT count(*)::int AS files FROM workflow.submission_file WHERE document_id = $1',
      [id],
    );
    expect(sent).toEqual({ files: 1 });
  });

  it('has its annexes in the order that the drafter gives them', async () => {
    const id = await desk.draft({}, 3);
    const [main, one, two] = (await detail(id)).files;
    const half = await desk.drafter.put(`/documents/${id}/files/order`, { fileIds: [one!.id] }).expect(422);
    expect(half.body).toMatchObject({ code: 'FILE_ORDER_INCOMPLETE' });
    await desk.drafter.put(`/documents/${id}/files/order`, { fileIds: [two!.id, one!.id] }).expect(200);
    expect((await detail(id)).files.map((file) => file.id)).toEqual([main!.id, two!.id, one!.id]);
    const foreign = await desk.drafter.delete(`/documents/${id}/files/${id}`).expect(404);
    expect(foreign.body).toMatchObject({ code: 'FILE_NOT_FOUND' });
  });

  it.each([
    ['a PDF', async () => plainPdf()],
    [
      'a package with macros',
      () =>
        zipSync({ '[Content_Types].xml': [], 'word/document.xml': [], 'word/vbaProject.bin': [] } as never),
    ],
    ['some other package', () => zipSync({ 'xl/workbook.xml': text.encode('<x/>') })],
    ['a damaged package', () => docx.slice(0, 40)],
    ['plain text', () => text.encode('Nghị quyết')],
  ])('takes no source that is %s', async (_, make) => {
    const id = await desk.draft();
    const answer = await desk.drafter
      .upload(`/documents/${id}/files`, { bytes: await make(), role: 'source', name: 'nguon.docx' })
      .expect(422);
    expect(answer.body).toMatchObject({ code: 'SOURCE_FORMAT_REFUSED' });
  });
});

describe('the named signer', () => {
  const deputy = {
    signerPostId: postOf('pho.tinhuy'),
    capacity: { code: 'TM' },
    reason: 'Đồng chí Bí thư đi công tác',
  };

  it('is changed before the signature, and an approval is then open again', async () => {
    const id = await desk.approved();
    await desk.clerk.post(`/documents/${id}/signer`, deputy).expect(200);
    const changed = await detail(id);
    expect(changed).toMatchObject({ state: 'IN_REVIEW', signer: { postId: deputy.signerPostId } });
    expect(changed.files[0]?.stage).toBe('upload');
    await desk.leader.post(`/documents/${id}/approve`).expect(200);
    const early = await desk.leader
      .post('/signing-operations', { purpose: 'personal', documentIds: [id] })
      .expect(403);
    expect(early.body).toMatchObject({ code: 'NOT_THE_SIGNER' });
    const entry = (await trailOf(office, id)).find(({ action }) => action === 'document.signer_changed');
    expect(entry).toMatchObject({ reason: deputy.reason, details: { from: 'APPROVED' } });
  });

  it('is not changed after the signature, nor to somebody who may not sign, nor by others', async () => {
    const id = await desk.approved();
    const wrong = await desk.drafter
      .post(`/documents/${id}/signer`, { ...deputy, signerPostId: postOf('lanhdao.bkhcn') })
      .expect(422);
    expect(wrong.body).toMatchObject({ code: 'CAPACITY_NOT_ALLOWED' });
    await desk.leader.post(`/documents/${id}/signer`, deputy).expect(403);
    await office.as('vanthu.vptu').post(`/documents/${id}/signer`, deputy).expect(404);
    await desk.sign('personal', [id]);
    await desk.clerk.post(`/documents/${id}/signer`, deputy).expect(409);
  });
});

import { demoAgency, demoBody } from '#directory';
import { Config } from '#platform';
import { aSystem } from '#platform/testing';

import { Desk, newDocument, provinceCommittee } from '../../testing/test-documents';
import type { TestOffice } from '../../testing/test-office';
import { openTestOffice } from '../../testing/test-office';
import { actionsOf } from '../../testing/trail';

let office: TestOffice;
let desk: Desk;
beforeAll(async () => {
  office = await openTestOffice({ signers: ['lanhdao.tinhuy'], agencies: ['tinhuy', 'vptu'] });
  desk = new Desk(office, provinceCommittee);
}, 120_000);
afterAll(() => office.close());

const agencyId = (key: string): string => demoAgency(key).id;
const veteran = { name: 'Ông Lò Văn Bình, cán bộ hưu trí', address: 'Thôn 3, xã Sơn Thủy', channel: 'post' };
const paperReason = 'Nơi nhận chưa có hạ tầng nhận văn bản điện tử';

async function setCertificates(key: string, status: 'active' | 'withdrawn'): Promise<void> {
  await office.database.ownerDataSource.query(
    'UPDATE directory.certificate SET status = $2 WHERE agency_id = $1',
    [agencyId(key), status],
  );
}

describe('recipients of a document', () => {
  it('have each a channel and a number of copies, also those that no directory knows', async () => {
    const id = await desk.created({
      recipients: [{ agencyId: agencyId('vptu') }, { agencyId: agencyId('ubnd'), channel: 'kt1', copies: 3 }],
      paperRecipients: [veteran],
      paperReason,
    });
    const answer = await desk.drafter.get(`/documents/${id}`).expect(200);
    expect(answer.body).toMatchObject({
      recipients: [
        { agencyId: agencyId('vptu'), name: demoAgency('vptu').name, channel: 'electronic', copies: 1 },
        { agencyId: agencyId('ubnd'), channel: 'kt1', copies: 3 },
      ],
      paperRecipients: [{ ...veteran, copies: 1 }],
      paperReason,
    });
  });

  it('are refused when one agency stands among them twice', async () => {
    const twice = [{ agencyId: agencyId('vptu') }, { agencyId: agencyId('vptu'), channel: 'post' }];
    const answer = await desk.drafter
      .post('/documents', newDocument(provinceCommittee, { recipients: twice }))
      .expect(422);
    expect(answer.body).toMatchObject({ code: 'RECIPIENT_REPEATED', errors: [{ field: 'recipients[1]' }] });
  });

  it('get nothing electronically where no certificate answers for them, but may get paper', async () => {
    await setCertificates('mttq', 'withdrawn');
    const recipients = [{ agencyId: agencyId('vptu') }, { agencyId: agencyId('mttq') }];
    const answer = await desk.drafter
      .post('/documents', newDocument(provinceCommittee, { recipients }))
      .expect(422);
    expect(answer.body).toMatchObject({
      code: 'RECIPIENT_NOT_ELECTRONIC',
      errors: [{ field: 'recipients[1]' }],
    });
    await desk.created({ recipients: [{ agencyId: agencyId('mttq'), channel: 'direct' }] });
    await setCertificates('mttq', 'active');
    await desk.created({ recipients });
  });

  it('get nothing electronically on a node that nobody has configured', async () => {
    const moveTo = (node: string): Promise<unknown> =>
      office.database.ownerDataSource.query('UPDATE directory.agency SET node_id = $2 WHERE id = $1', [
        agencyId('mttq'),
        node,
      ]);
    await moveTo('node-9');
    const answer = await desk.drafter
      .post('/documents', newDocument(provinceCommittee, { recipients: [{ agencyId: agencyId('mttq') }] }))
      .expect(422);
    expect(answer.body).toMatchObject({ code: 'RECIPIENT_NOT_ELECTRONIC' });
    await moveTo(office.app.get(Config).nodeId);
  });

  it('go on paper only with a reason, which is asked before the review', async () => {
    const id = await desk.draft({ recipients: [{ agencyId: agencyId('vptu'), channel: 'kt1' }] });
    const answer = await desk.drafter.post(`/documents/${id}/submit`).expect(422);
    expect(answer.body).toMatchObject({ code: 'PAPER_REASON_MISSING' });
    await desk.drafter.patch(`/documents/${id}`, { paperReason }).expect(200);
    await desk.drafter.post(`/documents/${id}/submit`).expect(200);
  });
});

describe('paper of an issued document', () => {
  it('is handed over, then signed for; each is entered once, by the clerk', async () => {
    const id = await desk.agencySigned({
      recipients: [{ agencyId: agencyId('vptu') }, { agencyId: agencyId('ubnd'), channel: 'kt1', copies: 2 }],
      paperRecipients: [veteran],
      paperReason,
    });
    await desk.clerk.post(`/documents/${id}/issue`).expect(200);
    const issuedAt = office.clock.now();
    const deliveries = await desk.clerk.get(`/documents/${id}/deliveries`).expect(200);
    expect((deliveries.body as { items: unknown[] }).items).toHaveLength(1);
    const paper = await desk.clerk.get(`/documents/${id}/dispatches`).expect(200);
    expect(paper.body).toMatchObject({
      items: [
        { n: 1, agencyId: agencyId('ubnd'), name: demoAgency('ubnd').name, copies: 2, state: 'waiting' },
        { n: 2, agencyId: null, name: veteran.name, channel: 'post', state: 'waiting' },
      ],
    });

    const at = issuedAt.toISOString();
    const path = `/documents/${id}/dispatches/1`;
    const early = await desk.clerk.post(`${path}/received`, { at, by: 'Chị Hoa' }).expect(409);
    expect(early.body).toMatchObject({ code: 'DISPATCH_NOT_HANDED' });
    const before = new Date(issuedAt.getTime() - 86_400_000).toISOString();
    const wrong = await desk.clerk.post(`${path}/handed`, { at: before }).expect(422);
    expect(wrong.body).toMatchObject({ code: 'DISPATCH_TIME_INVALID' });
    await desk.drafter.post(`${path}/handed`, { at }).expect(403);
    await desk.clerk.post(`${path}/handed`, { at, receiptNo: 'KT1-0042' }).expect(200);
    const again = await desk.clerk.post(`${path}/handed`, { at }).expect(409);
    expect(again.body).toMatchObject({ code: 'DISPATCH_ALREADY_HANDED' });
    const done = await desk.clerk.post(`${path}/received`, { at, by: 'Nguyễn Thị Hoa, văn thư' }).expect(200);
    expect(done.body).toMatchObject({
      state: 'received',
      receiptNo: 'KT1-0042',
      receivedBy: 'Nguyễn Thị Hoa, văn thư',
    });
    const missing = await desk.clerk.post(`/documents/${id}/dispatches/9/handed`, { at }).expect(404);
    expect(missing.body).toMatchObject({ code: 'DISPATCH_NOT_FOUND' });
    await office.as('vanthu.vptu').get(`/documents/${id}/dispatches`).expect(404);
    expect(await actionsOf(office, id)).toEqual(
      expect.arrayContaining(['document.dispatch_handed success', 'document.dispatch_received success']),
    );
  });

  const yesterday = (): string => new Date(office.clock.now().getTime() - 86_400_000).toISOString();

  it('has to be told to whoever holds it when the document is withdrawn, and who signed for that', async () => {
    office.clock.advance(60_000);
    const id = await desk.agencySigned({
      recipients: [{ agencyId: agencyId('ubnd'), channel: 'kt1' }],
      paperRecipients: [veteran],
      paperReason,
    });
    await desk.clerk.post(`/documents/${id}/issue`).expect(200);
    const path = `/documents/${id}/dispatches`;
    await desk.clerk.post(`${path}/1/handed`, { at: office.clock.now().toISOString() }).expect(200);
    const told = { at: office.clock.now().toISOString(), by: 'Nguyễn Thị Hoa, văn thư' };
    const nothing = await desk.clerk.post(`${path}/1/told`, told).expect(409);
    expect(nothing.body).toMatchObject({ code: 'DISPATCH_NOTHING_TO_TELL' });

    office.clock.advance(60_000);
    await desk.clerk.post(`/documents/${id}/recall`, { reason: 'Sai nội dung' }).expect(200);
    // The second paper never left: nobody holds it.
    const waiting = {
      items: [
        { toTell: 'RECALLED', told: null },
        { state: 'waiting', toTell: null },
      ],
    };
    expect((await desk.clerk.get(path).expect(200)).body).toMatchObject(waiting);
    const early = await desk.clerk.post(`${path}/1/told`, { ...told, at: yesterday() }).expect(422);
    expect(early.body).toMatchObject({ code: 'DISPATCH_TIME_INVALID' });
    await desk.drafter.post(`${path}/1/told`, told).expect(403);
    const at = office.clock.now().toISOString();
    const done = await desk.clerk.post(`${path}/1/told`, { ...told, at }).expect(200);
    expect(done.body).toMatchObject({ toTell: null, told: { of: 'RECALLED', at, to: told.by } });
    await desk.clerk.post(`${path}/1/told`, { ...told, at }).expect(409);
    expect(await actionsOf(office, id)).toContain('document.dispatch_told success');
  });

  it('is all there is where no recipient can be reached electronically', async () => {
    office.clock.advance(60_000);
    const id = await desk.agencySigned({ recipients: [], paperRecipients: [veteran], paperReason });
    await desk.clerk.post(`/documents/${id}/issue`).expect(200);
    const answer = await desk.clerk.get(`/documents/${id}/dispatches`).expect(200);
    expect(answer.body).toMatchObject({ items: [{ n: 1, name: veteran.name }] });
  });

  it('gives the recipients of the last document of that body and type', async () => {
    const query = `bodyId=${demoBody('tinhuy/btv').id}&typeCode=NQ`;
    const answer = await desk.drafter.get(`/documents/last-recipients?${query}`).expect(200);
    expect(answer.body).toMatchObject({ recipients: [], paperRecipients: [veteran] });
    const none = await desk.drafter
      .get(`/documents/last-recipients?bodyId=${demoBody('tinhuy/btv').id}&typeCode=KH`)
      .expect(200);
    expect(none.body).toEqual({ documentId: null, symbol: null, recipients: [], paperRecipients: [] });
  });
});

describe('a group of recipients', () => {
  it('is opened, changed and taken away by its own agency alone', async () => {
    const group = {
      name: 'Các đảng ủy',
      recipients: [{ agencyId: agencyId('vptu'), copies: 2 }],
      paperRecipients: [veteran],
    };
    const made = await desk.drafter.post('/recipient-groups', group).expect(201);
    const { id } = made.body as { id: string };
    expect(made.body).toMatchObject({
      version: 1,
      recipients: [{ agencyId: agencyId('vptu'), channel: 'electronic', copies: 2 }],
      paperRecipients: [veteran],
    });
    const twice = await desk.drafter.post('/recipient-groups', group).expect(409);
    expect(twice.body).toMatchObject({ code: 'RECIPIENT_GROUP_NAME_TAKEN' });

    const other = office.as('chuyenvien.vptu');
    expect((await other.get('/recipient-groups').expect(200)).body).toEqual({ items: [], next: null });
    await other.put(`/recipient-groups/${id}`, group).expect(404);
    await other.delete(`/recipient-groups/${id}`).expect(404);

    const renamed = { ...group, name: 'Đảng ủy các xã' };
    await desk.drafter.put(`/recipient-groups/${id}`, renamed, { 'If-Match': '"7"' }).expect(412);
    await desk.drafter.put(`/recipient-groups/${id}`, renamed, { 'If-Match': '"1"' }).expect(200);
    const listed = await desk.clerk.get('/recipient-groups').expect(200);
    expect(listed.body).toMatchObject({ items: [{ id, name: 'Đảng ủy các xã', version: 2 }] });
    await desk.clerk.delete(`/recipient-groups/${id}`).expect(204);
    await desk.clerk.delete(`/recipient-groups/${id}`).expect(404);
  });

  it('holds no recipient that does not exist', async () => {
    const answer = await desk.drafter
      .post('/recipient-groups', {
        name: 'Sở cũ',
        recipients: [{ agencyId: agencyId('sotttt') }],
        paperRecipients: [],
      })
      .expect(422);
    expect(answer.body).toMatchObject({ code: 'RECIPIENT_UNKNOWN', errors: [{ field: 'recipients[0]' }] });
  });
});

describe('the database', () => {
  it('keeps nobody outside the directory as an electronic recipient', async () => {
    const id = await desk.created();
    const write = office.database.unitOfWork.run(aSystem(), (tx) =>
      tx.execute(
        "INSERT INTO workflow.recipient (document_id, position, name, channel) VALUES ($1, 9, 'Ai đó', 'electronic')",
        [id],
      ),
    );
    await expect(write).rejects.toThrow('outside_the_directory_on_paper');
  });
});

import { demoAgency } from '#directory';
import { vietnamDate } from '#platform';
import { aSystem } from '#platform/testing';
import { verifyPdf } from '#signing';

import { Desk, postOf, provinceCommittee, staff } from '../../testing/test-documents';
import type { TestOffice } from '../../testing/test-office';
import { openTestOffice } from '../../testing/test-office';
import { actionsOf } from '../../testing/trail';
import { TrustService } from '../../trust/trust-service';
import type { DocumentSummary } from '../document-view';
import type { DocumentDetail } from '../reading/read-document';

let office: TestOffice;
let desk: Desk;
beforeAll(async () => {
  office = await openTestOffice({
    signers: ['lanhdao.tinhuy', 'lanhdao.vptu', 'bithuchibo.vptu', 'lanhdao.ubnd'],
    agencies: ['tinhuy', 'vptu', 'ubnd'],
  });
  desk = new Desk(office, provinceCommittee);
}, 120_000);
afterAll(() => office.close());

interface RegisterRow {
  readonly number: number;
  readonly document_id: string;
  readonly cancel_reason: string | null;
}

function register(typeCode: string): Promise<RegisterRow[]> {
  return office.database.unitOfWork.run(aSystem(), (tx) =>
    tx.query<RegisterRow>(
      'SELECT number, document_id, cancel_reason FROM workflow.register_entry WHERE type_code = $1 AND agency_id = $2 ORDER BY number',
      [typeCode, demoAgency('tinhuy').id],
    ),
  );
}

describe('numbers', () => {
  it('are gap-free and in the register, also when many are asked for at once and twice', async () => {
    const ids: string[] = [];
    for (let count = 0; count < 6; count += 1) ids.push(await desk.personSigned({ typeCode: 'KL' }));
    const ask = (id: string) => desk.clerk.post(`/documents/${id}/number`);
    const answers = await Promise.all([...ids, ...ids].map(ask));
    const given = answers.filter(({ status }) => status === 200).map(({ body }) => body as DocumentSummary);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(6);
    expect(given.map(({ symbol }) => symbol).toSorted()).toEqual(
      [1, 2, 3, 4, 5, 6].map((number) => `0${number}-KL/TU`),
    );
    expect(given.map(({ date }) => date)).toEqual(given.map(() => vietnamDate(office.clock.now())));
    const rows = await register('KL');
    expect(rows.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(rows.map(({ document_id }) => document_id).toSorted()).toEqual(ids.toSorted());
  });

  it('stay in the register with the reason when the document is cancelled, and are not given again', async () => {
    const id = await desk.numbered({ typeCode: 'CT' });
    await desk.clerk
      .post(`/documents/${id}/cancel`, { reason: 'Sai thể thức, ban hành văn bản khác' })
      .expect(200);
    const next = await desk.numbered({ typeCode: 'CT' });
    expect(await register('CT')).toEqual([
      { number: 1, document_id: id, cancel_reason: 'Sai thể thức, ban hành văn bản khác' },
      { number: 2, document_id: next, cancel_reason: null },
    ]);
    const body = (await desk.clerk.get(`/documents/${id}`).expect(200)).body as unknown;
    expect(body).toMatchObject({ state: 'CANCELLED', symbol: '01-CT/TU' });
    expect((await desk.clerk.post(`/documents/${id}/issue`).expect(409)).body).toMatchObject({
      code: 'TRANSITION_NOT_ALLOWED',
    });
  });

  it('are written as the State writes them, with the year as their period', async () => {
    const committee = new Desk(office, staff('ubnd', 'ubnd/ubnd', 'TM', 'QD'));
    const id = await committee.numbered();
    const body = (await committee.clerk.get(`/documents/${id}`).expect(200)).body as unknown;
    expect((body as DocumentDetail).symbol).toMatch(/^01\/QĐ-/);
  });

  it('are given to what was signed and to nothing else, by the clerk alone', async () => {
    const id = await desk.approved();
    expect((await desk.clerk.post(`/documents/${id}/number`).expect(409)).body).toMatchObject({
      code: 'TRANSITION_NOT_ALLOWED',
    });
    expect((await desk.leader.post(`/documents/${id}/number`).expect(403)).body).toMatchObject({
      code: 'POLICY_DENIED',
    });
    await office.as('vanthu.bkhcn').post(`/documents/${id}/number`).expect(404);
  });

  it('are not given by a clerk of another agency who may see the document as its signer by order', async () => {
    const id = await desk.personSigned({ typeCode: 'TB' });
    await office.database.unitOfWork.run(aSystem(), (tx) =>
      tx.execute('UPDATE workflow.document SET signer_post_id = $2 WHERE id = $1', [
        id,
        postOf('vanthu.vptu'),
      ]),
    );
    const stranger = office.as('vanthu.vptu');
    expect((await stranger.post(`/documents/${id}/number`).expect(403)).body).toMatchObject({
      code: 'ROLE_NOT_ALLOWED',
    });
    await desk.clerk.post(`/documents/${id}/number`).expect(200);
    await desk.sign('agency', [id]);
    expect((await stranger.post(`/documents/${id}/issue`).expect(403)).body).toMatchObject({
      code: 'ROLE_NOT_ALLOWED',
    });
  });

  it('come after a return as a second signature over the next draft', async () => {
    const id = await desk.personSigned({ typeCode: 'TB' });
    await desk.leader
      .post(`/documents/${id}/return`, { reason: 'Sai thể thức trước khi cấp số' })
      .expect(200);
    await desk.drafter.post(`/documents/${id}/submit`).expect(200);
    await desk.leader.post(`/documents/${id}/approve`).expect(200);
    await desk.sign('personal', [id]);
    await desk.clerk.post(`/documents/${id}/number`).expect(200);
    await desk.sign('agency', [id]);
    const issued = await desk.clerk.post(`/documents/${id}/issue`).expect(200);
    expect(issued.body).toMatchObject({ state: 'ISSUED', draftNo: 2 });
  });
});

async function reportsOf(client: Desk['clerk'], id: string) {
  const { files } = (await client.get(`/documents/${id}`).expect(200)).body as DocumentDetail;
  const context = await office.app.get(TrustService, { strict: false }).validationContext();
  return Promise.all(
    files.map(async (file) => {
      const content = await client.get(`/documents/${id}/files/${file.id}/content`).buffer().expect(200);
      return { file, report: await verifyPdf(content.body as Buffer, context) };
    }),
  );
}

describe('issuing', () => {
  it('puts the number on a document of a body without a seal, over the personal signature alone', async () => {
    const cell = new Desk(office, { ...staff('vptu', 'vptu/chibo', 'TM', 'NQ'), leader: 'bithuchibo.vptu' });
    const id = await cell.numbered({
      signerPostId: postOf('bithuchibo.vptu'),
      recipients: [{ agencyId: demoAgency('tinhuy').id }],
    });
    const sealed = await cell.clerk
      .post('/signing-operations', { purpose: 'agency', documentIds: [id] })
      .expect(409);
    expect(sealed.body).toMatchObject({ code: 'BODY_HAS_NO_SEAL' });
    await cell.clerk.post(`/documents/${id}/issue`).expect(200);
    const [main] = await reportsOf(cell.clerk, id);
    expect(main!.file.stage).toBe('numbered');
    expect(main!.report).toMatchObject({ indication: 'TOTAL-PASSED', signatures: [{ integrity: 'INTACT' }] });
  });

  it('takes a T/L signature by the chief of another agency’s office', async () => {
    const byOrder = new Desk(office, {
      ...provinceCommittee,
      leader: 'lanhdao.vptu',
      typeCode: 'TB',
      capacity: 'TL',
    });
    const id = await byOrder.draft();
    await byOrder.drafter.post(`/documents/${id}/submit`).expect(200);
    await desk.leader.post(`/documents/${id}/approve`).expect(200);
    const inbox = (await byOrder.leader.get('/documents?state=APPROVED').expect(200)).body as {
      items: { id: string }[];
    };
    expect(inbox.items.map((item) => item.id)).toContain(id);
    await byOrder.leader.post(`/documents/${id}/cancel`, { reason: 'Không ký' }).expect(403);
    await byOrder.sign('personal', [id]);
    await desk.clerk.post(`/documents/${id}/number`).expect(200);
    await desk.sign('agency', [id]);
    await desk.clerk.post(`/documents/${id}/issue`).expect(200);
    for (const { report } of await reportsOf(desk.clerk, id)) expect(report.indication).toBe('TOTAL-PASSED');
  });

  it('sends one delivery to each recipient, once, however often it is asked', async () => {
    const recipients = ['vptu', 'bkhcn', 'ubnd'].map((key) => demoAgency(key).id);
    const id = await desk.agencySigned({
      recipients: recipients.map((agencyId) => ({ agencyId })),
    });
    const answers = await Promise.all([1, 2, 3].map(() => desk.clerk.post(`/documents/${id}/issue`)));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409]);
    const body = (await desk.clerk.get(`/documents/${id}/deliveries`).expect(200)).body as unknown;
    const { items: deliveries } = body as { items: { recipient: { agencyId: string } }[] };
    expect(deliveries.map(({ recipient }) => recipient.agencyId).toSorted()).toEqual(recipients.toSorted());
    expect(
      (await actionsOf(office, id)).filter((action) => action === 'document.issued success'),
    ).toHaveLength(1);
  });

  it('repeats its answer for the same Idempotency-Key', async () => {
    const id = await desk.agencySigned();
    const key = { 'Idempotency-Key': `issue-${id}` };
    const first = await desk.clerk.post(`/documents/${id}/issue`, {}, key).expect(200);
    const again = await desk.clerk.post(`/documents/${id}/issue`, {}, key).expect(200);
    expect(again.body).toEqual(first.body);
    expect(again.headers['idempotency-replayed']).toBe('true');
  });

  it('cannot be taken back or cancelled afterwards', async () => {
    const id = await desk.agencySigned();
    await desk.clerk.post(`/documents/${id}/issue`).expect(200);
    for (const path of ['cancel', 'return']) {
      const answer = await desk.leader
        .post(`/documents/${id}/${path}`, { reason: 'Đã gửi nhầm' })
        .expect(409);
      expect(answer.body).toMatchObject({ code: 'TRANSITION_NOT_ALLOWED', state: 'ISSUED' });
    }
  });
});

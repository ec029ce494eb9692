import { demoAgency, demoPerson } from '#directory';
import { aSystem } from '#platform/testing';

import { aPaper, anInstruction, IncomingDesk, person } from '../../testing/incoming-desk';
import { plainPdf, provinceCommittee } from '../../testing/test-documents';
import type { TestOffice } from '../../testing/test-office';
import { openTestOffice } from '../../testing/test-office';
import { actionsOf } from '../../testing/trail';
import { ExchangeWorkers } from '../exchange-workers';
import type { EnteredPaper } from './enter-paper';

const agency = 'vptu';
const topSecret = {
  secrecy: 'TUYET_MAT',
  abstract: null,
  typeCode: null,
  issuedOn: null,
  symbol: '05-A/TU',
  channel: 'kt1',
  envelopeMarks: ['ADDRESSEE_ONLY'],
};

describe('a paper', () => {
  let office: TestOffice;
  let desk: IncomingDesk;

  beforeAll(async () => {
    office = await openTestOffice({
      signers: [provinceCommittee.leader],
      agencies: [provinceCommittee.agency, agency],
    });
    await office.app.get(ExchangeWorkers, { strict: false }).start();
    desk = new IncomingDesk(office, agency);
  }, 120_000);
  afterAll(async () => {
    await office.close();
  });

  const enter = (given: Readonly<Record<string, unknown>> = {}) =>
    desk.clerk.post('/incoming/paper', aPaper(office, given));
  const entered = async (given: Readonly<Record<string, unknown>> = {}): Promise<EnteredPaper> =>
    (await enter(given).expect(201)).body as EnteredPaper;
  const query = <Row>(sql: string, values: readonly unknown[] = []): Promise<Row[]> =>
    office.database.unitOfWork.run(aSystem(), (tx) => tx.query<Row>(sql, values));

  it('takes its number from the same series as an electronic document, at once', async () => {
    const first = await entered({ senderName: null, senderAgencyId: demoAgency('tinhuy').id });
    const electronic = await desk.accepted(provinceCommittee);
    const third = await entered();
    expect((await desk.read(electronic.id)).arrivalNumber).toBe(first.arrivalNumber + 1);
    expect(third.arrivalNumber).toBe(first.arrivalNumber + 2);
    expect(await desk.read(first.id)).toMatchObject({
      source: 'paper',
      state: '03',
      documentId: null,
      messageId: null,
      sender: { code: demoAgency('tinhuy').code, name: 'Tỉnh ủy Lam Giang' },
      number: '12',
      symbol: '12/CV-NCT',
      arrivalNumber: first.arrivalNumber,
      paper: { channel: 'post', pages: 2, envelopeMarks: [], envelopeRemarks: null },
      handling: { state: 'REGISTERED' },
      files: [],
    });
    expect(await actionsOf(office, first.id)).toEqual([
      'incoming.registered success',
      'delivery.read success',
    ]);
  });

  it('of twenty entered at once each gets a number of its own, without a gap', async () => {
    const papers = await Promise.all(Array.from({ length: 20 }, () => entered()));
    const numbers = papers.map(({ arrivalNumber }) => arrivalNumber).toSorted((a, b) => a - b);
    expect(new Set(numbers).size).toBe(20);
    expect(numbers.at(-1)! - numbers[0]!).toBe(19);
  });

  it('that is top secret is entered by its envelope, and the database refuses any word about its content', async () => {
    const { id } = await entered(topSecret);
    expect(await desk.read(id)).toMatchObject({
      abstract: null,
      typeCode: null,
      symbol: '05-A/TU',
      paper: { envelopeMarks: ['ADDRESSEE_ONLY'] },
    });
    for (const change of [`abstract = 'x'`, `envelope_remarks = 'x'`])
      await expect(
        office.database.ownerDataSource.query(`UPDATE workflow.incoming SET ${change} WHERE id = $1`, [id]),
      ).rejects.toThrow(/check/);
    for (const [table, column] of [
      ['handling_step', 'note'],
      ['handling', 'result'],
      ['instruction', 'text'],
    ] as const) {
      const [found] = await query<{ definition: string }>(
        `SELECT pg_get_constraintdef(oid) AS definition FROM pg_constraint
          WHERE conrelid = $1::regclass AND conname = 'top_secret_has_no_text'`,
        [`workflow.${table}`],
      );
      expect(found?.definition).toContain(column);
    }
  });

  it('that is top secret goes its way without a word', async () => {
    const { id } = await entered(topSecret);
    const leaderPersonId = demoPerson(`lanhdao.${agency}`).id;
    const refused = await desk.clerk
      .post(`/incoming/${id}/submit`, { leaderPersonId, note: 'Về nhân sự' })
      .expect(422);
    expect(refused.body).toMatchObject({ code: 'TEXT_FORBIDDEN' });
    await desk.submitted(id);
    const instruct = (given: Readonly<Record<string, unknown>>) =>
      desk.leader.post(`/incoming/${id}/instruct`, anInstruction(agency, given));
    await instruct({}).expect(422);
    await instruct({ text: null }).expect(200);
    await desk.drafter.post(`/incoming/${id}/relief`, { reason: 'Không phụ trách' }).expect(422);
    await desk.drafter.post(`/incoming/${id}/start`).expect(200);
    await desk.drafter.post(`/incoming/${id}/complete`, {}).expect(200);
  });

  it('that is secret is seen by the clerk, its leader and whom it is assigned to, by nobody else', async () => {
    const { id } = await entered({ secrecy: 'MAT', abstract: 'Về kế hoạch' });
    await desk.submitted(id);
    await desk.leader.get(`/incoming/${id}`).expect(200);
    await desk.deputy.get(`/incoming/${id}`).expect(404);
    await desk.deputy.post(`/incoming/${id}/instruct`, anInstruction(agency)).expect(404);
    const listed = async (client: typeof desk.deputy): Promise<string> =>
      JSON.stringify((await client.get('/incoming').expect(200)).body);
    expect(await listed(desk.deputy)).not.toContain(id);
    expect(await listed(desk.leader)).toContain(id);
    await desk.leader
      .post(`/incoming/${id}/instruct`, anInstruction(agency, { inform: [person(`pho.${agency}`)] }))
      .expect(200);
    expect(await listed(desk.deputy)).toContain(id);
    // Told of it, the deputy still does not decide on it.
    const { process } = await desk.read(id, desk.deputy);
    const replaces = process!.instructions[0]!.id;
    await desk.deputy.post(`/incoming/${id}/instruct`, anInstruction(agency, { replaces })).expect(403);
  });

  it.each<[string, Readonly<Record<string, unknown>>, number, string]>([
    ['without a sender', { senderName: null }, 422, 'SENDER_UNKNOWN'],
    ['with two senders', { senderAgencyId: demoAgency('tinhuy').id }, 422, 'SENDER_UNKNOWN'],
    [
      'of an agency that is not there',
      { senderName: null, senderAgencyId: '019a0000-0000-7000-8000-000000000000' },
      422,
      'SENDER_UNKNOWN',
    ],
    ['of a type that is not there', { typeCode: 'XYZ' }, 422, 'PAPER_TYPE_UNKNOWN'],
    ['not secret and without abstract', { abstract: null }, 422, 'PAPER_NOT_DESCRIBED'],
    ['received tomorrow', { receivedAt: '2099-01-01T08:00:00+07:00' }, 422, 'PAPER_DATE_IMPOSSIBLE'],
    ['received on no day', { receivedAt: '2025-13-01T08:00:00+07:00' }, 422, 'PAPER_DATE_IMPOSSIBLE'],
    ['received before it was written', { issuedOn: '2099-01-01' }, 422, 'PAPER_DATE_IMPOSSIBLE'],
    ['timed without its time', { urgency: 4 }, 422, 'URGENCY_TIME_REQUIRED'],
    ['top secret with an abstract', { ...topSecret, abstract: 'Về nhân sự' }, 422, 'ABSTRACT_FORBIDDEN'],
    ['top secret with a remark', { ...topSecret, envelopeRemarks: 'Ghi chú' }, 422, 'TEXT_FORBIDDEN'],
    ['with an unknown mark', { envelopeMarks: ['WET'] }, 400, 'VALIDATION_FAILED'],
    ['by an unknown channel', { channel: 'pigeon' }, 400, 'VALIDATION_FAILED'],
  ])('%s is refused, and no number is lost', async (_, given, status, code) => {
    const before = await entered();
    const refused = await enter(given).expect(status);
    expect(refused.body).toMatchObject({ code });
    expect((await entered()).arrivalNumber).toBe(before.arrivalNumber + 1);
  });

  it('gets its scan as it is, once as main file, and only where it is not secret', async () => {
    const { id } = await entered();
    const bytes = await plainPdf(2);
    const scan = (to: string, role = 'main') => desk.clerk.upload(`/incoming/${to}/files`, { bytes, role });
    const added = (await scan(id).expect(201)).body as { id: string; pageCount: number };
    expect(added).toMatchObject({ role: 'main', pageCount: 2 });
    const content = await desk.clerk.get(`/incoming/${id}/files/${added.id}/content`).expect(200);
    expect(Buffer.compare(content.body as Buffer, Buffer.from(bytes))).toBe(0);
    expect((await scan(id).expect(422)).body).toMatchObject({ code: 'SCAN_NOT_TAKEN' });
    await scan(id, 'annex').expect(201);
    for (const given of [{ secrecy: 'MAT' }, topSecret])
      expect((await scan((await entered(given)).id).expect(422)).body).toMatchObject({
        code: 'SCAN_NOT_TAKEN',
      });
    const garbage = { bytes: Buffer.from('không phải PDF'), role: 'main' };
    await desk.clerk.upload(`/incoming/${(await entered()).id}/files`, garbage).expect(422);
    // Ink has stamped the paper itself.
    const stamped = await desk.clerk
      .get(`/incoming/${id}/files/${added.id}/content?copy=stamped`)
      .expect(409);
    expect(stamped.body).toMatchObject({ code: 'STAMPED_COPY_NONE' });
  });

  it('is neither verified nor accepted nor refused here', async () => {
    const { id } = await entered();
    for (const [step, body] of [
      ['verify', {}],
      ['accept', {}],
      ['refuse', { reason: 'Gửi nhầm' }],
    ] as const) {
      const answer = await desk.clerk.post(`/incoming/${id}/${step}`, body).expect(409);
      expect(answer.body).toMatchObject({ code: 'INCOMING_ON_PAPER' });
    }
  });
});

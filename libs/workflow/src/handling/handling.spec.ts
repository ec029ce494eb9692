import { demoPerson } from '#directory';
import { parseCertificate, parseCrl } from '#pki';
import { vietnamDate } from '#platform';
import { aSystem } from '#platform/testing';

import { deliveryBalance } from '../exchange/deliveries/delivery-balance';
import type { DeliveryStatus } from '../exchange/deliveries/find-deliveries';
import { verifyEvidenceChain } from '../exchange/evidence/evidence-chain';
import { ExchangeWorkers } from '../exchange/exchange-workers';
import { machineFaults } from '../state-machine';
import { anInstruction, eventually, IncomingDesk, person } from '../testing/incoming-desk';
import { newDocument, postOf, provinceCommittee } from '../testing/test-documents';
import type { OfficeClient, TestOffice } from '../testing/test-office';
import { openTestOffice } from '../testing/test-office';
import { actionsOf } from '../testing/trail';
import { TrustService } from '../trust/trust-service';
import { handlingMachine } from './handling-machine';

const agency = 'vptu';
const id = (key: string): string => demoPerson(key).id;

describe('the table of handling', () => {
  it('reaches every state and leaves none but the final one stuck', () => {
    expect(machineFaults(handlingMachine)).toEqual({
      unreachable: [],
      stuck: [],
      notFinal: [],
      undeclared: [],
    });
  });
});

describe('an incoming document inside the agency', () => {
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

  const post = (client: OfficeClient, incoming: string, step: string, body: object = {}) =>
    client.post(`/incoming/${incoming}/${step}`, body);
  const codeOf = (answer: { readonly body: unknown }): unknown => (answer.body as { code?: string }).code;

  it('goes from the clerk over the leader to the lead, and every step is told to the sender under signature', async () => {
    const { id: incoming, documentId } = await desk.accepted(provinceCommittee);
    expect(await desk.read(incoming)).toMatchObject({
      source: 'electronic',
      state: '03',
      handling: { state: 'REGISTERED', version: 1, leaderId: null, due: null, overdue: false },
      verification: {
        verdict: 'TOTAL-PASSED',
        verifiedBy: id(`vanthu.${agency}`),
        files: [{ role: 'main' }],
      },
      process: { instructions: [], steps: [], leader: null },
    });
    const leaderPersonId = id(`lanhdao.${agency}`);
    const submitted = await post(desk.clerk, incoming, 'submit', { leaderPersonId, note: 'Kính trình.' });
    expect(submitted.body).toEqual({ id: incoming, handling: 'SUBMITTED', state: '03', version: 2 });
    const assigned = await post(
      desk.leader,
      incoming,
      'instruct',
      anInstruction(agency, {
        support: [person(`vanthu.${agency}`)],
        inform: [{ postId: postOf(`pho.${agency}`) }],
      }),
    );
    expect(assigned.body).toEqual({ id: incoming, handling: 'ASSIGNED', state: '04', version: 3 });
    expect((await post(desk.drafter, incoming, 'start')).body).toMatchObject({ state: '05' });
    const result = 'Đã tham mưu văn bản trả lời.';
    const done = await post(desk.drafter, incoming, 'complete', { result });
    expect(done.body).toEqual({ id: incoming, handling: 'DONE', state: '06', version: 5 });
    expect(await desk.read(incoming)).toMatchObject({
      state: '06',
      process: {
        result,
        instructions: [
          {
            n: 1,
            lead: { fullName: 'Ngô Đình Phước', state: 'done' },
            support: [{ personId: id(`vanthu.${agency}`), state: 'done' }],
            inform: [{ personId: id(`pho.${agency}`) }],
            endedAt: null,
          },
        ],
        steps: [
          { event: 'submit', to: 'SUBMITTED', note: 'Kính trình.' },
          { event: 'instruct', to: 'ASSIGNED' },
          { event: 'start', to: 'IN_PROGRESS' },
          { event: 'complete', to: 'DONE' },
        ],
      },
    });
    await expectTold(documentId);
    expect(await actionsOf(office, documentId)).toEqual(
      expect.arrayContaining([
        'incoming.submitted success',
        'incoming.assigned success',
        'incoming.started success',
        'incoming.completed success',
      ]),
    );
  });

  async function expectTold(documentId: string): Promise<void> {
    const sender = office.as(provinceCommittee.clerk);
    await eventually(async () => {
      const { items } = (await sender.get(`/documents/${documentId}/deliveries`).expect(200)).body as {
        items: DeliveryStatus[];
      };
      return items.every(({ state }) => state === '06') ? true : undefined;
    });
    const chain: unknown = (await sender.get(`/documents/${documentId}/evidence`).expect(200)).body;
    const trust = await office.app.get(TrustService, { strict: false }).material();
    const verdict = await verifyEvidenceChain(chain, trust, { certificate: parseCertificate, crl: parseCrl });
    expect(verdict).toMatchObject({ ok: true, faults: [], deliveries: [{ status: '06' }] });
    expect(verdict.deliveries[0]?.events.map(({ event }) => event).toSorted()).toEqual([
      'A.1',
      'C.3',
      'D.1',
      'X.04',
      'X.05',
      'X.06',
    ]);
    expect(JSON.stringify(verdict.deliveries[0]?.events)).not.toContain('Ngô Đình Phước');
    const balance = await office.database.unitOfWork.run(aSystem(), (tx) => deliveryBalance(tx, documentId));
    expect(balance).toMatchObject({ accepted: 1, pending: 0, balanced: true });
  }

  it('of paper takes the same way, and nobody outside is told', async () => {
    const incoming = await desk.started(await desk.entered());
    await post(desk.drafter, incoming, 'complete', { result: 'Đã đồng ý cho mượn.' }).expect(200);
    expect(await desk.read(incoming)).toMatchObject({ source: 'paper', state: '06', verification: null });
    const told = await office.database.unitOfWork.run(aSystem(), (tx) =>
      tx.query('SELECT FROM workflow.evidence_return WHERE incoming_id = $1', [incoming]),
    );
    expect(told).toEqual([]);
  });

  it('may be laid before another leader while nobody has decided, and given back with a reason', async () => {
    const incoming = await desk.submitted(await desk.entered());
    await post(desk.clerk, incoming, 'submit', { leaderPersonId: id(`pho.${agency}`) }).expect(200);
    await post(desk.deputy, incoming, 'return', {}).expect(422);
    await post(desk.deputy, incoming, 'return', { reason: 'Thiếu phụ lục.' }).expect(200);
    const document = await desk.read(incoming);
    expect(document).toMatchObject({
      handling: { state: 'REGISTERED', leaderId: null },
      process: { leader: null },
    });
    expect(document.process?.steps.at(-1)).toMatchObject({ event: 'return', note: 'Thiếu phụ lục.' });
  });

  it('is laid before nobody who is no leader of the agency', async () => {
    const incoming = await desk.entered();
    for (const key of [`chuyenvien.${agency}`, 'lanhdao.tinhuy', 'lanhdao.ubnd']) {
      const answer = await post(desk.clerk, incoming, 'submit', { leaderPersonId: id(key) }).expect(422);
      expect(codeOf(answer)).toBe('LEADER_UNKNOWN');
    }
  });

  it('keeps every instruction; a new one replaces the one it names', async () => {
    const incoming = await desk.started(await desk.entered());
    const [first] = (await desk.read(incoming)).process!.instructions;
    const blind = await post(desk.deputy, incoming, 'instruct', anInstruction(agency)).expect(409);
    expect(codeOf(blind)).toBe('INSTRUCTION_STANDS');
    await post(
      desk.deputy,
      incoming,
      'instruct',
      anInstruction(agency, { lead: person(`vanthu.${agency}`), replaces: first!.id }),
    ).expect(200);
    expect(await desk.read(incoming)).toMatchObject({
      // 05 has been stated to the sender and stands.
      state: '05',
      handling: { state: 'ASSIGNED', leadPersonId: id(`vanthu.${agency}`), leaderId: id(`pho.${agency}`) },
      process: {
        instructions: [
          { n: 2, endedAt: null, lead: { state: 'open' } },
          { n: 1, lead: { state: 'withdrawn' } },
        ],
      },
    });
    const gone = await desk.drafter.get(`/incoming/${incoming}`).expect(404);
    expect(codeOf(gone)).toBe('INCOMING_NOT_FOUND');
    const stale = anInstruction(agency, { replaces: first!.id });
    expect(codeOf(await post(desk.leader, incoming, 'instruct', stale).expect(412))).toBe('VERSION_CONFLICT');
  });

  it('of two leaders who instruct at once takes one, and tells the other', async () => {
    const incoming = await desk.submitted(await desk.entered());
    const answers = await Promise.all([
      post(desk.leader, incoming, 'instruct', anInstruction(agency, { text: 'Ý kiến của Chánh Văn phòng' })),
      post(
        desk.deputy,
        incoming,
        'instruct',
        anInstruction(agency, { text: 'Ý kiến của Phó Chánh Văn phòng' }),
      ),
    ]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    expect((await desk.read(incoming)).process?.instructions).toHaveLength(1);
  });

  it('tells whoever saw an older version', async () => {
    const incoming = await desk.submitted(await desk.entered());
    const path = `/incoming/${incoming}/instruct`;
    const body = anInstruction(agency);
    expect(codeOf(await desk.leader.post(path, body, { 'If-Match': '"1"' }).expect(412))).toBe(
      'VERSION_CONFLICT',
    );
    await desk.leader.post(path, body, { 'If-Match': '"2"' }).expect(200);
  });

  it.each<[string, Record<string, unknown>, string, string | undefined]>([
    ['somebody of another agency', { lead: person('chuyenvien.tinhuy') }, 'ASSIGNEE_UNKNOWN', 'lead'],
    ['nobody', { lead: {} }, 'ASSIGNEE_UNKNOWN', 'lead'],
    [
      'a person and a post at once',
      { support: [{ ...person(`vanthu.${agency}`), postId: postOf(`vanthu.${agency}`) }] },
      'ASSIGNEE_UNKNOWN',
      'support[0]',
    ],
    ['the same person twice', { inform: [person(`chuyenvien.${agency}`)] }, 'ASSIGNEE_TWICE', 'inform[0]'],
    ['a day gone by', { due: '2025-01-02' }, 'DUE_IN_THE_PAST', undefined],
    ['no text', { text: null }, 'TEXT_MISSING', undefined],
  ])('is not assigned to %s', async (_, given, code, field) => {
    const incoming = await desk.submitted(await desk.entered());
    const answer = await post(desk.leader, incoming, 'instruct', anInstruction(agency, given)).expect(422);
    expect(answer.body).toMatchObject({ code, ...(field === undefined ? {} : { errors: [{ field }] }) });
    expect(await desk.read(incoming)).toMatchObject({
      handling: { state: 'SUBMITTED' },
      process: { instructions: [] },
    });
  });

  it('goes back to the leader when the lead asks to be relieved, and is assigned anew', async () => {
    const incoming = await desk.started(await desk.entered(), { support: [person(`vanthu.${agency}`)] });
    await post(desk.clerk, incoming, 'relief', { reason: 'Tôi chỉ phối hợp.' }).expect(403);
    await post(desk.drafter, incoming, 'relief', { reason: 'Không đúng lĩnh vực phụ trách.' }).expect(200);
    expect(await desk.read(incoming)).toMatchObject({
      state: '05',
      handling: { state: 'SUBMITTED', leadPersonId: null, leaderId: id(`lanhdao.${agency}`), due: null },
      process: { instructions: [{ lead: { state: 'relieved' }, support: [{ state: 'withdrawn' }] }] },
    });
    await post(desk.leader, incoming, 'instruct', anInstruction(agency)).expect(200);
    await post(desk.drafter, incoming, 'start').expect(200);
  });

  it('is started and completed by its lead alone, in that order, once', async () => {
    const incoming = await desk.assigned(await desk.entered(), { support: [person(`vanthu.${agency}`)] });
    expect(codeOf(await post(desk.clerk, incoming, 'start').expect(403))).toBe('NOT_THE_LEAD');
    const early = await post(desk.drafter, incoming, 'complete', { result: 'Xong' }).expect(409);
    expect(codeOf(early)).toBe('TRANSITION_NOT_ALLOWED');
    await post(desk.drafter, incoming, 'start').expect(200);
    await post(desk.drafter, incoming, 'start').expect(409);
    expect(codeOf(await post(desk.drafter, incoming, 'complete', {}).expect(422))).toBe('TEXT_MISSING');
    const both = await Promise.all([
      post(desk.drafter, incoming, 'complete', { result: 'Đã xong' }),
      post(desk.drafter, incoming, 'complete', { result: 'Đã xong' }),
    ]);
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    const id = (await desk.read(incoming)).process!.instructions[0]!.id;
    await post(desk.leader, incoming, 'instruct', anInstruction(agency, { replaces: id })).expect(409);
  });

  it('is not handled before it is registered, nor seen by another agency', async () => {
    const incoming = await desk.entered();
    const other = new IncomingDesk(office, 'tinhuy');
    for (const [client, step, body] of [
      [other.clerk, 'submit', { leaderPersonId: id('lanhdao.tinhuy') }],
      [other.leader, 'instruct', anInstruction('tinhuy')],
      [other.leader, 'return', { reason: 'Không phải của tôi' }],
      [other.drafter, 'start', {}],
      [other.drafter, 'relief', { reason: 'Không phải của tôi' }],
      [other.drafter, 'complete', { result: 'Không phải của tôi' }],
    ] as const) {
      expect(codeOf(await post(client, incoming, step, body).expect(404))).toBe('INCOMING_NOT_FOUND');
    }
    await other.clerk.get(`/incoming/${incoming}`).expect(404);
    const denied = (await actionsOf(office, incoming)).filter((each) => each === 'access.denied denied');
    expect(denied).toHaveLength(7);
  });

  it('is read by whom it was assigned to, and by no other drafter', async () => {
    const unassigned = await desk.submitted(await desk.entered());
    await desk.drafter.get(`/incoming/${unassigned}`).expect(404);
    const assigned = await desk.assigned(await desk.entered());
    const seenAt = async (): Promise<string | null | undefined> =>
      (await desk.read(assigned)).process?.instructions[0]?.lead.seenAt;
    expect(await seenAt()).toBeNull();
    await desk.read(assigned, desk.drafter);
    expect(await seenAt()).toEqual(expect.any(String));
    const { items } = (await desk.drafter.get('/incoming').expect(200)).body as { items: { id: string }[] };
    expect(items.map((item) => item.id)).toContain(assigned);
    expect(items.map((item) => item.id)).not.toContain(unassigned);
  });

  it('knows what answers it: named when the draft is opened, or when it is completed', async () => {
    const incoming = await desk.started(await desk.entered());
    const office = provinceCommittee;
    const drafted = {
      ...newDocument({
        ...office,
        agency,
        body: `${agency}/vp`,
        leader: `lanhdao.${agency}`,
        capacity: 'DIRECT',
        typeCode: 'CV',
      }),
    };
    const first = (await desk.drafter.post('/documents', { ...drafted, answers: [incoming] }).expect(201))
      .body as {
      id: string;
    };
    const second = (await desk.drafter.post('/documents', drafted).expect(201)).body as { id: string };
    const unseen = await desk.entered();
    const refused = await desk.drafter.post('/documents', { ...drafted, answers: [unseen] }).expect(422);
    expect(refused.body).toMatchObject({ code: 'ANSWERED_UNKNOWN', errors: [{ field: 'answers[0]' }] });
    const unknown = { result: 'Đã trả lời', replyDocumentId: incoming };
    expect(codeOf(await post(desk.drafter, incoming, 'complete', unknown).expect(422))).toBe('REPLY_UNKNOWN');
    await post(desk.drafter, incoming, 'complete', {
      result: 'Đã trả lời',
      replyDocumentId: second.id,
    }).expect(200);
    const { answeredBy, process } = await desk.read(incoming);
    const draft = { state: 'DRAFT', symbol: null, date: null };
    expect(answeredBy).toHaveLength(2);
    for (const { id: documentId } of [first, second])
      expect(answeredBy).toContainEqual({ documentId, ...draft });
    expect(process?.replyDocumentId).toBe(second.id);
    const document = (await desk.drafter.get(`/documents/${first.id}`).expect(200)).body as unknown;
    expect(document).toMatchObject({ answers: [incoming] });
  });

  it('tells the leader, the assignees and again the leader where it stands', async () => {
    const incoming = await desk.started(await desk.entered(), { due: '2099-12-30' });
    await post(desk.drafter, incoming, 'complete', { result: 'Đã xong' }).expect(200);
    const noted = async (client: OfficeClient): Promise<readonly string[]> => {
      const { items } = (await client.get('/notices').expect(200)).body as {
        items: { kind: string; subject: { id: string } }[];
      };
      return items.filter(({ subject }) => subject.id === incoming).map(({ kind }) => kind);
    };
    expect((await noted(desk.leader)).toSorted()).toEqual(['incoming.done', 'incoming.submitted']);
    expect(await noted(desk.drafter)).toEqual(['incoming.assigned']);
  });

  it('is found in the view of whoever it waits for, and counted there', async () => {
    const at = office.clock.now();
    const due = (days: number): string => vietnamDate(new Date(at.getTime() + days * 86_400_000));
    const registered = await desk.entered();
    const submitted = await desk.submitted(await desk.entered());
    const late = await desk.started(await desk.entered(), { due: due(1) });
    const known = await desk.assigned(await desk.entered(), {
      inform: [person(`pho.${agency}`)],
      due: due(60),
    });
    const listed = async (client: OfficeClient, view: string): Promise<readonly string[]> => {
      const ids: string[] = [];
      let next: string | null = null;
      do {
        const cursor: string = next === null ? '' : `&cursor=${next}`;
        const page = (await client.get(`/incoming?view=${view}${cursor}`).expect(200)).body as {
          items: { id: string }[];
          next: string | null;
        };
        ids.push(...page.items.map((item) => item.id));
        ({ next } = page);
      } while (next !== null);
      expect(new Set(ids).size).toBe(ids.length);
      return ids;
    };
    expect(await listed(desk.clerk, 'to-submit')).toContain(registered);
    expect(await listed(desk.leader, 'to-instruct')).toContain(submitted);
    expect(await listed(desk.deputy, 'to-instruct')).not.toContain(submitted);
    expect(await listed(desk.deputy, 'to-know')).toContain(known);
    expect(await listed(desk.drafter, 'mine')).toEqual(expect.arrayContaining([late, known]));
    expect(await listed(desk.drafter, 'due-soon')).toContain(late);
    expect(await listed(desk.drafter, 'due-soon')).not.toContain(known);
    expect(await listed(desk.clerk, 'overdue')).not.toContain(late);
    expect(await listed(desk.drafter, 'to-submit')).toEqual([]);
    office.clock.advance(20 * 86_400_000);
    expect(await listed(desk.clerk, 'overdue')).toContain(late);
    expect(await listed(desk.drafter, 'overdue')).toContain(late);
    expect((await desk.read(late)).handling).toMatchObject({ overdue: true, due: due(1) });
    const counts = (await desk.drafter.get('/incoming/counts').expect(200)).body as Record<string, number>;
    expect(counts).toMatchObject({
      toAccept: 0,
      toSubmit: 0,
      overdue: (await listed(desk.drafter, 'overdue')).length,
    });
    await desk.deputy.get(`/incoming/${known}`).expect(200);
    expect(await listed(desk.deputy, 'to-know')).not.toContain(known);
  });
});

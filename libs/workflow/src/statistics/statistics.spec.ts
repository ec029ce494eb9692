import { demoAgency } from '#directory';
import { newId, vietnamDate } from '#platform';
import { aSystem } from '#platform/testing';

import { Desk, provinceCommittee } from '../testing/test-documents';
import type { TestOffice } from '../testing/test-office';
import { openTestOffice } from '../testing/test-office';
import type { ExchangeStatistics } from './exchange-statistics';
import type { Monitor } from './read-monitor';

let office: TestOffice;
let desk: Desk;
beforeAll(async () => {
  office = await openTestOffice({ signers: ['lanhdao.tinhuy'], agencies: ['tinhuy'] });
  desk = new Desk(office, provinceCommittee);
}, 120_000);
afterAll(() => office.close());

const agencyId = demoAgency('tinhuy').id;
const today = (): string => vietnamDate(office.clock.now());

async function statistics(query = ''): Promise<ExchangeStatistics> {
  return (await desk.leader.get(`/statistics/exchange${query}`).expect(200)).body as ExchangeStatistics;
}

async function monitor(query = ''): Promise<Monitor> {
  return (await desk.clerk.get(`/monitor${query}`).expect(200)).body as Monitor;
}

async function enter(sql: string, parameters: readonly unknown[] = []): Promise<void> {
  await office.database.ownerDataSource.query(sql, [...parameters]);
}

async function remembered(): Promise<number> {
  const [row] = await office.database.unitOfWork.run(aSystem(), (tx) =>
    tx.query<{ n: number }>('SELECT count(*)::integer AS n FROM workflow.exchange_day WHERE agency_id = $1', [
      agencyId,
    ]),
  );
  return row?.n ?? 0;
}

/** A delivery of the agency as it stands; `due` in minutes from now. */
async function delivery(given: {
  readonly state: string;
  readonly urgency?: number;
  readonly due?: number;
  readonly error?: string;
  readonly node?: string;
}): Promise<string> {
  const id = newId();
  const document = newId();
  await enter(
    `INSERT INTO workflow.submission (document_id, sender_agency_id, identity, recipients, submitted_at)
     VALUES ($1, $2, '{}', 1, now())`,
    [document, agencyId],
  );
  await enter(
    `INSERT INTO workflow.delivery (id, document_id, sender_agency_id, sender_code, recipient_agency_id, recipient_code,
       recipient_name, node_id, message_id, manifest_cms, manifest_sha256, state, urgency, next_attempt_at, created_at, sent_at,
       settled_at, refusal_reason, last_error, ack_due_at, urgency_at)
     VALUES ($1, $2, $3, 's', $4, 'r', 'Đảng ủy xã', $5, $1, '', '', $6, $7::smallint, now(), now(), now(),
       CASE WHEN $6 = '02' THEN $9::timestamptz END, CASE WHEN $6 = '02' THEN 'Sai nơi nhận' END, $8, $10::timestamptz,
       CASE WHEN $7::smallint = 4 THEN $9::timestamptz END)`,
    [
      id,
      document,
      agencyId,
      demoAgency('vptu').id,
      given.node ?? 'node-1',
      given.state,
      given.urgency ?? 0,
      given.error ?? null,
      office.clock.now(),
      given.due === undefined ? null : new Date(office.clock.now().getTime() + given.due * 60_000),
    ],
  );
  return id;
}

describe('the statistics of exchange', () => {
  it('count what was signed, what went electronically and what is overdue, day by day', async () => {
    const id = await desk.draft({ typeCode: 'KL' });
    await desk.issue(id);
    const cancelled = await desk.numbered({ typeCode: 'KL' });
    await desk.clerk.post(`/documents/${cancelled}/cancel`, { reason: 'Sai thể thức' }).expect(200);
    const found = await statistics(`?from=${today()}&to=${today()}`);
    expect(found).toMatchObject({
      signed: { count: 1, of: 1, percent: 100, target: 100 },
      exchanged: { count: 1, of: 1, percent: 100, target: 95 },
      incoming: { received: 0, settled: 0, overdue: 0, handlingOverdue: 0 },
      days: [{ date: today(), issued: 1, signed: 1, electronic: 1, paper: 0, received: 0 }],
    });
    await delivery({ state: '01', due: -5 });
    expect((await statistics()).overdue).toEqual([
      { agencyId: demoAgency('vptu').id, name: 'Đảng ủy xã', count: 1 },
    ]);
  });

  it('remember the days that are over, and never today', async () => {
    const atFirst = await remembered();
    await statistics(`?from=${today()}&to=${today()}`);
    expect(await remembered()).toBe(atFirst);
    const year = Number(today().slice(0, 4)) - 1;
    const before = await statistics(`?from=${year}-02-01&to=${year}-03-01`);
    expect(before.days).toHaveLength(29 + (year % 4 === 0 ? 1 : 0));
    const days = await remembered();
    expect(days).toBe(atFirst + before.days.length);
    expect(await statistics(`?from=${year}-02-01&to=${year}-03-01`)).toEqual(before);
    expect(await remembered()).toBe(days);
  });

  it('a day with a document that has a number and is not issued yet is counted anew', async () => {
    const open = await desk.numbered({ typeCode: 'TB' });
    office.clock.advance(24 * 3_600_000);
    const yesterday = vietnamDate(new Date(office.clock.now().getTime() - 24 * 3_600_000));
    const issued = async (): Promise<number> =>
      (await statistics(`?from=${yesterday}&to=${yesterday}`)).days[0]?.issued ?? -1;
    const before = await issued();
    await desk.clerk.post(`/documents/${open}/cancel`, { reason: 'Không ban hành' }).expect(200);
    expect(await issued()).toBe(before - 1);
    expect(await issued()).toBe(before - 1);
  });

  it.each(['?from=2026-02-01&to=2026-01-01', '?from=2024-01-01&to=2026-01-01', '?from=2026-02-30'])(
    '%s is refused',
    async (query) => {
      expect((await desk.leader.get(`/statistics/exchange${query}`)).status).toBe(400);
    },
  );
});

describe('the monitor', () => {
  it('shows the urgent first, then what is due first, and says what is late, refused and undelivered', async () => {
    await enter('DELETE FROM workflow.delivery');
    const calm = await delivery({ state: 'SENT' });
    const soon = await delivery({ state: '01', due: 10 });
    const late = await delivery({ state: '01', due: -10 });
    const urgent = await delivery({
      state: 'QUEUED',
      urgency: 3,
      due: 30,
      error: 'PEER_UNREACHABLE',
      node: 'node-7',
    });
    const dead = await delivery({ state: 'NON_DELIVERED', urgency: 1, due: -99 });
    const refused = await delivery({ state: '02' });
    await delivery({ state: '03' });
    const found = await monitor();
    expect(found.items.map(({ id }) => id)).toEqual([urgent, dead, late, soon, calm]);
    expect(found.counts).toEqual({ inTransit: 2, unacknowledged: 2, late: 2, undelivered: 1, refused: 1 });
    expect(found.nodes).toEqual([
      { nodeId: 'node-1', alive: true, waiting: 0, lastDeliveryAt: null },
      { nodeId: 'node-7', alive: false, waiting: 1, lastDeliveryAt: null },
    ]);
    const ids = async (view: string): Promise<string[]> =>
      (await monitor(`?view=${view}`)).items.map(({ id }) => id);
    expect(await ids('transit')).toEqual([urgent, calm]);
    expect(await ids('unacknowledged')).toEqual([late, soon]);
    expect(await ids('late')).toEqual([dead, late]);
    expect(await ids('undelivered')).toEqual([dead]);
    expect(await ids('refused')).toEqual([refused]);
    expect((await monitor('?view=refused')).items[0]).toMatchObject({
      refusalReason: 'Sai nơi nhận',
      late: false,
    });
  });

  it('is read page by page, each delivery once, those without a time last', async () => {
    await enter('DELETE FROM workflow.delivery');
    for (let n = 0; n < 60; n += 1)
      await delivery({ state: 'SENT', urgency: n % 3, ...(n % 4 === 0 ? {} : { due: n % 7 }) });
    const first = await monitor();
    const second = await monitor(`?cursor=${first.next ?? ''}`);
    expect([first.items.length, second.items.length, second.next]).toEqual([50, 10, null]);
    const all = [...first.items, ...second.items];
    expect(new Set(all.map(({ id }) => id)).size).toBe(60);
    expect(all.map(({ urgency }) => urgency)).toEqual(
      all.map(({ urgency }) => urgency).toSorted((a, b) => b - a),
    );
  });

  it('of another agency shows nothing of this one', async () => {
    const other = (await office.as('vanthu.ubnd').get('/monitor').expect(200)).body as Monitor;
    expect(other.items).toEqual([]);
  });
});

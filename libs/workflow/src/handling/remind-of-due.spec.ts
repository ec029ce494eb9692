import type { NoticePage } from '../notices/find-notices';
import { IncomingDesk } from '../testing/incoming-desk';
import type { TestOffice } from '../testing/test-office';
import { openTestOffice } from '../testing/test-office';
import { actionsOf } from '../testing/trail';
import { RemindOfDue } from './remind-of-due';

describe('a document that is due', () => {
  let office: TestOffice;
  let desk: IncomingDesk;

  beforeAll(async () => {
    office = await openTestOffice({ signers: [], agencies: [] });
    desk = new IncomingDesk(office, 'tinhuy');
    // Thursday, 19 November 2026.
    at('2026-11-19T08:30:00+07:00');
  }, 120_000);
  afterAll(() => office.close());

  function at(instant: string): void {
    office.clock.advance(Date.parse(instant) - office.clock.now().getTime());
  }

  const remind = (): Promise<number> => office.app.get(RemindOfDue, { strict: false }).run();

  async function told(client = desk.drafter): Promise<readonly (readonly [string, unknown])[]> {
    const { items } = (await client.get('/notices').expect(200)).body as NoticePage;
    return items
      .filter(({ kind }) => kind === 'incoming.due')
      .map(({ subject, facts }) => [subject.id, facts['due']]);
  }

  it('is told to whoever handles it, a working day before and on the day, once each', async () => {
    const id = await desk.assigned(await desk.entered(), { due: '2026-11-23' });
    expect(await remind()).toBe(0);
    at('2026-11-20T08:00:00+07:00');
    expect((await Promise.all([remind(), remind(), remind()])).reduce((sum, n) => sum + n, 0)).toBe(1);
    expect(await told()).toEqual([[id, '2026-11-23']]);
    // Saturday and Sunday are days off.
    at('2026-11-21T08:00:00+07:00');
    expect(await remind()).toBe(0);
    at('2026-11-23T08:00:00+07:00');
    expect(await remind()).toBe(1);
    expect(await remind()).toBe(0);
    expect(await told()).toHaveLength(2);
    expect(await told(desk.leader)).toEqual([]);
    expect((await actionsOf(office, id)).filter((one) => one === 'incoming.reminded success')).toHaveLength(
      2,
    );
    at('2026-11-24T08:00:00+07:00');
    expect(await remind()).toBe(0);
  });

  it('on a day off is due on the next working day', async () => {
    at('2026-11-26T08:00:00+07:00');
    const id = await desk.assigned(await desk.entered(), { due: '2026-11-28' });
    expect(await remind()).toBe(0);
    at('2026-11-27T08:00:00+07:00');
    expect(await remind()).toBe(1);
    at('2026-11-30T08:00:00+07:00');
    expect(await remind()).toBe(1);
    expect((await told()).filter(([subject]) => subject === id)).toHaveLength(2);
  });

  it('is told no more once it is completed or taken from its handler', async () => {
    at('2026-12-01T08:00:00+07:00');
    const done = await desk.started(await desk.entered(), { due: '2026-12-02' });
    await desk.drafter.post(`/incoming/${done}/complete`, { result: 'Đã trả lời' }).expect(200);
    const relieved = await desk.started(await desk.entered(), { due: '2026-12-02' });
    await desk.drafter.post(`/incoming/${relieved}/relief`, { reason: 'Trùng lịch công tác' }).expect(200);
    expect(await remind()).toBe(0);
  });
});

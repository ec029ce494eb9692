import type { IncomingMessage } from 'node:http';
import { get } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

import type { Request, Response } from 'express';

import { demoAgency, demoPerson } from '#directory';
import { newId } from '#platform';
import { aPerson, aSystem } from '#platform/testing';

import { openTestOffice } from '../testing/test-office';
import type { TestOffice } from '../testing/test-office';
import type { NoticePage } from './find-notices';
import { NoticeStreams } from './notice-streams';
import type { NoticeView } from './notice-view';
import type { NewNotice } from './notify';
import { notify } from './notify';

const agency = demoAgency('tinhuy');
const clerk = 'vanthu.tinhuy';

const subject: NewNotice['about'] = {
  type: 'document',
  id: newId(),
  documentId: newId(),
  typeCode: 'NQ',
  symbol: '57-NQ/TU',
  abstract: 'Về chuyển đổi số trong các cơ quan Đảng',
  secrecy: 'THUONG',
  urgency: 0,
};

describe('notices', () => {
  let office: TestOffice;

  beforeAll(async () => {
    office = await openTestOffice({ signers: [], agencies: [] });
  }, 120_000);
  beforeEach(async () => {
    await office.database.ownerDataSource.query('TRUNCATE workflow.notice');
  });
  afterAll(async () => {
    await office.close();
  });

  const tell = (given: Partial<NewNotice> = {}, actor = aSystem()): Promise<number> =>
    office.database.unitOfWork.run(actor, (tx) =>
      notify(
        tx,
        {
          kind: 'document.returned',
          to: { agencyId: agency.id, people: [demoPerson(clerk).id] },
          about: subject,
          ...given,
        },
        office.clock.now(),
      ),
    );

  async function listed(key: string, query = ''): Promise<NoticePage> {
    return (await office.as(key).get(`/notices${query}`).expect(200)).body as NoticePage;
  }

  it('tell each person once, by name, role or post, and never whoever did it', async () => {
    const roles = ['clerk', 'leader'] as const;
    const told = await tell({ to: { agencyId: agency.id, roles, people: [demoPerson(clerk).id, null] } });
    const rows = await office.database.unitOfWork.run(aSystem(), (tx) =>
      tx.query<{ person_id: string }>('SELECT person_id FROM workflow.notice'),
    );
    expect(rows).toHaveLength(told);
    expect(new Set(rows.map(({ person_id }) => person_id)).size).toBe(told);
    expect(rows.map(({ person_id }) => person_id)).toEqual(
      expect.arrayContaining([demoPerson(clerk).id, demoPerson('lanhdao.tinhuy').id]),
    );
    const self = aPerson({ personId: demoPerson(clerk).id, agencyId: agency.id });
    await expect(tell({}, self as never)).resolves.toBe(0);
  });

  it('are there with what they tell, or not at all', async () => {
    const failing = office.database.unitOfWork.run(aSystem(), async (tx) => {
      await notify(
        tx,
        {
          kind: 'document.issued',
          to: { agencyId: agency.id, people: [demoPerson(clerk).id] },
          about: subject,
        },
        office.clock.now(),
      );
      throw new Error('rolled back');
    });
    await expect(failing).rejects.toThrow('rolled back');
    expect((await listed(clerk)).items).toEqual([]);
  });

  it('are listed for their person alone, newest first, and counted until they are read', async () => {
    await tell();
    office.clock.advance(1000);
    await tell({ kind: 'document.signed' });
    const page = await listed(clerk);
    expect(page).toMatchObject({
      unread: 2,
      next: null,
      items: [
        {
          kind: 'document.signed',
          subject: { symbol: '57-NQ/TU', abstract: subject.abstract },
          readAt: null,
        },
        { kind: 'document.returned', express: false },
      ],
    });
    expect(await listed('lanhdao.tinhuy')).toMatchObject({ items: [], unread: 0 });
    const ids = [page.items[0]!.id];
    await office.as('lanhdao.tinhuy').post('/notices/read', { ids }).expect(200, { unread: 0 });
    await office.as(clerk).post('/notices/read', { ids }).expect(200, { unread: 1 });
    expect((await listed(clerk, '?unread=true')).items.map(({ kind }) => kind)).toEqual([
      'document.returned',
    ]);
    await office.as(clerk).post('/notices/read', { all: true }).expect(200, { unread: 0 });
  });

  it('come page by page', async () => {
    for (let index = 0; index < 52; index += 1) await tell();
    const first = await listed(clerk);
    const second = await listed(clerk, `?cursor=${first.next}`);
    expect([first.items.length, second.items.length, second.next]).toEqual([50, 2, null]);
    expect(new Set([...first.items, ...second.items].map(({ id }) => id)).size).toBe(52);
    await office.as(clerk).get('/notices?cursor=abc').expect(400);
  });

  it('refuse to be read without saying which', async () => {
    for (const body of [{}, { all: false }, { ids: [newId()], all: true }]) {
      const refused = await office.as(clerk).post('/notices/read', body).expect(400);
      expect(refused.body).toMatchObject({ code: 'NOTICES_NOT_NAMED' });
    }
  });

  it('hold no abstract of a secret document, and the database refuses one', async () => {
    await tell({ about: { ...subject, secrecy: 'MAT' } });
    const page = await listed(clerk);
    expect(page.items[0]?.subject).toMatchObject({ secrecy: 'MAT', abstract: null });
    const forced = office.database.unitOfWork.run(aSystem(), (tx) =>
      tx.query(
        `INSERT INTO workflow.notice (id, person_id, agency_id, kind, subject_type, subject_id, type_code, abstract, secrecy,
           urgency, express, created_at) VALUES ($1, $1, $1, 'document.issued', 'document', $1, 'NQ', 'x', 'TUYET_MAT', 0,
           false, now())`,
        [newId()],
      ),
    );
    await expect(forced).rejects.toThrow('secret_has_no_abstract');
  });

  it('show an administrator no abstract', async () => {
    await tell({ to: { agencyId: agency.id, people: [demoPerson('quantri.tinhuy').id] } });
    expect((await listed('quantri.tinhuy')).items[0]?.subject).toMatchObject({ abstract: null });
  });

  describe('as a stream', () => {
    const open: Reading[] = [];
    afterEach(async () => {
      for (const reading of open.splice(0)) reading.close();
      await pause(50);
    });

    async function read(key: string, headers: Record<string, string> = {}): Promise<Reading> {
      const { port } = office.app.getHttpServer().address() as AddressInfo;
      const reading = await openStream(port, { 'x-test-person': key, ...headers });
      open.push(reading);
      return reading;
    }

    it('come to every window of their person, and to no other person', async () => {
      const [first, second, other] = [await read(clerk), await read(clerk), await read('lanhdao.tinhuy')];
      await tell();
      expect((await first.notice()).kind).toBe('document.returned');
      expect((await second.notice()).subject.symbol).toBe('57-NQ/TU');
      expect(other.text()).not.toContain('event: notice');
    });

    it('resume behind the last one that was seen', async () => {
      await tell();
      const { items } = await listed(clerk);
      office.clock.advance(60_000);
      await tell({ kind: 'document.approved' });
      const resumed = await read(clerk, { 'last-event-id': items[0]!.id });
      expect((await resumed.notice()).kind).toBe('document.approved');
      expect(resumed.text()).not.toContain('document.returned');
      const strange = await read(clerk, { 'last-event-id': 'x' });
      await strange.until('event: reload');
    });

    it('are bounded in number: a new one takes the place of the oldest of its session', async () => {
      const readings: Reading[] = [];
      for (let index = 0; index < 6; index += 1) readings.push(await read(clerk));
      const [oldest, second] = readings;
      await oldest!.until('event: replaced');
      await oldest!.ended;
      await tell();
      for (const reading of readings.slice(1)) await reading.notice();
      expect(second!.text()).not.toContain('event: replaced');
    });

    it('are refused where other sessions of the person have them all', async () => {
      for (let index = 0; index < 5; index += 1) await read(clerk);
      const elsewhere = { ...office.actor(clerk), sessionId: newId() };
      const streams = office.app.get(NoticeStreams, { strict: false });
      const opening = streams.open(elsewhere, {} as Request, {} as Response);
      await expect(opening).rejects.toMatchObject({ code: 'NOTICE_STREAMS_FULL' });
      await read('lanhdao.tinhuy');
    });

    it('leave nothing behind when a page is reloaded before they are open', async () => {
      const { port } = office.app.getHttpServer().address() as AddressInfo;
      const path = '/api/v1/notices/stream';
      const opened = async (): Promise<number> => {
        const [row] = await office.database.dataSource.query<{ n: number }[]>(
          `SELECT count(*)::integer AS n FROM audit.entry WHERE action = 'notice.stream_opened'`,
        );
        return row?.n ?? 0;
      };
      const before = await opened();
      for (let index = 0; index < 8; index += 1) {
        const request = get({
          host: '127.0.0.1',
          port,
          path,
          headers: { 'x-test-person': clerk },
          agent: false,
        });
        request.on('error', () => undefined);
        request.once('finish', () => setImmediate(() => request.destroy()));
      }
      for (let tries = 0; tries < 100 && (await opened()) < before + 8; tries += 1) await pause(25);
      await pause(100);
      const streams = office.app.get(NoticeStreams, { strict: false });
      expect(Reflect.get(streams, 'streams')).toHaveProperty('size', 0);
    });

    it('end with their session, which they do not keep alive', async () => {
      const reading = await read(clerk);
      // The office's people have no session in the database: as after a logout.
      await office.app.get(NoticeStreams, { strict: false }).beat();
      await reading.ended;
    });

    it('say that something may have been missed when the database was away', async () => {
      const reading = await read(clerk);
      await office.database.unitOfWork.run(aSystem(), (tx) =>
        tx.query(
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE application_name = 'sealpost-notices' AND datname = current_database()`,
        ),
      );
      await reading.until('event: reload');
      await tell();
      expect((await reading.notice()).kind).toBe('document.returned');
    });
  });
});

interface Reading {
  text(): string;
  until(part: string): Promise<void>;
  notice(): Promise<NoticeView>;
  close(): void;
  readonly ended: Promise<void>;
}

function openStream(port: number, headers: Record<string, string>): Promise<Reading> {
  return new Promise((resolve, reject) => {
    const request = get({ host: '127.0.0.1', port, path: '/api/v1/notices/stream', headers, agent: false });
    request.once('error', reject);
    request.once('response', (response: IncomingMessage) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      const ended = new Promise<void>((end) => response.once('close', end));
      const until = async (part: string): Promise<void> => {
        for (let tries = 0; tries < 200 && !text.includes(part); tries += 1) await pause(25);
        if (!text.includes(part)) throw new Error(`the stream does not say ${part}: ${text}`);
      };
      const reading: Reading = {
        text: () => text,
        until,
        ended,
        close: () => request.destroy(),
        notice: async () => {
          await until('event: notice');
          const data = /event: notice\ndata: (.+)\n/.exec(text)?.[1] ?? '';
          return JSON.parse(data) as NoticeView;
        },
      };
      expect(response.headers['content-type']).toContain('text/event-stream');
      void reading.until('retry').then(() => {
        resolve(reading);
      }, reject);
    });
  });
}

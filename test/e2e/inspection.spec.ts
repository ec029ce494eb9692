import { demoAgency, demoPerson, searchText } from '#directory';
import { parseSignedData, verifySignedData } from '#pki';
import { createHash } from 'node:crypto';
import { arrivalOf } from '../../apps/launcher/src/job/receive';
import type { Caller, Reply } from '../support/caller';
import { Desk, staffs } from '../support/desk';
import { today } from '../support/fixtures';
import type { TestNode } from '../support/test-node';
import { startTestNode } from '../support/test-node';
import { entriesOfRequest } from '../support/trail';

/** What inspectors find, on which mandate, and what others learn of it: nothing. */

let node: TestNode;
let inspector: Caller;
let documentId: string;
beforeAll(async () => {
  node = await startTestNode();
  inspector = await node.as('kiemtra.tinhuy');
  documentId = await new Desk(node, staffs.provinceBoard).issued({
    recipients: [{ agencyId: demoAgency('dangsonthuy').id }],
  });
  await arrivalOf(await node.client('vanthu.dangsonthuy'), documentId);
}, 120_000);
afterAll(() => node.close());

interface Mandate {
  readonly id: string;
  readonly state: string;
}

const decision = (more: object = {}): object => ({
  decision: '45-QĐ/UBKTTU',
  subject: 'Kiểm tra việc gửi, nhận văn bản',
  agencyIds: [demoAgency('dangsonthuy').id],
  periodFrom: today(-30),
  periodTo: today(),
  team: [demoPerson('kiemtra.tinhuy').id],
  opensOn: today(),
  expiresOn: today(30),
  ...more,
});

async function openMandate(more: object = {}): Promise<Mandate> {
  const entered = await (await node.as('lanhdao.tinhuy')).post('/mandates', decision(more));
  expect(entered.outcome).toBe('201');
  const { id } = entered.body as Mandate;
  const confirmed = await (await node.as('pho.tinhuy')).post(`/mandates/${id}/confirm`);
  expect(confirmed.outcome).toBe('200');
  return confirmed.body as Mandate;
}

interface Timeline {
  readonly items: readonly {
    readonly sentence: { readonly code: string };
    readonly actor: { readonly fullName: string | null; readonly agencyName: string | null };
  }[];
}

describe('a document’s timeline', () => {
  it('tells its whole life in order, with names, as far as the own agency goes', async () => {
    const { items } = (await inspector.get(`/audit/documents/${documentId}/timeline`)).body as Timeline;
    const codes = items.map(({ sentence }) => sentence.code);
    const story = ['document.created', 'document.approved', 'document.numbered', 'document.issued'];
    expect(codes.filter((code) => story.includes(code))).toEqual(story);
    expect(items.find(({ sentence }) => sentence.code === 'document.approved')?.actor).toMatchObject({
      fullName: 'Nguyễn Thị Ánh Tuyết',
      agencyName: 'Tỉnh ủy Lam Giang',
    });
    expect(codes).not.toContain('delivery.arrived');
  });

  it('shows the receiving side under a mandate for it', async () => {
    const { id } = await openMandate();
    const reply = await inspector.get(`/audit/documents/${documentId}/timeline?mandateId=${id}`);
    const codes = (reply.body as Timeline).items.map(({ sentence }) => sentence.code);
    expect(codes).toContain('delivery.arrived');
    expect(codes).not.toContain('document.created');
    expect(await entriesOfRequest(node, reply.requestId)).toMatchObject([
      { action: 'audit.read', document: documentId, details: { mandate: id, view: 'timeline' } },
    ]);
  });

  it('says who opened it and who could have', async () => {
    await (await node.as('vanthu.tinhuy')).get(`/documents/${documentId}`);
    const { opened, couldHave } = (await inspector.get(`/audit/documents/${documentId}/readers`)).body as {
      opened: { fullName: string; times: number }[];
      couldHave: { fullName: string; opened: boolean; roles: string[] }[];
    };
    expect(opened.map(({ fullName }) => fullName)).toContain('Phạm Thị Ngọc Diệp');
    const able = couldHave.map(({ fullName }) => fullName);
    expect(able).toContain('Hoàng Văn Khải');
    expect(able).not.toContain('Bùi Đức Nghĩa');
    expect(able).not.toContain('Dương Minh Triết');
    expect(couldHave.find(({ fullName }) => fullName === 'Phạm Thị Ngọc Diệp')?.opened).toBe(true);
  });
});

describe('a mandate', () => {
  const search = (query: string): Promise<Reply> => inspector.get(`/audit/entries?${query}`);
  const commune = demoAgency('dangsonthuy').id;

  it('is needed for another agency, must be confirmed by a second leader, and names its agencies', async () => {
    expect((await search(`agencyId=${commune}`)).outcome).toBe('403 MANDATE_NEEDED');
    const leader = await node.as('lanhdao.tinhuy');
    const { id } = (await leader.post('/mandates', decision())).body as Mandate;
    expect((await search(`mandateId=${id}`)).outcome).toBe('403 MANDATE_NOT_OPEN');
    expect((await leader.post(`/mandates/${id}/confirm`)).outcome).toBe('403 MANDATE_SECOND_PERSON');
    expect((await (await node.as('pho.tinhuy')).post(`/mandates/${id}/confirm`)).outcome).toBe('200');
    expect((await search(`mandateId=${id}&agencyId=${commune}`)).outcome).toBe('200');
    const other = demoAgency('dangdongkinh').id;
    expect((await search(`mandateId=${id}&agencyId=${other}`)).outcome).toBe('403 MANDATE_NEEDED');
  });

  it('closes, and is for its team alone', async () => {
    const { id } = await openMandate();
    const foreign = await node.as('kiemtra.vptw');
    expect((await foreign.get(`/audit/entries?mandateId=${id}`)).outcome).toBe('403 MANDATE_NOT_OPEN');
    const leader = await node.as('lanhdao.tinhuy');
    expect((await leader.post(`/mandates/${id}/close`, { reason: 'Đã kết thúc' })).body).toMatchObject({
      state: 'closed',
    });
    expect((await search(`mandateId=${id}`)).outcome).toBe('403 MANDATE_NOT_OPEN');
  });

  it('opens and closes by itself', async () => {
    const coming = await openMandate({ opensOn: today(2) });
    expect(coming.state).toBe('coming');
    expect((await search(`mandateId=${coming.id}`)).outcome).toBe('403 MANDATE_NOT_OPEN');
    const { id } = await openMandate();
    await node.database.ownerDataSource.query(
      `UPDATE audit.mandate SET opens_at = now() - interval '2 days', expires_at = now() - interval '1 second' WHERE id = $1`,
      [id],
    );
    expect((await search(`mandateId=${id}`)).outcome).toBe('403 MANDATE_NOT_OPEN');
  });

  it.each([
    ['an agency out of reach', { agencyIds: [demoAgency('ubnd').id] }, '422 MANDATE_OUT_OF_REACH'],
    ['somebody who is no inspector', { team: [demoPerson('vanthu.tinhuy').id] }, '422 MANDATE_TEAM'],
    ['a day in the past', { opensOn: today(-1) }, '422 MANDATE_DAYS'],
    ['more than a year', { expiresOn: today(400) }, '422 MANDATE_DAYS'],
  ])('is refused for %s', async (_what, more, outcome) => {
    expect((await (await node.as('lanhdao.tinhuy')).post('/mandates', decision(more))).outcome).toBe(outcome);
  });

  it('leaves no trace in the trail of the inspected agency', async () => {
    const { id } = await openMandate();
    await search(`mandateId=${id}`);
    const inspected = await node.as('kiemtra.dangsonthuy');
    const { items } = (await inspected.get('/audit/entries?limit=200')).body as {
      items: { entry: object }[];
    };
    expect(JSON.stringify(items.map(({ entry }) => entry))).not.toContain(id);
    expect(JSON.stringify(items.map(({ entry }) => entry))).not.toContain(demoPerson('kiemtra.tinhuy').id);
  });

  it('hides the searches of the inspected agency’s own inspectors', async () => {
    await (await node.as('kiemtra.dangsonthuy')).get('/audit/entries');
    const { id } = await openMandate();
    expect((await search(`mandateId=${id}&action=audit.read`)).body).toMatchObject({ items: [] });
  });
});

describe('a search', () => {
  it('combines conditions', async () => {
    const clerk = demoPerson('vanthu.tinhuy').id;
    const find = async (query: string): Promise<readonly { entry: { outcome: string; actor: object } }[]> =>
      ((await inspector.get(`/audit/entries?${query}`)).body as { items: never[] }).items;
    await (await node.as('vanthu.tinhuy')).post(`/documents/${documentId}/approve`);
    const found = await find(`personId=${clerk}&outcome=denied&action=access.denied`);
    expect(found.length).toBeGreaterThan(0);
    for (const { entry } of found)
      expect(entry).toMatchObject({ outcome: 'denied', actor: { person: clerk } });
    expect(await find(`personId=${clerk}&outcome=denied&action=document.issued`)).toEqual([]);
  });
});

describe('what a search starts from', () => {
  const agency = demoAgency('dangsonthuy');

  it('tells entries with names, and of which document and request', async () => {
    const path = `/audit/history?documentId=${documentId}&action=document.numbered`;
    const { items } = (await inspector.get(path)).body as { items: readonly object[] };
    expect(items).toEqual([
      expect.objectContaining({
        action: 'document.numbered',
        documentId,
        requestId: expect.any(String) as string,
        actor: expect.objectContaining({
          fullName: 'Phạm Thị Ngọc Diệp',
          agencyName: 'Tỉnh ủy Lam Giang',
          program: null,
        }) as object,
      }),
    ]);
  });

  it('names the mandates in force on whose team one is, and no others', async () => {
    const { id } = await openMandate();
    const coming = await openMandate({ opensOn: today(3) });
    const mine = (await inspector.get('/mandates?view=mine')).body as { items: readonly Mandate[] };
    expect(mine.items.map((mandate) => mandate.id)).toContain(id);
    expect(mine.items.map((mandate) => mandate.id)).not.toContain(coming.id);
    expect(mine.items.every(({ state }) => state === 'open')).toBe(true);
    const leaders = (await (await node.as('lanhdao.tinhuy')).get('/mandates?view=mine')).body;
    expect(leaders).toMatchObject({ items: [] });
  });

  it('finds people of the agencies under inspection, without marks, and of no other', async () => {
    const clerk = demoPerson('vanthu.dangsonthuy');
    const words = encodeURIComponent(searchText(clerk.fullName));
    const find = async (more: string): Promise<readonly { id: string; posts: readonly object[] }[]> =>
      ((await inspector.get(`/audit/people?query=${words}${more}`)).body as { items: never[] }).items;
    expect(await find('')).toEqual([]);
    const { id } = await openMandate();
    const found = await find(`&mandateId=${id}`);
    expect(found.map((person) => person.id)).toEqual([clerk.id]);
    expect(found[0]?.posts).toEqual([expect.objectContaining({ agencyName: agency.name })]);
    expect((await inspector.get(`/audit/people?agencyId=${agency.id}`)).outcome).toBe('403 MANDATE_NEEDED');
  });

  it('finds a document by the beginning of its number and symbol, and never says what it says', async () => {
    const [row] = await node.query<{ symbol: string }>('SELECT symbol FROM workflow.document WHERE id = $1', [
      documentId,
    ]);
    const symbol = encodeURIComponent(row!.symbol.toLowerCase());
    const reply = await inspector.get(`/audit/documents?symbol=${symbol}`);
    expect(reply.body).toEqual({
      items: [
        {
          id: documentId,
          symbol: row!.symbol,
          issuedOn: today(),
          secrecy: 'THUONG',
          agencyNames: ['Tỉnh ủy Lam Giang'],
        },
      ],
      next: null,
    });
    expect(await entriesOfRequest(node, reply.requestId)).toMatchObject([
      { action: 'audit.read', details: { view: 'documents' } },
    ]);
    const { id } = await openMandate();
    const received = await inspector.get(`/audit/documents?id=${documentId}&mandateId=${id}`);
    expect(received.body).toMatchObject({ items: [{ id: documentId, agencyNames: [agency.name] }] });
    expect((await inspector.get('/audit/documents?symbol=%25')).body).toMatchObject({ items: [] });
    expect((await inspector.get('/audit/documents')).body).toMatchObject({ items: [] });
  });
});

describe('flags', () => {
  it('name who was denied again and again, by the rule that says so', async () => {
    const drafter = await node.as('chuyenvien.tinhuy');
    for (let tries = 0; tries < 5; tries += 1) await drafter.get('/dead-letters');
    const { items, rules } = (await inspector.get('/audit/flags')).body as {
      items: { rule: string; personId: string; count: number }[];
      rules: { code: string; basis: { certainty: string } }[];
    };
    expect(items).toContainEqual(
      expect.objectContaining({ rule: 'DENIED_BURST', personId: demoPerson('chuyenvien.tinhuy').id }),
    );
    expect(rules.every(({ basis }) => basis.certainty === 'assumption')).toBe(true);
    const long = `from=${today(-60)}T00:00:00Z&to=${today()}T00:00:00Z`;
    expect((await inspector.get(`/audit/flags?${long}`)).outcome).toBe('422 FLAGS_TOO_LONG');
  });
});

describe('an export', () => {
  it('holds exact bytes, their digest and the signature of the agency’s evidence key', async () => {
    const reply = await inspector.get(`/audit/export?documentId=${documentId}`);
    const text = Buffer.from(reply.bytes).toString('utf8');
    const lines = text.trimEnd().split('\n');
    const last = JSON.parse(lines.at(-1)!) as { sha256: string; signature: string };
    const body = lines
      .slice(0, -1)
      .map((line) => `${line}\n`)
      .join('');
    const digest = createHash('sha256').update(body).digest();
    expect(last.sha256).toBe(digest.toString('hex'));
    for (const line of lines.slice(1, -1)) {
      const entry = JSON.parse(line) as { leafHash: string; bytes: string };
      const leaf = createHash('sha256').update(
        Buffer.concat([Buffer.of(0), Buffer.from(entry.bytes, 'base64')]),
      );
      expect(leaf.digest('hex')).toBe(entry.leafHash);
    }
    const signed = parseSignedData(Buffer.from(last.signature, 'base64'));
    expect(Buffer.from(signed.encapsulatedContent ?? []).equals(digest)).toBe(true);
    const { failures } = await verifySignedData(signed);
    expect(failures).toEqual([]);
    expect((await entriesOfRequest(node, reply.requestId)).map(({ action }) => action)).toEqual([
      'audit.read',
      'audit.exported',
    ]);
  });

  it('is also a page for people, with nothing in it that a browser would run or fetch', async () => {
    const reply = await inspector.get('/audit/export?format=html');
    const html = Buffer.from(reply.bytes).toString('utf8');
    expect(reply.headers.get('content-type')).toMatch(/^text\/html/);
    expect(html).toContain('Trích nhật ký truy cập');
    expect(html).not.toMatch(/<script|src=|href=|javascript:/i);
  });
});

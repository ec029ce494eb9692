import { demoAgency, demoPerson } from '#directory';
import { newId, vietnamDate } from '#platform';
import { aSystem } from '#platform/testing';

import { Desk, provinceCommittee } from '../testing/test-documents';
import type { OfficeClient, TestOffice } from '../testing/test-office';
import { openTestOffice } from '../testing/test-office';
import type { FoundDocument } from './find-documents';
import type { SearchEntry } from './search-entry';
import { searchKeys, writeSearchEntry } from './search-entry';

let office: TestOffice;
let desk: Desk;
beforeAll(async () => {
  office = await openTestOffice({ signers: ['lanhdao.tinhuy'], agencies: ['tinhuy'] });
  desk = new Desk(office, provinceCommittee);
}, 120_000);
afterAll(() => office.close());

const agencyId = demoAgency('tinhuy').id;

interface Found {
  readonly items: readonly FoundDocument[];
  readonly next: string | null;
}

async function search(query: string, by: OfficeClient = desk.clerk): Promise<Found> {
  return (await by.get(`/search?${query}`).expect(200)).body as Found;
}

const q = (text: string): string => `q=${encodeURIComponent(text)}`;

/** An incoming document that has arrived, and its entry. */
async function arrived(given: Partial<SearchEntry> & { readonly abstract: string }): Promise<string> {
  const entry: SearchEntry = {
    id: newId(),
    agencyId,
    kind: 'incoming',
    date: '2026-03-01',
    secrecy: 'THUONG',
    symbol: '12/BC-SNV',
    typeCode: 'BC',
    numbers: [12],
    parties: ['Sở Nội vụ tỉnh Lam Giang'],
    people: [],
    ...given,
  };
  await office.database.ownerDataSource.query(
    `INSERT INTO workflow.incoming (id, agency_id, sender_code, sender_name, message_id, document_id, source_node, body_id,
       type_code, number, symbol, issued_on, abstract, secrecy, urgency, manifest, manifest_cms, manifest_sha256, arrived_at)
     VALUES ($1, $2, 'x', 'Sở Nội vụ tỉnh Lam Giang', $1, $1, 'n', $1, $3, '12', $4, $5::date, $6, $7, 0, '', '', '', $5::date)`,
    [entry.id, entry.agencyId, entry.typeCode, entry.symbol, entry.date, entry.abstract, entry.secrecy],
  );
  await office.database.unitOfWork.run(aSystem(), (tx) => writeSearchEntry(tx, entry));
  return entry.id;
}

describe('words', () => {
  it.each([
    ['Hỏa tốc', 'hoa toc'],
    ['Hỏa tốc', 'hoả tốc'],
    ['Hỏa tốc', 'HỎA TỐC'],
    ['Hoà bình ở Uỷ ban', 'hòa bình ủy ban'],
    ['Hòa bình ở Ủy ban', 'hoà bình uỷ ban'],
    ['Đông Kinh Đại lộ', 'dong kinh dai lo'],
    ['Thuỷ lợi'.normalize('NFD'), 'thủy lợi'],
    ['Thủy lợi', 'thuỷ lợi'.normalize('NFD')],
    ['Về đầu tư, xây dựng (đợt 2)', 'xay dung dot 2'],
  ])('%j is found by %j', async (abstract, asked) => {
    const mark = `kyhieu${newId().slice(-8)}`;
    const id = await arrived({ abstract: `${abstract} ${mark}` });
    expect((await search(q(`${mark} ${asked}`))).items.map((item) => item.id)).toEqual([id]);
  });

  it('all must fit, the last may be unfinished, the others not', async () => {
    const id = await arrived({ abstract: 'Phòng chống thiên tai quả đất' });
    for (const asked of ['thien tai qua da', 'thiên tai quả đ', 'dat qua'])
      expect((await search(q(asked))).items.map((item) => item.id)).toContain(id);
    for (const asked of ['thi tai qua', 'thien tai nhan'])
      expect((await search(q(asked))).items.map((item) => item.id)).not.toContain(id);
  });

  it.each(['---', '!!!', "'", '~', '& | !', '\\'])('punctuation alone (%j) finds nothing', async (asked) => {
    expect(await search(q(asked))).toEqual({ items: [], next: null });
  });

  it.each(["a' | '", 'a:* & b', '~=outgoing', '@x', "''", 'a\\b <-> c'])(
    '%j is taken as words, not as a query of the database',
    async (asked) => {
      await search(q(asked));
    },
  );
});

describe('what is asked', () => {
  it('by number, symbol, agency, type, kind and days', async () => {
    const id = await arrived({
      abstract: 'Báo cáo riêng',
      date: '2026-02-10',
      symbol: '777/KH-UBND',
      numbers: [777, 31],
      typeCode: 'KH',
      parties: ['Ủy ban nhân dân xã Vĩnh Lạc'],
    });
    for (const query of [
      'number=777',
      'number=31',
      'symbol=kh-ubnd&number=777',
      `symbol=${encodeURIComponent('777/KH')}`,
      `agency=${encodeURIComponent('vĩnh lạc')}`,
      'type=KH&from=2026-02-10&to=2026-02-10',
      'kind=incoming&number=777',
      'from=2026-02-10&to=2026-02-10',
    ])
      expect([query, (await search(query)).items.map((item) => item.id)]).toEqual([query, [id]]);
    for (const query of [
      'number=778',
      'symbol=KHX&number=777',
      'agency=rieng',
      'kind=outgoing&number=777',
      'number=777&from=2026-02-11',
      'number=777&to=2026-02-09',
      'from=2026-03-01&to=2026-02-01',
    ])
      expect([query, (await search(query)).items]).toEqual([query, []]);
  });

  it('comes page by page, the newest first, each once, across months and days', async () => {
    const mark = 'trangtrang';
    const days = Array.from({ length: 120 }, (_, index) =>
      new Date(Date.UTC(2024, 0, 1 + ((index * 37) % 400))).toISOString().slice(0, 10),
    );
    for (const date of [...days, ...days.slice(0, 10)]) await arrived({ abstract: `Việc ${mark}`, date });
    const seen: FoundDocument[] = [];
    let cursor = '';
    do {
      const page = await search(`q=${mark}${cursor}`);
      seen.push(...page.items);
      cursor = page.next === null ? '' : `&cursor=${page.next}`;
    } while (cursor !== '');
    expect(seen).toHaveLength(130);
    expect(new Set(seen.map(({ id }) => id)).size).toBe(130);
    const dates = seen.map(({ date }) => date);
    expect(dates).toEqual(dates.toSorted().toReversed());
    const all: string[] = [];
    for (let next: string | null = ''; next !== null;) {
      const page: Found = await search(`kind=incoming${next === '' ? '' : `&cursor=${next}`}`);
      all.push(...page.items.map(({ id }) => id));
      next = page.next;
    }
    expect(all).toEqual(expect.arrayContaining(seen.map(({ id }) => id)));
    expect(new Set(all).size).toBe(all.length);
  });

  it.each([
    'cursor=x',
    `cursor=${Buffer.from('["2026-02-30","x"]').toString('base64url')}`,
    'from=2026-02-30',
    'number=0',
    'type=a',
  ])('%s is refused', async (query) => {
    expect((await desk.clerk.get(`/search?${query}`)).status).toBe(400);
  });
});

describe('who finds what', () => {
  it('an outgoing document is found from its number on: by its drafter, and by all clerks and leaders of the agency', async () => {
    const abstract = 'Về việc bảo tồn nhà cổ';
    const id = await desk.personSigned({ abstract });
    expect((await search(q('bao ton nha co'))).items).toEqual([]);
    await desk.clerk.post(`/documents/${id}/number`).expect(200);
    for (const by of [desk.clerk, desk.leader, desk.drafter])
      expect((await search(q('bao ton nha co'), by)).items).toMatchObject([
        {
          kind: 'outgoing',
          id,
          abstract,
          state: 'NUMBERED',
          date: vietnamDate(office.clock.now()),
          sender: null,
        },
      ]);
    expect(
      (await search(`agency=${encodeURIComponent(demoAgency('vptu').name)}&${q('bao ton')}`)).items,
    ).toHaveLength(1);
    expect((await search(q('bao ton nha co'), office.as('vanthu.ubnd'))).items).toEqual([]);
  });

  it('a drafter does not find what others drafted, nor what arrived', async () => {
    await arrived({ abstract: 'Của người khác hoàn toàn' });
    const mine = await arrived({
      abstract: 'Của người khác nhưng giao cho tôi',
      people: [demoPerson('chuyenvien.tinhuy').id],
    });
    expect((await search(q('cua nguoi khac'), desk.drafter)).items.map(({ id }) => id)).toEqual([mine]);
    expect((await search(q('cua nguoi khac'))).items).toHaveLength(2);
    expect((await search('kind=incoming', desk.drafter)).items.map(({ id }) => id)).toEqual([mine]);
  });

  it('a secret document has no entry, and loses the one it had when it becomes secret', async () => {
    const id = await arrived({ abstract: 'Nội dung kín đáo', secrecy: 'MAT' });
    expect((await search(q('kin dao'))).items).toEqual([]);
    const open = {
      id,
      agencyId,
      kind: 'incoming',
      date: '2026-03-01',
      symbol: null,
      typeCode: null,
      numbers: [],
      parties: [],
      people: [],
    } as const;
    const rows = (): Promise<unknown[]> =>
      office.database.unitOfWork.run(aSystem(), (tx) =>
        tx.query('SELECT 1 FROM workflow.search_entry WHERE id = $1', [id]),
      );
    const write = (secrecy: 'THUONG' | 'TUYET_MAT'): Promise<void> =>
      office.database.unitOfWork.run(aSystem(), (tx) =>
        writeSearchEntry(tx, { ...open, secrecy, abstract: 'kín đáo' }),
      );
    await write('THUONG');
    expect(await rows()).toHaveLength(1);
    // Also an entry that should not be there shows nothing of a secret document.
    expect((await search(q('kin dao'))).items).toEqual([]);
    await write('TUYET_MAT');
    expect(await rows()).toEqual([]);
  });
});

it('the keys of a circular to everybody stay bounded', () => {
  const parties = Array.from({ length: 5000 }, (_, index) => `Xã số${index}`);
  const keys = searchKeys({
    id: newId(),
    agencyId,
    kind: 'outgoing',
    date: '2026-01-01',
    secrecy: 'THUONG',
    symbol: '1-CV/TU',
    typeCode: 'CV',
    abstract: 'Thông báo',
    numbers: [1],
    parties,
    people: [],
  });
  expect(keys.split(' ').length).toBeLessThanOrEqual(600);
  expect(keys).toContain('thong');
});

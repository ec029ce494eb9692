import { demoAgency, demoBody, demoPerson } from '#directory';
import { newId, vietnamDate } from '#platform';
import { aSystem } from '#platform/testing';

import { sha256Hex } from '../bytes-as-text';
import { IncomingDesk } from '../testing/incoming-desk';
import { Desk, provinceCommittee } from '../testing/test-documents';
import type { TestOffice } from '../testing/test-office';
import { openTestOffice } from '../testing/test-office';
import type { HandlingEntry } from './handling-register';
import type { IncomingEntry } from './incoming-register';
import type { OutgoingEntry } from './outgoing-register';
import type { VolumeSummary } from './volumes/volume';

let office: TestOffice;
let desk: Desk;
beforeAll(async () => {
  office = await openTestOffice({ signers: ['lanhdao.tinhuy'], agencies: ['tinhuy'] });
  desk = new Desk(office, provinceCommittee);
}, 120_000);
afterAll(() => office.close());

const agencyId = demoAgency('tinhuy').id;
const year = (): string => vietnamDate(office.clock.now()).slice(0, 4);

interface Listed<Item> {
  readonly items: readonly Item[];
  readonly next: string | null;
}

async function list<Item>(path: string): Promise<Listed<Item>> {
  return (await desk.clerk.get(path).expect(200)).body as Listed<Item>;
}

async function entriesOf(action: string): Promise<number> {
  const [row] = await office.database.unitOfWork.run(aSystem(), (tx) =>
    tx.query<{ n: number }>('SELECT count(*)::integer AS n FROM audit.entry WHERE action = $1', [action]),
  );
  return row?.n ?? 0;
}

/** Enters rows as the owner of the tables, who alone can make a register that is not whole. */
async function enter(sql: string, parameters: readonly unknown[] = []): Promise<void> {
  await office.database.ownerDataSource.query(sql, [...parameters]);
}

/** A series with a document for each of the numbers; `secret` ones are MẬT. */
async function series(
  numbers: readonly number[],
  given: { readonly last?: number; readonly secret?: readonly number[]; readonly date?: string } = {},
): Promise<string> {
  const id = newId();
  const date = given.date ?? `${year()}-03-01`;
  await enter('ALTER TABLE workflow.number_series DISABLE TRIGGER USER');
  await enter(
    `INSERT INTO workflow.number_series (id, body_id, type_group, secrecy_class, period_kind, period, period_key, last_number, last_date)
     VALUES ($1, $2, $3, 'all', 'term', '2025–2030', '2025–2030', $4, $5)`,
    [id, demoBody('tinhuy/btv').id, `T-${id}`, given.last ?? Math.max(...numbers), date],
  );
  await enter('ALTER TABLE workflow.number_series ENABLE TRIGGER USER');
  for (const number of numbers)
    await document(id, number, date, given.secret?.includes(number) ? 'MAT' : 'THUONG');
  return id;
}

async function document(seriesId: string, number: number, date: string, secrecy: string): Promise<void> {
  const id = newId();
  const text = String(number).padStart(2, '0');
  await enter(
    `INSERT INTO workflow.document (id, agency_id, agency_code, bloc, body_id, has_seal, type_code, abstract, secrecy, urgency,
       place, body_symbol, state, drafter_id, signer_post_id, capacity_code, signature_block, series_id, number, number_text,
       symbol, issued_on, created_at, changed_at, issued_at)
     VALUES ($1, $2, 'x', 'party', $3, true, 'CV', 'Về việc thử sổ', $4, 0, 'Lam Giang', 'TU', 'ISSUED', $1, $1, 'TM', '{}',
       $5, $6, $7, $8, $9, now(), now(), now())`,
    [id, agencyId, demoBody('tinhuy/btv').id, secrecy, seriesId, number, text, `${text}-CV/TU`, date],
  );
  await enter(
    `INSERT INTO workflow.register_entry (series_id, number, document_id, secrecy, agency_id, body_id, number_text, symbol,
       issued_on, type_code, abstract, signer_person_id, registered_by, registered_at)
     SELECT series_id, number, id, secrecy, agency_id, body_id, number_text, symbol, issued_on, type_code, abstract, id, id, now()
     FROM workflow.document WHERE id = $1`,
    [id],
  );
}

async function arrival(
  number: number,
  given: { readonly secrecy?: string; readonly year?: number } = {},
): Promise<void> {
  const id = newId();
  const at = given.year ?? Number(year());
  await enter(
    `INSERT INTO workflow.incoming (id, agency_id, sender_code, sender_name, message_id, document_id, source_node, body_id,
       type_code, number, symbol, issued_on, abstract, secrecy, urgency, manifest, manifest_cms, manifest_sha256, state,
       arrived_at, settled_at, settled_by, arrival_number, arrival_date)
     VALUES ($1, $2, 'gửi', 'Sở Nội vụ', $1, $1, 'n', $1, 'BC', '7', '07/BC-SNV', $5, 'Về việc đến', $3, 0, '', '', '', '03',
       now(), now(), $1, $4, $5)`,
    [id, agencyId, given.secrecy ?? 'THUONG', number, `${at}-02-03`],
  );
  await enter(
    `INSERT INTO workflow.arrival_register (agency_id, year, number, date, incoming_id, registered_by, registered_at)
     VALUES ($1, $2, $3, $4, $5, $5, now())`,
    [agencyId, at, number, `${at}-02-03`, id],
  );
}

describe('the register of outgoing documents', () => {
  it('has every column of a document that was issued, and of one whose number was cancelled the reason', async () => {
    const issued = await desk.draft({ typeCode: 'KL' });
    await desk.issue(issued);
    const cancelled = await desk.numbered({ typeCode: 'KL' });
    await desk.clerk.post(`/documents/${cancelled}/cancel`, { reason: 'Sai thể thức' }).expect(200);
    const open = await desk.numbered({ typeCode: 'KL' });
    const { items } = await list<OutgoingEntry>(`/registers/outgoing?year=${year()}`);
    const today = vietnamDate(office.clock.now());
    const of = (id: string): OutgoingEntry | undefined => items.find(({ documentId }) => documentId === id);
    expect(of(issued)).toMatchObject({
      kind: 'entry',
      number: 1,
      symbol: '01-KL/TU',
      date: today,
      typeName: 'Kết luận',
      abstract: 'Về đẩy mạnh chuyển đổi số trong các cơ quan của tỉnh',
      signer: expect.stringMatching(/\S+ \S+/) as unknown,
      recipients: [demoAgency('vptu').name],
      keeper: 'Văn phòng',
      copies: 1,
      receipt: { accepted: 0, of: 1, signedBy: [] },
      note: null,
      gap: null,
    });
    expect(of(cancelled)).toMatchObject({
      kind: 'cancelled',
      symbol: '02-KL/TU',
      note: 'Hủy số: Sai thể thức',
    });
    expect(of(open)).toMatchObject({ kind: 'entry', note: 'Đã cấp số, chưa phát hành' });
    await desk.clerk.post(`/documents/${open}/cancel`, { reason: 'Không ban hành nữa' }).expect(200);
  });

  it('shows the number alone of a secret document, and flags a number that nothing explains', async () => {
    const id = await series([1, 2, 5, 6], { secret: [2], last: 8 });
    const { items } = await list<OutgoingEntry>(`/registers/outgoing?year=${year()}&series=${id}`);
    expect(items.map(({ kind, number, gap }) => [kind, number, gap?.to, gap?.why, gap?.fault])).toEqual([
      ['entry', 1, undefined, undefined, undefined],
      ['gap', 2, 2, 'SECRET', false],
      ['gap', 3, 4, 'MISSING', true],
      ['entry', 5, undefined, undefined, undefined],
      ['entry', 6, undefined, undefined, undefined],
      ['gap', 7, 8, 'MISSING', true],
    ]);
    expect(items[1]).toMatchObject({
      symbol: null,
      abstract: null,
      documentId: null,
      date: null,
      signer: null,
    });
    expect(items[1]?.gap?.vi).toBe('Số của văn bản mật');
  });

  it('is read page by page, each row once, whether by day or by series', async () => {
    const id = await series(
      Array.from({ length: 120 }, (_, index) => index + 1),
      { date: `${year()}-03-02` },
    );
    for (const query of [`series=${id}`, `from=${year()}-03-02&to=${year()}-03-02`]) {
      const seen: number[] = [];
      let cursor = '';
      do {
        const page = await list<OutgoingEntry>(`/registers/outgoing?${query}${cursor}`);
        seen.push(...page.items.map(({ number }) => number));
        cursor = page.next === null ? '' : `&cursor=${page.next}`;
      } while (cursor !== '');
      expect(seen).toEqual(Array.from({ length: 120 }, (_, index) => index + 1));
    }
  });

  it.each([
    ['a made-up cursor', `cursor=${Buffer.from('["2026-02-31","x","1"]').toString('base64url')}`],
    ['a year that is none', 'year=12'],
    ['days that leave nothing', 'year=2025&from=2026-01-01'],
    ['a body that is no id', 'body=1'],
  ])('%s is refused with what to do', async (_, query) => {
    const answer = await desk.clerk.get(`/registers/outgoing?${query}`);
    expect([answer.status, (answer.body as { code: string }).code]).toEqual([400, 'VALIDATION_FAILED']);
  });
});

describe('the register of incoming documents', () => {
  it('is one series a year with its gaps explained', async () => {
    for (const number of [1, 4]) await arrival(number, { year: 2024 });
    await arrival(5, { year: 2024, secrecy: 'MAT' });
    const { items } = await list<IncomingEntry>('/registers/incoming?year=2024');
    expect(items.map(({ kind, arrivalNumber, gap }) => [kind, arrivalNumber, gap?.to, gap?.why])).toEqual([
      ['entry', 1, undefined, undefined],
      ['gap', 2, 3, 'MISSING'],
      ['entry', 4, undefined, undefined],
      ['gap', 5, 5, 'SECRET'],
    ]);
    expect(items[0]).toMatchObject({
      arrivalDate: '2024-02-03',
      author: 'Sở Nội vụ',
      symbol: '07/BC-SNV',
      typeName: 'Báo cáo',
      abstract: 'Về việc đến',
    });
    expect(items[3]).toMatchObject({ author: null, abstract: null, incomingId: null });
  });

  it('of incoming and of handling: a paper is found with whoever it was given to, how far it is and until when', async () => {
    const incoming = new IncomingDesk(office, 'tinhuy');
    const abstract = 'Về việc trùng tu đình làng';
    const due = vietnamDate(new Date(office.clock.now().getTime() + 5 * 86_400_000));
    const id = await incoming.assigned(await incoming.entered({ abstract }), { due });
    const lead = demoPerson('chuyenvien.tinhuy');
    const path = `?year=${year()}`;
    const row = (await list<IncomingEntry>(`/registers/incoming${path}`)).items.find(
      (item) => item.incomingId === id,
    );
    const today = vietnamDate(office.clock.now());
    expect(row).toMatchObject({
      abstract,
      receiver: lead.fullName,
      passedOn: today,
      receipt: null,
      note: 'Bản giấy',
    });
    const handled = (await list<HandlingEntry>(`/registers/handling${path}`)).items.find(
      (item) => item.incomingId === id,
    );
    expect(handled).toMatchObject({
      unit: lead.fullName,
      due,
      progress: 'Đã giao xử lý',
      symbol: '12/CV-NCT',
    });
    const found = await desk.drafter.get('/search?q=trung+tu+dinh+lang').expect(200);
    expect(found.body).toMatchObject({ items: [{ id, kind: 'incoming', abstract }] });
  });

  it('keeps of a secret paper its number alone', async () => {
    const incoming = new IncomingDesk(office, 'tinhuy');
    await incoming.entered({ secrecy: 'MAT', abstract: 'Nội dung bí mật' });
    for (const path of ['/registers/incoming', '/registers/handling', '/search?kind=incoming'])
      expect(JSON.stringify(await list(path))).not.toContain('bí mật');
  });

  it('of handling: has a row for each, without an abstract of what is secret', async () => {
    const body = await list<IncomingEntry>('/registers/handling?year=2024');
    expect(body.items.map(({ kind }) => kind)).toEqual(['entry', 'entry', 'gap']);
    expect(JSON.stringify(body.items[2])).not.toContain('Về việc đến');
  });
});

describe('a register as a file', () => {
  it.each([
    ['pdf', 'application/pdf', '%PDF-1.7'],
    ['csv', 'text/csv; charset=utf-8', '\ufeff"Số, ký hiệu văn bản"'],
    ['xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'PK'],
  ])('%s comes with its type and name and leaves an entry', async (format, type, start) => {
    const before = await entriesOf('register.exported');
    const answer = await desk.clerk
      .get(`/registers/outgoing/export?year=${year()}&format=${format}`)
      .buffer(true)
      .parse((response, done) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('end', () => {
          done(null, Buffer.concat(parts));
        });
      })
      .expect(200);
    expect(answer.headers['content-type']).toBe(type);
    expect(answer.headers['content-disposition']).toContain(`.${format}"`);
    expect((answer.body as Buffer).toString('utf8').startsWith(start)).toBe(true);
    expect(await entriesOf('register.exported')).toBe(before + 1);
  });
});

describe('a volume', () => {
  async function volumeOf(seriesId: string): Promise<VolumeSummary> {
    const { items } = await list<VolumeSummary>('/registers/volumes?register=outgoing');
    const found = items.find(({ series: of, closedOn }) => of?.id === seriesId && closedOn === null);
    if (found === undefined) throw new Error('no open volume');
    return found;
  }

  it('is opened by its first number, closed with the digest of its print, and followed by the next', async () => {
    const id = await series([1, 2, 3], { date: `${year()}-04-01` });
    const volume = await volumeOf(id);
    expect(volume).toMatchObject({ no: 1, firstNumber: 1, lastNumber: null, openedOn: `${year()}-04-01` });
    const closed = (await desk.clerk.post(`/registers/volumes/${volume.id}/close`).expect(200))
      .body as VolumeSummary;
    expect(closed).toMatchObject({ firstNumber: 1, lastNumber: 3 });
    const print = await desk.clerk.get(`/registers/volumes/${volume.id}/content`).buffer(true).expect(200);
    expect(sha256Hex(print.body as Buffer)).toBe(closed.sha256);
    await document(id, 4, `${year()}-04-02`, 'THUONG');
    expect(await volumeOf(id)).toMatchObject({ no: 2, firstNumber: 4 });
    expect(await entriesOf('register.volume_closed')).toBe(1);
  });

  it('that is closed does not change, whoever tries, but for the level of a secret', async () => {
    const id = await series([1, 2], { date: `${year()}-05-01` });
    await desk.clerk.post(`/registers/volumes/${(await volumeOf(id)).id}/close`).expect(200);
    const where = 'WHERE series_id = $1 AND number = 2';
    for (const sql of [
      `UPDATE workflow.register_entry SET abstract = 'khác' ${where}`,
      `UPDATE workflow.register_entry SET cancelled_at = now(), cancel_reason = 'x' ${where}`,
      `DELETE FROM workflow.register_entry ${where}`,
    ])
      await expect(enter(sql, [id])).rejects.toThrow('a closed volume of a register does not change');
    await expect(
      enter('UPDATE workflow.register_volume SET closed_at = NULL WHERE series_id = $1', [id]),
    ).rejects.toThrow('closed once');
    await enter(`UPDATE workflow.register_entry SET secrecy = secrecy ${where}`, [id]);
  });

  it('is not closed while a number waits for its issue, nor twice, nor by another agency', async () => {
    const numbered = await desk.numbered({ typeCode: 'TB' });
    const [row] = await office.database.unitOfWork.run(aSystem(), (tx) =>
      tx.query<{ series_id: string }>('SELECT series_id FROM workflow.document WHERE id = $1', [numbered]),
    );
    const volume = await volumeOf(row!.series_id);
    const path = `/registers/volumes/${volume.id}/close`;
    const codeOf = async (client: Desk['clerk']): Promise<string> =>
      ((await client.post(path)).body as { code: string }).code;
    expect(await codeOf(desk.clerk)).toBe('REGISTER_VOLUME_UNFINISHED');
    expect((await desk.clerk.get(`/registers/volumes/${volume.id}/content`)).body).toMatchObject({
      code: 'REGISTER_VOLUME_OPEN',
    });
    await desk.clerk.post(`/documents/${numbered}/cancel`, { reason: 'Không ban hành' }).expect(200);
    expect(await codeOf(office.as('vanthu.ubnd'))).toBe('REGISTER_VOLUME_NOT_FOUND');
    await desk.clerk.post(path).expect(200);
    expect(await codeOf(desk.clerk)).toBe('REGISTER_VOLUME_CLOSED');
  });

  it('of arrivals is closed the same way', async () => {
    await arrival(1, { year: 2023 });
    await enter(
      'INSERT INTO workflow.arrival_series (agency_id, year, last_number, last_date) VALUES ($1, 2023, 1, $2)',
      [agencyId, '2023-02-03'],
    );
    const { items } = await list<VolumeSummary>('/registers/volumes?register=incoming&year=2023');
    expect(items).toMatchObject([{ no: 1, year: 2023, series: null, firstNumber: 1 }]);
    await desk.clerk.post(`/registers/volumes/${items[0]!.id}/close`).expect(200);
    await expect(
      enter('DELETE FROM workflow.arrival_register WHERE agency_id = $1 AND year = 2023', [agencyId]),
    ).rejects.toThrow('a closed volume');
  });
});

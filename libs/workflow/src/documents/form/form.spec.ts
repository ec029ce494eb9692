import { demoBody, demoDirectory, demoPerson } from '#directory';

import { officialPaper, resolution } from '../../testing/official-paper';
import { Desk, plainPdf, postOf, provinceCommittee } from '../../testing/test-documents';
import type { TestOffice } from '../../testing/test-office';
import { openTestOffice } from '../../testing/test-office';
import { actionsOf } from '../../testing/trail';
import type { FormatReport } from './check-format';
import type { FormReading } from './form-reading';

let office: TestOffice;
let desk: Desk;
beforeAll(async () => {
  office = await openTestOffice({ signers: ['lanhdao.tinhuy'], agencies: ['tinhuy', 'vptu'] });
  desk = new Desk(office, provinceCommittee);
}, 120_000);
afterAll(() => office.close());

const nameOf = (key: string): string =>
  demoDirectory.people.find(({ id }) => id === demoPerson(key).id)?.fullName ?? '';
const board = demoBody('tinhuy/btv');
/** The paper as the directory would have it. */
const good = {
  ...resolution,
  agency: ['ĐẢNG BỘ TỈNH LAM GIANG', board.name.toLocaleUpperCase('vi')],
  signer: nameOf('lanhdao.tinhuy'),
};

async function draftWith(bytes: Uint8Array, given = {}): Promise<string> {
  const id = await desk.created({
    abstract: 'Về đẩy mạnh chuyển đổi số trong các cơ quan của tỉnh',
    ...given,
  });
  await desk.drafter.upload(`/documents/${id}/files`, { bytes, role: 'main' }).expect(201);
  return id;
}

async function check(id: string): Promise<FormatReport> {
  return (await desk.drafter.get(`/documents/${id}/format-check`).expect(200)).body as FormatReport;
}

describe('the format check', () => {
  it('finds nothing on a paper in good form', async () => {
    const id = await draftWith(await officialPaper(good));
    expect(await check(id)).toMatchObject({ mayBeNumbered: true, items: [] });
    expect(await actionsOf(office, id)).toContain('document.format_checked success');
  });

  it.each([
    ['HEADER_MISSING', { heading: ['TÀI LIỆU'] }, 1],
    ['HEADER_OF_OTHER_BLOC', { heading: ['CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM'] }, 1],
    ['AGENCY_NAME_MISSING', { agency: ['HUYỆN ỦY KHÁC'] }, 1],
    ['TYPE_NAME_MISSING', { title: ['QUYẾT ĐỊNH', ...good.title.slice(1)] }, 1],
    ['ABSTRACT_DIFFERS', { title: ['NGHỊ QUYẾT', 'về công tác cán bộ'] }, 1],
    ['SIGNER_TITLE_MISSING', { capacity: ['CHÁNH VĂN PHÒNG'] }, 2],
    ['SIGNER_NAME_MISSING', { signer: 'Người khác' }, 2],
    ['RECIPIENTS_LIST_MISSING', { recipients: '-' }, 2],
    ['PAGE_NUMBERS_MISSING', { numbered: 'never' as const }, 2],
    ['PAGE_NOT_A4', { size: [612, 792] as const }, 1],
    [
      'MARGIN_TOO_NARROW',
      {
        body: [
          'Dòng chữ này rất dài và chạy ra ngoài lề phải của trang giấy theo quy định, cần sửa lại cho đúng thể thức của Đảng',
        ],
      },
      1,
    ],
  ])('says %s, with page, clause and what to do, and lets it through', async (code, spoilt, page) => {
    const id = await draftWith(await officialPaper({ ...good, ...spoilt }));
    const report = await check(id);
    const fault = report.items.find((item) => item.code === code);
    expect(fault).toMatchObject({ severity: 'warning', page });
    expect(fault?.clause).toMatch(/36-HD/);
    expect([fault?.vi, fault?.en]).toEqual([expect.stringMatching(/Hãy|hãy/), expect.stringMatching(/\S/)]);
    expect(report.mayBeNumbered).toBe(true);
  });

  it('says that fonts are missing from the file', async () => {
    const id = await draftWith(await plainPdf(1));
    expect((await check(id)).items.map(({ code }) => code)).toContain('FONT_NOT_EMBEDDED');
  });

  it('is quick on 300 pages', async () => {
    const id = await draftWith(await plainPdf(300));
    await check(id);
    const start = performance.now();
    await check(id);
    expect(performance.now() - start).toBeLessThan(1500);
  });

  it('lets no number be given to a type that the body may issue no more', async () => {
    const id = await desk.personSigned();
    const setTypes = (types: readonly string[]): Promise<unknown> =>
      office.database.ownerDataSource.query('UPDATE directory.body SET may_issue = $2 WHERE id = $1', [
        board.id,
        types,
      ]);
    await setTypes(board.mayIssue.filter((type) => type !== 'NQ'));
    const refused = await desk.clerk.post(`/documents/${id}/number`).expect(422);
    expect(refused.body).toMatchObject({ code: 'TYPE_NOT_ALLOWED' });
    expect(await check(id)).toMatchObject({
      mayBeNumbered: false,
    });
    expect((await check(id)).items[0]).toMatchObject({ code: 'TYPE_NOT_ALLOWED', severity: 'error' });
    await setTypes(board.mayIssue);
    await desk.clerk.post(`/documents/${id}/number`).expect(200);
  });

  it('is of the own agency alone', async () => {
    const id = await desk.created();
    await office.as('chuyenvien.vptu').get(`/documents/${id}/format-check`).expect(404);
  });
});

describe('the form of a paper', () => {
  const read = async (bytes: Uint8Array): Promise<FormReading> =>
    (await desk.drafter.upload('/documents/read-form', { bytes }).expect(200)).body as FormReading;

  it('is read: body, type, abstract, signer, and where the parts go', async () => {
    const reading = await read(await officialPaper(good));
    expect(reading).toMatchObject({
      bodyId: board.id,
      typeCode: 'NQ',
      abstract: 'về đẩy mạnh chuyển đổi số trong các cơ quan của tỉnh',
      signer: { postId: postOf('lanhdao.tinhuy'), name: nameOf('lanhdao.tinhuy') },
      positions: {
        number: { page: 1 },
        date: { page: 1 },
        signature: { page: 2 },
        agencySignature: { page: 2 },
      },
      confidence: { typeCode: 0.9 },
    });
    const { signature, number, date } = reading.positions;
    expect(signature!.y).toBeGreaterThan(110);
    expect(signature!.y + signature!.height).toBeLessThan(242);
    expect(number!.x + number!.width).toBeLessThanOrEqual(date!.x);
  });

  it('of a letter is read from its "V/v"', async () => {
    const paper = {
      ...good,
      agency: [...good.agency, 'V/v gửi báo cáo quý IV'],
      title: ['Kính gửi: Các sở, ban, ngành'],
    };
    expect(await read(await officialPaper(paper))).toMatchObject({
      typeCode: 'CV',
      abstract: 'Về việc gửi báo cáo quý IV',
    });
  });

  it('cannot be read where there is no text, and no attack comes through this door', async () => {
    const none = await desk.drafter
      .upload('/documents/read-form', { bytes: new TextEncoder().encode('không phải PDF') })
      .expect(422);
    expect(none.body).toMatchObject({ code: 'NOT_A_PDF' });
    await desk.leader.upload('/documents/read-form', { bytes: await plainPdf() }).expect(403);
  });
});

describe('the places of number, date and signatures', () => {
  const layout = {
    number: { page: 1, x: 60, y: 700, width: 180, height: 20 },
    signature: { page: 1, x: 300, y: 150, width: 120, height: 60 },
  };

  it('are those that a person chose, and the others follow', async () => {
    const id = await draftWith(await officialPaper(good));
    const placed = await desk.drafter.put(`/documents/${id}/layout`, layout).expect(200);
    expect(placed.body).toMatchObject({ layout, warnings: [] });
    await desk.issue(id);
    const { files } = (await desk.clerk.get(`/documents/${id}`)).body as { files: { id: string }[] };
    const { openPdf, signatureFields, formFields } = await import('#pdf');
    const content = await desk.clerk.get(`/documents/${id}/files/${files[0]!.id}/content`).buffer();
    const view = openPdf(new Uint8Array(content.body as Buffer)).latest;
    expect([...formFields(view)].map(({ name }) => name)).toContain('DocumentNumber');
    const pages = signatureFields(view).map(({ name, signed }) => [name, signed]);
    expect(pages).toEqual([
      ['PersonalSignature', true],
      ['AgencySignature', true],
    ]);
  });

  it('warn where they cover text, and are refused off the page', async () => {
    const id = await draftWith(await officialPaper(good));
    const over = { number: { page: 1, x: 60, y: 770, width: 200, height: 30 } };
    const placed = await desk.drafter.put(`/documents/${id}/layout`, over).expect(200);
    expect(placed.body).toMatchObject({ warnings: [{ part: 'number', code: 'PLACE_COVERS_TEXT' }] });
    const off = { date: { page: 9, x: 0, y: 0, width: 100, height: 20 } };
    const refused = await desk.drafter.put(`/documents/${id}/layout`, off).expect(422);
    expect(refused.body).toMatchObject({ code: 'PLACE_OFF_PAGE', errors: [{ field: 'date' }] });
    await desk.leader.put(`/documents/${id}/layout`, over).expect(403);
    await office.as('vanthu.vptu').put(`/documents/${id}/layout`, over).expect(404);
  });

  it('are forgotten when the paper gets another length', async () => {
    const id = await draftWith(await officialPaper(good));
    await desk.drafter.put(`/documents/${id}/layout`, layout).expect(200);
    const main = { bytes: await officialPaper(good), role: 'main' };
    await desk.drafter.upload(`/documents/${id}/files`, main).expect(201);
    expect((await desk.drafter.get(`/documents/${id}`)).body).toMatchObject({ layout });
    await desk.drafter
      .upload(`/documents/${id}/files`, { ...main, bytes: await officialPaper({ ...good, pages: 3 }) })
      .expect(201);
    expect((await desk.drafter.get(`/documents/${id}`)).body).toMatchObject({ layout: null });
  });
});

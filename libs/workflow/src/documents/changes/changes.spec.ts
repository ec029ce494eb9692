import { demoAgency } from '#directory';
import type { PageText } from '#pdf';

import { officialPaper } from '../../testing/official-paper';
import { Desk, plainPdf, provinceCommittee } from '../../testing/test-documents';
import type { TestOffice } from '../../testing/test-office';
import { openTestOffice } from '../../testing/test-office';
import { trailOf } from '../../testing/trail';
import { lineSteps } from './line-diff';
import { pageChanges } from './page-changes';
import type { DocumentChanges } from './read-changes';

let office: TestOffice;
let desk: Desk;
beforeAll(async () => {
  office = await openTestOffice({ signers: [], agencies: [] });
  desk = new Desk(office, provinceCommittee);
}, 120_000);
afterAll(() => office.close());

const returnPath = (id: string): string => `/documents/${id}/return`;

async function main(id: string, bytes: Uint8Array): Promise<void> {
  await desk.drafter
    .upload(`/documents/${id}/files`, { bytes, role: 'main', title: 'Nghị quyết' })
    .expect(201);
}

async function returned(id: string, reason: string): Promise<void> {
  await desk.drafter.post(`/documents/${id}/submit`).expect(200);
  await desk.leader.post(returnPath(id), { reason }).expect(200);
}

async function changes(id: string, query = ''): Promise<DocumentChanges> {
  return (await desk.leader.get(`/documents/${id}/changes${query}`).expect(200)).body as DocumentChanges;
}

describe('the changes since a return', () => {
  it('name fields, files and, page by page, the lines that came and went', async () => {
    const id = await desk.created();
    await main(id, await officialPaper({ body: ['Câu thứ nhất giữ nguyên.', 'Chỉ tiêu đến năm 2027.'] }));
    const annex = await desk.drafter
      .upload(`/documents/${id}/files`, { bytes: await plainPdf(2), role: 'annex', title: 'Phụ lục' })
      .expect(201);
    await returned(id, 'Nêu rõ thời hạn');
    await desk.drafter
      .patch(`/documents/${id}`, {
        abstract: 'Về chuyển đổi số đến năm 2026',
        urgency: 1,
        recipients: [{ agencyId: demoAgency('ubnd').id }],
      })
      .expect(200);
    await main(
      id,
      await officialPaper({ body: ['Câu thứ nhất giữ nguyên.', 'Chỉ tiêu đến năm 2026.'], pages: 3 }),
    );
    await desk.drafter.delete(`/documents/${id}/files/${(annex.body as { id: string }).id}`).expect(204);
    await desk.drafter
      .upload(`/documents/${id}/files`, { bytes: await plainPdf(1), role: 'attachment', title: 'Báo cáo' })
      .expect(201);
    await desk.drafter.post(`/documents/${id}/submit`).expect(200);
    await desk.leader.post(`/documents/${id}/approve`).expect(200);

    const found = await changes(id);
    expect(found).toMatchObject({ since: 1, returnReason: 'Nêu rõ thời hạn' });
    expect(found.fields).toEqual([
      {
        field: 'abstract',
        before: ['Về đẩy mạnh chuyển đổi số trong các cơ quan của tỉnh'],
        after: ['Về chuyển đổi số đến năm 2026'],
      },
      { field: 'urgency', before: ['0'], after: ['1'] },
      {
        field: 'recipients',
        before: [expect.stringContaining('Văn phòng')],
        after: [expect.stringContaining('Ủy ban nhân dân')],
      },
    ]);
    expect(found.files).toMatchObject([
      { change: 'replaced', role: 'main', title: 'Nghị quyết', before: { pages: 2 }, after: { pages: 3 } },
      { change: 'added', role: 'attachment', title: 'Báo cáo', before: null, after: { pages: 1 } },
      { change: 'removed', role: 'annex', title: 'Phụ lục', before: { pages: 2 }, after: null },
    ]);
    expect(found.main).toMatchObject({ comparison: 'pages', pagesBefore: 2, pagesAfter: 3, hasMore: false });
    expect(found.main?.pages[0]).toMatchObject({
      change: 'changed',
      added: ['Chỉ tiêu đến năm 2026.'],
      removed: ['Chỉ tiêu đến năm 2027.'],
    });
    expect(found.main?.pages.filter(({ after }) => after !== null)).toHaveLength(3);
    const [entry] = (await trailOf(office, id)).filter(({ details }) => details?.['part'] === 'changes');
    expect(entry).toMatchObject({ action: 'document.read', details: { since: 1 } });
  });

  it('are counted from the draft that is asked for, and from the last one if none is', async () => {
    const id = await desk.created();
    await main(id, await officialPaper({ body: ['Bản một.'] }));
    await returned(id, 'Sửa lần một');
    await main(id, await officialPaper({ body: ['Bản hai.'] }));
    await returned(id, 'Sửa lần hai');
    expect(await changes(id)).toMatchObject({ since: 2, fields: [], files: [], main: null });
    const first = await changes(id, '?since=1');
    expect(first).toMatchObject({ since: 1, returnReason: 'Sửa lần một' });
    expect(first.main?.pages.map(({ change }) => change)).toEqual(['changed', 'changed']);
    const none = await desk.leader.get(`/documents/${id}/changes?since=3`).expect(404);
    expect(none.body).toMatchObject({ code: 'DRAFT_NOT_RETURNED' });
    await desk.leader.get(`/documents/${id}/changes?since=x`).expect(400);
  });

  it('are nothing that another agency is told of', async () => {
    const id = await desk.draft();
    await returned(id, 'Sửa lại');
    const other = await office.as('lanhdao.ubnd').get(`/documents/${id}/changes`).expect(404);
    expect(other.body).toMatchObject({ code: 'DOCUMENT_NOT_FOUND' });
  });

  it('compare the first 400 pages and say that there are more', async () => {
    const id = await desk.created();
    await main(id, await plainPdf(401, 'Trang'));
    await returned(id, 'Rút gọn');
    await main(id, await plainPdf(402, 'Trang'));
    const start = performance.now();
    const { main: found } = await changes(id);
    expect(performance.now() - start).toBeLessThan(15_000);
    expect(found).toMatchObject({ pagesBefore: 401, pagesAfter: 402, comparedPages: 400, hasMore: true });
    expect(found?.pages).toHaveLength(400);
    expect(found?.pages.every(({ change }) => change === 'same')).toBe(true);
  }, 60_000);
});

function pages(...texts: readonly (readonly string[])[]): PageText[] {
  return texts.map((lines, index) => ({
    page: index + 1,
    width: 595,
    height: 842,
    runs: lines.map((text, line) => ({ text, x: 90, y: 700 - 20 * line, width: 200, size: 13 })),
  }));
}

describe('a comparison of pages', () => {
  it('calls a line that only moved to the next page no change', () => {
    const found = pageChanges(
      pages(['một', 'hai', 'ba'], ['bốn', 'năm', 'sáu']),
      pages(['một', 'chen vào', 'hai'], ['ba', 'bốn', 'năm'], ['sáu']),
    );
    expect(found.map(({ change }) => change)).toEqual(['changed', 'same', 'added']);
    expect(found.flatMap(({ added }) => added)).toEqual(['chen vào']);
    expect(found.flatMap(({ removed }) => removed)).toEqual([]);
  });

  it('shows a page put in between, one taken out, and one written anew', () => {
    const three = pages(['a', 'b'], ['c', 'd'], ['e', 'f']);
    expect(pageChanges(three, pages(['a', 'b'], ['x', 'y'], ['c', 'd'], ['e', 'f']))).toMatchObject([
      { change: 'same' },
      { change: 'added', before: null, after: 2, added: ['x', 'y'] },
      { change: 'same', before: 2, after: 3 },
      { change: 'same' },
    ]);
    expect(pageChanges(three, pages(['a', 'b'], ['e', 'f']))).toMatchObject([
      { change: 'same' },
      { change: 'removed', before: 2, after: null, removed: ['c', 'd'] },
      { change: 'same', before: 3, after: 2 },
    ]);
    expect(pageChanges(three, pages(['a', 'b'], ['x', 'y'], ['e', 'f']))).toMatchObject([
      { change: 'same' },
      { change: 'changed', before: 2, after: 2, added: ['x', 'y'], removed: ['c', 'd'] },
      { change: 'same' },
    ]);
  });

  it('claims nothing of scanned pages, and takes no notice of page numbers', () => {
    expect(pageChanges(pages([], ['2', 'a']), pages([], ['3', 'a'])).map(({ change }) => change)).toEqual([
      'no-text',
      'same',
    ]);
  });

  it('leaves out the lines of a page beyond a hundred, and says how many', () => {
    const many = Array.from({ length: 130 }, (_, line) => `dòng ${line}`);
    const [found] = pageChanges(pages(['x']), pages(['x', ...many]));
    expect(found).toMatchObject({ change: 'changed', linesLeftOut: 30 });
  });

  it('answers in time also where every line repeats or none is kept', () => {
    const same = Array.from({ length: 16_000 }, (_, line) => (line % 2 === 0 ? 'a' : 'b'));
    const other = Array.from({ length: 16_000 }, (_, line) => `n${line}`);
    const start = performance.now();
    const steps = lineSteps(same, [...same.slice(7), 'c', ...same]);
    expect(steps.filter(({ kind }) => kind !== 'added')).toHaveLength(same.length);
    expect(lineSteps(same, other)).toHaveLength(32_000);
    expect(performance.now() - start).toBeLessThan(3000);
  });
});

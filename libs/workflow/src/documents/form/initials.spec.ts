import { writeFile } from 'node:fs/promises';
import { demoPerson } from '#directory';
import { textSegments } from '#pdf';
import { readPageText } from '#pdf/node';
import { verifyPdf } from '#signing';
import { PDFDocument, StandardFonts } from 'pdf-lib';

import { officialPaper } from '../../testing/official-paper';
import { Desk, plainPdf, provinceCommittee } from '../../testing/test-documents';
import type { TestOffice } from '../../testing/test-office';
import { openTestOffice } from '../../testing/test-office';
import { TrustService } from '../../trust/trust-service';
import { shortName } from './initials';

let office: TestOffice;
let desk: Desk;
beforeAll(async () => {
  office = await openTestOffice({ signers: ['lanhdao.tinhuy'], agencies: ['tinhuy'] });
  desk = new Desk(office, provinceCommittee);
}, 120_000);
afterAll(() => office.close());

const steps = [
  { name: 'Thẩm định nội dung', personId: demoPerson('pho.tinhuy').id },
  { name: 'Thẩm định thể thức', personId: demoPerson('vanthu.tinhuy').id },
];

/** Submitted, initialled by both, and approved. */
async function approved(bytes: Uint8Array, reviewers = steps): Promise<string> {
  const id = await desk.created({ reviewers });
  await desk.drafter.upload(`/documents/${id}/files`, { bytes, role: 'main' }).expect(201);
  await desk.drafter.post(`/documents/${id}/submit`).expect(200);
  await office.as('pho.tinhuy').post(`/documents/${id}/initial`).expect(200);
  await desk.clerk.post(`/documents/${id}/initial`).expect(200);
  expect((await desk.leader.post(`/documents/${id}/approve`)).body).toMatchObject({ state: 'APPROVED' });
  return id;
}

async function mainOf(id: string): Promise<Uint8Array> {
  const { files } = (await desk.clerk.get(`/documents/${id}`).expect(200)).body as {
    files: { id: string }[];
  };
  const answer = await desk.clerk.get(`/documents/${id}/files/${files[0]!.id}/content`).buffer().expect(200);
  return new Uint8Array(answer.body as Buffer);
}

interface Placed {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly size: number;
}

async function lastPage(pdf: Uint8Array): Promise<readonly Placed[]> {
  const { pages } = await readPageText(pdf, { pages: [-1] });
  return textSegments(pages[0]!);
}

const initials = (segments: readonly Placed[]): readonly Placed[] =>
  segments.filter(({ text }) => text.includes('√'));

function overlaps(one: Placed, other: Placed): boolean {
  return (
    one.x < other.x + other.width &&
    other.x < one.x + one.width &&
    one.y - 0.25 * one.size < other.y + 0.8 * other.size &&
    other.y - 0.25 * other.size < one.y + 0.8 * one.size
  );
}

describe('ký nháy in the file', () => {
  it('stand small on the last page after the approval, over no text and beside the signatures', async () => {
    const upload = await officialPaper();
    const id = await approved(upload);
    const after = await lastPage(await mainOf(id));
    const laid = initials(after);
    expect(laid.map(({ text }) => text)).toEqual([
      expect.stringMatching(
        /^Thẩm định nội dung: (?:\p{Lu}\p{Ll}{0,2}\. )+\p{Lu}\p{Ll}* √ \d\d\/\d\d\/\d{4} \d\d:\d\d$/u,
      ),
      expect.stringMatching(/^Thẩm định thể thức: /u),
    ]);
    const before = await lastPage(upload);
    for (const line of laid) {
      expect(line.size).toBeGreaterThanOrEqual(6.9);
      expect(line.size).toBeLessThanOrEqual(8.1);
      expect(before.filter((text) => overlaps(line, text))).toEqual([]);
      // The personal signature stands in the right half.
      expect(line.x + line.width).toBeLessThan(595 * 0.55);
    }
    expect(after).toHaveLength(before.length + laid.length);
  });

  it('stand beside the end of the text where that is free', async () => {
    const id = await approved(await officialPaper({ pages: 1, body: ['Giao Văn phòng theo dõi./.'] }));
    const page = await lastPage(await mainOf(id));
    const end = page.find(({ text }) => text.endsWith('./.'))!;
    const [first] = initials(page);
    expect(first!.x).toBeGreaterThan(end.x + end.width);
    expect(Math.abs(first!.y - end.y)).toBeLessThan(10);
  });

  it('leave a page alone that has no room, and one without text', async () => {
    const document = await PDFDocument.create();
    const font = await document.embedFont(StandardFonts.TimesRoman);
    const page = document.addPage([595.28, 841.89]);
    for (let y = 10; y < 840; y += 12) page.drawText('x '.repeat(100), { x: 10, y, size: 12, font });
    expect(initials(await lastPage(await mainOf(await approved(await document.save()))))).toEqual([]);
    const empty = await PDFDocument.create();
    empty.addPage([595.28, 841.89]);
    expect(initials(await lastPage(await mainOf(await approved(await empty.save()))))).toEqual([]);
  });

  it('keep the whole main job valid', async () => {
    const id = await approved(await officialPaper(), [
      { ...steps[0]!, name: 'Nội dung 😀' },
      { ...steps[1]!, name: 'Thẩm định thể thức và kỹ thuật trình bày văn bản của cơ quan, tổ chức' },
    ]);
    await desk.sign('personal', [id]);
    await desk.clerk.post(`/documents/${id}/number`).expect(200);
    await desk.sign('agency', [id]);
    await desk.clerk.post(`/documents/${id}/issue`).expect(200);
    const bytes = await mainOf(id);
    const context = await office.app.get(TrustService, { strict: false }).validationContext();
    expect(await verifyPdf(bytes, context)).toMatchObject({ indication: 'TOTAL-PASSED' });
    const laid = initials(await lastPage(bytes));
    expect(laid.map(({ text }) => text)).toEqual([
      expect.stringContaining('Nội dung ?: '),
      expect.stringContaining('Thẩm định thể thức và kỹ thuật'),
    ]);
    if (process.env['INITIALS_TO'] !== undefined) await writeFile(process.env['INITIALS_TO'], bytes);
  });

  it('stand also in a file with cross-reference streams', async () => {
    const id = await approved(await plainPdf(2, 'Test', 'stream'));
    expect(initials(await lastPage(await mainOf(id)))).toHaveLength(2);
  });
});

it.each([
  ['Nguyễn Thị An', 'Ng. T. An'],
  ['Trần Đình Phong', 'Tr. Đ. Phong'],
  ['Lò Văn Sơn', 'L. V. Sơn'],
  ['Phạm Hùng', 'Ph. Hùng'],
  ['An', 'An'],
])('a name is shortened as offices do: %s → %s', (fullName, short) => {
  expect(shortName(fullName)).toBe(short);
});

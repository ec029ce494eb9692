import { readFile } from 'node:fs/promises';
import fontkit from '@pdf-lib/fontkit';
import { PDFDocument } from 'pdf-lib';

import { textLines, textSegments } from '../text/page-text';
import { PageTextError, readPageText } from './page-text';

async function vietnamesePdf(pages: number): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  document.registerFontkit(fontkit);
  const path = require.resolve('@expo-google-fonts/tinos/400Regular/Tinos_400Regular.ttf');
  const font = await document.embedFont(await readFile(path));
  for (let page = 1; page <= pages; page += 1) {
    const sheet = document.addPage([595.28, 841.89]);
    sheet.drawText('TỈNH ỦY LAM GIANG', { x: 60, y: 780, size: 13, font });
    sheet.drawText('ĐẢNG CỘNG SẢN VIỆT NAM', { x: 320, y: 780, size: 13, font });
    sheet.drawText(`Về việc chuyển đổi số, trang ${page}`, { x: 85, y: 700, size: 14, font });
  }
  return document.save();
}

describe('the text of pages', () => {
  it('is read with its places, columns apart, Vietnamese as it is written', async () => {
    const { pageCount, pages } = await readPageText(await vietnamesePdf(3), { pages: [1, -1] });
    expect([pageCount, pages.map(({ page }) => page)]).toEqual([3, [1, 3]]);
    const [left, right, body] = textSegments(pages[0]!);
    expect(left).toMatchObject({ text: 'TỈNH ỦY LAM GIANG', x: 60, y: 780 });
    expect(right).toMatchObject({ text: 'ĐẢNG CỘNG SẢN VIỆT NAM', x: 320 });
    expect(body?.size).toBeCloseTo(14);
    expect(textLines(pages[1]!)).toEqual([
      'TỈNH ỦY LAM GIANG ĐẢNG CỘNG SẢN VIỆT NAM',
      'Về việc chuyển đổi số, trang 3',
    ]);
  });

  it('of 300 pages is there in a moment where only the first and the last are wanted', async () => {
    const pdf = await vietnamesePdf(300);
    await readPageText(pdf, { pages: [1] });
    const start = performance.now();
    await readPageText(pdf, { pages: [1, 2, -1] });
    expect(performance.now() - start).toBeLessThan(2000);
    const all = await readPageText(pdf, { pages: 'all' });
    expect(all.pages).toHaveLength(300);
  });

  it('is refused for what is no PDF, and the next file is read all the same', async () => {
    await expect(readPageText(new TextEncoder().encode('no'), { pages: 'all' })).rejects.toThrow(
      PageTextError,
    );
    const late = readPageText(await vietnamesePdf(300), { pages: 'all', timeoutMs: 1 });
    await expect(late).rejects.toThrow('too long');
    expect((await readPageText(await vietnamesePdf(1), { pages: 'all' })).pages).toHaveLength(1);
  });
});

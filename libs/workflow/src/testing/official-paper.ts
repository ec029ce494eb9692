import { readFile } from 'node:fs/promises';
import fontkit from '@pdf-lib/fontkit';
import type { PDFFont } from 'pdf-lib';
import { PDFDocument } from 'pdf-lib';

/** What a paper in the form of Decree 30/2020 annex I shows; every part can be left out or spoilt. */
export interface PaperWords {
  readonly agency: readonly string[];
  readonly heading: readonly string[];
  readonly title: readonly string[];
  readonly body: readonly string[];
  readonly capacity: readonly string[];
  readonly signer: string;
  readonly recipients: string;
  readonly pages: number;
  readonly numbered: 'from the second page' | 'never';
  readonly size: readonly [number, number];
}

/** A resolution of the standing board of Tỉnh ủy Lam Giang, in perfect form. */
export const resolution: PaperWords = {
  agency: ['ĐẢNG BỘ TỈNH LAM GIANG', 'TỈNH ỦY LAM GIANG', '*'],
  heading: ['ĐẢNG CỘNG SẢN VIỆT NAM'],
  title: ['NGHỊ QUYẾT', 'về đẩy mạnh chuyển đổi số', 'trong các cơ quan của tỉnh'],
  body: ['Căn cứ Điều lệ Đảng và Quy chế làm việc của Ban Chấp hành,'],
  capacity: ['T/M BAN THƯỜNG VỤ', 'BÍ THƯ'],
  signer: 'Lò Văn Sơn',
  recipients: 'Nơi nhận:',
  pages: 2,
  numbered: 'from the second page',
  size: [595.28, 841.89],
};

/** A4 papers with the fonts inside, as a word processor exports them. */
export async function officialPaper(given: Partial<PaperWords> = {}): Promise<Uint8Array> {
  const words = { ...resolution, ...given };
  const document = await PDFDocument.create();
  document.registerFontkit(fontkit);
  const path = require.resolve('@expo-google-fonts/tinos/400Regular/Tinos_400Regular.ttf');
  const font = await document.embedFont(await readFile(path));
  const [width, height] = words.size;
  for (let page = 1; page <= words.pages; page += 1) {
    const sheet = document.addPage([width, height]);
    const write = (lines: readonly string[], middle: number, top: number, size = 13): void => {
      for (const [index, text] of lines.entries()) {
        const x = middle - widthOf(font, text, size) / 2;
        sheet.drawText(text, { x, y: top - index * 18, size, font });
      }
    };
    if (page === 1) {
      write(words.agency, width * 0.27, height - 60);
      write(words.heading, width * 0.7, height - 60);
      write(words.title, width / 2, height - 190, 14);
    } else if (words.numbered !== 'never') write([String(page)], width / 2, height - 40);
    for (const [index, text] of words.body.entries())
      sheet.drawText(text, { x: 90, y: height - 300 - index * 20, size: 13, font });
    if (page === words.pages) {
      write(words.capacity, width * 0.72, 260);
      write([words.signer], width * 0.72, 110);
      sheet.drawText(words.recipients, { x: 90, y: 260, size: 12, font });
    }
  }
  return document.save();
}

const widthOf = (font: PDFFont, text: string, size: number): number => font.widthOfTextAtSize(text, size);

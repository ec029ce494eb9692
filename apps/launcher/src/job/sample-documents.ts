import fontkit from '@pdf-lib/fontkit';
import { readFile } from 'node:fs/promises';
import type { PDFFont, PDFPage } from 'pdf-lib';
import { PDFDocument } from 'pdf-lib';

/** Papers in the form of Decree 30/2020 App. I, made by code: what a drafter would export from a word processor. */

const mm = 72 / 25.4;
const page = {
  width: 210 * mm,
  height: 297 * mm,
  left: 30 * mm,
  right: 195 * mm,
  top: 277 * mm,
  bottom: 22 * mm,
};

interface Letter {
  /** Upper and lower line of the issuing body, top left. */
  readonly issuer: readonly [string, string];
  /** Top right: the Party's name, or Quốc hiệu and Tiêu ngữ. */
  readonly heading: readonly string[];
  readonly title: readonly string[];
  readonly paragraphs: readonly string[];
  /** Printed above the signature: `T/M BAN THƯỜNG VỤ`, `PHÓ BÍ THƯ`. */
  readonly signatureBlock: readonly string[];
  readonly signerName: string;
  readonly pages: number;
}

interface Fonts {
  readonly regular: PDFFont;
  readonly bold: PDFFont;
}

/** A letter of `pages` A4 pages; number, date and signatures are left blank for the system. */
async function letterPdf(letter: Letter): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  const fonts = await tinos(document);
  let sheet = document.addPage([page.width, page.height]);
  drawHeader(sheet, fonts, letter);
  let y = page.top - 58 * mm;
  for (const line of letter.title) {
    centred(sheet, fonts.bold, 14, line, page.width / 2 + 7 * mm, y);
    y -= 19;
  }
  y -= 10;
  for (let number = 1; number <= letter.pages; number += 1) {
    for (const paragraph of letter.paragraphs) y = drawParagraph(sheet, fonts.regular, paragraph, y);
    if (number > 1) centred(sheet, fonts.regular, 13, String(number), page.width / 2, page.height - 12 * mm);
    if (number < letter.pages) {
      sheet = document.addPage([page.width, page.height]);
      y = page.top;
    }
  }
  drawSignatureBlock(sheet, fonts, letter);
  return document.save();
}

/** An annex: a table of figures. */
async function annexPdf(title: string, rows: readonly (readonly [string, string])[]): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  const fonts = await tinos(document);
  const sheet = document.addPage([page.width, page.height]);
  centred(sheet, fonts.bold, 14, 'Phụ lục', page.width / 2, page.top - 25 * mm);
  centred(sheet, fonts.bold, 14, title, page.width / 2, page.top - 33 * mm);
  let y = page.top - 50 * mm;
  for (const [name, figure] of rows) {
    sheet.drawText(name, { x: page.left, y, size: 13, font: fonts.regular });
    const width = fonts.regular.widthOfTextAtSize(figure, 13);
    sheet.drawText(figure, { x: page.right - width, y, size: 13, font: fonts.regular });
    sheet.drawLine({ start: { x: page.left, y: y - 5 }, end: { x: page.right, y: y - 5 }, thickness: 0.4 });
    y -= 22;
  }
  return document.save();
}

async function tinos(document: PDFDocument): Promise<Fonts> {
  document.registerFontkit(fontkit);
  const embed = async (style: string, weight: string): Promise<PDFFont> => {
    const path = require.resolve(`@expo-google-fonts/tinos/${style}/Tinos_${style}.ttf`);
    return document.embedFont(await readFile(path), { customName: `Tinos-${weight}` });
  };
  // Whole fonts: the subsetter of pdf-lib's fontkit fails on these.
  const [regular, bold] = await Promise.all([embed('400Regular', 'Regular'), embed('700Bold', 'Bold')]);
  return { regular, bold };
}

function drawHeader(sheet: PDFPage, fonts: Fonts, { issuer, heading }: Letter): void {
  const left = page.left + 32 * mm;
  const right = page.right - 45 * mm;
  centred(sheet, fonts.regular, 12, issuer[0], left, page.top);
  centred(sheet, fonts.bold, 12, issuer[1], left, page.top - 15);
  heading.forEach((line, index) => {
    centred(sheet, fonts.bold, index === 0 ? 12 : 13, line, right, page.top - 15 * index);
  });
  const under = page.top - 15 * (heading.length - 1) - 5;
  const half = fonts.bold.widthOfTextAtSize(heading.at(-1) ?? '', 12) / 2;
  sheet.drawLine({
    start: { x: right - half, y: under },
    end: { x: right + half, y: under },
    thickness: 0.8,
  });
}

function drawSignatureBlock(sheet: PDFPage, fonts: Fonts, { signatureBlock, signerName }: Letter): void {
  const centre = page.right - 40 * mm;
  signatureBlock.forEach((line, index) => {
    centred(sheet, fonts.bold, 13, line, centre, page.bottom + 58 * mm - 16 * index);
  });
  centred(sheet, fonts.bold, 13, signerName, centre, page.bottom + 6 * mm);
  sheet.drawText('Nơi nhận:', { x: page.left, y: page.bottom + 58 * mm, size: 12, font: fonts.bold });
  ['- Như trên;', '- Lưu: Văn phòng.'].forEach((line, index) => {
    sheet.drawText(line, {
      x: page.left,
      y: page.bottom + 53 * mm - 13 * index,
      size: 11,
      font: fonts.regular,
    });
  });
}

function drawParagraph(sheet: PDFPage, font: PDFFont, text: string, top: number): number {
  const size = 13.5;
  let y = top;
  let line = '';
  let x = page.left + 10 * mm;
  const flush = (): void => {
    sheet.drawText(line, { x, y, size, font });
    y -= size * 1.35;
    x = page.left;
    line = '';
  };
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (x + font.widthOfTextAtSize(longer, size) > page.right) {
      flush();
      line = word;
    } else line = longer;
  }
  flush();
  return y - 6;
}

function centred(sheet: PDFPage, font: PDFFont, size: number, text: string, centre: number, y: number): void {
  sheet.drawText(text, { x: centre - font.widthOfTextAtSize(text, size) / 2, y, size, font });
}

/** The demo's letter: three pages from a province's standing board, on each of them what is added. */
export function sampleLetter(...added: readonly string[]): Promise<Uint8Array> {
  return letterPdf({
    issuer: ['TỈNH ỦY LAM GIANG', '*'],
    heading: ['ĐẢNG CỘNG SẢN VIỆT NAM'],
    title: ['Kính gửi: Các cấp ủy, cơ quan, đơn vị'],
    paragraphs: [
      'Thực hiện chủ trương về chuyển đổi số trong hoạt động của các cơ quan trong hệ thống chính trị, Ban Thường vụ Tỉnh ủy yêu cầu các cấp ủy, cơ quan, đơn vị gửi và nhận văn bản điện tử có chữ ký số qua hệ thống dùng chung.',
      'Văn bản điện tử đã ký số hợp lệ có giá trị như bản giấy; bên nhận xử lý ngay, không chờ bản giấy. Văn thư kiểm tra chữ ký số, số trang của từng tệp và ghi số đến, ngày đến trong ngày nhận.',
      'Quá trình thực hiện, nếu có khó khăn, vướng mắc, đề nghị phản ánh về Văn phòng Tỉnh ủy để tổng hợp, báo cáo Ban Thường vụ xem xét, giải quyết.',
      ...added,
    ],
    signatureBlock: ['T/M BAN THƯỜNG VỤ', 'BÍ THƯ'],
    signerName: 'Nguyễn Thị Ánh Tuyết',
    pages: 3,
  });
}

/** The demo's annex: one page of figures. */
export function sampleAnnex(): Promise<Uint8Array> {
  return annexPdf('KẾT QUẢ GỬI, NHẬN VĂN BẢN ĐIỆN TỬ', [
    ['Văn bản đi', '62.500'],
    ['Trong đó đã ký số', '59.106'],
    ['Tỷ lệ ký số', '94,57%'],
    ['Văn bản đến', '146.000'],
  ]);
}

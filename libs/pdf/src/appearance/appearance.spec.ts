import { loadStampFont } from '../node';
import { array, asStream, dict, name } from '../model/objects';
import type { PdfObject, PdfRef } from '../model/objects';
import { PdfError } from '../errors';
import { fromLatin1, latin1 } from '../bytes';
import type { PdfRect } from '../read/page-tree';
import { openPdf } from '../read/pdf-file';
import { codeOf } from '../testing/code-of';
import { itWith, runOn } from '../../../../test/support/outside-programs';
import { pagesBodies, tablePdf } from '../testing/sample-pdf';
import { handwritingPng, sealPng } from '../testing/sample-png';
import { IncrementalWriter } from '../write/incremental-writer';
import { agencyRectOver, annexRect, millimetres, rectOnPage, shownSize } from './decree30';
import { embedFont } from './font';
import { imageAppearance, textAppearance, textBlockAppearance, textBlockLines } from './form';
import { imageXObject, prepareImage } from './image';
import { openTrueType } from './truetype';

const vowels = 'aàảãáạăằẳẵắặâầẩẫấậeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵ';
const alphabet = `${vowels}${vowels.toUpperCase()}đĐ`;

function blank(rotate = 0): Uint8Array {
  const bodies = pagesBodies(1);
  bodies[3] = `<</Type/Page/Parent 2 0 R/Rotate ${rotate}>>`;
  return tablePdf(bodies);
}

let tinos: Uint8Array;
beforeAll(async () => {
  tinos = await loadStampFont('tinos');
});

test.each([
  ['tinos', 'regular', 'Tinos-Regular'],
  ['tinos', 'bold', 'Tinos-Bold'],
  ['be-vietnam-pro', 'regular', 'BeVietnamPro-Regular'],
  ['be-vietnam-pro', 'italic', 'BeVietnamPro-Italic'],
] as const)('%s %s has every Vietnamese letter', async (family, style, postScriptName) => {
  const font = openTrueType(await loadStampFont(family, style));
  expect(font.postScriptName).toBe(postScriptName);
  for (const letter of alphabet)
    expect([letter, font.glyphOf(letter.codePointAt(0) ?? 0)]).not.toEqual([letter, 0]);
});

test('a letter is the same composed and decomposed', async () => {
  const writer = new IncrementalWriter(openPdf(blank()));
  const font = await embedFont(writer, tinos, alphabet.normalize('NFD'));
  expect(font.encode(alphabet.normalize('NFD'))).toBe(font.encode(alphabet));
  expect(font.measure(alphabet.normalize('NFD'), 10)).toBe(font.measure(alphabet, 10));
});

test('what has no shape of its own needs no glyph', async () => {
  const writer = new IncrementalWriter(openPdf(blank()));
  const font = await embedFont(writer, tinos, 'Họ\u200b tên');
  expect(font.encode('Họ\ttên')).toBe(font.encode('Họ\u00ad tên'));
});

test('a character that the font lacks is refused by name, not shown as an empty box', async () => {
  const writer = new IncrementalWriter(openPdf(blank()));
  await expect(embedFont(writer, tinos, 'Họ tên 漢')).rejects.toMatchObject({
    code: 'FONT_GLYPH_MISSING',
    detail: { characters: '漢' },
  });
  const font = await embedFont(writer, tinos, 'abc');
  expect(codeOf(() => font.encode('d'))).toBe('FONT_GLYPH_MISSING');
});

test('what is no TrueType font, or only half of one, is refused', async () => {
  const writer = new IncrementalWriter(openPdf(blank()));
  for (const bytes of [latin1('OTTO and more'), new Uint8Array(), tinos.subarray(0, 5000)]) {
    await expect(embedFont(writer, bytes, 'a')).rejects.toBeInstanceOf(PdfError);
    await expect(embedFont(writer, bytes, 'a')).rejects.toMatchObject({ code: 'FONT_DAMAGED' });
  }
});

test('text is placed line under line, aligned, as large as fits', async () => {
  const writer = new IncrementalWriter(openPdf(blank()));
  const font = await embedFont(writer, tinos, 'Dòng một hai');
  const content = (ref: PdfRef): string => fromLatin1(asStream(writer.get(ref))?.raw ?? latin1(''));
  const lines = ['Dòng một', 'hai'];
  const right = content(
    textAppearance(writer, { width: 100, height: 40 }, { lines, font, size: 10, align: 'right' }),
  );
  const starts = [...right.matchAll(/1 0 0 1 ([\d.]+) ([\d.]+) Tm/g)].map((match) => [
    Number(match[1]),
    Number(match[2]),
  ]);
  expect(starts[0]?.[0]).toBeCloseTo(100 - font.measure('Dòng một', 10), 1);
  expect((starts[0]?.[1] ?? 0) - (starts[1]?.[1] ?? 0)).toBeCloseTo(12, 1);
  const narrow = content(textAppearance(writer, { width: 20, height: 400 }, { lines, font, size: 'fit' }));
  const size = Number(/([\d.]+) Tf/.exec(narrow)?.[1]);
  expect(font.measure('Dòng một', size)).toBeCloseTo(20, 0);
  const wide = content(
    textAppearance(writer, { width: 2000, height: 400 }, { lines, font, size: 'fit', maxSize: 11 }),
  );
  expect(wide).toContain(' 11 Tf');
});

test('the agency’s image covers the left third of the personal signature', () => {
  const personal: PdfRect = [300, 100, 450, 160];
  const seal = { width: millimetres(36), height: millimetres(36) };
  const rect = agencyRectOver(personal, seal);
  expect(rect[2]).toBeCloseTo(350);
  expect(rect[2] - rect[0]).toBeCloseTo(102.05, 1);
  expect((rect[1] + rect[3]) / 2).toBeCloseTo(130);
  const moved = agencyRectOver([10, 0, 60, 20], seal, [0, 0, 595, 842]);
  expect(moved[0]).toBe(0);
  expect(moved[1]).toBe(0);
});

test.each([0, 90, 180, 270] as const)('the annex block stands top right of a page turned by %d', (rotate) => {
  const page = openPdf(blank(rotate)).latest.page(0);
  const shown = shownSize(page);
  expect(shown.width > shown.height).toBe(rotate === 90 || rotate === 270);
  const rect = rectOnPage(page, annexRect(page));
  const edge = millimetres(10);
  const corners = {
    0: [rect[2], rect[3]],
    90: [rect[0], rect[3]],
    180: [rect[0], rect[1]],
    270: [rect[2], rect[1]],
  };
  const [x, y] = corners[rotate];
  expect(Math.min(x ?? 0, 595 - (x ?? 0))).toBeCloseTo(edge);
  expect(Math.min(y ?? 0, 842 - (y ?? 0))).toBeCloseTo(edge);
});

/** A page with every kind of appearance as annotations. */
async function stamped(rotate: number): Promise<Uint8Array> {
  const file = openPdf(blank(rotate));
  const writer = new IncrementalWriter(file);
  const page = file.latest.page(0);
  const rows = [
    ['Người ký', 'Nguyễn Thị Ánh Tuyết'],
    ['Cơ quan', 'Uỷ ban nhân dân xã Thượng Đình'.normalize('NFD')],
  ] as const;
  const mark = ['Số 57-NQ/TW', '2026-11-21T21:02:11+07:00'];
  const font = await embedFont(writer, tinos, [alphabet, ...mark, ...textBlockLines(rows)].join());
  const ink = imageXObject(writer, handwritingPng());
  const seal = imageXObject(writer, prepareImage(sealPng()));
  const annotations: PdfObject[] = [];
  const put = (rect: PdfRect, draw: (size: { width: number; height: number }) => PdfRef): void => {
    const form = draw({ width: rect[2] - rect[0], height: rect[3] - rect[1] });
    const entries = { Type: name('Annot'), Subtype: name('Stamp'), F: 4, AP: dict({ N: form }) };
    annotations.push(writer.add(dict({ ...entries, Rect: array(rectOnPage(page, rect)) })));
  };
  const turn = { pageRotation: page.rotate };
  const personal: PdfRect = [300, 200, 300 + millimetres(50), 200 + millimetres(25)];
  put(personal, (size) => imageAppearance(writer, { ...size, ...turn }, ink));
  const diameter = millimetres(36);
  put(agencyRectOver(personal, { width: diameter, height: diameter }), (size) =>
    imageAppearance(writer, { ...size, ...turn }, seal),
  );
  put(annexRect(page), (size) =>
    textAppearance(writer, { ...size, ...turn }, { lines: mark, font, size: 10, align: 'right' }),
  );
  put([50, 400, 550, 450], (size) =>
    textAppearance(writer, { ...size, ...turn }, { lines: [alphabet], font, size: 'fit' }),
  );
  put([60, 60, 260, 120], (size) =>
    textBlockAppearance(writer, { ...size, ...turn }, { rows, font, image: seal }),
  );
  writer.put(page.ref, page.dict.with({ Annots: array(annotations) }));
  return writer.finish();
}

describe.each([0, 90, 180, 270])('on a page turned by %d', (rotate) => {
  itWith(
    'qpdf',
    'pdftotext',
    'pdffonts',
  )('the text can be read and copied, letter by letter', async () => {
    const bytes = await stamped(rotate);
    expect(runOn('qpdf', ['--check', 'a.pdf'], { 'a.pdf': bytes }).status).toBe(0);
    const text = runOn('pdftotext', ['-layout', 'a.pdf', '-'], { 'a.pdf': bytes }).output;
    for (const part of [
      'Số 57-NQ/TW',
      'Người ký: Nguyễn Thị Ánh Tuyết',
      'Cơ quan: Uỷ ban nhân dân xã Thượng Đình',
      alphabet,
    ]) {
      expect(text.normalize('NFC')).toContain(part);
    }
    expect(runOn('pdffonts', ['a.pdf'], { 'a.pdf': bytes }).output).toMatch(
      /[A-Z]{6}\+Tinos-Regular +CID TrueType +Identity-H +yes yes yes/,
    );
  });

  itWith('mutool')('seal and handwriting are drawn in their colours, one over the other', async () => {
    const { width, height, pixel } = drawn(await stamped(rotate));
    expect(width > height).toBe(rotate === 90 || rotate === 270);
    const blue: [number, number][] = [];
    const red: [number, number][] = [];
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const [r, g, b] = pixel(x, y);
        if (b > 150 && r < 80 && g < 80) blue.push([x, height - y]);
        if (r > 180 && g < 180 && b < 180 && x > 180) red.push([x, height - y]);
      }
    }
    const range = (values: readonly number[]): readonly [number, number] => [
      Math.min(...values),
      Math.max(...values),
    ];
    const [left, right] = range(blue.map(([x]) => x));
    const [sealLeft, sealRight] = range(red.map(([x]) => x));
    // The handwriting fills its 50 mm; the seal's 36 mm reach a third into it from the left.
    expect(left).toBeGreaterThan(298);
    expect(right).toBeLessThan(444);
    expect(right - left).toBeGreaterThan(130);
    expect(sealRight).toBeGreaterThan(342);
    expect(sealRight).toBeLessThan(350);
    expect(sealLeft).toBeGreaterThan(243);
    expect(sealLeft).toBeLessThan(250);
  });
});

/** Draws page 1 at 72 dpi as a portable pixmap. */
function drawn(pdf: Uint8Array): {
  readonly width: number;
  readonly height: number;
  readonly pixel: (x: number, y: number) => readonly [number, number, number];
} {
  const { left } = runOn('mutool', [...['draw', '-F', 'ppm', '-r', '72', '-o', 'a.ppm'], 'a.pdf', '1'], {
    'a.pdf': pdf,
  });
  const bytes = left.get('a.ppm') ?? new Uint8Array();
  const head = /^P6\s(?:#.*\n)?(\d+) (\d+)\s255\s/.exec(fromLatin1(bytes.subarray(0, 200)));
  if (head === null) throw new Error('mutool drew nothing');
  const [width, height] = [Number(head[1]), Number(head[2])];
  const start = head[0].length;
  return {
    width,
    height,
    pixel: (x, y) => {
      const at = start + (y * width + x) * 3;
      return [bytes[at] ?? 0, bytes[at + 1] ?? 0, bytes[at + 2] ?? 0];
    },
  };
}

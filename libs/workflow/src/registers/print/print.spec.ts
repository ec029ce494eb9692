import { writeFileSync } from 'node:fs';
import { unzipSync } from 'fflate';
import { openPdf } from '#pdf';

import { itWith, runOn } from '../../../../../test/support/outside-programs';
import { outgoingForm } from '../../rules';
import { registerCsv } from './csv';
import type { PrintedRegister, PrintedRow } from './printed-register';
import { registerPdf } from './register-pdf';
import { registerXlsx } from './xlsx';

const abstracts = [
  'Về tăng cường công tác phòng, chống thiên tai và tìm kiếm cứu nạn trong mùa mưa lũ',
  'Về kết quả thực hiện chương trình cải cách hành chính quý III và phương hướng, nhiệm vụ quý IV; đề nghị các cơ quan, đơn vị nghiêm túc rút kinh nghiệm',
  'V/v cử cán bộ tham dự hội nghị',
];

function row(number: number): PrintedRow {
  if (number % 17 === 0)
    return {
      cells: ['Số của văn bản mật', String(number), ...Array.from({ length: 8 }, () => '')],
      tone: 'void',
    };
  if (number % 23 === 0)
    return {
      cells: [
        String(number),
        '',
        `Sổ thiếu số ${number}, chưa rõ lý do: cần kiểm tra ngay`,
        ...Array.from({ length: 7 }, () => ''),
      ],
      tone: 'fault',
    };
  return {
    cells: [
      `${number}-CV/TU`,
      '08/11/2026',
      `Công văn: ${abstracts[number % 3] ?? ''}`,
      'Nguyễn Thị Ánh Tuyết',
      'Ủy ban nhân dân tỉnh Lam Giang; Đảng ủy xã Sơn Thủy',
      'Văn phòng',
      '3',
      '08/11/2026',
      'Đã tiếp nhận 1/2',
      number % 5 === 0 ? 'Hủy số: sai thể thức, ban hành văn bản khác' : '',
    ],
    tone: number % 5 === 0 ? 'void' : 'plain',
  };
}

function register(stretches: readonly (readonly PrintedRow[])[]): PrintedRegister {
  return {
    form: outgoingForm,
    cover: {
      parentName: 'Ban Chấp hành Trung ương',
      agencyName: 'Tỉnh ủy Lam Giang',
      period: 'Năm 2026',
      from: '2026-01-01',
      to: '2026-12-31',
      numbers: { first: 1, last: 60 },
      volume: 1,
    },
    rows: (async function* () {
      for (const stretch of stretches) yield await Promise.resolve(stretch);
    })(),
  };
}

async function bytesOf(parts: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const part of parts) all.push(part);
  return Buffer.concat(all);
}

const sixty = Array.from({ length: 60 }, (_, index) => row(index + 1));

describe('as PDF', () => {
  itWith('qpdf', 'pdftotext')('it is well-formed, and each page carries the head of the table', async () => {
    const pdf = await bytesOf(registerPdf(register([sixty.slice(0, 31), sixty.slice(31)])));
    if (process.env['SHOW_PRINT'] !== undefined) writeFileSync(process.env['SHOW_PRINT'], pdf);
    expect(runOn('qpdf', ['--check', 'a.pdf'], { 'a.pdf': pdf }).status).toBe(0);
    const pages = openPdf(pdf).latest.pageCount();
    const { output } = runOn('pdftotext', ['-layout', 'a.pdf', '-'], { 'a.pdf': pdf });
    const texts = output.normalize('NFC').split('\f').slice(0, pages);
    expect(texts[0]).toMatch(
      /TỈNH ỦY LAM GIANG[^]+SỔ ĐĂNG KÝ VĂN BẢN ĐI[^]+Năm 2026[^]+Từ ngày 01\/01\/2026 đến ngày 31\/12\/2026[^]+Từ số 1 đến số 60[^]+Quyển số: 1/,
    );
    for (const text of texts.slice(1)) expect(text).toMatch(/Số, ký hiệu[^]+\(1\) +\(2\)[^]+\(10\)/);
    expect(output).toContain('60-CV/TU');
  });

  it('the same rows give the same bytes', async () => {
    const twice = await Promise.all([1, 2].map(() => bytesOf(registerPdf(register([sixty])))));
    expect(twice[0]!.equals(twice[1]!)).toBe(true);
  });

  itWith('pdftotext')('a row taller than a page goes on on the next, and loses nothing', async () => {
    const words = Array.from({ length: 900 }, (_, index) => `chữ${index}`);
    const tall: PrintedRow = {
      cells: ['1', '', words.join(' '), ...Array<string>(7).fill('')],
      tone: 'plain',
    };
    const pdf = await bytesOf(registerPdf(register([[row(1), tall, row(2)]])));
    const { output } = runOn('pdftotext', ['-raw', 'a.pdf', '-'], { 'a.pdf': pdf });
    for (const word of words) expect(output.normalize('NFC')).toContain(word);
  });

  it('an empty register says so on a page of its own', async () => {
    const pdf = await bytesOf(registerPdf(register([])));
    expect(openPdf(pdf).latest.pageCount()).toBe(2);
  });

  it('signs that the face lacks do not stop the print', async () => {
    const odd: PrintedRow = { cells: Array<string>(10).fill('漢字 😀 \u0000'), tone: 'plain' };
    await expect(bytesOf(registerPdf(register([[odd]])))).resolves.toBeDefined();
  });
});

describe('as CSV', () => {
  it('begins with a byte order mark and keeps commas, quotes and lines', async () => {
    const cells = ['a,b', 'c"d', 'e\nf', ...Array<string>(7).fill('')];
    const csv = (await bytesOf(registerCsv(register([[{ cells, tone: 'plain' }]])))).toString('utf8');
    expect(csv.startsWith('\ufeff"Số, ký hiệu văn bản",')).toBe(true);
    expect(csv.split('\r\n')[1]).toMatch(/^"a,b","c""d","e\nf",/);
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\n=1', '＝1'])(
    'a text that a spreadsheet would take for a formula (%j) stays text',
    async (text) => {
      const cells = [text, ...Array<string>(9).fill('')];
      const csv = (await bytesOf(registerCsv(register([[{ cells, tone: 'plain' }]])))).toString('utf8');
      expect(csv).toContain(`"'${text}"`);
    },
  );
});

describe('as workbook', () => {
  it('every cell is text, in its row and column', async () => {
    const cells = ['=1+1', '<&>"', 'Hỏa tốc\u0001', ...Array<string>(7).fill('x')];
    const files = unzipSync(await bytesOf(registerXlsx(register([[{ cells, tone: 'fault' }]]))));
    expect(Object.keys(files)).toContain('xl/worksheets/sheet1.xml');
    const sheet = new TextDecoder().decode(files['xl/worksheets/sheet1.xml']);
    const second = /<row r="2">(.*?)<\/row>/.exec(sheet)?.[1] ?? '';
    expect([...second.matchAll(/t="inlineStr"/g)]).toHaveLength(10);
    expect(second).toContain('>=1+1</t>');
    expect(second).toContain('&lt;&amp;&gt;&quot;');
    expect(second).toContain('Hỏa tốc</t>');
    expect(sheet).not.toContain('<f>');
  });

  itWith('python3')('opens in a program of others', async () => {
    const xlsx = await bytesOf(registerXlsx(register([sixty])));
    const script =
      'import zipfile,sys,xml.dom.minidom as m\nz=zipfile.ZipFile("a.xlsx")\nassert z.testzip() is None\n[m.parseString(z.read(n)) for n in z.namelist()]\nprint(len(z.namelist()))';
    expect(runOn('python3', ['-c', script], { 'a.xlsx': xlsx })).toMatchObject({
      status: 0,
      output: expect.stringMatching(/^6/) as unknown,
    });
  });
});

import { setImmediate as turn } from 'node:timers/promises';
import { GrowingFont, millimetres, PageStream } from '#pdf';
import { loadStampFont } from '#pdf/node';

import { printedDay } from '../register';
import type { PrintedRegister, PrintedRow, RegisterCover } from './printed-register';
import type { Face, Faces } from './sheet';
import { black, grey, paper, red, Sheet } from './sheet';

const margin = { top: millimetres(18), bottom: millimetres(15), left: millimetres(20) };
const width = millimetres(262);
const padding = 3;
const body = { face: 'F1', size: 10 } as const;
const head = { face: 'F2', size: 10 } as const;
const leading = 1.2;
const colours = { plain: black, void: grey, fault: red } as const;
const faceOf: Readonly<Record<PrintedRow['tone'], Face>> = { plain: 'F1', void: 'F3', fault: 'F2' };

/**
 * A register as it is printed: the cover, then A4 landscape pages with the columns of the form, their head on each
 * page. Written page by page; the same rows give the same bytes.
 */
export async function* registerPdf(register: PrintedRegister): AsyncGenerator<Uint8Array> {
  const { form, cover } = register;
  const faces: Faces = {
    F1: new GrowingFont(await loadStampFont('tinos')),
    F2: new GrowingFont(await loadStampFont('tinos', 'bold')),
    F3: new GrowingFont(await loadStampFont('tinos', 'italic')),
  };
  const file = new PageStream(paper, { ...faces });
  yield file.begin();
  yield file.page(coverPage(new Sheet(faces), form.title, cover));
  const table = new Table(register, faces);
  for await (const stretch of register.rows) {
    for (const row of stretch) {
      for (const page of table.add(row)) {
        yield file.page(page);
        // Whoever else asks this process for something is served between two pages.
        await turn();
      }
    }
  }
  yield file.page(table.finish());
  yield file.end(`${form.title} – ${cover.agencyName} – ${cover.period}`);
}

function coverPage(sheet: Sheet, title: string, cover: RegisterCover): string {
  const centred = { align: 'center' } as const;
  const inset = margin.left;
  const across = paper.width - 2 * inset;
  const put = (line: string, y: number, face: Face, size: number): void => {
    sheet.text(line, inset, y, across, { ...centred, face, size });
  };
  sheet.frame(inset - 10, margin.top - 10, across + 20, paper.height - 2 * margin.top + 20, 1.5);
  sheet.frame(inset - 6, margin.top - 6, across + 12, paper.height - 2 * margin.top + 12, 0.5);
  let y = margin.top + 34;
  if (cover.parentName !== null) {
    put(cover.parentName.toLocaleUpperCase('vi'), y, 'F1', 15);
    y += 22;
  }
  for (const line of sheet.wrapped(cover.agencyName.toLocaleUpperCase('vi'), across, {
    face: 'F2',
    size: 16,
  })) {
    put(line, y, 'F2', 16);
    y += 21;
  }
  sheet.line(paper.width / 2 - 50, y - 8, paper.width / 2 + 50, y - 8);
  y = paper.height * 0.45;
  put(title, y, 'F2', 32);
  y += 40;
  put(cover.period, y, 'F2', 20);
  y += 40;
  put(`Từ ngày ${printedDay(cover.from)} đến ngày ${printedDay(cover.to)}`, y, 'F1', 15);
  const { numbers } = cover;
  if (numbers) put(`Từ số ${numbers.first} đến số ${numbers.last}`, (y += 24), 'F1', 15);
  if (cover.volume !== undefined) put(`Quyển số: ${cover.volume}`, y + 24, 'F1', 15);
  return sheet.content;
}

/** Lays rows out on pages; a row that no page could hold goes on on the next one. */
class Table {
  private sheet: Sheet;
  private y = 0;
  private pageNumber = 0;
  /** Upper edge of the lines between the columns on this page. */
  private readonly top = margin.top + 12;
  private readonly bottom = paper.height - margin.bottom - 12;
  private readonly edges: readonly number[];
  private empty = true;

  constructor(
    private readonly register: PrintedRegister,
    private readonly faces: Faces,
  ) {
    const columns = register.form.columns.map(({ widthMm }) => millimetres(widthMm));
    this.edges = columns.reduce<number[]>(
      (edges, one) => [...edges, (edges.at(-1) ?? 0) + one],
      [margin.left],
    );
    this.sheet = this.begin();
  }

  /** The pages that the row has filled. */
  add({ cells, tone }: PrintedRow): readonly string[] {
    const face = { face: faceOf[tone], size: body.size };
    const lines = cells.map((text, index) => this.sheet.wrapped(text, this.inner(index), face));
    const pages: string[] = [];
    let left: readonly (readonly string[])[] = lines;
    this.empty = false;
    for (;;) {
      const wanted = Math.max(1, ...left.map((cell) => cell.length));
      const room = this.room();
      const first = left === lines;
      // A row is kept together unless it would not fit a page of its own either.
      const fits = wanted <= room ? wanted : first && this.y > this.afterHead ? 0 : room;
      if (fits > 0)
        this.draw(
          left.map((cell) => cell.slice(0, fits)),
          fits,
          tone,
        );
      if (fits === wanted) return pages;
      left = fits === 0 ? left : left.map((cell) => cell.slice(fits));
      pages.push(this.close());
      this.sheet = this.begin();
    }
  }

  finish(): string {
    if (this.empty) {
      this.sheet.text('Không có văn bản nào trong kỳ này.', margin.left, this.y + 20, width, {
        face: 'F3',
        size: 11,
        align: 'center',
      });
      this.y += 32;
      this.sheet.line(margin.left, this.y, margin.left + width, this.y);
    }
    return this.close();
  }

  private afterHead = 0;

  private begin(): Sheet {
    const sheet = new Sheet(this.faces);
    this.pageNumber += 1;
    const { form, cover } = this.register;
    const small = { face: 'F3', size: 9 } as const;
    sheet.text(cover.agencyName, margin.left, margin.top + 2, width, small);
    sheet.text(`${form.title} – ${cover.period}`, margin.left, margin.top + 2, width, {
      ...small,
      align: 'right',
    });
    this.y = this.top;
    sheet.line(margin.left, this.y, margin.left + width, this.y);
    this.y += this.headRow(sheet);
    this.afterHead = this.y;
    return sheet;
  }

  private headRow(sheet: Sheet): number {
    const { columns } = this.register.form;
    const names = columns.map(({ vi }, index) => sheet.wrapped(vi, this.inner(index), head));
    const most = Math.max(...names.map((lines) => lines.length));
    const step = head.size * leading;
    const height = most * step + 2 * padding;
    for (const [index, lines] of names.entries()) {
      const above = ((most - lines.length) * step) / 2;
      for (const [row, line] of lines.entries())
        this.cell(sheet, index, line, this.top + above + row * step, head);
      this.cell(sheet, index, `(${index + 1})`, this.top + height, { face: 'F3', size: 8 });
    }
    const all = height + 8 * leading + 2 * padding;
    for (const y of [this.top + height, this.top + all]) sheet.line(margin.left, y, margin.left + width, y);
    return all;
  }

  private cell(
    sheet: Sheet,
    index: number,
    line: string,
    y: number,
    face: { readonly face: Face; readonly size: number },
  ): void {
    const x = (this.edges[index] ?? 0) + padding;
    sheet.text(line, x, y + padding + face.size * 0.9, this.inner(index), { ...face, align: 'center' });
  }

  private draw(cells: readonly (readonly string[])[], lines: number, tone: PrintedRow['tone']): void {
    const step = body.size * leading;
    for (const [index, cell] of cells.entries()) {
      const align = this.register.form.columns[index]?.align ?? 'left';
      const x = (this.edges[index] ?? 0) + padding;
      for (const [row, line] of cell.entries()) {
        const y = this.y + padding + row * step + body.size * 0.9;
        this.sheet.text(line, x, y, this.inner(index), {
          face: faceOf[tone],
          size: body.size,
          colour: colours[tone],
          align,
        });
      }
    }
    this.y += lines * step + 2 * padding;
    this.sheet.line(margin.left, this.y, margin.left + width, this.y);
  }

  /** Lines of a row that this page can still take. */
  private room(): number {
    return Math.floor((this.bottom - this.y - 2 * padding) / (body.size * leading));
  }

  private inner(index: number): number {
    return (this.edges[index + 1] ?? 0) - (this.edges[index] ?? 0) - 2 * padding;
  }

  private close(): string {
    for (const x of this.edges) this.sheet.line(x, this.top, x, this.y);
    this.sheet.text(`Trang ${this.pageNumber}`, margin.left, paper.height - margin.bottom, width, {
      face: 'F1',
      size: 9,
      align: 'center',
    });
    return this.sheet.content;
  }
}

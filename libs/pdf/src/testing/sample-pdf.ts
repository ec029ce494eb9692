import { zlibSync } from 'fflate';
import { concatBytes, fromLatin1, latin1 } from '../bytes';

/** Source text between `obj` and `endobj`, one character per byte. */
export type Bodies = Readonly<Record<number, string>>;

interface Row {
  readonly num: number;
  readonly offset: number;
}

/** The plainest document: catalog 1, page tree 2, pages from 3 on, each with its own content stream. */
export function pagesBodies(count: number): Record<number, string> {
  const bodies: Record<number, string> = { 1: '<</Type/Catalog/Pages 2 0 R>>' };
  const kids: string[] = [];
  for (let i = 0; i < count; i++) {
    const page = 3 + i * 2;
    kids.push(`${page} 0 R`);
    bodies[page] = `<</Type/Page/Parent 2 0 R/Contents ${page + 1} 0 R>>`;
    bodies[page + 1] = streamBody('', `0 0 m ${i} ${i} l S`);
  }
  bodies[2] = `<</Type/Pages/Kids[${kids.join(' ')}]/Count ${count}/MediaBox[0 0 595 842]/Resources<<>>>>`;
  return bodies;
}

export function streamBody(entries: string, data: string): string {
  return `<<${entries}/Length ${data.length}>>stream\n${data}\nendstream`;
}

function writeBodies(base: number, bodies: Bodies): { readonly text: string; readonly rows: Row[] } {
  let text = '';
  const rows: Row[] = [];
  for (const [num, body] of Object.entries(bodies)) {
    rows.push({ num: Number(num), offset: base + text.length });
    text += `${num} 0 obj\n${body}\nendobj\n`;
  }
  return { text, rows };
}

function tableText(rows: readonly Row[], freed: readonly number[] = []): string {
  let text = 'xref\n';
  for (const num of freed) text += `${num} 1\n0000000000 ${num === 0 ? '65535' : '00001'} f \n`;
  const sorted = [...rows].sort((a, b) => a.num - b.num);
  for (const [i, { num, offset }] of sorted.entries()) {
    if (sorted[i - 1]?.num !== num - 1) {
      let count = 1;
      while (sorted[i + count]?.num === num + count) count++;
      text += `${num} ${count}\n`;
    }
    text += `${String(offset).padStart(10, '0')} 00000 n \n`;
  }
  return text;
}

/** A file with a classic table; `trailer` adds entries to the trailer dictionary. */
export function tablePdf(bodies: Bodies, trailer = ''): Uint8Array {
  const head = '%PDF-1.7\n%\xe2\xe3\xcf\xd3\n';
  const { text, rows } = writeBodies(head.length, bodies);
  const size = Math.max(...rows.map((row) => row.num)) + 1;
  const xref = head.length + text.length;
  return latin1(
    `${head}${text}${tableText(rows, [0])}trailer\n<</Size ${size}/Root 1 0 R${trailer}>>\nstartxref\n${xref}\n%%EOF\n`,
  );
}

/** Adds a revision with a classic table behind the bytes of a file. */
export function appendTable(
  base: Uint8Array,
  bodies: Bodies,
  options: {
    readonly prev: number;
    readonly size: number;
    readonly freed?: readonly number[];
    readonly stray?: string;
  },
): Uint8Array {
  const { text, rows } = writeBodies(base.length, bodies);
  const body = text + (options.stray ?? '');
  const trailer = `trailer\n<</Size ${options.size}/Root 1 0 R/Prev ${options.prev}>>\n`;
  const end = `startxref\n${base.length + body.length}\n%%EOF\n`;
  return concatBytes([base, latin1(body + tableText(rows, options.freed) + trailer + end)]);
}

/** Rows of a cross-reference stream with widths 1, 4, 2. */
function streamRows(
  entries: readonly (readonly [type: number, second: number, third: number])[],
): Uint8Array {
  const data = new Uint8Array(entries.length * 7);
  const view = new DataView(data.buffer);
  for (const [i, [type, second, third]] of entries.entries()) {
    view.setUint8(i * 7, type);
    view.setUint32(i * 7 + 1, second);
    view.setUint16(i * 7 + 5, third);
  }
  return data;
}

function objectStreamBody(bodies: Bodies, nums: readonly number[]): string {
  let index = '';
  let content = '';
  for (const num of nums) {
    index += `${num} ${content.length} `;
    content += `${bodies[num] ?? 'null'} `;
  }
  const data = fromLatin1(zlibSync(latin1(index + content)));
  return streamBody(`/Type/ObjStm/N ${nums.length}/First ${index.length}/Filter/FlateDecode`, data);
}

/** A file with a compressed cross-reference stream; all objects that are no streams lie in an object stream. */
export function streamPdf(bodies: Bodies): Uint8Array {
  const nums = Object.keys(bodies).map(Number);
  const packed = nums.filter((num) => bodies[num]?.includes('stream') === false);
  const holder = Math.max(...nums) + 1;
  const head = '%PDF-1.7\n';
  const plain = Object.fromEntries(
    nums.filter((num) => !packed.includes(num)).map((num) => [num, bodies[num] ?? '']),
  );
  const { text, rows } = writeBodies(head.length, { ...plain, [holder]: objectStreamBody(bodies, packed) });
  const self = holder + 1;
  const xref = head.length + text.length;
  const entries: [number, number, number][] = Array.from({ length: self + 1 }, () => [0, 0, 65535]);
  for (const { num, offset } of rows) entries[num] = [1, offset, 0];
  packed.forEach((num, i) => (entries[num] = [2, holder, i]));
  entries[self] = [1, xref, 0];
  const data = fromLatin1(zlibSync(streamRows(entries)));
  const dict = `/Type/XRef/Size ${self + 1}/W[1 4 2]/Root 1 0 R/Filter/FlateDecode`;
  return latin1(
    `${head}${text}${self} 0 obj\n${streamBody(dict, data)}\nendobj\nstartxref\n${xref}\n%%EOF\n`,
  );
}

/** A hybrid file: a table for streams, catalog and page tree; the pages are hidden in an object stream. */
export function hybridPdf(pages: number): Uint8Array {
  const bodies = pagesBodies(pages);
  const nums = Object.keys(bodies).map(Number);
  const hidden = nums.filter((num) => num > 2 && num % 2 === 1);
  const holder = Math.max(...nums) + 1;
  const head = '%PDF-1.5\n';
  const shown = Object.fromEntries(
    nums.filter((num) => !hidden.includes(num)).map((num) => [num, bodies[num] ?? '']),
  );
  const { text, rows } = writeBodies(head.length, { ...shown, [holder]: objectStreamBody(bodies, hidden) });
  const hybrid = head.length + text.length;
  const index = hidden.map((num) => `${num} 1`).join(' ');
  const data = fromLatin1(streamRows(hidden.map((_, i) => [2, holder, i])));
  const stream = `${holder + 1} 0 obj\n${streamBody(`/Type/XRef/Size ${holder + 2}/W[1 4 2]/Index[${index}]`, data)}\nendobj\n`;
  const xref = hybrid + stream.length;
  const table = tableText([...rows, { num: holder + 1, offset: hybrid }], [0, ...hidden]);
  const trailer = `trailer\n<</Size ${holder + 2}/Root 1 0 R/XRefStm ${hybrid}>>\n`;
  return latin1(`${head}${text}${stream}${table}${trailer}startxref\n${xref}\n%%EOF\n`);
}

/** A linearized file's order of sections: the first is read first and names the second, which stands at the end. */
function linearizedPdf(pages: number): Uint8Array {
  const bodies = pagesBodies(pages);
  const nums = Object.keys(bodies).map(Number);
  const size = Math.max(...nums) + 1;
  const head = '%PDF-1.7\n';
  // The first section has fixed width, so that what follows can be placed before it is known.
  const firstSection = (rows: readonly Row[], prev: number): string =>
    `${tableText(rows)}trailer\n<</Size ${size}/Root 1 0 R/Prev ${String(prev).padStart(10, '0')}>>\nstartxref\n0\n%%EOF\n`;
  const front = Object.fromEntries([1, 3, 4].map((num) => [num, bodies[num] ?? '']));
  const rest = Object.fromEntries(
    nums.filter((num) => !(num in front)).map((num) => [num, bodies[num] ?? '']),
  );
  const reserved = firstSection(writeBodies(0, front).rows, 0).length;
  const first = writeBodies(head.length + reserved, front);
  const second = writeBodies(head.length + reserved + first.text.length, rest);
  const main = head.length + reserved + first.text.length + second.text.length;
  const table = `${tableText(second.rows, [0])}trailer\n<</Size ${size}>>\nstartxref\n${head.length}\n%%EOF\n`;
  return latin1(head + firstSection(first.rows, main) + first.text + second.text + table);
}

/** Every style with the same pages. */
export const styles: Readonly<Record<string, (pages: number) => Uint8Array>> = {
  table: (pages) => tablePdf(pagesBodies(pages)),
  stream: (pages) => streamPdf(pagesBodies(pages)),
  hybrid: hybridPdf,
  linearized: linearizedPdf,
};

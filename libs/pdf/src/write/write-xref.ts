import { array, name, PdfStream } from '../model/objects';
import type { PdfDict } from '../model/objects';
import { writeObject } from './serialize';
import type { ByteSink } from './serialize';

/** An object in use, written directly into the file. */
export interface XrefRow {
  readonly num: number;
  readonly gen: number;
  /** Absolute, bytes. */
  readonly offset: number;
}

/** Rows whose numbers follow each other; `rows` rise by number. */
function runsOf(rows: readonly XrefRow[]): XrefRow[][] {
  const runs: XrefRow[][] = [];
  for (const row of rows) {
    const run = runs.at(-1);
    if (run !== undefined && run.at(-1)?.num === row.num - 1) run.push(row);
    else runs.push([row]);
  }
  return runs;
}

/** A classic table and its trailer (ISO 32000-1 §7.5.4, §7.5.5). */
export function writeXrefTable(sink: ByteSink, rows: readonly XrefRow[], trailer: PdfDict): void {
  sink.text('xref\n');
  // An update without objects still needs a subsection; the head of the free list is always right.
  if (rows.length === 0) sink.text('0 1\n0000000000 65535 f \n');
  for (const run of runsOf(rows)) {
    sink.text(`${run[0]?.num ?? 0} ${run.length}\n`);
    for (const { offset, gen } of run) {
      sink.text(`${String(offset).padStart(10, '0')} ${String(gen).padStart(5, '0')} n \n`);
    }
  }
  sink.text('trailer\n');
  writeObject(sink, trailer);
  sink.text('\n');
}

/** A cross-reference stream, which lists itself too (ISO 32000-1 §7.5.8). */
export function writeXrefStream(
  sink: ByteSink,
  rows: readonly XrefRow[],
  trailer: PdfDict,
  self: { readonly num: number; readonly offset: number },
): void {
  const all: XrefRow[] = [...rows, { num: self.num, gen: 0, offset: self.offset }];
  let width = 1;
  while (self.offset >= 256 ** width) width++;
  const data = new Uint8Array(all.length * (width + 3));
  let at = 0;
  const push = (value: number, bytes: number): void => {
    for (let i = bytes - 1; i >= 0; i--) data[at++] = Math.floor(value / 256 ** i) & 0xff;
  };
  for (const { offset, gen } of all) {
    push(1, 1);
    push(offset, width);
    push(gen, 2);
  }
  const index = runsOf(all).flatMap((run) => [run[0]?.num ?? 0, run.length]);
  sink.text(`${self.num} 0 obj\n`);
  const dict = trailer.with({
    Type: name('XRef'),
    Size: self.num + 1,
    W: array([1, width, 2]),
    Index: array(index),
  });
  writeObject(sink, new PdfStream(dict, data));
  sink.text('\nendobj\n');
}

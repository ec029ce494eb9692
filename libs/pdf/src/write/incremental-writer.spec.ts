import { fromLatin1, latin1 } from '../bytes';
import { asArray, asDict, asString, dict, name, PdfRef, PdfVerbatim } from '../model/objects';
import { textOf, textString } from '../model/text-string';
import { openPdf } from '../read/pdf-file';
import { itWith, runOn } from '../../../../test/support/outside-programs';
import { pagesBodies, styles, tablePdf } from '../testing/sample-pdf';
import { IncrementalWriter } from './incremental-writer';

function changedTitle(bytes: Uint8Array, title: string): Uint8Array {
  const writer = new IncrementalWriter(openPdf(bytes));
  const note = writer.add(dict({ Title: textString(title) }));
  writer.put(writer.view.catalogRef(), writer.catalog().with({ SealpostNote: note }));
  return writer.finish();
}

function titleOf(bytes: Uint8Array): string | undefined {
  const view = openPdf(bytes).latest;
  const note = asDict(view.lookup(view.catalog(), 'SealpostNote'));
  const title = asString(note?.get('Title'));
  return title && textOf(title);
}

describe.each(Object.entries(styles))('a revision added to a %s file', (style, make) => {
  const base = make(3);
  const once = changedTitle(base, 'Nghị quyết số 57');
  const twice = changedTitle(once, 'Quyết định');

  test('leaves the old bytes as they are', () => {
    expect(twice.subarray(0, base.length)).toEqual(base);
    expect(twice.subarray(0, once.length)).toEqual(once);
  });

  test('is read back, and the older ones still as they were', () => {
    expect(titleOf(once)).toBe('Nghị quyết số 57');
    expect(titleOf(twice)).toBe('Quyết định');
    const file = openPdf(twice);
    expect(file.at(0).catalog().has('SealpostNote')).toBe(false);
    expect(file.latest.pageCount()).toBe(3);
  });

  test('is chained and written in the style of the file', () => {
    const file = openPdf(twice);
    const expected = style === 'stream' ? 'stream' : 'table';
    expect(file.revisions.slice(1).map((revision) => revision.style)).toEqual([expected, expected]);
    for (const [i, revision] of file.revisions.entries()) {
      expect(revision.startXref).toBe(revision.xrefOffset);
      if (i > 0) expect(file.at(i).trailer.get('Prev')).toBe(file.revisions[i - 1]?.xrefOffset);
      expect(revision.end).toBe([base, once, twice][i]?.length);
    }
  });

  test('allots numbers that nothing used, and raises /Size', () => {
    const writer = new IncrementalWriter(openPdf(once));
    const ref = writer.allocate();
    expect(openPdf(once).latest.entryOf(ref.num)).toBeUndefined();
    writer.put(ref, 1);
    expect(openPdf(writer.finish()).latest.trailer.get('Size')).toBeGreaterThan(ref.num);
  });

  itWith('qpdf')('passes qpdf --check', () => {
    for (const bytes of [base, once, twice]) {
      const { status, output } = runOn('qpdf', ['--check', 'a.pdf'], { 'a.pdf': bytes });
      expect(output).not.toMatch(/warning/i);
      expect(status).toBe(0);
    }
  });

  itWith('pdfinfo', 'mutool')('shows the same pages to other readers', () => {
    expect(runOn('pdfinfo', ['a.pdf'], { 'a.pdf': twice }).output).toMatch(/Pages:\s+3/);
    const complaints = (bytes: Uint8Array): readonly string[] =>
      runOn('mutool', ['info', 'a.pdf'], { 'a.pdf': bytes }).output.match(/^(error|warning).*$/gm) ?? [];
    expect(complaints(twice)).toEqual(complaints(base));
  });
});

itWith('qpdf', 'mutool')(
  'a file linearized by another program takes revisions that all readers accept',
  () => {
    const plain = tablePdf(pagesBodies(30));
    const { left } = runOn('qpdf', ['--linearize', 'a.pdf', 'b.pdf'], { 'a.pdf': plain });
    const base = left.get('b.pdf') ?? new Uint8Array();
    const file = openPdf(base);
    expect(file.revisions).toHaveLength(1);
    expect(file.revisions[0]?.sections).toHaveLength(2);
    expect(file.revisions[0]?.end).toBe(base.length);
    const twice = changedTitle(changedTitle(base, 'a'), 'b');
    expect(titleOf(twice)).toBe('b');
    expect(openPdf(twice).revisions).toHaveLength(3);
    expect(runOn('qpdf', ['--check', 'a.pdf'], { 'a.pdf': twice }).status).toBe(0);
    expect(runOn('mutool', ['info', 'a.pdf'], { 'a.pdf': twice }).output).not.toMatch(/error|warning/);
  },
);

describe('the writer', () => {
  const base = tablePdf(pagesBodies(1), '/ID[<00112233><44556677>]/Info 1 0 R');

  test('tells where each object and each placeholder stands in the whole file', () => {
    const writer = new IncrementalWriter(openPdf(base));
    const contents = new PdfVerbatim(latin1(`<${'0'.repeat(64)}>`));
    const range = new PdfVerbatim(latin1('[0 0000000000 0000000000 0000000000]'));
    const ref = writer.add(dict({ Type: name('Sig'), ByteRange: range, Contents: contents }));
    const parts = writer.finishParts();
    const whole = writer.finish();
    expect(parts.length).toBe(whole.length);
    for (const placeholder of [contents, range]) {
      const span = parts.verbatim.get(placeholder);
      expect(whole.subarray(span?.start, span?.end)).toEqual(placeholder.bytes);
    }
    const offset = parts.objectOffsets.get(ref.num) ?? 0;
    expect(fromLatin1(whole.subarray(offset, offset + 10))).toBe(`${ref.num} 0 obj\n<<`);
    expect(openPdf(whole).latest.sourceOf(ref)?.start).toBe(offset);
    const read = asString(asDict(openPdf(whole).latest.get(ref))?.get('Contents'));
    expect(read?.source).toEqual(parts.verbatim.get(contents));
  });

  test('keeps the first half of /ID, renews the second, and keeps the rest of the trailer', () => {
    const writer = new IncrementalWriter(openPdf(base), { fileId: latin1('0123456789abcdef') });
    const { trailer } = openPdf(writer.finish()).latest;
    const halves = asArray(trailer.get('ID'))?.items.map((item) =>
      fromLatin1(asString(item)?.bytes ?? latin1('')),
    );
    expect(halves).toEqual(['\x00\x11\x22\x33', '0123456789abcdef']);
    expect(trailer.get('Info')).toEqual(new PdfRef(1));
  });

  test('begins on a new line when the file ends without one', () => {
    const bare = base.subarray(0, base.length - 1);
    expect(fromLatin1(bare)).toMatch(/%%EOF$/);
    const grown = changedTitle(bare, 'x');
    expect(fromLatin1(grown)).toContain('%%EOF\n');
    expect(titleOf(grown)).toBe('x');
    expect(openPdf(grown).revisions[0]?.end).toBe(base.length);
  });

  test('shows its own changes before they are written', () => {
    const writer = new IncrementalWriter(openPdf(base));
    const ref = writer.add(5);
    expect(writer.get(ref)).toBe(5);
    expect(writer.resolve(ref)).toBe(5);
    writer.put(new PdfRef(2), null);
    expect(writer.get(new PdfRef(2))).toBeNull();
    expect(writer.view.get(new PdfRef(2))).not.toBeNull();
  });

  test('takes nothing more after it has finished', () => {
    const writer = new IncrementalWriter(openPdf(base));
    writer.finishParts();
    expect(() => writer.add(1)).toThrow('already finished');
  });

  test('never allots a number that was put without being allotted', () => {
    const writer = new IncrementalWriter(openPdf(base));
    writer.put(new PdfRef(40), 1);
    expect(writer.allocate().num).toBe(41);
  });
});

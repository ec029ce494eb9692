import { concatBytes, fromLatin1, latin1 } from '../bytes';
import type { PdfStream } from '../model/objects';
import { asDict, asInteger, PdfRef } from '../model/objects';
import { appendTable, hybridPdf, pagesBodies, streamPdf, styles, tablePdf } from '../testing/sample-pdf';
import { codeOf } from '../testing/code-of';
import { openPdf } from './pdf-file';

describe('opening', () => {
  test.each(Object.entries(styles))('a %s file shows all its pages', (style, make) => {
    const file = openPdf(make(5));
    expect(file.revisions.map((revision) => revision.style)).toEqual([
      style === 'linearized' ? 'table' : style,
    ]);
    expect(file.latest.pageCount()).toBe(5);
    expect([...file.latest.pages()].map((page) => page.ref.num)).toEqual([3, 5, 7, 9, 11]);
    expect(file.latest.page(4).mediaBox).toEqual([0, 0, 595, 842]);
    expect(file.trailingBytes).toBe(0);
  });

  test.each(Object.entries(styles))('a %s file knows where its revision ends', (_, make) => {
    const bytes = make(2);
    const [revision] = openPdf(bytes).revisions;
    expect(revision).toMatchObject({ index: 0, start: 0, end: bytes.length, eofEnd: bytes.length - 1 });
    expect(revision?.startXref).toBe(revision?.xrefOffset);
  });

  test('reads no object beside the cross-reference', () => {
    const bytes = tablePdf(pagesBodies(3));
    const text = fromLatin1(bytes);
    // All objects are made unreadable; only who asks for one finds out.
    bytes.fill(0x21, text.indexOf('1 0 obj'), text.lastIndexOf('xref\n0 1'));
    const file = openPdf(bytes);
    expect(codeOf(() => file.latest.catalog())).toBe('PDF_DAMAGED');
  });

  test('keeps the caller’s bytes without copying them', () => {
    const bytes = streamPdf(pagesBodies(1));
    const file = openPdf(bytes);
    const content = file.latest.get(new PdfRef(4));
    expect(file.bytes).toBe(bytes);
    expect((content as PdfStream).raw.buffer).toBe(bytes.buffer);
  });
});

describe('refusing', () => {
  const whole = tablePdf(pagesBodies(1));
  const replaced = (from: string, to: string): Uint8Array => latin1(fromLatin1(whole).replace(from, to));

  test.each<[string, string, Uint8Array]>([
    ['an empty file', 'PDF_EMPTY', new Uint8Array()],
    ['something else', 'NOT_A_PDF', latin1('PK\x03\x04 this is an archive of another kind altogether')],
    ['a file cut in the middle', 'PDF_TRUNCATED', whole.subarray(0, whole.length >> 1)],
    ['a file cut before %%EOF', 'PDF_TRUNCATED', whole.subarray(0, whole.length - 6)],
    ['a startxref beyond the end', 'PDF_TRUNCATED', replaced('startxref\n', 'startxref\n99')],
    [
      'a startxref that misses',
      'PDF_DAMAGED',
      latin1(fromLatin1(whole).replace(/startxref\n\d+/, 'startxref\n20')),
    ],
    ['encryption', 'PDF_ENCRYPTED', tablePdf(pagesBodies(1), '/Encrypt<<>>')],
    ['a chain of sections in a circle', 'PDF_DAMAGED', tablePdf(pagesBodies(1), '/Prev 400')],
    ['object numbers without bound', 'PDF_LIMIT_EXCEEDED', replaced('xref\n0 1', 'xref\n0 99999999999')],
  ])('%s is %s', (_, code, bytes) => {
    expect(codeOf(() => openPdf(bytes))).toBe(code);
  });

  test('a circle of sections is found', () => {
    const base = tablePdf(pagesBodies(1));
    const xref = openPdf(base).revisions[0]?.xrefOffset ?? 0;
    const self = latin1(fromLatin1(base).replace('/Root 1 0 R', `/Root 1 0 R/Prev ${xref}`));
    expect(codeOf(() => openPdf(self))).toBe('PDF_DAMAGED');
  });

  test('a file larger than allowed is PDF_LIMIT_EXCEEDED', () => {
    expect(codeOf(() => openPdf(whole, { maxBytes: 10 }))).toBe('PDF_LIMIT_EXCEEDED');
  });

  test('a stream that decodes to more than allowed is PDF_LIMIT_EXCEEDED', () => {
    const bytes = streamPdf(pagesBodies(200));
    expect(codeOf(() => openPdf(bytes, { maxDecodedBytes: 500 }))).toBe('PDF_LIMIT_EXCEEDED');
  });

  test.each<[string, Record<number, string>]>([
    ['a header that names another object', { 1: '<<>>', 2: 'null' }],
    ['an object that never ends', { 1: '<</A[' }],
    ['a length that depends on the stream itself', { 1: '<</Length 1 0 R>>stream\nx\nendstream' }],
    ['a stream whose length is wrong', { 1: '<</Length 1>>stream\nabc\nendstream' }],
    ['nesting without end', { 1: '['.repeat(5000) }],
  ])('%s is refused when it is asked for', (_, bodies) => {
    let bytes = tablePdf(bodies);
    if (2 in bodies) bytes = latin1(fromLatin1(bytes).replace('1 0 obj', '9 0 obj'));
    expect(['PDF_DAMAGED', 'PDF_LIMIT_EXCEEDED']).toContain(
      codeOf(() => openPdf(bytes).latest.get(new PdfRef(1))),
    );
  });

  test('an object stream inside an object stream is refused', () => {
    const text = fromLatin1(hybridPdf(2));
    // Objects 3 and 5 lie in stream 7; now 3 is said to lie in 5, which is itself compressed.
    expect(text).toContain('\x02\0\0\0\x07\0\0');
    const view = openPdf(latin1(text.replace('\x02\0\0\0\x07\0\0', '\x02\0\0\0\x05\0\0'))).latest;
    expect(codeOf(() => view.get(new PdfRef(3)))).toBe('PDF_DAMAGED');
    expect(asDict(view.get(new PdfRef(5)))).toBeDefined();
  });

  test('an object stream that holds another object than promised is refused', () => {
    const text = fromLatin1(hybridPdf(2)).replace('\x02\0\0\0\x07\0\0', '\x02\0\0\0\x07\0\x01');
    expect(codeOf(() => openPdf(latin1(text)).latest.get(new PdfRef(3)))).toBe('PDF_DAMAGED');
  });

  test('a page tree in a circle is refused and does not hang', () => {
    const bodies = pagesBodies(1);
    const bytes = tablePdf({ ...bodies, 2: '<</Type/Pages/Kids[2 0 R]/Count 1>>' });
    const view = openPdf(bytes).latest;
    expect(codeOf(() => [...view.pages()])).toBe('PDF_DAMAGED');
    expect(codeOf(() => view.page(0))).toBe('PDF_LIMIT_EXCEEDED');
  });

  test('a page beyond the last is PDF_NO_SUCH_PAGE', () => {
    const view = openPdf(tablePdf(pagesBodies(2))).latest;
    expect(codeOf(() => view.page(2))).toBe('PDF_NO_SUCH_PAGE');
    expect(codeOf(() => view.page(-1))).toBe('PDF_NO_SUCH_PAGE');
  });
});

describe('revisions', () => {
  const base = tablePdf({ ...pagesBodies(1), 5: '1', 6: '(gone soon)' });
  const first = openPdf(base).revisions[0];
  const second = appendTable(base, { 5: '2' }, { prev: first?.xrefOffset ?? 0, size: 8, freed: [6] });
  const file = openPdf(second);

  test('each shows the document as it left it', () => {
    expect(file.revisions).toHaveLength(2);
    expect(file.at(0).get(new PdfRef(5))).toBe(1);
    expect(file.at(1).get(new PdfRef(5))).toBe(2);
    expect(file.latest).toBe(file.at(1));
  });

  test('a freed object is null from then on', () => {
    expect(file.at(0).get(new PdfRef(6))).not.toBeNull();
    expect(file.at(1).get(new PdfRef(6))).toBeNull();
  });

  test('each lists what it changed, and starts where the one before ended', () => {
    expect(file.latest.objectsChangedIn(1).map((ref) => ref.num)).toEqual([5, 6]);
    expect(file.revisions[1]).toMatchObject({ start: base.length, end: second.length });
    expect(file.latest.entryOf(5)).toMatchObject({ revision: 1 });
    expect(file.latest.entryOf(1)).toMatchObject({ revision: 0 });
  });

  test('a reference with another generation is null', () => {
    expect(file.latest.get(new PdfRef(5, 1))).toBeNull();
    expect(file.latest.get(new PdfRef(700))).toBeNull();
  });

  test('an older view cannot be led to bytes of a newer revision', () => {
    const row = (offset: number): string => `${String(offset).padStart(10, '0')} 00000 n`;
    const own = fromLatin1(base).indexOf('5 0 obj');
    const forged = latin1(fromLatin1(second).replace(row(own), row(base.length)));
    const opened = openPdf(forged);
    expect(codeOf(() => opened.at(0).get(new PdfRef(5)))).toBe('PDF_DAMAGED');
  });

  test('bytes after the last revision are counted', () => {
    expect(openPdf(concatBytes([second, latin1('\n\n')]))).toMatchObject({
      trailingBytes: 2,
      trailingIsWhiteSpace: true,
    });
    expect(openPdf(concatBytes([second, latin1('evil')]))).toMatchObject({
      trailingBytes: 4,
      trailingIsWhiteSpace: false,
    });
  });

  test('a string knows where it stands in the file', () => {
    const bytes = tablePdf({ 1: '<</A(x y)/B<6162>>>' });
    const dict = asDict(openPdf(bytes).latest.get(new PdfRef(1)));
    for (const [key, token] of [
      ['A', '(x y)'],
      ['B', '<6162>'],
    ] as const) {
      const found = dict?.get(key);
      const { start, end } = (found as { source: { start: number; end: number } }).source;
      expect(fromLatin1(bytes.subarray(start, end))).toBe(token);
    }
  });

  test('a hidden object of a hybrid file is found though the table calls it free', () => {
    const view = openPdf(hybridPdf(1)).latest;
    expect(view.entryOf(3)).toMatchObject({ kind: 'compressed' });
    expect(asInteger(view.lookup(view.page(0).dict, 'Missing'))).toBeUndefined();
  });
});

describe('a cross-reference with many subsections', () => {
  /** Objects with odd numbers only, so that each has a subsection of its own. */
  const sparse = (count: number): Uint8Array => {
    const bodies: Record<number, string> = { 1: '<</Type/Catalog>>' };
    for (let i = 1; i < count; i++) bodies[i * 2 + 1] = String(i);
    return tablePdf(bodies);
  };

  test('is searched by halving', () => {
    const view = openPdf(sparse(20_000)).latest;
    const started = performance.now();
    for (let i = 1; i < 20_000; i++) expect(view.entryOf(i * 2)).toBeUndefined();
    expect(view.get(new PdfRef(39_999))).toBe(19_999);
    expect(performance.now() - started).toBeLessThan(5000);
  });

  test('is refused where a great many overlap', () => {
    const text = fromLatin1(sparse(2000)).replace(/\n3999 1\n/, '\n1 1\n');
    expect(codeOf(() => openPdf(latin1(text)))).not.toBe('none');
    expect(codeOf(() => openPdf(sparse(2000)))).toBe('none');
  });
});

import { concatBytes, fromLatin1, latin1 } from '../bytes';
import { openPdf } from '../read/pdf-file';
import { appendTable, pagesBodies, styles, tablePdf } from '../testing/sample-pdf';
import { IncrementalWriter } from '../write/incremental-writer';
import { fileProblems, structureProblems } from './structure';

const base = tablePdf({ ...pagesBodies(1), 5: '1' });
const prev = openPdf(base).revisions[0]?.xrefOffset ?? 0;

function codesOf(bytes: Uint8Array, revision: number): string[] {
  return structureProblems(openPdf(bytes), revision).map((problem) => problem.code);
}

test.each(Object.entries(styles))('a proper %s file and what we add to it have no problem', (_, make) => {
  const writer = new IncrementalWriter(openPdf(make(3)));
  writer.put(writer.view.catalogRef(), writer.catalog());
  writer.add(7);
  const file = openPdf(writer.finish());
  expect(fileProblems(file)).toEqual([]);
  expect(structureProblems(file, 0)).toEqual([]);
  expect(structureProblems(file, 1)).toEqual([]);
});

test.each<[string, Uint8Array]>([
  ['OBJECT_FREED', appendTable(base, { 5: '2' }, { prev, size: 6, freed: [4] })],
  ['UNLISTED_BYTES', appendTable(base, { 5: '2' }, { prev, size: 6, stray: '6 0 obj (hidden) endobj\n' })],
  ['OBJECT_BEYOND_SIZE', appendTable(base, { 6: '2' }, { prev, size: 6 })],
  ['DUPLICATE_KEY', appendTable(base, { 5: '[<</A 1/A 2>>]' }, { prev, size: 6 })],
  [
    'OBJECT_UNREADABLE',
    replaced(appendTable(base, { 5: '2' }, { prev, size: 6 }), /5 0 obj\n2/, '7 0 obj\n2'),
  ],
  ['STARTXREF_MISMATCH', withSpaceBeforeXref(appendTable(base, { 5: '2' }, { prev, size: 6 }))],
  [
    'ENTRY_LISTED_TWICE',
    replaced(appendTable(base, { 5: '2', 7: '3' }, { prev, size: 8 }), /7 1\n/, '5 1\n'),
  ],
])('%s is found', (code, bytes) => {
  expect(codesOf(bytes, 1)).toContain(code);
});

test('FREED_OBJECT_REUSED is found, and the step before it', () => {
  const freed = appendTable(base, {}, { prev, size: 6, freed: [5] });
  const between = openPdf(freed).revisions[1]?.xrefOffset ?? 0;
  const reused = appendTable(freed, { 5: '9' }, { prev: between, size: 6 });
  expect(codesOf(reused, 1)).toEqual(['OBJECT_FREED']);
  expect(codesOf(reused, 2)).toEqual(['FREED_OBJECT_REUSED']);
});

test('OBJECT_OUTSIDE_REVISION: an update that points back into old bytes', () => {
  const update = appendTable(base, { 5: '2' }, { prev, size: 6 });
  const old = String(fromLatin1(base).indexOf('5 0 obj')).padStart(10, '0');
  const bytes = replaced(update, /5 1\n\d{10}/, `5 1\n${old}`);
  expect(codesOf(bytes, 1)).toEqual(['OBJECT_OUTSIDE_REVISION', 'UNLISTED_BYTES']);
});

test('a revision that the chain skips shows as unlisted bytes of the next', () => {
  const skipped = appendTable(base, { 5: '2' }, { prev, size: 6 });
  const bytes = appendTable(skipped, { 6: '3' }, { prev, size: 7 });
  expect(openPdf(bytes).revisions).toHaveLength(2);
  expect(codesOf(bytes, 1)).toContain('UNLISTED_BYTES');
});

test('bytes around the revisions are reported', () => {
  expect(fileProblems(openPdf(concatBytes([base, latin1('more')])))).toMatchObject([
    { code: 'TRAILING_BYTES' },
  ]);
  expect(fileProblems(openPdf(concatBytes([base, latin1('\n')])))).toEqual([]);
});

/** Replaces in the part after the first revision, keeping the length where the replacement does. */
function replaced(bytes: Uint8Array, pattern: RegExp, to: string): Uint8Array {
  const text = fromLatin1(bytes.subarray(base.length));
  expect(text).toMatch(pattern);
  return concatBytes([base, latin1(text.replace(pattern, to))]);
}

function withSpaceBeforeXref(bytes: Uint8Array): Uint8Array {
  const text = fromLatin1(bytes.subarray(base.length));
  return concatBytes([base, latin1(text.replace('\nxref', '\n\nxref'))]);
}

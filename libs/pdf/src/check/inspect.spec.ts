import { concatBytes, latin1 } from '../bytes';
import { openPdf } from '../read/pdf-file';
import { codeOf } from '../testing/code-of';
import { appendTable, pagesBodies, streamBody, styles, tablePdf } from '../testing/sample-pdf';
import { IncrementalWriter } from '../write/incremental-writer';
import { inspectPdf } from './inspect';
import type { PdfInspection } from './inspect';

/** One page; the catalog, the page and further objects get what is given. */
function inspect(catalog: string, page = '', more: Record<number, string> = {}): PdfInspection {
  const bodies = pagesBodies(1);
  bodies[1] = `<</Type/Catalog/Pages 2 0 R${catalog}>>`;
  bodies[3] = `<</Type/Page/Parent 2 0 R${page}>>`;
  return inspectPdf(openPdf(tablePdf({ ...bodies, ...more })));
}

test.each(Object.entries(styles))('a plain %s file is plain', (_, make) => {
  expect(inspectPdf(openPdf(make(7)))).toEqual({
    version: expect.stringMatching(/^1\.[57]$/) as string,
    pageCount: 7,
    revisionCount: 1,
    encrypted: false,
    signatureFields: [],
    certified: false,
    activeContent: [],
    hasForm: false,
    trailingBytes: 0,
  });
});

test.each<[string, string[], PdfInspection]>([
  ['a script when opened', ['JAVASCRIPT', 'OPEN_ACTION'], inspect('/OpenAction<</S/JavaScript/JS(1)>>')],
  ['a destination when opened', [], inspect('/OpenAction[3 0 R/Fit]')],
  ['a jump when opened', [], inspect('/OpenAction<</S/GoTo/D[3 0 R/Fit]>>')],
  [
    'a script by name',
    ['JAVASCRIPT'],
    inspect('/Names<</JavaScript<</Kids[9 0 R]>>>>', '', {
      9: '<</Names[(a)10 0 R]>>',
      10: '<</S/JavaScript/JS(1)>>',
    }),
  ],
  ['a name tree in a circle', [], inspect('/Names<</JavaScript 9 0 R>>', '', { 9: '<</Kids[9 0 R]>>' })],
  [
    'a program behind an annotation',
    ['LAUNCH'],
    inspect('', '/Annots[<</Subtype/Link/A<</S/Launch/F(x)>>>>]'),
  ],
  ['a link', ['URI'], inspect('', '/Annots[<</Subtype/Link/A<</S/URI/URI(https://example.vn)>>>>]')],
  ['a link to another file', ['REMOTE_FILE'], inspect('', '/Annots[<</Subtype/Link/A<</S/GoToR/F(x)>>>>]')],
  ['an attachment', ['EMBEDDED_FILE'], inspect('/Names<</EmbeddedFiles<</Names[(a)<<>>]>>>>')],
  ['an attached annotation', ['EMBEDDED_FILE'], inspect('', '/Annots[<</Subtype/FileAttachment>>]')],
  ['a portfolio', ['EMBEDDED_FILE'], inspect('/Collection<<>>')],
  ['a film', ['RICH_MEDIA'], inspect('', '/Annots 9 0 R', { 9: '[<</Subtype/RichMedia>>]' })],
  ['an action when a page opens', ['SUBMIT_FORM'], inspect('', '/AA<</O<</S/SubmitForm>>>>')],
  [
    'an action after an action',
    ['IMPORT_DATA', 'LAUNCH'],
    inspect('', '/AA<</O 9 0 R>>', { 9: '<</S/ImportData/Next[10 0 R]>>', 10: '<</S/Launch/Next 9 0 R>>' }),
  ],
  ['a script in a rendition', ['JAVASCRIPT', 'RICH_MEDIA'], inspect('', '/AA<</C<</S/Rendition/JS(1)>>>>')],
  [
    'an action in the outline',
    ['URI'],
    inspect('/Outlines<</First 9 0 R>>', '', { 9: '<</A<</S/URI>>/Next 9 0 R>>' }),
  ],
  [
    'a script behind a field',
    ['JAVASCRIPT'],
    inspect('/AcroForm<</Fields[9 0 R]>>', '', {
      9: '<</FT/Tx/T(a)/AA<</K<</S/JavaScript/JS 10 0 R>>>>>>',
      10: streamBody('', 'x'),
    }),
  ],
  ['an XML form', ['XFA'], inspect('/AcroForm<</Fields[]/XFA[]>>')],
])('%s is %j', (_, codes, inspection) => {
  expect(inspection.activeContent).toEqual(codes);
});

test('signature fields are listed with what they allow and lock', () => {
  const value = (reference: string): string =>
    `<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached/ByteRange[0 1 2 3]/Contents<00>/Reference[${reference}]>>`;
  const inspection = inspect('/AcroForm<</Fields[9 0 R 10 0 R 14 0 R]>>', '', {
    9: '<</FT/Sig/T(certified)/V 20 0 R>>',
    10: '<</T(group)/FT/Sig/Kids[11 0 R 12 0 R]>>',
    11: '<</Parent 10 0 R/T(leader)/V 21 0 R/Kids[<</Subtype/Widget>>]>>',
    12: '<</Parent 10 0 R/T(agency)/Lock<</Action/Include/Fields[(so)]/P 2>>>>',
    14: '<</FT/Tx/T(so)>>',
    20: value('<</TransformMethod/DocMDP/TransformParams<</V/1.2>>>>'),
    21: value('<</TransformMethod/FieldMDP/TransformParams<</Action/Exclude/Fields[(so)]>>>>'),
  });
  expect(inspection.hasForm).toBe(true);
  expect(inspection.certified).toBe(true);
  expect(inspection.signatureFields).toMatchObject([
    { name: 'certified', signed: true, subFilter: 'ETSI.CAdES.detached', docMdp: 2 },
    { name: 'group.leader', signed: true, fieldMdp: { action: 'Exclude', fields: ['so'] } },
    { name: 'group.agency', signed: false, lock: { action: 'Include', fields: ['so'], permission: 2 } },
  ]);
});

test('certification by the catalog’s permissions alone is seen', () => {
  expect(inspect('/Perms<</DocMDP 9 0 R>>', '', { 9: '<<>>' }).certified).toBe(true);
});

test('a later version in the catalog counts', () => {
  expect(inspect('/Version/2.0').version).toBe('2.0');
  expect(inspect('/Version/1.4').version).toBe('1.7');
});

test.each<[string, string, Record<number, string>]>([
  ['a count that lies', 'PDF_DAMAGED', { 2: '<</Type/Pages/Kids[3 0 R]/Count 2>>' }],
  ['no page at all', 'PDF_DAMAGED', { 2: '<</Type/Pages/Kids[]/Count 0>>' }],
  [
    'fields in a circle',
    'PDF_DAMAGED',
    { 1: '<</Pages 2 0 R/AcroForm<</Fields[9 0 R]>>>>', 9: '<</T(a)/Kids[9 0 R]>>' },
  ],
])('%s is %s', (_, code, more) => {
  expect(codeOf(() => inspectPdf(openPdf(tablePdf({ ...pagesBodies(1), ...more }))))).toBe(code);
});

describe('what follows the last revision', () => {
  const base = tablePdf(pagesBodies(1));
  const prev = openPdf(base).revisions[0]?.xrefOffset ?? 0;
  const second = appendTable(base, { 5: '(new)' }, { prev, size: 6 });

  test('an upload cut off inside its last revision does not pass for the older document', () => {
    for (let end = base.length + 12; end < second.length - 1; end += 7) {
      expect([end, codeOf(() => inspectPdf(openPdf(second.subarray(0, end))))]).toEqual([
        end,
        'PDF_TRUNCATED',
      ]);
    }
  });

  test('white space may follow, anything else may not, neither to be read nor to be added to', () => {
    expect(inspectPdf(openPdf(concatBytes([second, latin1('\r\n\n')]))).trailingBytes).toBe(3);
    const junk = openPdf(concatBytes([second, latin1('junk')]));
    expect(codeOf(() => inspectPdf(junk))).toBe('PDF_DAMAGED');
    expect(codeOf(() => new IncrementalWriter(junk))).toBe('PDF_DAMAGED');
  });
});

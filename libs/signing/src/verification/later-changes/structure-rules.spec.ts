import { serializeObject } from '#pdf';
import type { PdfDict, PdfFile } from '#pdf';
import { signPdf, verifyPdf } from '../..';
import { handmadeRevision } from '../../testing/handmade-revision';
import { samplePdf } from '../../testing/sample-pdfs';
import { makeTestPki } from '../../testing/test-pki';
import type { TestPki } from '../../testing/test-pki';

let pki: TestPki;
let signed: Uint8Array;

beforeAll(async () => {
  pki = await makeTestPki();
  signed = await signPdf(await samplePdf({ pages: 1, xref: 'table' }), {
    fieldName: 'Signature',
    appearance: { kind: 'invisible' },
    claimedTime: new Date(),
    signer: pki.agency,
    timestamps: pki.timestamps,
    validationMaterial: pki.material,
  });
});

type Objects = (file: PdfFile) => readonly (readonly [number, string])[];

const written = (object: PdfDict): string => new TextDecoder('latin1').decode(serializeObject(object));
/** The dictionary as it is, with something in front of its first key. */
const withFirst = (object: PdfDict, entry: string): string => written(object).replace('<<', `<<${entry} `);
const catalogTwice =
  (entry: string): Objects =>
  ({ latest }) => [[latest.catalogRef().num, withFirst(latest.catalog(), entry)]];
const pageBefore =
  (...order: readonly ('kept' | 'turned')[]): Objects =>
  ({ latest }) => {
    const { ref, dict } = latest.page(0);
    return order.map((which) => [
      ref.num,
      which === 'kept' ? written(dict) : written(dict.with({ Rotate: 180 })),
    ]);
  };

describe('a revision behind a signature', () => {
  it('passes when it is well-formed and adds nothing', async () => {
    const report = await verifyPdf(await handmadeRevision({})(signed), pki.context());
    expect(report.indication).toBe('TOTAL-PASSED');
  });

  it.each([
    [
      'another page tree under a key that the catalog writes twice',
      { objects: catalogTwice('/Pages 1 0 R') },
    ],
    ['such a key written with an escape', { objects: catalogTwice('/P#61ges 1 0 R') }],
    ['a page listed twice, the altered one last', { objects: pageBefore('kept', 'turned') }],
    ['a page listed twice, the altered one first', { objects: pageBefore('turned', 'kept') }],
    ['two catalogs in the trailer', { trailer: '/Root 3 0 R' }],
    ['two sizes in the trailer', { trailer: '/Size 3' }],
    ['a size that hides signed objects', { size: () => 3 }],
    ['a table that begins with a comment', { head: '%\nxref\n0 1\n0000000000 65535 f \n' }],
    ['a table of loose rows', { head: 'xref\n0 1\n0 65535 f\n' }],
    ['an object in a comment', { before: '% 3 0 obj <</Type/Pages/Kids[]/Count 0>> endobj\n' }],
    ['a second header', { before: '%PDF-1.4\n' }],
  ])('fails with %s', async (_, parts) => {
    const report = await verifyPdf(await handmadeRevision(parts)(signed), pki.context());
    expect(report.indication).toBe('TOTAL-FAILED');
    expect(report.signatures[0]).toMatchObject({ integrity: 'INTACT', laterChanges: 'OTHER' });
  });
});

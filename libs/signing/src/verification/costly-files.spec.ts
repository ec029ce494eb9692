import { zlibSync } from 'fflate';
import { dict, name, openPdf, PdfError, PdfStream } from '#pdf';
import { signPdf, verifyPdf } from '..';
import { signedFields } from '../document/form-fields';
import { permissionsOf } from '../document/permissions';
import { handmadeRevision } from '../testing/handmade-revision';
import { samplePdf } from '../testing/sample-pdfs';
import { makeTestPki } from '../testing/test-pki';
import type { TestPki } from '../testing/test-pki';

let pki: TestPki;
let signed: Uint8Array;

beforeAll(async () => {
  pki = await makeTestPki();
  signed = await signPdf(await samplePdf({ pages: 1, xref: 'table' }), {
    fieldName: 'S',
    appearance: { kind: 'invisible' },
    claimedTime: new Date(),
    signer: pki.agency,
    validationMaterial: pki.material,
  });
});

it('streams that decode to too much are paid for, so that a file cannot bring one after another', () => {
  const { latest } = openPdf(signed, { maxDecodedBytes: 1000, maxTotalDecodedBytes: 2500 });
  const stream = (size: number): PdfStream =>
    new PdfStream(dict({ Filter: name('FlateDecode') }), zlibSync(new Uint8Array(size)));
  expect(latest.decodeStream(stream(900))).toHaveLength(900);
  for (let i = 0; i < 2; i += 1) expect(() => latest.decodeStream(stream(5000))).toThrow(PdfError);
  expect(() => latest.decodeStream(stream(900))).toThrow(PdfError);
});

it('hundreds of revisions are refused rather than judged against each other', async () => {
  let pdf = signed;
  const nothing = handmadeRevision({});
  for (let i = 0; i < 499; i += 1) pdf = await nothing(pdf);
  const { indication, error } = await verifyPdf(pdf, pki.context());
  expect([indication, error?.code]).toEqual([null, 'PDF_LIMIT_EXCEEDED']);
}, 30_000);

it('a lock holds for a field and all below it, and for no name that only begins alike', async () => {
  const pdf = await signPdf(signed, {
    fieldName: 'T',
    appearance: { kind: 'invisible' },
    claimedTime: new Date(),
    signer: pki.agency,
    fieldMdp: { action: 'Include', fields: ['a', 'b.c'] },
  });
  const { latest } = openPdf(pdf);
  const permissions = permissionsOf(latest, signedFields(latest));
  expect(
    ['a', 'a.x', 'b.c', 'b.c.d.e', 'b', 'ab', 'b.cd'].map((field) => permissions.isLocked(field)),
  ).toEqual([true, true, true, true, false, false, false]);
});

import { array, asArray, dict, name, openPdf } from '#pdf';
import { signPdf } from '..';
import { revise } from '../testing/attacks';
import { onePixelPng } from '../testing/one-pixel-png';
import { samplePdf } from '../testing/sample-pdfs';
import { makeTestPki } from '../testing/test-pki';

it('a signature stands on its own page alone, though pages share one list of annotations', async () => {
  const upload = await revise(await samplePdf({ pages: 2, xref: 'table' }), (writer) => {
    const link = dict({ Type: name('Annot'), Subtype: name('Link'), Rect: array([10, 10, 50, 50]) });
    const shared = writer.add(array([writer.add(link)]));
    for (const page of writer.view.pages()) writer.put(page.ref, page.dict.with({ Annots: shared }));
  });
  const signed = await signPdf(upload, {
    fieldName: 'Signature',
    page: 1,
    rect: { x: 100, y: 100, width: 80, height: 40 },
    appearance: { kind: 'image', png: onePixelPng },
    claimedTime: new Date(),
    signer: (await makeTestPki()).person,
  });
  const { latest } = openPdf(signed);
  const counts = [...latest.pages()].map((page) => asArray(latest.lookup(page.dict, 'Annots'))?.length);
  expect(counts).toEqual([1, 2]);
});

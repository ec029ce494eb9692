import { PDFDocument, degrees, StandardFonts } from 'pdf-lib';

import { inspectPdf } from '../check/inspect';
import { fileProblems } from '../check/structure';
import { asArray, asDict, asName } from '../model/objects';
import { openPdf } from '../read/pdf-file';
import { extractPages } from './extract-pages';

/** Five pages, the third turned; the first has a field that is filled in and a link to the last. */
async function fivePages(useObjectStreams: boolean): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  const font = await document.embedFont(StandardFonts.TimesRoman);
  for (let page = 1; page <= 5; page += 1)
    document.addPage([400, 500 + page]).drawText(`page ${page}`, { x: 50, y: 400, font });
  document.getPage(2).setRotation(degrees(90));
  const field = document.getForm().createTextField('Number');
  field.addToPage(document.getPage(0), { x: 50, y: 300, width: 100, height: 20 });
  field.setText('57');
  const link = {
    Type: 'Annot',
    Subtype: 'Link',
    Rect: [0, 0, 10, 10],
    Dest: [document.getPage(4).ref, 'Fit'],
  };
  document.getPage(0).node.addAnnot(document.context.register(document.context.obj(link)));
  document.addJavaScript('alert', 'app.alert(1)');
  return document.save({ useObjectStreams });
}

describe('pages taken out of a document', () => {
  it.each([true, false])('are those asked for, as they are shown (object streams: %s)', async (streams) => {
    const file = openPdf(extractPages(openPdf(await fivePages(streams)).latest, [0, 2]));
    expect([...file.latest.pages()].map(({ mediaBox, rotate }) => [mediaBox[3], rotate])).toEqual([
      [501, 0],
      [503, 90],
    ]);
    expect(fileProblems(file)).toEqual([]);
  });

  it('carry what stood in a field as a picture, and no field, link or script', async () => {
    const file = openPdf(extractPages(openPdf(await fivePages(true)).latest, [0]));
    const { latest } = file;
    const annotations = asArray(latest.lookup(latest.page(0).dict, 'Annots'))?.items ?? [];
    expect(annotations.map((one) => asName(asDict(latest.resolve(one))?.get('Subtype')))).toEqual(['Stamp']);
    expect(latest.catalog().has('AcroForm')).toBe(false);
    expect(inspectPdf(file)).toMatchObject({ pageCount: 1, activeContent: [], signatureFields: [] });
  });

  it('leave the other pages behind', async () => {
    const whole = await fivePages(false);
    const taken = extractPages(openPdf(whole).latest, [4]);
    expect((await PDFDocument.load(taken)).getPageCount()).toBe(1);
    expect(taken.length).toBeLessThan(whole.length / 2);
  });
});

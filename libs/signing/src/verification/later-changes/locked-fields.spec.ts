import { array, dict, name, PdfStream, textString } from '#pdf';
import { loadStampFont } from '#pdf/node';
import { officialDocument, officialFieldNames, signPdf, verifyPdf } from '../..';
import type { Rect, StampFonts } from '../..';
import { formNodes } from '../../document/form-fields';
import { fieldRefilled, revise } from '../../testing/attacks';
import { officialSample } from '../../testing/official-sample';
import type { OfficialSample } from '../../testing/official-sample';
import { onePixelPng } from '../../testing/one-pixel-png';
import { samplePdf } from '../../testing/sample-pdfs';
import { makeTestPki } from '../../testing/test-pki';
import type { TestPki } from '../../testing/test-pki';

let pki: TestPki;
let fonts: StampFonts;
let upload: Uint8Array;
let sample: OfficialSample;

beforeAll(async () => {
  pki = await makeTestPki();
  fonts = { regular: await loadStampFont('tinos') };
  upload = await withOwnForm(await samplePdf({ pages: 1, xref: 'table' }));
  sample = await officialSample(upload, { pki, fonts, handwriting: onePixelPng, seal: onePixelPng });
});

/** An upload with a field to fill and a button that hides words until it is on: made before anybody signs. */
function withOwnForm(pdf: Uint8Array): Promise<Uint8Array> {
  return revise(pdf, (writer) => {
    const page = writer.view.page(0);
    const look = (text: string): ReturnType<typeof writer.add> =>
      writer.add(
        new PdfStream(
          dict({ Subtype: name('Form'), BBox: array([0, 0, 300, 30]) }),
          new TextEncoder().encode(text),
        ),
      );
    const widget = dict({ Type: name('Annot'), Subtype: name('Widget'), F: 4, P: page.ref });
    const amount = widget.with({ FT: name('Tx'), T: textString('Amount'), Rect: array([80, 500, 300, 530]) });
    const button = widget.with({
      FT: name('Btn'),
      T: textString('Hidden'),
      Rect: array([80, 400, 400, 480]),
      AS: name('Off'),
      AP: dict({ N: dict({ Off: look(''), On: look('0 0 300 30 re f') }) }),
    });
    const fields = array([writer.add(amount), writer.add(button)]);
    writer.put(page.ref, page.dict.with({ Annots: fields }));
    writer.put(writer.view.catalogRef(), writer.catalog().with({ AcroForm: dict({ Fields: fields }) }));
  });
}

const shown = (pdf: Uint8Array): Promise<Uint8Array> =>
  revise(pdf, (writer) => {
    const node = formNodes(writer.view).find((found) => found.name === 'Hidden');
    if (node) writer.put(node.ref, node.dict.with({ V: name('On'), AS: name('On') }));
  });

async function verdict(pdf: Uint8Array): Promise<readonly [string | null, readonly string[]]> {
  const { indication, signatures } = await verifyPdf(pdf, pki.context());
  return [indication, signatures.flatMap(({ messages }) => messages.map(({ code }) => code))];
}

const locked = ['TOTAL-FAILED', expect.arrayContaining(['CHANGE_FIELD_LOCKED'])];

describe('fields that the upload brought', () => {
  it('are there in a sealed document that passes', async () => {
    expect(await verdict(sample.sealed)).toEqual(['TOTAL-PASSED', ['VALID', 'VALID']]);
  });

  it('are filled no more once the leader has signed', async () => {
    for (const pdf of [sample.personSigned, sample.sealed])
      expect(await verdict(await fieldRefilled('Amount', '1,000,000', fonts.regular)(pdf))).toEqual(locked);
  });

  it('reveal nothing that was hidden in them before signing', async () => {
    for (const pdf of [sample.personSigned, sample.sealed])
      expect(await verdict(await shown(pdf))).toEqual(locked);
  });

  it('stay as they are in a sealed annex', async () => {
    const annex = await officialDocument.annexSign(upload, {
      signer: pki.agency,
      timestamps: pki.timestamps,
      claimedTime: new Date(),
      numberAndSymbol: '57-NQ/TW',
      fonts,
      dss: pki.material,
    });
    expect((await verdict(annex))[0]).toBe('TOTAL-PASSED');
    expect(await verdict(await shown(annex))).toEqual(locked);
  });
});

describe('the number', () => {
  it('stays as it is where no agency seals it', async () => {
    const twin = await fieldRefilled(
      officialFieldNames.number,
      'Số 58-NQ/TW',
      fonts.regular,
    )(sample.numbered);
    expect(await verdict(twin)).toEqual(['TOTAL-FAILED', expect.arrayContaining(['CHANGE_FIELD_READ_ONLY'])]);
  });

  it('is not covered by a later signature, whoever signs; the room beside it is free', async () => {
    const stamped = (rect: Rect): Promise<Uint8Array> =>
      signPdf(sample.sealed, {
        fieldName: 'Arrived',
        page: 0,
        rect,
        appearance: { kind: 'image', png: onePixelPng },
        claimedTime: new Date(),
        signer: pki.agency,
        timestamps: pki.timestamps,
      });
    expect(await verdict(await stamped({ x: 0, y: 600, width: 595, height: 240 }))).toEqual(locked);
    expect((await verdict(await stamped({ x: 60, y: 560, width: 120, height: 60 })))[0]).toBe('TOTAL-PASSED');
  });
});

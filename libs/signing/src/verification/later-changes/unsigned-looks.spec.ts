import { array, asArray, asDict, asRef, dict, name, PdfStream, textString } from '#pdf';
import type { IncrementalWriter, PdfDict, PdfObject } from '#pdf';
import { loadStampFont } from '#pdf/node';
import { signPdf, verifyPdf } from '../..';
import type { StampFonts, ValidationReport } from '../..';
import { revise } from '../../testing/attacks';
import { officialSample } from '../../testing/official-sample';
import { onePixelPng } from '../../testing/one-pixel-png';
import { samplePdf } from '../../testing/sample-pdfs';
import { makeTestPki } from '../../testing/test-pki';
import type { TestPki } from '../../testing/test-pki';

let pki: TestPki;
let sealed: Uint8Array;

beforeAll(async () => {
  pki = await makeTestPki();
  const fonts: StampFonts = { regular: await loadStampFont('tinos') };
  const upload = await samplePdf({ pages: 1, xref: 'table' });
  ({ sealed } = await officialSample(upload, { pki, fonts, handwriting: onePixelPng, seal: onePixelPng }));
});

const verify = async (pdf: Uint8Array): Promise<ValidationReport> => verifyPdf(pdf, pki.context());
const codesOf = (report: ValidationReport): string[] =>
  report.signatures.flatMap(({ messages }) => messages.map(({ code }) => code));

/** A signature field that nobody signs, over the page. */
function fieldAdded(look: (writer: IncrementalWriter) => PdfDict): Promise<Uint8Array> {
  return revise(sealed, (writer) => {
    const page = writer.view.page(0);
    const field = writer.add(
      dict({
        Type: name('Annot'),
        Subtype: name('Widget'),
        FT: name('Sig'),
        T: textString('Next'),
        F: 4,
        P: page.ref,
        Rect: array([0, 300, 595, 700]),
        ...Object.fromEntries(look(writer).entries()),
      }),
    );
    const grown = (list: PdfObject | undefined): PdfObject =>
      (asArray(writer.resolve(list)) ?? array([])).append(field);
    writer.put(page.ref, page.dict.with({ Annots: grown(page.dict.get('Annots')) }));
    const ref = asRef(writer.catalog().get('AcroForm'));
    const form = asDict(writer.resolve(writer.catalog().get('AcroForm'))) ?? dict({});
    const renewed = form.with({ Fields: grown(form.get('Fields')) });
    if (ref) writer.put(ref, renewed);
    else writer.put(writer.view.catalogRef(), writer.catalog().with({ AcroForm: renewed }));
  });
}

describe('an empty signature field added after the seal', () => {
  it('passes while it shows nothing', async () => {
    expect((await verify(await fieldAdded(() => dict({})))).indication).toBe('TOTAL-PASSED');
  });

  it.each([
    [
      'an appearance',
      (writer: IncrementalWriter): PdfDict => {
        const form = dict({ Subtype: name('Form'), BBox: array([0, 0, 500, 500]) });
        const look = writer.add(new PdfStream(form, new TextEncoder().encode('1 g 0 0 500 500 re f')));
        return dict({ AP: dict({ N: look }) });
      },
    ],
    ['a background and a caption', () => dict({ MK: dict({ BG: array([1]), CA: textString('Pay') }) })],
  ])('fails with %s, for which nobody answers', async (_, look) => {
    const report = await verify(await fieldAdded(look));
    expect(report.indication).toBe('TOTAL-FAILED');
    expect(codesOf(report)).toContain('CHANGE_FIELD_ADDED');
  });
});

describe('after the seal', () => {
  it('annotations keep their order, which is the order of painting', async () => {
    const report = await verify(
      await revise(sealed, (writer) => {
        const { ref, dict: page } = writer.view.page(0);
        const items = asArray(writer.resolve(page.get('Annots')))?.items ?? [];
        expect(items.length).toBeGreaterThan(1);
        writer.put(ref, page.with({ Annots: array([...items].reverse()) }));
      }),
    );
    expect(report.indication).toBe('TOTAL-FAILED');
  });

  it.each([
    [
      'an extension with an action',
      {
        Extensions: dict({
          ADBE: dict({ BaseVersion: name('1.7'), ExtensionLevel: 8, AA: dict({}) }),
        }),
      },
    ],
    ['a version that does not exist', { Version: name('1e9') }],
  ])('the catalog gains no %s', async (_, entries) => {
    const report = await verify(
      await revise(sealed, (writer) => {
        writer.put(writer.view.catalogRef(), writer.catalog().with(entries));
      }),
    );
    expect(report.indication).toBe('TOTAL-FAILED');
    expect(codesOf(report)).toContain('CHANGE_CATALOG');
  });

  it('nobody certifies what others have signed', async () => {
    const options = {
      appearance: { kind: 'invisible' },
      claimedTime: new Date(),
      signer: pki.person,
    } as const;
    const further = await signPdf(sealed, { ...options, fieldName: 'Next', fieldMdp: { action: 'All' } });
    expect((await verify(further)).indication).toBe('TOTAL-PASSED');
    // Its own digest is no longer right then; what it does to the seal is judged all the same.
    const at = new TextDecoder('latin1').decode(further).lastIndexOf('/FieldMDP');
    const certified = further.slice();
    certified.set(new TextEncoder().encode('/DocMDP  '), at);
    const seal = (await verify(certified)).signatures.find(({ field }) => field === 'AgencySignature');
    expect(seal?.messages.map(({ code }) => code)).toContain('CHANGE_CERTIFIED_DOCUMENT');
  });
});

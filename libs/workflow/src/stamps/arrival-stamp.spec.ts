import { asArray, asDict, asName, asString, inspectPdf, openPdf, textOf } from '#pdf';
import { PDFDocument, StandardFonts, degrees } from 'pdf-lib';

import { signedElsewhere } from '../testing/foreign-signature';
import { plainPdf } from '../testing/test-documents';
import { stampArrival } from './arrival-stamp';
import { stampFonts } from './stamp-fonts';

const stamp = { agencyName: 'Văn phòng Tỉnh ủy Lam Giang', number: 1207, date: '2026-11-22' };

async function stamped(bytes: Uint8Array): ReturnType<typeof stampArrival> {
  return stampArrival(bytes, (await stampFonts()).regular, stamp);
}

async function turnedPdf(): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  const font = await document.embedFont(StandardFonts.TimesRoman);
  const page = document.addPage([595.28, 841.89]);
  page.setRotation(degrees(90));
  page.drawText('Turned', { x: 85, y: 640, size: 13, font });
  return document.save({ useObjectStreams: false });
}

describe('the ĐẾN stamp', () => {
  it.each<['table' | 'stream']>([['table'], ['stream']])(
    'stands behind the bytes that came, which stay as they are (%s)',
    async (xref) => {
      const bytes = await plainPdf(2, 'Test', xref);
      const { bytes: copy, kind } = await stamped(bytes);
      expect(kind).toBe('revision');
      expect(Buffer.compare(copy.subarray(0, bytes.length), Buffer.from(bytes))).toBe(0);
      expect(openPdf(copy).latest.pageCount()).toBe(2);
    },
  );

  it('says whose it is, number and day of arrival', async () => {
    const { bytes } = await stamped(await plainPdf());
    const view = openPdf(bytes).latest;
    const annotations = asArray(view.resolve(view.page(0).dict.get('Annots')));
    const annotation = asDict(view.resolve(annotations?.get(0)));
    expect(asName(annotation?.get('Subtype'))).toBe('Stamp');
    const contents = asString(annotation?.get('Contents'));
    expect(contents && textOf(contents)).toBe(
      'VĂN PHÒNG TỈNH ỦY LAM GIANG · ĐẾN · Số: 1207 · Ngày: 22/11/2026',
    );
  });

  it.each([undefined, 3] as const)(
    'leaves a signature in place where it permits annotations (%s)',
    async (docMdp) => {
      const { bytes, kind } = await stamped(await signedElsewhere(await plainPdf(), docMdp));
      expect(kind).toBe('revision');
      expect(inspectPdf(openPdf(bytes)).signatureFields).toMatchObject([{ signed: true }]);
    },
  );

  it.each([1, 2] as const)(
    'makes a copy that says so, without signatures, where a certification forbids annotations (%s)',
    async (docMdp) => {
      const { bytes, kind } = await stamped(await signedElsewhere(await plainPdf(), docMdp));
      expect(kind).toBe('rendition');
      expect(inspectPdf(openPdf(bytes))).toMatchObject({ signatureFields: [], certified: false });
      const page = await PDFDocument.load(bytes).then((document) => document.getPage(0));
      expect(page.node.Annots()?.toString()).toContain('R');
    },
  );

  it('stays on the page, also on a turned or a small one', async () => {
    const small = await PDFDocument.create();
    small.addPage([120, 60]);
    for (const bytes of [await turnedPdf(), await small.save({ useObjectStreams: false })]) {
      const { bytes: copy } = await stamped(bytes);
      const page = openPdf(copy).latest.page(0);
      const [left, bottom, right, top] = page.cropBox;
      const document = await PDFDocument.load(copy);
      const rect = document.getPage(0).node.Annots()?.lookup(0)?.toString() ?? '';
      const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = (/\/Rect \[([^\]]+)\]/.exec(rect)?.[1] ?? '')
        .trim()
        .split(/\s+/)
        .map(Number);
      expect(x1).toBeGreaterThanOrEqual(left - 0.1);
      expect(y1).toBeGreaterThanOrEqual(bottom - 0.1);
      expect(x2).toBeLessThanOrEqual(right + 0.1);
      expect(y2).toBeLessThanOrEqual(top + 0.1);
    }
  });
});

import { degrees, PDFDocument, StandardFonts } from 'pdf-lib';

interface SamplePdfOptions {
  readonly pages: number;
  /** Cross-reference and objects in streams, or a plain table. */
  readonly xref: 'table' | 'stream';
  /** Degrees clockwise of every page. */
  readonly rotate?: 0 | 90 | 180 | 270;
}

/** An A4 document of plain text pages. */
export async function samplePdf({ pages, xref, rotate = 0 }: SamplePdfOptions): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  const font = await document.embedFont(StandardFonts.TimesRoman);
  document.setTitle('Sample');
  for (let i = 1; i <= pages; i += 1) {
    const page = document.addPage([595.28, 841.89]);
    if (rotate !== 0) page.setRotation(degrees(rotate));
    page.drawText(`Sample document, page ${i} of ${pages}`, { x: 85, y: 640, size: 13, font });
    page.drawText('Pay 1,000 to the bearer.', { x: 85, y: 600, size: 13, font });
  }
  return document.save({ useObjectStreams: xref === 'stream' });
}

import { PDFDocument, StandardFonts } from 'pdf-lib';

/** A small letter of two pages in a standard font: the cost measured is the system's, not the paper's. */
export async function benchmarkLetter(): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  const font = await document.embedFont(StandardFonts.TimesRoman);
  for (let number = 1; number <= 2; number += 1) {
    const page = document.addPage([595, 842]);
    for (let line = 0; line < 30; line += 1)
      page.drawText(`Page ${number}, line ${line + 1} of a letter that is carried through the main job.`, {
        x: 85,
        y: 620 - line * 16,
        size: 12,
        font,
      });
  }
  return document.save();
}

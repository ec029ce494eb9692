import { appearance, embedFont, imageAppearance, textAppearance } from '#pdf';
import type { AppearanceSize, IncrementalWriter, PdfRef } from '#pdf';
import type { SignatureAppearance } from '../signature-options';
import { stampImage } from './stamp-images';

const defaultFontSize = 10;
const leading = 1.2;

/** Room that lines of text take below a picture, points. */
export function captionHeight(lines: number, fontSize = defaultFontSize): number {
  return lines * leading * fontSize + 2;
}

/** The look of a signature as a form XObject, or undefined for an invisible one. */
export async function drawSignature(
  writer: IncrementalWriter,
  size: AppearanceSize,
  look: SignatureAppearance,
): Promise<PdfRef | undefined> {
  switch (look.kind) {
    case 'invisible':
      return undefined;
    case 'image':
      return imageAppearance(writer, size, await stampImage(writer, look.png));
    case 'text': {
      const font = await embedFont(writer, look.fontTtf, look.lines.join('\n'));
      const widest = Math.max(...look.lines.map((line) => font.measure(line, 1)), 0.001);
      return textAppearance(writer, size, {
        lines: look.lines,
        font,
        size: Math.min(look.fontSize ?? defaultFontSize, size.width / widest),
        align: look.align ?? 'left',
      });
    }
    case 'image-and-text': {
      const font = await embedFont(writer, look.fontTtf, look.lines.join('\n'));
      const height = Math.min(size.height / 2, captionHeight(look.lines.length, look.fontSize));
      const box = { x: 0, y: 0, width: size.width, height };
      const above = { x: 0, y: height, width: size.width, height: size.height - height };
      return appearance(writer, size, [
        { kind: 'image', image: await stampImage(writer, look.png), box: above },
        {
          kind: 'text',
          lines: look.lines,
          font,
          size: 'fit',
          maxSize: look.fontSize ?? defaultFontSize,
          align: 'center',
          box,
        },
      ]);
    }
  }
}

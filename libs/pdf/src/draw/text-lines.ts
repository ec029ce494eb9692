import { shownText } from '../appearance/font';
import type { GrowingFont } from './growing-font';

/**
 * The text broken into lines that fit the width, at spaces where there are some, else within the word (a symbol such
 * as `1234/2026/QĐ-UBND` has none). Line ends in the text are kept.
 */
export function wrapText(font: GrowingFont, text: string, size: number, width: number): readonly string[] {
  return text.split(/\r\n|[\n\r]/).flatMap((paragraph) => wrapParagraph(font, paragraph, size, width));
}

function wrapParagraph(font: GrowingFont, paragraph: string, size: number, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of shownText(paragraph).split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (font.measure(longer, size) <= width) {
      line = longer;
      continue;
    }
    if (line !== '') lines.push(line);
    line = word;
    while (font.measure(line, size) > width && line.length > 1) {
      const fitting = fittingPart(font, line, size, width);
      lines.push(fitting);
      line = line.slice(fitting.length);
    }
  }
  lines.push(line);
  return lines;
}

/** The longest beginning that fits, ending after a sign that may end a line if there is one; one character at least. */
function fittingPart(font: GrowingFont, word: string, size: number, width: number): string {
  const characters = Array.from(word);
  let count = 1;
  while (count < characters.length && font.measure(characters.slice(0, count + 1).join(''), size) <= width)
    count += 1;
  const part = characters.slice(0, count).join('');
  const sign = Math.max(part.lastIndexOf('/'), part.lastIndexOf('-'));
  return sign > 0 && count < characters.length ? part.slice(0, sign + 1) : part;
}

import { asArray, asDict, asName, PdfDict, PdfStream } from '#pdf';
import type { PdfObject, PdfView } from '#pdf';
import { readContent } from './content-tokens';
import { toUnicodeOf } from './to-unicode';

/** How the codes of one font read as letters. */
interface FontReading {
  readonly bytesPerCode: 1 | 2;
  letter(code: number): string | undefined;
}

const maxForms = 20;
/** No field holds more; a longer content only keeps the reader busy. */
const maxContentBytes = 1_000_000;

/**
 * The text that an appearance stream shows, in the order of its operators, or undefined where a font does
 * not say which letters its codes stand for. Forms drawn inside are read too; an image counts as unknown text.
 */
export function shownText(view: PdfView, form: PdfStream): string | undefined {
  let budget = maxForms;
  const read = (stream: PdfStream): string | undefined => {
    if (budget-- <= 0) return undefined;
    const resources = asDict(view.resolve(stream.dict.get('Resources'))) ?? new PdfDict();
    let text = '';
    let font: FontReading | undefined;
    const content = view.decodeStream(stream);
    if (content.length > maxContentBytes) return undefined;
    for (const { operator, operands } of readContent(content)) {
      if (operator === 'Tf') font = fontReading(view, resources, operands[0]?.name);
      else if (operator === 'Do') {
        const object = view.resolve(
          asDict(view.resolve(resources.get('XObject')))?.get(operands[0]?.name ?? ''),
        );
        const inner =
          object instanceof PdfStream && asName(object.dict.get('Subtype')) === 'Form'
            ? read(object)
            : undefined;
        if (inner === undefined) return undefined;
        text += inner;
      } else if (operator === 'BI') return undefined;
      else if (['Tj', 'TJ', "'", '"'].includes(operator)) {
        for (const { bytes } of operands) {
          if (!bytes) continue;
          const letters = font && decode(bytes, font);
          if (letters === undefined) return undefined;
          text += letters;
        }
      }
    }
    return text;
  };
  return read(form);
}

function decode(bytes: Uint8Array, font: FontReading): string | undefined {
  let text = '';
  for (let i = 0; i + font.bytesPerCode <= bytes.length; i += font.bytesPerCode) {
    const code = font.bytesPerCode === 2 ? ((bytes[i] ?? 0) << 8) | (bytes[i + 1] ?? 0) : (bytes[i] ?? 0);
    const letter = font.letter(code);
    if (letter === undefined) return undefined;
    text += letter;
  }
  return text;
}

function fontReading(view: PdfView, resources: PdfDict, key: string | undefined): FontReading | undefined {
  const font = asDict(view.resolve(asDict(view.resolve(resources.get('Font')))?.get(key ?? '')));
  if (!font) return undefined;
  const composite = asName(view.resolve(font.get('Subtype'))) === 'Type0';
  const mapping = view.resolve(font.get('ToUnicode'));
  const known = mapping instanceof PdfStream ? toUnicodeOf(view.decodeStream(mapping)) : undefined;
  if (composite) return known && { bytesPerCode: 2, letter: (code) => known.get(code) };
  const simple = simpleEncoding(view, font);
  return { bytesPerCode: 1, letter: (code) => known?.get(code) ?? simple(code) };
}

/** WinAnsi and the standard encodings agree on printable ASCII; above it only WinAnsi is read. */
function simpleEncoding(view: PdfView, font: PdfDict): (code: number) => string | undefined {
  const encoding: PdfObject = view.resolve(font.get('Encoding'));
  const base =
    encoding instanceof PdfDict ? asName(view.resolve(encoding.get('BaseEncoding'))) : asName(encoding);
  const differences = new Set<number>();
  if (encoding instanceof PdfDict) {
    let code = 0;
    for (const item of asArray(view.resolve(encoding.get('Differences')))?.items ?? []) {
      if (typeof item === 'number') code = item;
      else differences.add(code++);
    }
  }
  const windows = new TextDecoder('windows-1252');
  return (code) => {
    if (differences.has(code)) return undefined;
    if (code >= 0x20 && code < 0x7f) return String.fromCharCode(code);
    if (code < 0x20) return '';
    return base === 'WinAnsiEncoding' ? windows.decode(Uint8Array.of(code)) : undefined;
  };
}

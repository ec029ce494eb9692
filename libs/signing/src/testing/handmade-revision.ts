import { openPdf, serializeObject } from '#pdf';
import type { PdfFile } from '#pdf';
import type { Attack } from './attacks';

interface HandmadeParts {
  /** Objects by number, each written as `n 0 obj … endobj`; a number may come twice. */
  readonly objects?: (file: PdfFile) => readonly (readonly [num: number, text: string])[];
  /** In front of the keyword `xref`. */
  readonly before?: string;
  /** Keyword and rows that come before those of the objects. */
  readonly head?: string;
  /** Entries in front of those of an honest trailer. */
  readonly trailer?: string;
  readonly size?: (file: PdfFile) => number;
}

const latin1 = new TextDecoder('latin1');

/** A revision with a cross-reference table, written by hand so that it can be wrong in one place. */
export function handmadeRevision(parts: HandmadeParts): Attack {
  return (signed) => {
    const file = openPdf(signed);
    const { latest } = file;
    let text = '';
    const rows: string[] = [];
    const objects = parts.objects?.(file) ?? [];
    for (const [num, object] of objects) {
      const offset = String(signed.length + text.length).padStart(10, '0');
      rows.push(`${num} 1\n${offset} 00000 n \n`);
      text += `${num} 0 obj\n${object}\nendobj\n`;
    }
    text += parts.before ?? '';
    const start = signed.length + text.length;
    text += `${parts.head ?? 'xref\n0 1\n0000000000 65535 f \n'}${rows.join('')}`;
    const kept = ['Root', 'Info', 'ID'].flatMap((key) => {
      const value = latest.trailer.get(key);
      return value === undefined ? [] : [`/${key} ${latin1.decode(serializeObject(value))}`];
    });
    const size = parts.size?.(file) ?? Math.max(latest.size, ...objects.map(([num]) => num + 1));
    const previous = file.revisions.at(-1)?.xrefOffset ?? 0;
    text += `trailer\n<<${parts.trailer ?? ''} ${kept.join(' ')} /Size ${size} /Prev ${previous}>>\n`;
    text += `startxref\n${start}\n%%EOF\n`;
    const added = Uint8Array.from(text, (character) => character.charCodeAt(0));
    const whole = new Uint8Array(signed.length + added.length);
    whole.set(signed);
    whole.set(added, signed.length);
    return Promise.resolve(whole);
  };
}

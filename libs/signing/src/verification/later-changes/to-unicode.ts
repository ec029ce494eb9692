const codespan = /<([\da-fA-F\s]*)>/g;
const maxCodes = 70_000;

/** Reads the bfchar and bfrange sections of a ToUnicode CMap (ISO 32000-1 §9.10.3). */
export function toUnicodeOf(bytes: Uint8Array): ReadonlyMap<number, string> {
  const text = new TextDecoder('latin1').decode(bytes);
  const map = new Map<number, string>();
  const set = (code: number, letters: string): void => {
    if (map.size < maxCodes) map.set(code, letters);
  };
  for (const [, body = ''] of text.matchAll(/beginbfchar([\s\S]*?)endbfchar/g)) {
    const parts = [...body.matchAll(codespan)].map(([, hex = '']) => hex);
    for (let i = 0; i + 1 < parts.length; i += 2) set(codeOf(parts[i]), lettersOf(parts[i + 1]));
  }
  for (const [, body = ''] of text.matchAll(/beginbfrange([\s\S]*?)endbfrange/g)) {
    for (const [, from, to, single, list] of body.matchAll(
      /<([^>]*)>\s*<([^>]*)>\s*(?:<([^>]*)>|\[([^\]]*)\])/g,
    )) {
      const first = codeOf(from);
      const last = Math.min(codeOf(to), first + maxCodes);
      const items =
        list === undefined ? undefined : [...list.matchAll(codespan)].map(([, hex = '']) => lettersOf(hex));
      for (let code = first; code <= last; code += 1) {
        set(code, items ? (items[code - first] ?? '') : stepped(lettersOf(single), code - first));
      }
    }
  }
  return map;
}

const codeOf = (hex: string | undefined): number =>
  Number.parseInt((hex ?? '').replace(/\s/g, '') || '0', 16);

function lettersOf(hex: string | undefined): string {
  const digits = (hex ?? '').replace(/\s/g, '');
  let letters = '';
  for (let i = 0; i + 4 <= digits.length; i += 4)
    letters += String.fromCharCode(Number.parseInt(digits.slice(i, i + 4), 16));
  return letters;
}

/** The last UTF-16 unit counts up along a range. */
function stepped(letters: string, by: number): string {
  if (by === 0 || letters === '') return letters;
  return letters.slice(0, -1) + String.fromCharCode((letters.charCodeAt(letters.length - 1) + by) & 0xffff);
}

import type { XrefSection } from '#pdf';

const head = /xref[ \t]*(?:\r\n|\n|\r)/y;
const subsection = /(\d+) (\d+)[ \t]*(?:\r\n|\n|\r)/y;
const row = /\d{10} \d{5} [nf](?: \r| \n|\r\n)/y;
const trailer = /trailer/y;

/** Whether a cross-reference table is written to the letter of ISO 32000-1 §7.5.4, so that no viewer falls back on guessing. */
export function isStrictTable(bytes: Uint8Array, { offset, end }: XrefSection): boolean {
  const text = new TextDecoder('latin1').decode(bytes.subarray(offset, end));
  let at = 0;
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match) at += match[0].length;
    return match;
  };
  if (!take(head)) return false;
  for (let part = take(subsection); part; part = take(subsection)) {
    for (let left = Number(part[2]); left > 0; left -= 1) if (!take(row)) return false;
  }
  return take(trailer) !== null;
}

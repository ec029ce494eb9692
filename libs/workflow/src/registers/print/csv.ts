import type { PrintedRegister } from './printed-register';

/**
 * Comma separated values (RFC 4180) in UTF-8 with a byte order mark, by which Excel knows the letters. What a
 * spreadsheet would take for a formula gets an apostrophe before it: an abstract comes from other agencies.
 */
export async function* registerCsv({ form, rows }: PrintedRegister): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  yield encoder.encode(`\ufeff${line(form.columns.map(({ vi }) => vi))}`);
  for await (const stretch of rows) yield encoder.encode(stretch.map(({ cells }) => line(cells)).join(''));
}

function line(cells: readonly string[]): string {
  return `${cells.map(cell).join(',')}\r\n`;
}

function cell(text: string): string {
  const safe = /^[=+\-@\t\r\n\uff0b\uff0d\uff1d\uff20]/.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}

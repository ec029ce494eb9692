/** More marks in a row than any writing has: the bound of the Stream-Safe Text Format (UAX #15 §13). */
const longRun = /[\p{M}\uff9e\uff9f]{31}/u;

/**
 * Whether a text can be put into a normal form in reasonable time. Marks are sorted by insertion, so that a run of
 * a hundred thousand of them takes seconds: anybody could stop a server by a name. (U+FF9E and U+FF9F become marks.)
 */
export function isNormalisable(text: string): boolean {
  return !longRun.test(text);
}

/** Letters put together from their marks (NFC), in bounded time; a text with endless runs of marks as it is. */
export function composedText(text: string): string {
  return isNormalisable(text) ? text.normalize('NFC') : text;
}

/** Mapped to nothing (RFC 4518 §2.2): controls that are no spaces, soft hyphens, joiners and other invisible marks. */
const invisible = /(?![\t-\r\x85])[\p{Cc}\p{Cf}\p{Variation_Selector}\u1806\ufffc]|\u034f/gu;

/**
 * Text of a name as it is compared: what cannot be seen, case and the number of spaces do not distinguish names
 * (RFC 5280 §7.1, RFC 4518 by its effect on names met in practice). Undefined for a text without a normal form.
 */
export function comparableText(text: string): string | undefined {
  const visible = text.replace(invisible, '');
  if (!isNormalisable(visible)) return undefined;
  return visible
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\x85]+/g, ' ')
    .trim();
}

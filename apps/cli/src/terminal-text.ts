/**
 * Text that others wrote, as it may stand on a terminal: control characters (which move the cursor or change what is
 * already there), line breaks and marks that turn the direction of writing or cannot be seen are shown by number.
 */
export function terminalText(text: string): string {
  return text.replace(unsafe, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}

/** Cc, Cf (bidi marks and isolates, zero width), line and paragraph separators, lone surrogates, private use. */
const unsafe = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}]/gu;

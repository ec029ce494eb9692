import type { CommandIo } from './command';

/** Cc, Cf (marks that turn the direction of writing or cannot be seen), separators, lone surrogates, private use. */
const unsafe = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}]/gu;

/**
 * Text that others wrote, as it may stand on a terminal: characters that move the cursor, change what is already
 * there or make text look like another are shown by number, `\u202e`. Such an escape means the same inside JSON.
 */
function terminalText(text: string): string {
  return text.replace(unsafe, (character) =>
    Array.from({ length: character.length }, (_, index) => escaped(character.charCodeAt(index))).join(''),
  );
}

function escaped(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, '0')}`;
}

/** Where every command writes: names in certificates, documents and files are the text of others. */
export function safeIo(io: CommandIo): CommandIo {
  return {
    out: (line) => {
      io.out(terminalText(line));
    },
    err: (line) => {
      io.err(terminalText(line));
    },
  };
}

import { WorkflowError } from '../../errors';

/** C0 and C1 controls, and DEL. */
const isControl = (sign: string): boolean => sign < ' ' || (sign >= '\u007f' && sign <= '\u009f');
/** Marks that change direction or hide (Unicode UAX #9): a name that ends in `\u202efdp.exe` reads as if it ended in `exe.pdf`. */
const deceiving = /[\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/;
const traversal = /[\\/]|^\.{1,2}$/;

/**
 * The name of an uploaded file, in composed form (NFC).
 *
 * @throws WorkflowError FILE_NAME_REFUSED for paths, control and direction marks, and names over 255 bytes
 */
export function checkedFileName(given: string): string {
  const name = given.normalize('NFC').trim();
  const bytes = new TextEncoder().encode(name).length;
  const refused =
    name === '' ||
    bytes > 255 ||
    !name.isWellFormed() ||
    Array.from(name).some(isControl) ||
    deceiving.test(name) ||
    traversal.test(name);
  if (refused) throw new WorkflowError('FILE_NAME_REFUSED');
  return name;
}

/** A title where the person gave none: the name without its extension. */
export function titleFromName(name: string): string {
  return name.replace(/\.(?:pdf|docx?|odt)$/i, '').trim() || name;
}

import { PdfError } from '#pdf';
import type { PdfFile } from '#pdf';
import { signedFields } from '../document/form-fields';
import type { SignedField } from '../document/form-fields';

/**
 * Every signature of a file: those of the final document, and those that an earlier revision had under a name
 * that is signed no longer. A signature that was taken away must not make the file look unsigned.
 */
export function allSignatures(file: PdfFile): readonly SignedField[] {
  const found = [...signedFields(file.latest)];
  const names = new Set(found.map(({ node }) => node.name));
  for (let index = file.revisions.length - 2; index >= 0; index -= 1) {
    for (const field of earlierSignatures(file, index)) {
      if (names.has(field.node.name)) continue;
      names.add(field.node.name);
      found.unshift(field);
    }
  }
  return found;
}

/** A revision that cannot be read by itself, such as the first half of an odd file, has no signature to lose. */
function earlierSignatures(file: PdfFile, index: number): readonly SignedField[] {
  try {
    return signedFields(file.at(index));
  } catch (error) {
    if (error instanceof PdfError) return [];
    throw error;
  }
}

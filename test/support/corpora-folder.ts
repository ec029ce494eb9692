import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Cases made by others (PKITS, x509-limbo, Wycheproof, JCS vectors, PDF files), never a part of this project: in the
 * folder that SEALPOST_CORPORA names, or in the nearest `shared/corpora` beside or above the checkout.
 */
export function corporaFolder(): string {
  const named = process.env['SEALPOST_CORPORA'];
  return named ?? nearest(__dirname) ?? '../shared/corpora';
}

/** Looked for upwards, since the build of this file lies deeper than the file. */
function nearest(folder: string): string | undefined {
  const found = join(folder, 'shared', 'corpora');
  if (existsSync(found)) return found;
  const parent = dirname(folder);
  return parent === folder ? undefined : nearest(parent);
}

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PkiIndex } from '#directory';

export const indexFile = 'index.json';

/** The index of a development PKI; undefined when the folder has none. */
export async function readIndex(pkiDir: string): Promise<PkiIndex | undefined> {
  let text: string;
  try {
    text = await readFile(join(pkiDir, indexFile), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  return JSON.parse(text) as PkiIndex;
}

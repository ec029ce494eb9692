import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PkiAuthorityId, PkiIndex } from '#directory';
import type { Subject } from '../issue/subject';

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

/** Organization of everything that belongs to the development PKI itself. */
export const demoOrganization = 'Sealpost (trình diễn)';

export function authoritySubject(index: PkiIndex, id: PkiAuthorityId): Subject {
  const authority = index.authorities.find((candidate) => candidate.id === id);
  if (authority === undefined) throw new Error(`the development PKI has no authority ${id}`);
  return { commonName: authority.name, organization: demoOrganization };
}

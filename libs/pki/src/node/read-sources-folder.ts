import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { PkiError } from '../errors';
import type { PkiErrorCode } from '../errors';
import type { SourceContent } from '../sources/read-source';
import { readSource } from '../sources/read-source';

interface UnreadableFile {
  /** Name in the folder. */
  readonly name: string;
  readonly code: PkiErrorCode;
  readonly error: PkiError;
}

export interface FolderContent extends SourceContent {
  /** Files that are no source of certificates or lists, or damaged ones: what to do about them is the caller's choice. */
  readonly unreadable: readonly UnreadableFile[];
}

const endings = /\.(pem|crt|cer|der|p7b|p7c|crl|ors)$/i;
const maxFileBytes = 32 * 1024 * 1024;

/**
 * All certificates, revocation lists and OCSP answers in the files of a folder, in the order of their names; not in
 * folders below it. A folder that is not there holds nothing. Throws what the file system throws otherwise.
 */
export async function readSourcesFolder(folder: string): Promise<FolderContent> {
  const content = { certificates: [], crls: [], ocsps: [], unreadable: [] } as {
    -readonly [K in keyof FolderContent]: FolderContent[K][number][];
  };
  for (const name of await sourceNames(folder)) {
    try {
      const { certificates, crls, ocsps } = await readOne(join(folder, name));
      content.certificates.push(...certificates);
      content.crls.push(...crls);
      content.ocsps.push(...ocsps);
    } catch (error) {
      if (!(error instanceof PkiError)) throw error;
      content.unreadable.push({ name, code: error.code, error });
    }
  }
  return content;
}

async function sourceNames(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries
      .filter((entry) => !entry.isDirectory() && endings.test(entry.name))
      .map(({ name }) => name)
      .sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

async function readOne(path: string): Promise<SourceContent> {
  const file = await stat(path);
  // A pipe or device may never end.
  if (!file.isFile()) throw new PkiError('SOURCE_UNRECOGNISED', 'not an ordinary file');
  const { size } = file;
  if (size > maxFileBytes) throw new PkiError('SOURCE_TOO_LARGE', `${size} bytes, more than ${maxFileBytes}`);
  return readSource(new Uint8Array(await readFile(path)), { maxBytes: maxFileBytes });
}

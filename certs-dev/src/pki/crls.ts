import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PkiIndex } from '#directory';
import { parseCrl } from '#pki';
import { issueCrl } from '../issue/crl';
import { readKeyPair } from '../issue/keys';
import { daysFrom } from './authorities';
import { authoritySubject } from './index-file';

const crlDays = 14;
const renewBeforeDays = 7;

/**
 * Issues the CRLs that are missing or end within a week, from the keys on disk. A reader never sees half a
 * file. Returns how many were written.
 */
export async function renewCrls(pkiDir: string, index: PkiIndex, now: Date): Promise<number> {
  let written = 0;
  for (const { id, crl, key } of index.authorities) {
    if (crl === undefined || (await isFresh(join(pkiDir, crl), now))) continue;
    const issuer = {
      subject: authoritySubject(index, id),
      keys: readKeyPair(await readFile(join(pkiDir, key), 'utf8')),
    };
    const revocations = index.revocations
      .filter((revocation) => revocation.issuer === id)
      .map((revocation) => ({ ...revocation, at: new Date(revocation.at) }));
    const der = issueCrl(issuer, { revocations, thisUpdate: now, nextUpdate: daysFrom(now, crlDays) });
    const file = join(pkiDir, crl);
    await mkdir(join(pkiDir, 'crl'), { recursive: true, mode: 0o700 });
    await writeFile(`${file}.new`, der, { mode: 0o644 });
    await rename(`${file}.new`, file);
    written++;
  }
  return written;
}

async function isFresh(file: string, now: Date): Promise<boolean> {
  let der: Uint8Array;
  try {
    der = await readFile(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
  const { nextUpdate } = parseCrl(der);
  return nextUpdate !== undefined && nextUpdate > daysFrom(now, renewBeforeDays);
}

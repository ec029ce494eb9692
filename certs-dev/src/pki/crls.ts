import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PkiIndex } from '#directory';
import { issueCrl, parseCrl } from '#pki';
import { daysFrom } from './dates';
import { loadAuthority } from './load';

const crlDays = 14;
const renewBeforeDays = 7;

/**
 * Issues the CRLs that are missing or end within a week, from the keys on disk. A reader never sees half a
 * file. Returns how many were written.
 */
export async function renewCrls(pkiDir: string, index: PkiIndex, now: Date): Promise<number> {
  let written = 0;
  for (const authority of index.authorities) {
    const { id, crl } = authority;
    if (crl === undefined || (await isFresh(join(pkiDir, crl), now))) continue;
    const { certificate, key } = await loadAuthority(pkiDir, authority);
    const der = await issueCrl({
      issuer: certificate,
      issuerKey: key,
      thisUpdate: now,
      nextUpdate: daysFrom(now, crlDays),
      // Only grows, as RFC 5280 §5.2.3 asks.
      number: Math.floor(now.getTime() / 1000),
      entries: index.revocations
        .filter((revocation) => revocation.issuer === id)
        .map(({ serialNumber, at, reason }) => ({ serialNumber, revocationDate: new Date(at), reason })),
    });
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

import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { PlatformError } from '../platform-error';
import type { Manifest } from './manifest';
import { readManifest } from './manifest';
import { digestFile } from './parts';

/** Reads a backup's manifest and checks every part against it; throws a PlatformError `BACKUP_DAMAGED` that names the part. */
export async function verifyBackup(folder: string): Promise<Manifest> {
  const base = resolve(folder);
  const text = await readText(join(base, 'manifest.json'));
  const stated = (await readText(join(base, 'manifest.sha256'))).split(' ')[0];
  if (createHash('sha256').update(text).digest('hex') !== stated)
    throw new PlatformError(
      'BACKUP_DAMAGED',
      'manifest.json is not what manifest.sha256 says: the backup is damaged',
    );
  const manifest = readManifest(text);
  for (const part of [...manifest.tables, ...manifest.blobs]) {
    const found = await digestFile(inside(base, part.file));
    if (!found) throw new PlatformError('BACKUP_DAMAGED', `${part.file} is missing from the backup`);
    if (found.sha256 !== part.sha256 || found.size !== part.size)
      throw new PlatformError('BACKUP_DAMAGED', `${part.file} is damaged: it is not what the manifest says`);
  }
  return manifest;
}

async function readText(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((cause: unknown) => {
    throw new PlatformError('BACKUP_DAMAGED', `${file} cannot be read: is this a backup?`, { cause });
  });
}

function inside(base: string, file: string): string {
  const path = resolve(base, file);
  if (!path.startsWith(`${base}/`))
    throw new PlatformError('BACKUP_DAMAGED', `${file} points out of the backup`);
  return path;
}

import type { KeyObject } from 'node:crypto';
import { createHash, createHmac } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { Request } from 'express';
import type { NodeKeys } from '../keys/node-keys';

/** What multer knows of a file it has taken in, in memory or on disk. */
interface TakenFile {
  readonly fieldname: string;
  readonly originalname: string;
  readonly buffer?: Uint8Array;
  readonly path?: string;
}

const purpose = 'idempotency request digest v1';
const noSalt = new Uint8Array(0);
/** Always the same for one node key, and every request needs it. */
const derived = new WeakMap<NodeKeys, KeyObject>();

/**
 * What makes two requests the same: address with query, fields, and the contents of files. Keyed by the node key,
 * for a field may be a PIN: from a plain hash in a stolen database six digits would be found at once.
 */
export async function requestDigest(request: Request, keys: NodeKeys): Promise<Buffer> {
  const taken = request as unknown as { file?: TakenFile; files?: unknown };
  const files = [...(taken.file ? [taken.file] : []), ...filesIn(taken.files)];
  const parts: string[] = [request.originalUrl, JSON.stringify(request.body ?? null)];
  for (const file of files) parts.push(file.fieldname, file.originalname, await contentDigest(file));
  const digest = createHmac('sha256', digestKey(keys));
  for (const part of parts) digest.update(`${part.length}:`).update(part);
  return digest.digest();
}

function digestKey(keys: NodeKeys): KeyObject {
  const known = derived.get(keys) ?? keys.deriveKey(noSalt, purpose);
  derived.set(keys, known);
  return known;
}

function filesIn(files: unknown): readonly TakenFile[] {
  if (Array.isArray(files)) return files as TakenFile[];
  if (typeof files === 'object' && files !== null)
    return Object.values(files as Record<string, TakenFile[]>).flat();
  return [];
}

async function contentDigest(file: TakenFile): Promise<string> {
  const hash = createHash('sha256');
  if (file.buffer) hash.update(file.buffer);
  else if (file.path !== undefined)
    for await (const part of createReadStream(file.path)) hash.update(part as Uint8Array);
  return hash.digest('hex');
}

import { createHash, randomBytes } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { mkdir, open, rename, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { isId, newId } from '../ids';
import { PlatformError } from '../platform-error';
import type { NodeKeySource } from './sealed-format';
import { ChunkOpener, ChunkSealer, chunkLength, headerLength, tagLength } from './sealed-format';

/** A stored content. The id is random, so equal contents of different agencies cannot be told to be equal. */
export interface BlobRef {
  readonly id: string;
  /** Of the content, lower-case hex. */
  readonly sha256: string;
  /** Of the content, in bytes. */
  readonly size: number;
}

export interface PutOptions {
  /** Largest content in bytes; the store's limit if not given. */
  readonly limit?: number;
}

const chunkOnDisk = chunkLength + tagLength;

/**
 * Contents sealed at rest in files. A blob appears whole (written aside, synced, renamed) or not at all and
 * never changes; nothing is deleted when a transaction rolls back, orphans are swept later.
 */
export class BlobStore {
  constructor(
    private readonly folder: string,
    private readonly keys: NodeKeySource,
    private readonly limit: number,
  ) {}

  /** Stores a content; throws a PlatformError `BLOB_TOO_LARGE` and keeps nothing if it exceeds the limit. */
  async put(content: Uint8Array | AsyncIterable<Uint8Array>, options: PutOptions = {}): Promise<BlobRef> {
    const id = newId();
    const path = this.pathOf(id);
    const temporary = `${path}.${randomBytes(4).toString('hex')}.part`;
    const file = await create(temporary);
    try {
      const written = await this.write(file, id, content, options.limit ?? this.limit);
      await file.sync();
      await file.close();
      await rename(temporary, path);
      await syncFolder(dirname(path));
      return { id, ...written };
    } catch (error) {
      await file.close().catch(() => undefined);
      await unlink(temporary).catch(() => undefined);
      throw error;
    }
  }

  /** The whole content, verified. */
  async get(id: string): Promise<Uint8Array> {
    const parts: Uint8Array[] = [];
    for await (const part of this.chunks(id)) parts.push(part);
    return parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts);
  }

  /** The content as a stream: each chunk leaves only after its tag is verified; damage ends it in an error. */
  open(id: string): Readable {
    return Readable.from(this.chunks(id), { objectMode: false });
  }

  /** File that holds the sealed bytes, for backups. */
  pathOf(id: string): string {
    if (!isId(id)) throw new PlatformError('BLOB_NOT_FOUND', 'not the id of a blob');
    return join(this.folder, id.slice(0, 2), id.slice(2, 4), id);
  }

  private async write(
    file: FileHandle,
    id: string,
    content: Uint8Array | AsyncIterable<Uint8Array>,
    limit: number,
  ): Promise<{ sha256: string; size: number }> {
    const sealer = new ChunkSealer(this.keys, id);
    const hash = createHash('sha256');
    let size = 0;
    let held: Uint8Array | undefined;
    // The header leaves with the first chunk: most contents have but one, and each call of the file costs more than it.
    let ahead: readonly Uint8Array[] = [sealer.header];
    const append = async (sealed: Uint8Array): Promise<void> => {
      // Unlike write(), goes on until everything is written.
      await file.writeFile(Buffer.concat([...ahead, sealed]));
      ahead = [];
    };
    for await (const chunk of inChunks(content)) {
      size += chunk.length;
      if (size > limit) throw new PlatformError('BLOB_TOO_LARGE', `more than ${limit} bytes`);
      hash.update(chunk);
      if (held) await append(sealer.seal(held, 'inner'));
      held = chunk;
    }
    await append(sealer.seal(held ?? new Uint8Array(0), 'last'));
    return { sha256: hash.digest('hex'), size };
  }

  private async *chunks(id: string): AsyncGenerator<Uint8Array> {
    const file = await open(this.pathOf(id), 'r').catch((cause: unknown) => {
      if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw cause;
      throw new PlatformError('BLOB_NOT_FOUND', `blob ${id} is missing`, { cause });
    });
    try {
      const { size } = await file.stat();
      // Header and first chunk, which most contents end with, in one call.
      const head = await readExactly(file, Math.min(headerLength + chunkOnDisk, size), 0);
      const opener = new ChunkOpener(this.keys, id, head.subarray(0, headerLength));
      for (let at = headerLength; at < size; at += chunkOnDisk) {
        const length = Math.min(chunkOnDisk, size - at);
        const position = at + length === size ? 'last' : 'inner';
        const sealed =
          at === headerLength ? head.subarray(headerLength) : await readExactly(file, length, at);
        yield opener.open(sealed, position);
      }
      if (size <= headerLength) throw new PlatformError('BLOB_DAMAGED', `blob ${id} is cut short`);
    } finally {
      await file.close();
    }
  }
}

/** Folders are there but for the first contents of each: that is found out, not asked every time. */
async function create(path: string): Promise<FileHandle> {
  return open(path, 'wx', 0o600).catch(async (error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    return open(path, 'wx', 0o600);
  });
}

async function readExactly(file: FileHandle, length: number, position: number): Promise<Uint8Array> {
  const bytes = Buffer.allocUnsafe(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await file.read(bytes, filled, length - filled, position + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return bytes.subarray(0, filled);
}

/** Regroups any content into chunks of exactly the chunk length, but for the last. */
async function* inChunks(content: Uint8Array | AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  if (content instanceof Uint8Array) {
    for (let at = 0; at < content.length; at += chunkLength) yield content.subarray(at, at + chunkLength);
    return;
  }
  let rest: Uint8Array = new Uint8Array(0);
  for await (const part of content) {
    let bytes: Uint8Array = rest.length === 0 ? part : Buffer.concat([rest, part]);
    while (bytes.length >= chunkLength) {
      yield bytes.subarray(0, chunkLength);
      bytes = bytes.subarray(chunkLength);
    }
    rest = bytes;
  }
  if (rest.length > 0) yield rest;
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

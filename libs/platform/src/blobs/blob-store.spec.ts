import { createHash, randomBytes } from 'node:crypto';
import {
  appendFileSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { NodeKeys } from '../keys/node-keys';
import { BlobStore } from './blob-store';
import { chunkLength, headerLength, tagLength } from './sealed-format';

const folder = mkdtempSync(join(tmpdir(), 'sealpost-blobs-'));
const keys = new NodeKeys(randomBytes(32));
const store = new BlobStore(folder, keys, 10 * 1024 * 1024);
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const files = (): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name);

async function collect(stream: AsyncIterable<unknown>): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

describe('the blob store', () => {
  it.each([0, 1, chunkLength - 1, chunkLength, chunkLength + 1, 3 * chunkLength, 200_001])(
    'gives back %i bytes as they were, whole and as a stream',
    async (size) => {
      const content = randomBytes(size);
      const ref = await store.put(content);
      expect(ref).toMatchObject({ size, sha256: createHash('sha256').update(content).digest('hex') });
      expect(content.equals(await store.get(ref.id))).toBe(true);
      expect(content.equals(await collect(store.open(ref.id)))).toBe(true);
    },
  );

  it('takes a stream of pieces of any size', async () => {
    const content = randomBytes(300_000);
    const pieces = [0, 1, 70_000, 70_001, 299_999].map((from, index, all) =>
      content.subarray(from, all[index + 1]),
    );
    const ref = await store.put(Readable.from(pieces));
    expect(content.equals(await store.get(ref.id))).toBe(true);
  });

  it('keeps nothing readable on disk, and equal contents under different ids', async () => {
    const content = Buffer.from('tuyệt đối không đọc được '.repeat(100));
    const [one, two] = [await store.put(content), await store.put(content)];
    expect(one.id).not.toBe(two.id);
    const sealed = readFileSync(store.pathOf(one.id));
    expect(sealed.includes('không đọc')).toBe(false);
    expect(sealed.equals(readFileSync(store.pathOf(two.id)))).toBe(false);
    expect(statSync(store.pathOf(one.id)).mode & 0o077).toBe(0);
  });

  it('keeps nothing of a content over the limit or of a stream that breaks', async () => {
    const before = files();
    await expect(store.put(randomBytes(1000), { limit: 999 })).rejects.toMatchObject({
      code: 'BLOB_TOO_LARGE',
    });
    const breaking = (async function* (): AsyncGenerator<Uint8Array> {
      yield await Promise.resolve(randomBytes(100_000));
      throw new Error('connection lost');
    })();
    await expect(store.put(breaking)).rejects.toThrow('connection lost');
    expect(files()).toEqual(before);
  });

  it('finds every flipped byte at the edges of header, chunks and tags, and releases nothing of that chunk', async () => {
    const { id } = await store.put(randomBytes(chunkLength + 100));
    const path = store.pathOf(id);
    const good = readFileSync(path);
    const second = headerLength + chunkLength + tagLength;
    for (const at of [
      0,
      4,
      12,
      headerLength - 1,
      headerLength,
      second - tagLength,
      second - 1,
      second,
      good.length - 1,
    ]) {
      const bad = Buffer.from(good);
      bad[at] = (bad[at] ?? 0) ^ 0x80;
      writeFileSync(path, bad);
      await expect(store.get(id)).rejects.toMatchObject({ code: 'BLOB_DAMAGED' });
    }
    writeFileSync(path, good);
    expect((await store.get(id)).length).toBe(chunkLength + 100);
  });

  it('finds a content that was cut at a chunk, extended, or put under another id', async () => {
    const { id } = await store.put(randomBytes(3 * chunkLength));
    const path = store.pathOf(id);
    const good = readFileSync(path);
    for (const size of [0, headerLength, headerLength + chunkLength + tagLength, good.length - 1]) {
      writeFileSync(path, good);
      truncateSync(path, size);
      await expect(store.get(id)).rejects.toMatchObject({ code: 'BLOB_DAMAGED' });
    }
    writeFileSync(path, good);
    appendFileSync(path, good.subarray(headerLength, headerLength + chunkLength + tagLength));
    await expect(store.get(id)).rejects.toMatchObject({ code: 'BLOB_DAMAGED' });
    const other = await store.put(randomBytes(10));
    renameSync(store.pathOf(other.id), path);
    await expect(store.get(id)).rejects.toMatchObject({ code: 'BLOB_DAMAGED' });
  });

  it('tells a missing blob and another node key from damage, and no path gets out of its folder', async () => {
    await expect(store.get('7b1f3e1c-0a51-4a53-9d55-0c3a7f0c6a01')).rejects.toMatchObject({
      code: 'BLOB_NOT_FOUND',
    });
    await expect(store.get('../../etc/passwd')).rejects.toMatchObject({ code: 'BLOB_NOT_FOUND' });
    const { id } = await store.put(randomBytes(10));
    const stranger = new BlobStore(folder, new NodeKeys(randomBytes(32)), 1000);
    await expect(stranger.get(id)).rejects.toThrow('another node key');
  });
});

import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NodeKeys, openNodeKeys } from './node-keys';

const folder = mkdtempSync(join(tmpdir(), 'sealpost-keys-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const refusal = expect.objectContaining({ code: 'UNWRAP_FAILED' }) as Error;

describe('the node key', () => {
  it('unwraps what it wrapped, in the same context only', () => {
    const keys = new NodeKeys(randomBytes(32));
    const secret = randomBytes(100);
    const wrapped = keys.wrap(secret, 'private-key:1');
    expect(Buffer.from(keys.unwrap(wrapped, 'private-key:1')).equals(secret)).toBe(true);
    expect(() => keys.unwrap(wrapped, 'private-key:2')).toThrow(refusal);
    expect(Buffer.from(keys.wrap(secret, 'private-key:1')).equals(Buffer.from(wrapped))).toBe(false);
  });

  it('finds every flipped bit', () => {
    const keys = new NodeKeys(randomBytes(32));
    const wrapped = keys.wrap(Buffer.from('secret'), 'x');
    for (let bit = 0; bit < wrapped.length * 8; bit += 1) {
      const bad = Uint8Array.from(wrapped);
      bad[bit >> 3] = (bad[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(() => keys.unwrap(bad, 'x')).toThrow(refusal);
    }
    expect(() => keys.unwrap(wrapped.subarray(0, 20), 'x')).toThrow('not bytes wrapped');
  });

  it('is made once, private, however many processes start together', async () => {
    const file = join(folder, 'made', 'node.key');
    const opened = await Promise.all(Array.from({ length: 10 }, () => openNodeKeys(file)));
    expect(new Set(opened.map((keys) => Buffer.from(keys.keyId).toString('hex'))).size).toBe(1);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('is refused when others may read it, when it has another length, and where it must exist but does not', async () => {
    const file = join(folder, 'node.key');
    writeFileSync(file, randomBytes(32));
    chmodSync(file, 0o644);
    await expect(openNodeKeys(file)).rejects.toMatchObject({ code: 'NODE_KEY_UNUSABLE' });
    writeFileSync(file, randomBytes(31));
    chmodSync(file, 0o600);
    await expect(openNodeKeys(file)).rejects.toMatchObject({ code: 'NODE_KEY_UNUSABLE' });
    await expect(openNodeKeys(join(folder, 'none'), 'must exist')).rejects.toThrow('ENOENT');
  });
});

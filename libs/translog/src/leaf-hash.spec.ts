import { createHash } from 'node:crypto';

import { leafHash } from './leaf-hash';

describe('leaf hash', () => {
  it('is the hash of a zero byte for the empty entry', async () => {
    // SHA-256 of the single byte 00, the well-known leaf hash of an empty entry.
    expect(Buffer.from(await leafHash(new Uint8Array())).toString('hex')).toBe(
      '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
    );
  });

  it('puts the leaf prefix before the bytes', async () => {
    const entry = new TextEncoder().encode('{"v":1}');
    const expected = createHash('sha256').update(Uint8Array.of(0)).update(entry).digest('hex');
    expect(Buffer.from(await leafHash(entry)).toString('hex')).toBe(expected);
  });
});

import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { withLock } from './lock';

describe('the lock of a development PKI', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lock-'));
  });

  afterEach(() => rm(folder, { recursive: true }));

  it('lets one in at a time, also when all find that its last holder is no more', async () => {
    for (let round = 0; round < 8; round++) {
      const file = join(folder, `lock-${round}`);
      await writeFile(file, '999999999');
      let inside = 0;
      let most = 0;
      const work = async (): Promise<void> => {
        most = Math.max(most, ++inside);
        await pause(1);
        inside--;
      };
      await Promise.all(Array.from({ length: 4 }, () => withLock(file, work)));
      expect(most).toBe(1);
    }
    expect(await readdir(folder)).toEqual([]);
  });

  it('is given back when the work fails', async () => {
    const file = join(folder, 'lock');
    await expect(withLock(file, () => Promise.reject(new Error('failed')))).rejects.toThrow('failed');
    expect(await withLock(file, () => Promise.resolve('done'))).toBe('done');
  });
});

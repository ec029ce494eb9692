import { argon2id } from './argon2';
import { hashPassword, isPasswordRight } from './password';

const cheap = { memory: 64, passes: 1, parallelism: 1 };

describe('a password', () => {
  it('is kept as a salted Argon2id hash that names its cost', async () => {
    const hash = await hashPassword('Mật khẩu đúng');
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
    expect(await hashPassword('Mật khẩu đúng')).not.toBe(hash);
    expect(await isPasswordRight('Mật khẩu đúng', hash)).toBe(true);
    expect(await isPasswordRight('Mật khẩu đùng', hash)).toBe(false);
  });

  it('is the same in any Unicode spelling, as keyboards differ', async () => {
    const hash = await hashPassword('Tiếng Việt'.normalize('NFD'), cheap);
    expect(await isPasswordRight('Tiếng Việt'.normalize('NFC'), hash)).toBe(true);
  });

  it('keeps working when the cost for new ones is raised', async () => {
    expect(await isPasswordRight('old one', await hashPassword('old one', cheap))).toBe(true);
  });

  it('is never right for nobody, and takes the same work', async () => {
    const hash = await hashPassword('x');
    const time = async (stored: string | undefined): Promise<number> => {
      const start = process.hrtime.bigint();
      expect(await isPasswordRight('wrong', stored)).toBe(false);
      return Number(process.hrtime.bigint() - start);
    };
    const times: { known: number; unknown: number }[] = [];
    for (let i = 0; i < 7; i += 1) times.push({ known: await time(hash), unknown: await time(undefined) });
    const median = (of: 'known' | 'unknown'): number =>
      times.map((pair) => pair[of]).sort((a, b) => a - b)[3] ?? NaN;
    // Wide bounds: they catch work left out (a factor of a thousand), not noise.
    expect(median('unknown') / median('known')).toBeGreaterThan(0.1);
    expect(median('unknown') / median('known')).toBeLessThan(10);
  });

  it('is not checked against a hash of another form, or of a cost that would eat the memory', async () => {
    await expect(isPasswordRight('x', 'plain text')).rejects.toThrow(/PHC/);
    await expect(argon2id('x', new Uint8Array(16), { ...cheap, memory: 2 ** 24 })).rejects.toThrow(
      RangeError,
    );
  });
});

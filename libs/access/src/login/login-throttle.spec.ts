import { newId } from '#platform';
import type { TestDatabase } from '#platform/testing';
import { anAnonymous, testDatabase } from '#platform/testing';
import { accessMigrations } from '../migrations';
import { loginLimits } from './login-limits';
import type { LoginKeys } from './login-throttle';
import { loginKeys, networkOf, refundLogin, reserveLogin, sweepLoginThrottle } from './login-throttle';

let database: TestDatabase;
const nobody = anAnonymous();
const now = new Date('2026-11-21T07:00:00Z');
const later = new Date(now.getTime() + loginLimits.window);

beforeAll(async () => {
  database = await testDatabase({ migrations: accessMigrations });
});
afterAll(() => database.drop());

const reserve = (keys: LoginKeys, at = now): Promise<number> =>
  database.unitOfWork.run(nobody, (tx) => reserveLogin(tx, keys, at));

describe('login attempts', () => {
  it('are limited per account, from whatever address', async () => {
    const name = newId();
    const waits: number[] = [];
    for (let i = 0; i <= loginLimits.account; i += 1)
      waits.push(await reserve(loginKeys(name, `10.0.0.${i}`)));
    expect(waits.slice(0, -1).every((wait) => wait === 0)).toBe(true);
    expect(waits.at(-1)).toBe(loginLimits.window);
    expect(await reserve(loginKeys(newId(), '10.0.0.1'))).toBe(0);
  });

  it('are limited per address, on whatever account', async () => {
    for (let i = 0; i < loginLimits.address; i += 1)
      expect(await reserve(loginKeys(newId(), '10.9.9.9'))).toBe(0);
    expect(await reserve(loginKeys(newId(), '10.9.9.9'))).toBeGreaterThan(0);
  });

  it('are counted exactly when many arrive at once', async () => {
    const name = newId();
    const waits = await Promise.all(
      Array.from({ length: 40 }, (_, i) => reserve(loginKeys(name, `10.1.0.${i}`))),
    );
    expect(waits.filter((wait) => wait === 0)).toHaveLength(loginLimits.account);
  });

  it('are forgotten when the window is over, and given back by a right password', async () => {
    const keys = loginKeys(newId(), '10.2.0.1');
    for (let i = 0; i <= loginLimits.account; i += 1) await reserve(keys);
    expect(await reserve(keys)).toBeGreaterThan(0);
    expect(await reserve(keys, later)).toBe(0);
    for (let i = 0; i <= loginLimits.account; i += 1) await reserve(keys, later);
    await database.unitOfWork.run(nobody, (tx) => refundLogin(tx, keys));
    expect(await reserve(keys, later)).toBe(0);
  });

  it('are swept when nothing remembers them any more, and leave no names behind', async () => {
    const keys = loginKeys('vanthu.tinhuy', '10.3.0.1');
    await reserve(keys);
    const dump = await database.dataSource.query<{ row: string }[]>(
      'SELECT t::text AS row FROM access.login_throttle t',
    );
    expect(dump.length).toBeGreaterThan(0);
    expect(dump.some(({ row }) => row.includes('vanthu') || row.includes('10.3'))).toBe(false);
    for (let left = 1; left > 0;) {
      await database.unitOfWork.run(nobody, (tx) => sweepLoginThrottle(tx, new Date('2030-01-01')));
      const [row] = await database.dataSource.query<[{ n: number }]>(
        'SELECT count(*)::int AS n FROM access.login_throttle',
      );
      expect(row.n).toBeLessThan(dump.length);
      left = row.n;
    }
  });
});

describe('the network of an address', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:0DB8:0001:0002:ffff::1', '2001:db8:1:2'],
    ['2001:db8::1', '2001:db8:0:0'],
    ['::1', '0:0:0:0'],
    ['fe80::1%eth0', 'fe80:0:0:0'],
    ['2001:db8:1:2::', '2001:db8:1:2'],
    ['not an address', 'not an address'],
  ])('of %s is %s', (ip, network) => {
    expect(networkOf(ip)).toBe(network);
  });
});

import type { Tx } from '#platform';
import { createHash } from 'node:crypto';
import { isIPv6 } from 'node:net';
import { loginLimits } from './login-limits';

/** One account name and one address, as hashed keys: the table is no list of who tried to log in. */
export interface LoginKeys {
  readonly account: Buffer;
  readonly address: Buffer;
}

export function loginKeys(loginName: string, ip: string): LoginKeys {
  const hash = (text: string): Buffer => createHash('sha256').update(text, 'utf8').digest();
  return { account: hash(loginName), address: hash(networkOf(ip)) };
}

/** The IPv4 address, or the first 64 bits of an IPv6 address: one subscriber owns all that follow. */
export function networkOf(ip: string): string {
  if (!isIPv6(ip)) return ip;
  const [head = '', tail] = ip.replace(/%.*$/, '').split('::');
  const left = head.split(':').filter((group) => group !== '');
  const right = (tail ?? '').split(':').filter((group) => group !== '');
  const zeros = tail === undefined ? 0 : Math.max(8 - left.length - right.length, 0);
  const groups = [...left, ...Array.from({ length: zeros }, () => '0'), ...right];
  return groups
    .slice(0, 4)
    .map((group) => parseInt(group, 16).toString(16))
    .join(':');
}

/**
 * Counts the attempt before the password is tried, in a transaction that the caller commits first: parallel
 * attempts are then limited as well, and a crash gives none back. Names of nobody count too, so that the
 * limit does not tell names apart.
 *
 * @returns milliseconds to wait; 0 when the attempt may be made
 */
export async function reserveLogin(tx: Tx, keys: LoginKeys, now: Date): Promise<number> {
  // Always in this order, so that two attempts never wait for each other in a circle.
  const account = await count(tx, 'account', keys.account, now);
  const address = await count(tx, 'address', keys.address, now);
  return Math.max(account, address);
}

/** A right password gives its attempt back: busy offices are not shut out by their own success. */
export async function refundLogin(tx: Tx, keys: LoginKeys): Promise<void> {
  await tx.execute(`DELETE FROM access.login_throttle WHERE scope = 'account' AND key_hash = $1`, [
    keys.account,
  ]);
  await tx.execute(
    `UPDATE access.login_throttle SET attempts = greatest(attempts - 1, 0) WHERE scope = 'address' AND key_hash = $1`,
    [keys.address],
  );
}

/** Removes some windows that are over; called now and then. Rows in use by others are left for later. */
export async function sweepLoginThrottle(tx: Tx, now: Date): Promise<void> {
  await tx.execute(
    `DELETE FROM access.login_throttle WHERE (scope, key_hash) IN (
       SELECT scope, key_hash FROM access.login_throttle WHERE window_end < $1
       ORDER BY window_end LIMIT 100 FOR UPDATE SKIP LOCKED)`,
    [now],
  );
}

async function count(tx: Tx, scope: 'account' | 'address', key: Buffer, now: Date): Promise<number> {
  const [row] = await tx.query<{ attempts: number; window_end: Date }>(
    `INSERT INTO access.login_throttle AS t (scope, key_hash, attempts, window_end)
     VALUES ($1, $2, 1, $4)
     ON CONFLICT (scope, key_hash) DO UPDATE SET
       attempts = CASE WHEN t.window_end <= $3 THEN 1 ELSE least(t.attempts + 1, 1000000) END,
       window_end = CASE WHEN t.window_end <= $3 THEN excluded.window_end ELSE t.window_end END
     RETURNING attempts, window_end`,
    [scope, key, now, new Date(now.getTime() + loginLimits.window)],
  );
  if (!row) throw new Error('the login throttle returned no row');
  return row.attempts > loginLimits[scope] ? Math.max(row.window_end.getTime() - now.getTime(), 1) : 0;
}

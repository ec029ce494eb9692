import type { Tx } from '#platform';

export interface Account {
  readonly personId: string;
  readonly loginName: string;
  /** PHC string. */
  readonly passwordHash: string;
}

/** Login names are compared without regard to case, spaces at the ends or Unicode spelling. */
export function normaliseLoginName(typed: string): string {
  return typed.normalize('NFKC').trim().toLowerCase();
}

/** The account that may log in under a normalised name. */
export async function findAccount(tx: Tx, loginName: string): Promise<Account | undefined> {
  const [row] = await tx.query<{ person_id: string; login_name: string; password_hash: string }>(
    'SELECT person_id, login_name, password_hash FROM access.account WHERE login_name = $1 AND disabled_at IS NULL',
    [loginName],
  );
  return row && { personId: row.person_id, loginName: row.login_name, passwordHash: row.password_hash };
}

export async function hasAccount(tx: Tx, personId: string): Promise<boolean> {
  return (await tx.query('SELECT 1 FROM access.account WHERE person_id = $1', [personId])).length > 0;
}

/** Makes or renews an account. */
export async function putAccount(tx: Tx, account: Account, now: Date): Promise<void> {
  await tx.execute(
    `INSERT INTO access.account (person_id, login_name, password_hash, created_at) VALUES ($1, $2, $3, $4)
     ON CONFLICT (person_id) DO UPDATE SET login_name = excluded.login_name, password_hash = excluded.password_hash`,
    [account.personId, normaliseLoginName(account.loginName), account.passwordHash, now],
  );
}

import type { Tx } from '../database/tx';
import type { UnitOfWork } from '../database/unit-of-work';

/** Whose request it is, and which: a key means nothing outside of both. */
export interface KeyScope {
  /** `person:<id>` or `node:<id>`. */
  readonly owner: string;
  /** `POST /api/v1/documents/<id>/submit`. */
  readonly route: string;
  readonly key: string;
  /**
   * What the owner may do rests on it: agency, post and roles of a person. Who repeats a request in another office
   * may not see what is answered, and whether that is so only the use case knows, which a replay does not ask. The
   * answer is therefore repeated in the same office alone.
   */
  readonly office: string;
}

export interface StoredAnswer {
  readonly status: number;
  /** JSON text; null for an empty answer. */
  readonly body: string | null;
}

export type Claim =
  | { readonly kind: 'claimed' }
  | { readonly kind: 'other request' }
  | { readonly kind: 'other office' }
  | { readonly kind: 'in progress' }
  | { readonly kind: 'outcome unknown' }
  | { readonly kind: 'answered'; readonly answer: StoredAnswer };

export const keptFor = 24 * 3600 * 1000;
/** No request runs longer; one that has not been answered by then died with its process. */
export const longestRequest = 3 * 60 * 1000;

interface KeyRow {
  readonly request_digest: Buffer;
  readonly office: string;
  readonly created_at: Date;
  readonly status: number | null;
  readonly body: string | null;
}

/**
 * Neither taking a key nor keeping an answer waits for the disk. The log is written in order: a change that is
 * durable has its key durable before it, so that no crash lets it be carried out twice. An answer that a crash
 * takes along leaves its key taken, and asking again says that the outcome is unknown.
 *
 * Answered by the statement that writes, the setting holds for its transaction, and costs no message of its own.
 */
const notWaited = "set_config('synchronous_commit', 'off', true)";

/** Takes the key for a request, or says what became of the request that took it before. */
export async function claimKey(
  unitOfWork: UnitOfWork,
  scope: KeyScope,
  digest: Buffer,
  now: Date,
): Promise<Claim> {
  const expired = new Date(now.getTime() - keptFor);
  const claimed = await unitOfWork.bookkeeping(
    `INSERT INTO platform.idempotency_key AS held (owner, route, key, request_digest, created_at, office)
     VALUES ($1, $2, $3, $4, $5, $7)
     ON CONFLICT (owner, route, key) DO UPDATE
       SET request_digest = excluded.request_digest, created_at = excluded.created_at, office = excluded.office,
           status = NULL, body = NULL, completed_at = NULL
       WHERE held.created_at < $6
     RETURNING ${notWaited}`,
    [scope.owner, scope.route, scope.key, digest, now, expired, scope.office],
  );
  if (claimed.length === 1) return { kind: 'claimed' };
  const [row] = await unitOfWork.bookkeeping<KeyRow>(
    `SELECT request_digest, office, created_at, status, body FROM platform.idempotency_key
     WHERE owner = $1 AND route = $2 AND key = $3`,
    [scope.owner, scope.route, scope.key],
  );
  // Released between the two statements: the request before has just failed.
  if (!row) return { kind: 'in progress' };
  if (!row.request_digest.equals(digest)) return { kind: 'other request' };
  if (row.office !== scope.office) return { kind: 'other office' };
  if (row.status !== null) return { kind: 'answered', answer: { status: row.status, body: row.body } };
  const age = now.getTime() - row.created_at.getTime();
  return { kind: age > longestRequest ? 'outcome unknown' : 'in progress' };
}

export async function storeAnswer(
  unitOfWork: UnitOfWork,
  scope: KeyScope,
  answer: StoredAnswer,
  now: Date,
): Promise<void> {
  await unitOfWork.bookkeeping(
    `UPDATE platform.idempotency_key SET status = $4, body = $5, completed_at = $6
     WHERE owner = $1 AND route = $2 AND key = $3 RETURNING ${notWaited}`,
    [scope.owner, scope.route, scope.key, answer.status, answer.body, now],
  );
}

/** Gives the key back: the request failed on our side and may be sent again. */
export async function releaseKey(unitOfWork: UnitOfWork, scope: KeyScope): Promise<void> {
  await unitOfWork.bookkeeping(
    `DELETE FROM platform.idempotency_key WHERE owner = $1 AND route = $2 AND key = $3 AND status IS NULL
     RETURNING ${notWaited}`,
    [scope.owner, scope.route, scope.key],
  );
}

/** Deletes keys older than 24 hours; answers how many. */
export function purgeKeys(tx: Tx, now: Date): Promise<number> {
  return tx.execute('DELETE FROM platform.idempotency_key WHERE created_at < $1', [
    new Date(now.getTime() - keptFor),
  ]);
}

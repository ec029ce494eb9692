import type { Tx } from '#platform';
import { sessionLimits } from './session-limits';

/** An open session as kept; the token itself is only in the cookie. */
export interface Session {
  readonly id: string;
  readonly personId: string;
  readonly appointmentId: string;
  readonly openedAt: Date;
  readonly seenAt: Date;
  /** The end, however busy the session is. */
  readonly expiresAt: Date;
}

interface Row {
  readonly id: string;
  readonly person_id: string;
  readonly appointment_id: string;
  readonly opened_at: Date;
  readonly seen_at: Date;
  readonly expires_at: Date;
}

export async function insertSession(
  tx: Tx,
  session: Session & { readonly tokenHash: Buffer; readonly ip: string },
): Promise<void> {
  await tx.execute(
    `INSERT INTO access.session (id, token_hash, person_id, appointment_id, ip, opened_at, seen_at, expires_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      session.id,
      session.tokenHash,
      session.personId,
      session.appointmentId,
      session.ip,
      session.openedAt,
      session.seenAt,
      session.expiresAt,
    ],
  );
}

/** The session of a token, if it is open, in time, and its account not disabled. */
export async function findOpenSession(tx: Tx, tokenHash: Buffer, now: Date): Promise<Session | undefined> {
  const [row] = await tx.query<Row>(
    `SELECT s.id, s.person_id, s.appointment_id, s.opened_at, s.seen_at, s.expires_at
     FROM access.session s JOIN access.account a USING (person_id)
     WHERE s.token_hash = $1 AND s.closed_at IS NULL AND a.disabled_at IS NULL
       AND s.expires_at > $2 AND s.seen_at > $3`,
    [tokenHash, now, new Date(now.getTime() - sessionLimits.idle)],
  );
  if (!row) return undefined;
  return {
    id: row.id,
    personId: row.person_id,
    appointmentId: row.appointment_id,
    openedAt: row.opened_at,
    seenAt: row.seen_at,
    expiresAt: row.expires_at,
  };
}

/** Notes that the session was used, unless that was noted a moment ago. */
export async function touchSession(tx: Tx, session: Session, now: Date): Promise<void> {
  if (now.getTime() - session.seenAt.getTime() < sessionLimits.seenEvery) return;
  await tx.execute('UPDATE access.session SET seen_at = $2 WHERE id = $1 AND seen_at < $2', [
    session.id,
    now,
  ]);
}

/** Closes the session; false when it was closed before. */
export async function closeSession(tx: Tx, id: string, now: Date): Promise<boolean> {
  const closed = await tx.execute(
    'UPDATE access.session SET closed_at = $2 WHERE id = $1 AND closed_at IS NULL',
    [id, now],
  );
  return closed === 1;
}

/** The session goes on in another office of the same person. */
export async function moveSession(tx: Tx, id: string, appointmentId: string): Promise<void> {
  await tx.execute('UPDATE access.session SET appointment_id = $2 WHERE id = $1', [id, appointmentId]);
}

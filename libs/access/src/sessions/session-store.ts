import type { HeldPost } from '#directory';
import { heldPosts } from '#directory';
import type { Tx, UnitOfWork } from '#platform';
import { vietnamDate } from '#platform';
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
  /** The password is one that an administrator gave: nothing else is allowed before it is changed. */
  readonly mustChangePassword: boolean;
}

interface Row {
  readonly id: string;
  readonly person_id: string;
  readonly appointment_id: string;
  readonly opened_at: Date;
  readonly seen_at: Date;
  readonly expires_at: Date;
  readonly must_change_password: boolean;
}

export async function insertSession(
  tx: Tx,
  session: Omit<Session, 'mustChangePassword'> & { readonly tokenHash: Buffer; readonly ip: string },
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

const openSession = (further = ''): string => `
  SELECT s.id, s.person_id, s.appointment_id, s.opened_at, s.seen_at, s.expires_at,
    o.must_change_password${further}
  FROM access.session s JOIN access.account o USING (person_id)
  WHERE s.token_hash = $1 AND s.closed_at IS NULL AND o.disabled_at IS NULL
    AND s.expires_at > $2 AND s.seen_at > $3`;

const openSessionAlone = openSession();
const ownAppointment = heldPosts('a.id = s.appointment_id AND a.person_id = s.person_id', '$4');
const openSessionWithOffice = openSession(
  `, (SELECT to_jsonb(held) FROM (${ownAppointment}) AS held) AS office`,
);

/** The session of a token, if it is open, in time, and its account not disabled. */
export async function findOpenSession(tx: Tx, tokenHash: Buffer, now: Date): Promise<Session | undefined> {
  const [row] = await tx.query<Row>(openSessionAlone, [tokenHash, now, idleSince(now)]);
  return row && sessionOf(row);
}

/**
 * The same with the office it was opened for, while that is in force today: nobody without. Every request asks
 * this, so it is one statement; nothing of it is remembered between requests, so that an end of session, account or
 * appointment acts at once in every process.
 */
export async function findSessionInOffice(
  unitOfWork: UnitOfWork,
  tokenHash: Buffer,
  now: Date,
): Promise<{ readonly session: Session; readonly office: HeldPost } | undefined> {
  const [row] = await unitOfWork.bookkeeping<Row & { readonly office: HeldPost | null }>(
    openSessionWithOffice,
    [tokenHash, now, idleSince(now), vietnamDate(now)],
  );
  return row?.office ? { session: sessionOf(row), office: row.office } : undefined;
}

function idleSince(now: Date): Date {
  return new Date(now.getTime() - sessionLimits.idle);
}

function sessionOf(row: Row): Session {
  return {
    id: row.id,
    personId: row.person_id,
    appointmentId: row.appointment_id,
    openedAt: row.opened_at,
    seenAt: row.seen_at,
    expiresAt: row.expires_at,
    mustChangePassword: row.must_change_password,
  };
}

/** Notes that the session was used, unless that was noted a moment ago. */
export async function touchSession(unitOfWork: UnitOfWork, session: Session, now: Date): Promise<void> {
  if (now.getTime() - session.seenAt.getTime() < sessionLimits.seenEvery) return;
  await unitOfWork.bookkeeping('UPDATE access.session SET seen_at = $2 WHERE id = $1 AND seen_at < $2', [
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

/** Ends all open sessions of a person, or all but one. */
export async function closeSessionsOf(tx: Tx, personId: string, now: Date, except?: string): Promise<void> {
  await tx.execute(
    `UPDATE access.session SET closed_at = $2
     WHERE person_id = $1 AND closed_at IS NULL AND ($3::uuid IS NULL OR id <> $3)`,
    [personId, now, except ?? null],
  );
}

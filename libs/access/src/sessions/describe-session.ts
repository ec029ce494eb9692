import { Injectable } from '@nestjs/common';
import { Directory } from '#directory';
import { parseCertificate } from '#pki';
import type { Tx } from '#platform';
import { Clock, vietnamDate } from '#platform';
import { keyLimits } from '../keys/key-limits';
import type { KeyOwner, StoredKey } from '../keys/stored-key';
import { findKeysOf } from '../keys/stored-key';
import { isAllowed } from '../policies/decide-policy';
import { policyNames } from '../policies/policy-names';
import { findPreferences } from '../preferences/preferences';
import type { Office } from './offices';
import { Offices } from './offices';
import { personActorOf } from './person-actor';
import type { KeyState, OfficeChoice, SessionAnswer } from './session-answer';
import type { Session } from './session-store';
import { csrfTokenOf } from './session-token';

/** Puts together what a page needs to know about a session. */
@Injectable()
export class DescribeSession {
  constructor(
    private readonly directory: Directory,
    private readonly offices: Offices,
    private readonly clock: Clock,
  ) {}

  /** @param token the session's own, of which the answer holds only what is derived from it */
  async describe(
    tx: Tx,
    session: Pick<Session, 'id' | 'expiresAt'>,
    office: Office,
    token: string,
  ): Promise<SessionAnswer> {
    const { personId, agencyId } = office;
    const person = personActorOf(office, session.id, { ip: '', requestId: tx.actor.requestId });
    const agency = await this.directory.agency(agencyId, tx);
    if (!agency) throw new Error('an appointment names an agency that the directory lacks');
    const { id, code, name, shortName, symbol, bloc, level, place } = agency;
    return {
      person: { id: personId, ...(await this.offices.name(tx, office)) },
      agency: { id, code, name, shortName, symbol, bloc, level, place },
      offices: await this.choices(tx, office),
      policies: policyNames.filter((policy) => isAllowed(person, policy)),
      keys: {
        personal: await this.keyState(tx, { kind: 'person', id: personId }),
        agency: isAllowed(person, 'document.agency-sign')
          ? await this.keyState(tx, { kind: 'agency', id: agencyId })
          : null,
      },
      account: await accountOf(tx, personId, session.id),
      preferences: await findPreferences(tx, personId),
      csrfToken: csrfTokenOf(token),
      expiresAt: session.expiresAt.toISOString(),
    };
  }

  private async choices(tx: Tx, current: Office): Promise<readonly OfficeChoice[]> {
    const held = await this.directory.appointmentsOf(current.personId, vietnamDate(this.clock.now()), tx);
    const agencies = await this.directory.agencies(
      held.map(({ agencyId }) => agencyId),
      tx,
    );
    const names = new Map(agencies.map(({ id, name }) => [id, name]));
    return held.map(({ id, agencyId, postId, post, roles, acting, validTo }) => ({
      appointmentId: id,
      agencyId,
      agencyName: names.get(agencyId) ?? '',
      postId,
      postTitle: post.title,
      roles,
      acting,
      validTo,
      current: id === current.id,
    }));
  }

  /** Of several keys the one that signs longest. */
  private async keyState(tx: Tx, owner: KeyOwner): Promise<KeyState | null> {
    const keys = (await findKeysOf(tx, owner, 'signing')).map((key) => stateOf(key, this.clock.now()));
    return keys.toSorted((a, b) => b.expiresAt.localeCompare(a.expiresAt))[0] ?? null;
  }
}

function stateOf({ id, certificate, attempts }: StoredKey, now: Date): KeyState {
  const { notAfter } = parseCertificate(certificate);
  const locked = attempts >= keyLimits.pinAttempts ? 'locked' : 'ready';
  return { id, state: notAfter < now ? 'expired' : locked, expiresAt: notAfter.toISOString() };
}

async function accountOf(tx: Tx, personId: string, sessionId: string): Promise<SessionAnswer['account']> {
  const [row] = await tx.query<{ loginName: string; mustChangePassword: boolean; previous: Date | null }>(
    `SELECT login_name AS "loginName", must_change_password AS "mustChangePassword",
       (SELECT max(opened_at) FROM access.session WHERE person_id = a.person_id AND id <> $2) AS previous
     FROM access.account a WHERE person_id = $1`,
    [personId, sessionId],
  );
  if (!row) throw new Error('a session without an account');
  const { previous, ...account } = row;
  return { ...account, previousLoginAt: previous?.toISOString() ?? null };
}

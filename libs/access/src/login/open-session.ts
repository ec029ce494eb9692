import { Injectable } from '@nestjs/common';
import { AuditTrail } from '#audit';
import type { Actor, AnonymousActor } from '#platform';
import { Clock, newId, UnitOfWork } from '#platform';
import { AccessError } from '../errors';
import { isPasswordRight } from '../secrets/password';
import { DescribeSession } from '../sessions/describe-session';
import type { Office } from '../sessions/offices';
import { Offices } from '../sessions/offices';
import { personActorOf } from '../sessions/person-actor';
import type { SessionAnswer } from '../sessions/session-answer';
import { sessionLimits } from '../sessions/session-limits';
import type { Session } from '../sessions/session-store';
import { closeSession, insertSession } from '../sessions/session-store';
import { hashSessionToken, newSessionToken } from '../sessions/session-token';
import type { Account } from './accounts';
import { findAccount, normaliseLoginName } from './accounts';
import type { LoginKeys } from './login-throttle';
import { loginKeys, refundLogin, reserveLogin, sweepLoginThrottle } from './login-throttle';

export interface Credentials {
  readonly loginName: string;
  readonly password: string;
  /** Which of several posts to act in; the first one in force unless told. */
  readonly appointmentId?: string;
}

export interface OpenedSession {
  /** For the cookie, and nowhere else. */
  readonly token: string;
  readonly answer: SessionAnswer;
}

const idOfNobody = '00000000-0000-4000-8000-000000000000';

/** Logs a person in by name and password. */
@Injectable()
export class OpenSession {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly trail: AuditTrail,
    private readonly offices: Offices,
    private readonly sessions: DescribeSession,
    private readonly clock: Clock,
  ) {}

  /**
   * @param caller nobody known, or the person of a session that this one replaces
   * @throws AccessError `LOGIN_THROTTLED` with the fact `retryAfterSeconds`, `LOGIN_REFUSED`, `NO_APPOINTMENT`;
   * each is in the trail when it is thrown
   */
  async open(caller: Actor, ip: string, credentials: Credentials): Promise<OpenedSession> {
    const nobody: AnonymousActor = { kind: 'anonymous', ip, requestId: caller.requestId };
    const loginName = normaliseLoginName(credentials.loginName);
    const keys = loginKeys(loginName, ip);
    await this.reserve(nobody, keys);
    const { account, office } = await this.unitOfWork.run(nobody, async (tx) => {
      const found = await findAccount(tx, loginName);
      // The same questions for a name of nobody, so that the time taken does not tell names apart.
      const post = await this.offices.choose(tx, found?.personId ?? idOfNobody, credentials.appointmentId);
      return { account: found, office: post };
    });
    if (!(await isPasswordRight(credentials.password, account?.passwordHash))) {
      throw await this.refuse(nobody, 'LOGIN_REFUSED', account, office);
    }
    if (!office) throw await this.refuse(nobody, 'NO_APPOINTMENT', account, office);
    return this.begin(caller, nobody, office, keys);
  }

  private async reserve(nobody: AnonymousActor, keys: LoginKeys): Promise<void> {
    const wait = await this.unitOfWork.run(nobody, (tx) => reserveLogin(tx, keys, this.clock.now()));
    if (wait === 0) return;
    const retryAfterSeconds = Math.ceil(wait / 1000);
    await this.trail.record(nobody, {
      action: 'session.refused',
      outcome: 'denied',
      code: 'LOGIN_THROTTLED',
      details: { retryAfterSeconds },
    });
    throw new AccessError('LOGIN_THROTTLED', 'too many failed logins', { facts: { retryAfterSeconds } });
  }

  /** The name typed is not kept: people type their password there. */
  private async refuse(
    nobody: AnonymousActor,
    code: 'LOGIN_REFUSED' | 'NO_APPOINTMENT',
    account: Account | undefined,
    office: Office | undefined,
  ): Promise<AccessError> {
    await this.trail.record(nobody, {
      action: 'session.refused',
      outcome: 'failed',
      code,
      ...(account && { subject: { type: 'person', id: account.personId } }),
      ...(office && { agencyId: office.agencyId }),
    });
    return new AccessError(code, 'the login was refused');
  }

  private async begin(
    caller: Actor,
    nobody: AnonymousActor,
    office: Office,
    keys: LoginKeys,
  ): Promise<OpenedSession> {
    const now = this.clock.now();
    const token = newSessionToken();
    const session: Omit<Session, 'mustChangePassword'> = {
      id: newId(),
      personId: office.personId,
      appointmentId: office.id,
      openedAt: now,
      seenAt: now,
      expiresAt: new Date(now.getTime() + sessionLimits.absolute),
    };
    const person = personActorOf(office, session.id, nobody);
    const answer = await this.unitOfWork.run(person, async (tx) => {
      await refundLogin(tx, keys);
      await sweepLoginThrottle(tx, now);
      if (caller.kind === 'person' && (await closeSession(tx, caller.sessionId, now)))
        await this.trail.record(caller, { action: 'session.closed', outcome: 'success' }, { within: tx });
      await insertSession(tx, { ...session, tokenHash: hashSessionToken(token), ip: nobody.ip });
      await this.trail.record(person, { action: 'session.opened', outcome: 'success' }, { within: tx });
      return this.sessions.describe(tx, session, office, token);
    });
    return { token, answer };
  }
}

import { Injectable } from '@nestjs/common';
import { AuditTrail } from '#audit';
import type { PersonActor } from '#platform';
import { Clock, UnitOfWork } from '#platform';
import { AccessError } from '../errors';
import { loginKeys, refundLogin, reserveLogin } from '../login/login-throttle';
import { hashPassword, isPasswordRight } from '../secrets/password';
import { closeSessionsOf } from '../sessions/session-store';
import { passwordFault } from './password-rules';

/** A person changes the own password; it costs an attempt like a login, and ends all other sessions. */
@Injectable()
export class ChangePassword {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly trail: AuditTrail,
    private readonly clock: Clock,
  ) {}

  /** @throws AccessError `LOGIN_THROTTLED` with `retryAfterSeconds`, `PASSWORD_WRONG`, `PASSWORD_WEAK` */
  async change(
    person: PersonActor,
    given: { readonly current: string; readonly fresh: string },
  ): Promise<void> {
    const account = await this.unitOfWork.run(person, async (tx) => {
      const [row] = await tx.query<{ login_name: string; password_hash: string }>(
        'SELECT login_name, password_hash FROM access.account WHERE person_id = $1',
        [person.personId],
      );
      if (!row) throw new Error('a session without an account');
      return row;
    });
    const keys = loginKeys(account.login_name, person.ip);
    const wait = await this.unitOfWork.run(person, (tx) => reserveLogin(tx, keys, this.clock.now()));
    if (wait > 0) {
      const retryAfterSeconds = Math.ceil(wait / 1000);
      throw new AccessError('LOGIN_THROTTLED', 'too many wrong passwords', { facts: { retryAfterSeconds } });
    }
    if (!(await isPasswordRight(given.current, account.password_hash)))
      throw new AccessError('PASSWORD_WRONG', 'the present password is wrong');
    await this.unitOfWork.run(person, (tx) => refundLogin(tx, keys));
    const fault = passwordFault(given.fresh, { loginName: account.login_name, current: given.current });
    if (fault !== undefined) throw new AccessError('PASSWORD_WEAK', fault);
    const hash = await hashPassword(given.fresh);
    await this.unitOfWork.run(person, async (tx) => {
      const changed = await tx.execute(
        `UPDATE access.account SET password_hash = $2, must_change_password = false
         WHERE person_id = $1 AND password_hash = $3`,
        [person.personId, hash, account.password_hash],
      );
      if (changed === 0) throw new AccessError('PASSWORD_WRONG', 'the password has been changed meanwhile');
      await closeSessionsOf(tx, person.personId, this.clock.now(), person.sessionId);
      await this.trail.record(
        person,
        { action: 'account.password_changed', outcome: 'success' },
        { within: tx },
      );
    });
  }
}

import { Injectable } from '@nestjs/common';
import type { AuditAction } from '#audit';
import { AuditTrail } from '#audit';
import { Administered } from '#directory';
import type { Page, PersonActor, Tx } from '#platform';
import { Clock, pageOf, pageSize, readCursor, UnitOfWork } from '#platform';
import { AccessError } from '../errors';
import { normaliseLoginName } from '../login/accounts';
import { initialPassword } from '../secrets/initial-password';
import { hashPassword } from '../secrets/password';
import { closeSessionsOf } from '../sessions/session-store';

export interface AccountView {
  readonly personId: string;
  readonly fullName: string;
  readonly loginName: string;
  readonly state: 'open' | 'locked';
  readonly mustChangePassword: boolean;
  /** ISO 8601; null before the first login. */
  readonly lastLoginAt: string | null;
}

/** The password is told once and kept nowhere. */
export interface GivenPassword extends Pick<AccountView, 'personId' | 'loginName'> {
  readonly initialPassword: string;
}

interface Row {
  readonly person_id: string;
  readonly full_name: string;
  readonly given_name: string;
  readonly login_name: string;
  readonly disabled_at: Date | null;
  readonly must_change_password: boolean;
  readonly last_login: Date | null;
}

/**
 * Logins of the people an administrator looks after: all of whose offices lie in the administered agencies, for
 * whoever gives a password could use it. Nobody administers the own.
 */
@Injectable()
export class AdministerAccounts {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly administered: Administered,
    private readonly trail: AuditTrail,
    private readonly clock: Clock,
  ) {}

  list(
    person: PersonActor,
    { personId, cursor }: { readonly personId?: string; readonly cursor?: string },
  ): Promise<Page<AccountView>> {
    const after = readCursor(cursor, ['text', 'text', 'id']);
    return this.unitOfWork.run(person, async (tx) => {
      const scope = await this.administered.agencies(tx, person);
      const rows = await tx.query<Row>(
        `SELECT a.person_id, p.full_name, p.given_name, a.login_name, a.disabled_at, a.must_change_password,
           (SELECT max(opened_at) FROM access.session s WHERE s.person_id = a.person_id) AS last_login
         FROM access.account a JOIN directory.person p ON p.id = a.person_id
         WHERE EXISTS (SELECT 1 FROM directory.appointment h WHERE h.person_id = p.id AND h.agency_id = ANY($1))
           AND ($2::text IS NULL OR (p.given_name, p.full_name, p.id) > ($2, $3, $4::uuid))
           AND ($5::uuid IS NULL OR p.id = $5)
         ORDER BY p.given_name, p.full_name, p.id LIMIT ${pageSize + 1}`,
        [[...scope], ...(after ?? [null, null, null]), personId ?? null],
      );
      const page = pageOf(rows, {
        item: viewOf,
        key: ({ given_name, full_name, person_id }) => [given_name, full_name, person_id],
      });
      const details = { list: 'accounts', items: page.items.length };
      await this.trail.record(
        person,
        { action: 'directory.read', outcome: 'success', details },
        { within: tx },
      );
      return page;
    });
  }

  /** @throws AccessError `ACCOUNT_EXISTS`, `LOGIN_NAME_TAKEN`, `OWN_ACCOUNT`; DirectoryError */
  async create(person: PersonActor, personId: string, typed: string): Promise<GivenPassword> {
    const loginName = normaliseLoginName(typed);
    const password = initialPassword();
    const hash = await hashPassword(password);
    return this.unitOfWork.run(person, async (tx) => {
      await this.requireOther(tx, person, personId);
      const made = await tx
        .execute(
          `INSERT INTO access.account (person_id, login_name, password_hash, must_change_password, created_at)
           VALUES ($1, $2, $3, true, $4) ON CONFLICT (person_id) DO NOTHING`,
          [personId, loginName, hash, this.clock.now()],
        )
        .catch(nameTaken);
      if (made === 0) throw new AccessError('ACCOUNT_EXISTS', 'the person has a login');
      await this.record(tx, person, 'account.created', personId);
      return { personId, loginName, initialPassword: password };
    });
  }

  /** A new password for who has forgotten the old one; open sessions end. @throws AccessError, DirectoryError */
  async reset(person: PersonActor, personId: string, reason: string): Promise<GivenPassword> {
    const password = initialPassword();
    const hash = await hashPassword(password);
    return this.unitOfWork.run(person, async (tx) => {
      const loginName = await this.lockAccount(tx, person, personId);
      await tx.execute(
        'UPDATE access.account SET password_hash = $2, must_change_password = true WHERE person_id = $1',
        [personId, hash],
      );
      await closeSessionsOf(tx, personId, this.clock.now());
      await this.record(tx, person, 'account.password_reset', personId, reason);
      return { personId, loginName, initialPassword: password };
    });
  }

  /** @throws AccessError `ACCOUNT_STATE` when it is locked already */
  lock(person: PersonActor, personId: string, reason: string): Promise<void> {
    return this.unitOfWork.run(person, async (tx) => {
      await this.lockAccount(tx, person, personId);
      const now = this.clock.now();
      const locked = await tx.execute(
        'UPDATE access.account SET disabled_at = $2 WHERE person_id = $1 AND disabled_at IS NULL',
        [personId, now],
      );
      if (locked === 0) throw new AccessError('ACCOUNT_STATE', 'the account is locked already');
      await closeSessionsOf(tx, personId, now);
      await this.record(tx, person, 'account.locked', personId, reason);
    });
  }

  /** @throws AccessError `ACCOUNT_STATE` when it is not locked */
  unlock(person: PersonActor, personId: string, reason: string): Promise<void> {
    return this.unitOfWork.run(person, async (tx) => {
      await this.lockAccount(tx, person, personId);
      const unlocked = await tx.execute(
        'UPDATE access.account SET disabled_at = NULL WHERE person_id = $1 AND disabled_at IS NOT NULL',
        [personId],
      );
      if (unlocked === 0) throw new AccessError('ACCOUNT_STATE', 'the account is not locked');
      await this.record(tx, person, 'account.unlocked', personId, reason);
    });
  }

  private async lockAccount(tx: Tx, person: PersonActor, personId: string): Promise<string> {
    await this.requireOther(tx, person, personId);
    const [account] = await tx.query<{ login_name: string }>(
      'SELECT login_name FROM access.account WHERE person_id = $1 FOR UPDATE',
      [personId],
    );
    if (!account) throw new AccessError('ACCOUNT_NOT_FOUND', 'the person has no login');
    return account.login_name;
  }

  private async requireOther(tx: Tx, person: PersonActor, personId: string): Promise<void> {
    if (personId === person.personId) throw new AccessError('OWN_ACCOUNT', 'the own account');
    await this.administered.requirePerson(tx, person, personId);
  }

  private record(
    tx: Tx,
    person: PersonActor,
    action: AuditAction,
    personId: string,
    reason?: string,
  ): Promise<void> {
    const subject = { type: 'person', id: personId };
    return this.trail.record(
      person,
      { action, outcome: 'success', subject, ...(reason !== undefined && { reason }) },
      { within: tx },
    );
  }
}

function viewOf(row: Row): AccountView {
  return {
    personId: row.person_id,
    fullName: row.full_name,
    loginName: row.login_name,
    state: row.disabled_at === null ? 'open' : 'locked',
    mustChangePassword: row.must_change_password,
    lastLoginAt: row.last_login?.toISOString() ?? null,
  };
}

function nameTaken(error: unknown): never {
  if ((error as { readonly constraint?: string }).constraint === 'account_login_name_key')
    throw new AccessError('LOGIN_NAME_TAKEN', 'somebody else has this login name', { cause: error });
  throw error;
}

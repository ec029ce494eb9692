import { Injectable } from '@nestjs/common';
import { AuditTrail } from '#audit';
import type { PersonActor, Tx } from '#platform';
import { Clock, isId, vietnamDate } from '#platform';
import { DirectoryError } from '../errors';
import type { DateOnly } from '../model';

/** Rows of the directory that administrators change. */
export type AdministeredTable = 'agency' | 'body' | 'post' | 'person' | 'appointment' | 'certificate';

/** What an administrator looks after: the own agency and all that stand below it. */
@Injectable()
export class Administered {
  constructor(
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
  ) {}

  /** Ids of the agencies, also of those that have ended. */
  async agencies(tx: Tx, person: PersonActor): Promise<ReadonlySet<string>> {
    const rows = await tx.query<{ id: string }>(
      `WITH RECURSIVE tree AS (
         SELECT id FROM directory.agency WHERE id = $1
         UNION
         SELECT a.id FROM tree JOIN directory.agency a ON a.parent_id = tree.id
       )
       SELECT id FROM tree`,
      [person.agencyId],
    );
    return new Set(rows.map(({ id }) => id));
  }

  /**
   * Makes sure that a row's agency is one of them. Of others the administrator learns nothing, and the attempt
   * stands in the trail.
   *
   * @throws DirectoryError `NOT_ADMINISTERED`
   */
  async require(
    tx: Tx,
    person: PersonActor,
    subject: { readonly type: string; readonly id: string },
    agencyIds: readonly (string | undefined)[],
  ): Promise<void> {
    const scope = await this.agencies(tx, person);
    if (agencyIds.some((id) => id !== undefined && scope.has(id))) return;
    await this.audit.record(person, {
      action: 'access.denied',
      outcome: 'denied',
      code: 'NOT_ADMINISTERED',
      subject,
    });
    throw new DirectoryError('NOT_ADMINISTERED', `no ${subject.type} ${subject.id} in this scope`);
  }

  /**
   * A person who has held a post in an administered agency, and holds none outside now: whoever administers a
   * person's account could act as that person.
   *
   * @throws DirectoryError `NOT_ADMINISTERED`, `PERSON_OF_ANOTHER_AGENCY`
   */
  async requirePerson(tx: Tx, person: PersonActor, personId: string): Promise<void> {
    const rows = isId(personId)
      ? await tx.query<{ agency_id: string }>(
          'SELECT agency_id FROM directory.appointment WHERE person_id = $1',
          [personId],
        )
      : [];
    const agencies = rows.map((row) => row.agency_id);
    await this.require(tx, person, { type: 'person', id: personId }, agencies);
    await this.refuseElsewhere(tx, person, personId);
  }

  /** @throws DirectoryError `PERSON_OF_ANOTHER_AGENCY` where an office is held, or will be, outside the scope */
  async refuseElsewhere(tx: Tx, person: PersonActor, personId: string): Promise<void> {
    const scope = await this.agencies(tx, person);
    const rows = await tx.query<{ agency_id: string }>(
      'SELECT agency_id FROM directory.appointment WHERE person_id = $1 AND (valid_to IS NULL OR valid_to > $2)',
      [personId, this.today()],
    );
    if (rows.some((row) => !scope.has(row.agency_id)))
      throw new DirectoryError('PERSON_OF_ANOTHER_AGENCY', 'an office is held outside the scope');
  }

  today(): DateOnly {
    return vietnamDate(this.clock.now());
  }

  /**
   * What has happened is not rewritten: something ends today at the earliest, and not before it has begun.
   *
   * @throws DirectoryError `HAS_ENDED`, `VALIDITY_IN_PAST`, `VALIDITY_EMPTY`
   */
  checkEnd(row: { readonly validFrom: DateOnly; readonly validTo: DateOnly | null }, end: DateOnly): void {
    const today = this.today();
    if (row.validTo !== null && row.validTo <= today)
      throw new DirectoryError('HAS_ENDED', `it has ended on ${row.validTo}`);
    this.checkDays(row.validFrom, end);
    if (end < today) throw new DirectoryError('VALIDITY_IN_PAST', `${end} is before ${today}`);
  }

  /** @throws DirectoryError `VALIDITY_EMPTY` */
  checkDays(from: DateOnly, to: DateOnly | null | undefined): void {
    if (to !== null && to !== undefined && to <= from)
      throw new DirectoryError('VALIDITY_EMPTY', `${to} is not after ${from}`);
  }

  /** @throws DirectoryError `VALIDITY_IN_PAST` */
  checkBeginning(from: DateOnly): void {
    if (from < this.today()) throw new DirectoryError('VALIDITY_IN_PAST', `${from} is in the past`);
  }
}

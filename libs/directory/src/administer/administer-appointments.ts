import { Injectable } from '@nestjs/common';
import type { PersonActor, Role, Tx } from '#platform';
import { newId, UnitOfWork } from '#platform';
import { appointmentColumns, postColumns } from '../columns';
import { enterAppointment } from '../enter-rows';
import { DirectoryError } from '../errors';
import type { Appointment, DateOnly, Post } from '../model';
import { isInForce } from '../model';
import { Administered } from './administered';
import type { End, RowKind, Versioned } from './administered-rows';
import { AdministeredRows } from './administered-rows';
import { named } from './write-row';

export type AdministeredAppointment = Versioned<Appointment>;

export interface NewAppointment {
  readonly postId: string;
  readonly roles: readonly Role[];
  readonly acting: boolean;
  readonly validFrom: DateOnly;
  readonly validTo?: DateOnly;
}

export type AppointmentChange = Partial<Pick<Appointment, 'roles' | 'acting'>>;

const appointments: RowKind<Appointment> = {
  table: 'appointment',
  columns: appointmentColumns('appointment'),
  fieldsOf: ({ personId, postId, roles, acting, validFrom, validTo }) => ({
    ...{ personId, postId, roles, acting, validFrom, validTo },
  }),
};

/**
 * Who holds which post with which roles. Nobody appoints themself, and whoever inspects does nothing else (Law on
 * Inspection 2022: the inspector stands apart from what is inspected).
 */
@Injectable()
export class AdministerAppointments {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly administered: Administered,
    private readonly rows: AdministeredRows,
  ) {}

  /**
   * @throws DirectoryError `NOT_ADMINISTERED`, `OWN_APPOINTMENT`, `PERSON_OF_ANOTHER_AGENCY`, `POST_NOT_IN_FORCE`,
   * `VALIDITY_IN_PAST`, `VALIDITY_EMPTY`, `INSPECTOR_ALONE`
   */
  create(person: PersonActor, personId: string, given: NewAppointment): Promise<AdministeredAppointment> {
    return this.unitOfWork.run(person, async (tx) => {
      const known = await tx.query('SELECT 1 FROM directory.person WHERE id = $1 FOR UPDATE', [personId]);
      if (known.length === 0) throw new DirectoryError('PERSON_NOT_FOUND', `no person ${personId}`);
      return this.enter(tx, person, personId, given);
    });
  }

  /** As `create`, for a person whose row the transaction holds. */
  async enter(
    tx: Tx,
    person: PersonActor,
    personId: string,
    given: NewAppointment,
  ): Promise<AdministeredAppointment> {
    if (personId === person.personId) throw new DirectoryError('OWN_APPOINTMENT', 'nobody appoints themself');
    const post = await this.postOf(tx, person, given);
    const appointment: Appointment = {
      id: newId(),
      personId,
      postId: post.id,
      agencyId: post.agencyId,
      roles: given.roles,
      acting: given.acting,
      validFrom: given.validFrom,
      validTo: given.validTo ?? null,
    };
    // Nobody draws a person of another agency into the own scope while an office is held there.
    await this.administered.refuseElsewhere(tx, person, personId);
    await this.checkRoles(tx, appointment);
    await enterAppointment(tx, appointment);
    return this.rows.entered(tx, person, appointments, appointment);
  }

  /** @throws DirectoryError `NOT_ADMINISTERED`, `DIRECTORY_CHANGED`, `OWN_APPOINTMENT`, `HAS_ENDED`, `INSPECTOR_ALONE` */
  change(
    person: PersonActor,
    id: string,
    wishes: AppointmentChange,
    version?: number,
  ): Promise<AdministeredAppointment> {
    return this.unitOfWork.run(person, async (tx) => {
      const before = await this.lock(tx, person, id, version);
      if (before.validTo !== null && before.validTo <= this.administered.today())
        throw new DirectoryError('HAS_ENDED', 'the appointment has ended');
      const after = { ...before, ...named(wishes) };
      await this.checkRoles(tx, after);
      const columns = { roles: after.roles, acting: after.acting };
      return this.rows.write(tx, person, appointments, { kind: 'changed', before, after, columns });
    });
  }

  /**
   * @throws DirectoryError `NOT_ADMINISTERED`, `DIRECTORY_CHANGED`, `OWN_APPOINTMENT`, `HAS_ENDED`,
   * `VALIDITY_IN_PAST`, `VALIDITY_EMPTY`
   */
  end(
    person: PersonActor,
    id: string,
    { validTo, reason }: End,
    version?: number,
  ): Promise<AdministeredAppointment> {
    return this.unitOfWork.run(person, async (tx) => {
      const before = await this.lock(tx, person, id, version);
      this.administered.checkEnd(before, validTo);
      const [after, columns] = [{ ...before, validTo }, { valid_to: validTo }];
      // To end later than before is to be in office for longer.
      await this.checkRoles(tx, after);
      return this.rows.write(tx, person, appointments, { kind: 'ended', before, after, columns, reason });
    });
  }

  private async postOf(tx: Tx, person: PersonActor, given: NewAppointment): Promise<Post> {
    const [post] = await tx.query<Post>(
      `SELECT ${postColumns('post')} FROM directory.post WHERE id = $1 FOR SHARE`,
      [given.postId],
    );
    await this.administered.require(tx, person, { type: 'post', id: given.postId }, [post?.agencyId]);
    this.administered.checkBeginning(given.validFrom);
    this.administered.checkDays(given.validFrom, given.validTo);
    const until = given.validTo ?? null;
    const outlives = post?.validTo !== null && (until === null || until > (post?.validTo ?? ''));
    if (post === undefined || !isInForce(post, given.validFrom) || outlives)
      throw new DirectoryError('POST_NOT_IN_FORCE', 'the post is not in force for the whole time');
    return post;
  }

  /** @throws DirectoryError `INSPECTOR_ALONE` also where the other role comes from another post of the person */
  private async checkRoles(tx: Tx, appointment: Appointment): Promise<void> {
    const { id, personId, roles, validFrom, validTo } = appointment;
    const others = await tx.query<{ roles: Role[] }>(
      `SELECT roles FROM directory.appointment WHERE person_id = $1 AND id <> $2
         AND daterange(valid_from, valid_to) && daterange($3, $4)`,
      [personId, id, validFrom, validTo],
    );
    const all = new Set([...roles, ...others.flatMap((other) => other.roles)]);
    if (all.has('inspector') && all.size > 1)
      throw new DirectoryError('INSPECTOR_ALONE', 'an inspector holds no other role at the same time');
  }

  private async lock(
    tx: Tx,
    person: PersonActor,
    id: string,
    version?: number,
  ): Promise<AdministeredAppointment> {
    const row = await this.rows.lock(tx, person, appointments, id, version);
    if (row.personId === person.personId)
      throw new DirectoryError('OWN_APPOINTMENT', 'nobody changes the own appointment');
    // What is asked of all appointments of a person must not change meanwhile.
    await tx.query('SELECT 1 FROM directory.person WHERE id = $1 FOR UPDATE', [row.personId]);
    return row;
  }
}

import { Injectable } from '@nestjs/common';
import { AuditTrail } from '#audit';
import type { Page, PersonActor, Tx } from '#platform';
import { isId, newId, pageOf, pageSize, readCursor, UnitOfWork } from '#platform';
import { appointmentColumns } from '../columns';
import { enterPerson } from '../enter-rows';
import { DirectoryError } from '../errors';
import type { Person } from '../model';
import { prefixQuery, searchText } from '../search-text';
import { AdministerAppointments } from './administer-appointments';
import type { AdministeredAppointment, NewAppointment } from './administer-appointments';
import { Administered } from './administered';
import { recordChange, updateRow } from './write-row';

export interface AdministeredPerson extends Person {
  readonly version: number;
  /** All in administered agencies, also those that have ended or not yet begun, newest first. */
  readonly appointments: readonly (AdministeredAppointment & {
    readonly postTitle: string;
    readonly agencyName: string;
  })[];
}

export interface PeopleWanted {
  readonly query?: string;
  readonly agencyId?: string;
  readonly cursor?: string;
}

type Row = AdministeredPerson & { readonly given_name: string };

/** People of administered agencies: whoever holds, held or will hold a post there. */
@Injectable()
export class AdministerPeople {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly administered: Administered,
    private readonly appointments: AdministerAppointments,
    private readonly audit: AuditTrail,
  ) {}

  /** @throws DirectoryError `NOT_ADMINISTERED` */
  list(person: PersonActor, { query, agencyId, cursor }: PeopleWanted): Promise<Page<AdministeredPerson>> {
    const after = readCursor(cursor, ['text', 'text', 'id']);
    return this.unitOfWork.run(person, async (tx) => {
      if (agencyId !== undefined)
        await this.administered.require(tx, person, { type: 'agency', id: agencyId }, [agencyId]);
      const scope = agencyId === undefined ? [...(await this.administered.agencies(tx, person))] : [agencyId];
      const rows = await tx.query<Row>(
        `${selectPeople}
         WHERE ($2::text IS NULL OR to_tsvector('simple', person.search) @@ to_tsquery('simple', $2))
           AND ($3::text IS NULL OR (person.given_name, person.full_name, person.id) > ($3, $4, $5::uuid))
         ORDER BY person.given_name, person.full_name, person.id LIMIT ${pageSize + 1}`,
        [scope, prefixQuery(query ?? ''), ...(after ?? [null, null, null])],
      );
      const page = pageOf(rows, {
        item: personOf,
        key: ({ given_name, fullName, id }) => [given_name, fullName, id],
      });
      const details = { list: 'administered people', people: page.items.length };
      await this.audit.record(
        person,
        { action: 'directory.read', outcome: 'success', details },
        { within: tx },
      );
      return page;
    });
  }

  /** @throws DirectoryError `NOT_ADMINISTERED` */
  show(person: PersonActor, id: string): Promise<AdministeredPerson> {
    return this.unitOfWork.run(person, async (tx) => {
      const found = await this.find(tx, person, id);
      await this.audit.record(
        person,
        { action: 'directory.read', outcome: 'success', subject: { type: 'person', id } },
        { within: tx },
      );
      return found;
    });
  }

  /** A person enters the directory with a first appointment. @throws DirectoryError as `AdministerAppointments.create` */
  create(
    person: PersonActor,
    given: { readonly fullName: string; readonly appointment: NewAppointment },
  ): Promise<AdministeredPerson> {
    return this.unitOfWork.run(person, async (tx) => {
      const id = newId();
      await enterPerson(tx, { id, fullName: given.fullName });
      const { agencyId } = await this.appointments.enter(tx, person, id, given.appointment);
      await recordChange(this.audit, tx, person, {
        kind: 'created',
        subject: { type: 'person', id },
        agencyId,
        after: { fullName: given.fullName.normalize('NFC') },
      });
      return this.find(tx, person, id);
    });
  }

  /** @throws DirectoryError `NOT_ADMINISTERED`, `DIRECTORY_CHANGED` */
  change(
    person: PersonActor,
    id: string,
    given: { readonly fullName: string },
    version?: number,
  ): Promise<AdministeredPerson> {
    return this.unitOfWork.run(person, async (tx) => {
      if (isId(id)) await tx.query('SELECT 1 FROM directory.person WHERE id = $1 FOR UPDATE', [id]);
      const before = await this.find(tx, person, id);
      if (version !== undefined && version !== before.version)
        throw new DirectoryError('DIRECTORY_CHANGED', `the person is at version ${before.version}`);
      const fullName = given.fullName.normalize('NFC');
      await updateRow(tx, 'person', id, { full_name: fullName, search: searchText(fullName) });
      await recordChange(this.audit, tx, person, {
        kind: 'changed',
        subject: { type: 'person', id },
        agencyId: before.appointments[0]?.agencyId ?? person.agencyId,
        before: { fullName: before.fullName },
        after: { fullName },
      });
      return { ...before, fullName, version: before.version + 1 };
    });
  }

  private async find(tx: Tx, person: PersonActor, id: string): Promise<AdministeredPerson> {
    const scope = [...(await this.administered.agencies(tx, person))];
    const [row] = isId(id) ? await tx.query<Row>(`${selectPeople} WHERE person.id = $2`, [scope, id]) : [];
    await this.administered.require(tx, person, { type: 'person', id }, [row?.appointments[0]?.agencyId]);
    if (row === undefined) throw new DirectoryError('NOT_ADMINISTERED', `no person ${id}`);
    return personOf(row);
  }
}

const selectPeople = `
  WITH held AS (
    SELECT h.person_id, jsonb_agg(to_jsonb(h) - 'person_id' ORDER BY h."validFrom" DESC, h.id) AS appointments
    FROM (SELECT a.person_id, ${appointmentColumns('a')}, a.version, p.title AS "postTitle", g.name AS "agencyName"
          FROM directory.appointment a JOIN directory.post p ON p.id = a.post_id
          JOIN directory.agency g ON g.id = a.agency_id
          WHERE a.agency_id = ANY($1)) AS h
    GROUP BY h.person_id
  )
  SELECT person.id, person.full_name AS "fullName", person.version, person.given_name, held.appointments
  FROM held JOIN directory.person ON person.id = held.person_id`;

function personOf({ given_name: _, ...person }: Row): AdministeredPerson {
  return person;
}

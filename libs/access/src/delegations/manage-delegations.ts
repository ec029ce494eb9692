import { Injectable } from '@nestjs/common';
import { AuditTrail } from '#audit';
import { Administered, Directory } from '#directory';
import type { Page, PersonActor, Tx } from '#platform';
import {
  Clock,
  cursorInstant,
  isId,
  newId,
  pageOf,
  pageSize,
  readCursor,
  UnitOfWork,
  vietnamDate,
} from '#platform';
import { AccessError } from '../errors';
import { isAllowed } from '../policies/decide-policy';
import type { Ceiling } from './delegations';

export interface NewDelegation {
  readonly toPersonId: string;
  /** `YYYY-MM-DD`, the first day. */
  readonly from: string;
  /** The first day on which it is over; at most 366 days later. */
  readonly to: string;
  readonly ceiling: Ceiling;
  /** Codes of types; all when left out. */
  readonly types?: readonly string[];
  readonly reason: string;
}

export interface DelegationView {
  readonly id: string;
  readonly agencyId: string;
  readonly from: { readonly personId: string; readonly fullName: string; readonly postTitle: string };
  readonly to: { readonly personId: string; readonly fullName: string };
  readonly validFrom: string;
  readonly validTo: string;
  readonly ceiling: Ceiling;
  readonly types: readonly string[] | null;
  readonly reason: string;
  readonly createdAt: string;
  readonly endedAt: string | null;
  /** `coming`, `in-force`, `over`. */
  readonly state: 'coming' | 'in-force' | 'over';
}

interface Row {
  readonly id: string;
  readonly agency_id: string;
  readonly from_person_id: string;
  readonly from_name: string;
  readonly post_title: string;
  readonly to_person_id: string;
  readonly to_name: string;
  readonly valid_from: string;
  readonly valid_to: string;
  readonly ceiling: Ceiling;
  readonly types: string[] | null;
  readonly reason: string;
  readonly created_at: Date;
  readonly ended_at: Date | null;
  readonly key: string;
}

const select = `
  SELECT d.id, d.agency_id, d.from_person_id, f.full_name AS from_name, p.title AS post_title, d.to_person_id,
    t.full_name AS to_name, to_char(d.valid_from, 'YYYY-MM-DD') AS valid_from,
    to_char(d.valid_to, 'YYYY-MM-DD') AS valid_to, d.ceiling, d.types, d.reason, d.created_at, d.ended_at,
    ${cursorInstant('d.created_at')} AS key
  FROM access.delegation d
    JOIN directory.person f ON f.id = d.from_person_id JOIN directory.person t ON t.id = d.to_person_id
    JOIN directory.appointment a ON a.id = d.appointment_id JOIN directory.post p ON p.id = a.post_id`;

/** Leaders delegate for a time; the delegation ends by its day, by their word or by an administrator's. */
@Injectable()
export class ManageDelegations {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly directory: Directory,
    private readonly administered: Administered,
    private readonly trail: AuditTrail,
    private readonly clock: Clock,
  ) {}

  /** @throws AccessError `DELEGATION_DAYS`, `DELEGATE_UNFIT` */
  give(person: PersonActor, given: NewDelegation): Promise<DelegationView> {
    return this.unitOfWork.run(person, async (tx) => {
      const now = this.clock.now();
      const today = vietnamDate(now);
      if (given.from < today || given.to <= given.from || daysBetween(given.from, given.to) > 366)
        throw new AccessError('DELEGATION_DAYS', 'not from today on, empty, or longer than a year');
      await this.requireFit(tx, person, given.toPersonId, given.from < today ? today : given.from);
      const held = await this.directory.appointmentsOf(person.personId, today, tx);
      const office = held.find(
        ({ postId, agencyId }) => postId === person.postId && agencyId === person.agencyId,
      );
      if (!office) throw new Error('an actor without the office acted in');
      const id = newId();
      await tx.execute(
        `INSERT INTO access.delegation (id, agency_id, from_person_id, appointment_id, to_person_id, valid_from,
           valid_to, ceiling, types, reason, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
        [
          ...[id, person.agencyId, person.personId, office.id, given.toPersonId, given.from, given.to],
          ...[given.ceiling, given.types ?? null, given.reason, now],
        ],
      );
      const { toPersonId, from, to, ceiling, types } = given;
      await this.trail.record(
        person,
        {
          action: 'delegation.given',
          outcome: 'success',
          subject: { type: 'delegation', id },
          reason: given.reason,
          details: { to: toPersonId, validFrom: from, validTo: to, ceiling, types: types?.join(' ') ?? null },
        },
        { within: tx },
      );
      return this.show(tx, id);
    });
  }

  /** Given and received; for an administrator, all of the administered agencies. */
  list(person: PersonActor, cursor?: string): Promise<Page<DelegationView>> {
    const after = readCursor(cursor, ['instant', 'id']);
    return this.unitOfWork.run(person, async (tx) => {
      const all = isAllowed(person, 'directory.administer');
      const agencies = all ? [...(await this.administered.agencies(tx, person))] : [person.agencyId];
      const rows = await tx.query<Row>(
        `${select}
         WHERE d.agency_id = ANY($1) AND ($2::uuid IS NULL OR $2 IN (d.from_person_id, d.to_person_id))
           AND ($3::timestamptz IS NULL OR (d.created_at, d.id) < ($3, $4::uuid))
         ORDER BY d.created_at DESC, d.id DESC LIMIT ${pageSize + 1}`,
        [agencies, all ? null : person.personId, after?.[0] ?? null, after?.[1] ?? null],
      );
      const today = vietnamDate(this.clock.now());
      const page = pageOf(rows, { item: (row) => viewOf(row, today), key: ({ key, id }) => [key, id] });
      const details = { list: 'delegations', items: page.items.length };
      await this.trail.record(
        person,
        { action: 'directory.read', outcome: 'success', details },
        { within: tx },
      );
      return page;
    });
  }

  /** By who gave it, or by an administrator of the agency. @throws AccessError `DELEGATION_NOT_FOUND`, `DELEGATION_OVER` */
  end(person: PersonActor, id: string, reason: string): Promise<DelegationView> {
    return this.unitOfWork.run(person, async (tx) => {
      const [row] = isId(id)
        ? await tx.query<{ agency_id: string; from_person_id: string; ended_at: Date | null; over: boolean }>(
            `SELECT agency_id, from_person_id, ended_at, valid_to <= $2::date AS over
             FROM access.delegation WHERE id = $1 FOR UPDATE`,
            [id, vietnamDate(this.clock.now())],
          )
        : [];
      const subject = { type: 'delegation', id };
      const mayEnd =
        row !== undefined &&
        (row.from_person_id === person.personId ||
          (isAllowed(person, 'directory.administer') &&
            (await this.administered.agencies(tx, person)).has(row.agency_id)));
      if (!mayEnd) {
        const code = 'DELEGATION_NOT_FOUND';
        await this.trail.record(person, { action: 'access.denied', outcome: 'denied', subject, code });
        throw new AccessError(code, 'no such delegation for this person');
      }
      if (row.ended_at !== null || row.over) throw new AccessError('DELEGATION_OVER', 'it is over');
      await tx.execute('UPDATE access.delegation SET ended_at = $2, ended_by = $3 WHERE id = $1', [
        id,
        this.clock.now(),
        person.personId,
      ]);
      await this.trail.record(
        person,
        { action: 'delegation.ended', outcome: 'success', subject, agencyId: row.agency_id, reason },
        { within: tx },
      );
      return this.show(tx, id);
    });
  }

  /** A delegate works in the same agency, and takes part in documents at all. */
  private async requireFit(tx: Tx, person: PersonActor, toPersonId: string, day: string): Promise<void> {
    const held = await this.directory.appointmentsOf(toPersonId, day, tx);
    const barred = held.some(({ roles }) => roles.includes('inspector') || roles.includes('administrator'));
    const works = held.some(({ agencyId, roles }) => agencyId === person.agencyId && roles.length > 0);
    if (toPersonId === person.personId || barred || !works)
      throw new AccessError('DELEGATE_UNFIT', 'this person cannot act in documents of the agency');
  }

  private async show(tx: Tx, id: string): Promise<DelegationView> {
    const [row] = await tx.query<Row>(`${select} WHERE d.id = $1`, [id]);
    if (!row) throw new Error('a delegation that was just written is not there');
    return viewOf(row, vietnamDate(this.clock.now()));
  }
}

function viewOf(row: Row, today: string): DelegationView {
  const over = row.ended_at !== null || row.valid_to <= today;
  return {
    id: row.id,
    agencyId: row.agency_id,
    from: { personId: row.from_person_id, fullName: row.from_name, postTitle: row.post_title },
    to: { personId: row.to_person_id, fullName: row.to_name },
    validFrom: row.valid_from,
    validTo: row.valid_to,
    ceiling: row.ceiling,
    types: row.types,
    reason: row.reason,
    createdAt: row.created_at.toISOString(),
    endedAt: row.ended_at?.toISOString() ?? null,
    state: over ? 'over' : row.valid_from > today ? 'coming' : 'in-force',
  };
}

function daysBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / 86_400_000;
}

import { Injectable } from '@nestjs/common';
import type { AuditAction } from '#audit';
import { AuditTrail, isOpenFor } from '#audit';
import { Directory } from '#directory';
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

export interface NewMandate {
  /** Number and symbol of the decision to inspect. */
  readonly decision: string;
  readonly subject: string;
  /** Inspected agencies: those beside and below the commission. */
  readonly agencyIds: readonly string[];
  /** Of which time the trail may be read; `YYYY-MM-DD`, the last day included. */
  readonly periodFrom: string;
  readonly periodTo: string;
  /** Inspectors of the commission. */
  readonly team: readonly string[];
  /** Days on which the mandate is open, the last one included. */
  readonly opensOn: string;
  readonly expiresOn: string;
}

export interface MandateView extends NewMandate {
  readonly id: string;
  readonly agencyId: string;
  readonly agencies: readonly { readonly id: string; readonly name: string }[];
  readonly members: readonly { readonly id: string; readonly fullName: string }[];
  readonly enteredBy: string;
  readonly confirmedBy: string | null;
  readonly closedAt: string | null;
  /** `open` and `over` come by themselves with the day. */
  readonly state: 'entered' | 'coming' | 'open' | 'over' | 'closed';
}

interface Row {
  readonly id: string;
  readonly agency_id: string;
  readonly decision: string;
  readonly subject: string;
  readonly agency_ids: string[];
  readonly period_from: Date;
  readonly period_to: Date;
  readonly team: string[];
  readonly opens_at: Date;
  readonly expires_at: Date;
  readonly entered_by: string;
  readonly confirmed_by: string | null;
  readonly closed_at: Date | null;
  readonly key: string;
}

const columns = `id, agency_id, decision, subject, agency_ids, period_from, period_to, team, opens_at, expires_at,
  entered_by, confirmed_by, closed_at, ${cursorInstant('entered_at')} AS key`;

/**
 * Decisions to inspect (Law on Inspection 2022 art. 59: decision, bodies, period, team, time): entered by a leader
 * of the commission, confirmed by another one, open and over by themselves.
 */
@Injectable()
export class Mandates {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly directory: Directory,
    private readonly trail: AuditTrail,
    private readonly clock: Clock,
  ) {}

  /** Those of the own commission, newest first; or only those under which the person may search today. */
  list(
    person: PersonActor,
    { cursor, view = 'all' }: { readonly cursor?: string; readonly view?: 'all' | 'mine' } = {},
  ): Promise<Page<MandateView>> {
    const after = readCursor(cursor, ['instant', 'id']);
    return this.unitOfWork.run(person, async (tx) => {
      const rows = await tx.query<Row>(
        `SELECT ${columns} FROM audit.mandate
         WHERE agency_id = $1 AND ($2::timestamptz IS NULL OR (entered_at, id) < ($2, $3::uuid))
           AND (NOT $4 OR (${isOpenFor('$5', '$6')}))
         ORDER BY entered_at DESC, id DESC LIMIT ${pageSize + 1}`,
        [
          person.agencyId,
          after?.[0] ?? null,
          after?.[1] ?? null,
          view === 'mine',
          person.personId,
          this.clock.now(),
        ],
      );
      await this.record(tx, person, 'mandate.read', undefined, { items: Math.min(rows.length, pageSize) });
      const views: { readonly view: MandateView; readonly key: string }[] = [];
      for (const row of rows) views.push({ view: await this.view(tx, row), key: row.key });
      return pageOf(views, { item: ({ view }) => view, key: ({ key, view }) => [key, view.id] });
    });
  }

  /** @throws AccessError `MANDATE_DAYS`, `MANDATE_OUT_OF_REACH`, `MANDATE_TEAM` */
  enter(person: PersonActor, given: NewMandate): Promise<MandateView> {
    return this.unitOfWork.run(person, async (tx) => {
      const now = this.clock.now();
      this.checkDays(given, vietnamDate(now));
      await this.checkReach(tx, person, given.agencyIds);
      await this.checkTeam(tx, person, given);
      const id = newId();
      await tx.execute(
        `INSERT INTO audit.mandate (id, agency_id, decision, subject, agency_ids, period_from, period_to, team,
           opens_at, expires_at, entered_by, entered_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
        [
          ...[id, person.agencyId, given.decision, given.subject, given.agencyIds],
          ...[dayBegins(given.periodFrom), dayBegins(given.periodTo, 1), given.team],
          ...[dayBegins(given.opensOn), dayBegins(given.expiresOn, 1), person.personId, now],
        ],
      );
      await this.record(tx, person, 'mandate.entered', id, {
        decision: given.decision,
        agencies: given.agencyIds.length,
        team: given.team.length,
      });
      return this.show(tx, id);
    });
  }

  /** By another leader of the commission. @throws AccessError `MANDATE_NOT_FOUND`, `MANDATE_SECOND_PERSON`, `MANDATE_STATE` */
  confirm(person: PersonActor, id: string): Promise<MandateView> {
    return this.unitOfWork.run(person, async (tx) => {
      const row = await this.lock(tx, person, id);
      if (row.entered_by === person.personId || row.team.includes(person.personId))
        throw new AccessError('MANDATE_SECOND_PERSON', 'confirmed by who entered it');
      if (row.confirmed_by !== null || row.closed_at !== null || row.expires_at <= this.clock.now())
        throw new AccessError('MANDATE_STATE', 'it is confirmed, closed or over');
      await tx.execute('UPDATE audit.mandate SET confirmed_by = $2, confirmed_at = $3 WHERE id = $1', [
        id,
        person.personId,
        this.clock.now(),
      ]);
      await this.record(tx, person, 'mandate.confirmed', id, { decision: row.decision });
      return this.show(tx, id);
    });
  }

  /** Before its time is over. @throws AccessError `MANDATE_NOT_FOUND`, `MANDATE_STATE` */
  close(person: PersonActor, id: string, reason: string): Promise<MandateView> {
    return this.unitOfWork.run(person, async (tx) => {
      const row = await this.lock(tx, person, id);
      if (row.closed_at !== null) throw new AccessError('MANDATE_STATE', 'it is closed already');
      await tx.execute('UPDATE audit.mandate SET closed_by = $2, closed_at = $3 WHERE id = $1', [
        id,
        person.personId,
        this.clock.now(),
      ]);
      await this.record(tx, person, 'mandate.closed', id, { decision: row.decision }, reason);
      return this.show(tx, id);
    });
  }

  private checkDays(given: NewMandate, today: string): void {
    const { periodFrom, periodTo, opensOn, expiresOn } = given;
    const days = (Date.parse(expiresOn) - Date.parse(opensOn)) / 86_400_000 + 1;
    if (periodTo < periodFrom || opensOn < today || days < 1 || days > 366)
      throw new AccessError('MANDATE_DAYS', 'empty, in the past, or longer than a year');
  }

  /** What stands beside and below the commission: everything under the agency that it belongs to. */
  private async checkReach(tx: Tx, person: PersonActor, agencyIds: readonly string[]): Promise<void> {
    const rows = await tx.query<{ id: string }>(
      `WITH RECURSIVE tree AS (
         SELECT coalesce(parent_id, id) AS id FROM directory.agency WHERE id = $1
         UNION
         SELECT a.id FROM tree JOIN directory.agency a ON a.parent_id = tree.id
       )
       SELECT id FROM tree`,
      [person.agencyId],
    );
    const reach = new Set(rows.map(({ id }) => id));
    if (agencyIds.some((id) => !reach.has(id)))
      throw new AccessError('MANDATE_OUT_OF_REACH', 'an agency is not under that of the commission');
  }

  private async checkTeam(tx: Tx, person: PersonActor, { team, opensOn }: NewMandate): Promise<void> {
    const held = await this.directory.appointmentsIn(person.agencyId, opensOn, tx);
    const inspectors = new Set(
      held.filter(({ roles }) => roles.includes('inspector')).map(({ personId }) => personId),
    );
    if (team.some((id) => !inspectors.has(id)))
      throw new AccessError('MANDATE_TEAM', 'somebody is no inspector of the commission');
  }

  private async lock(tx: Tx, person: PersonActor, id: string): Promise<Row> {
    const [row] = isId(id)
      ? await tx.query<Row>(`SELECT ${columns} FROM audit.mandate WHERE id = $1 FOR UPDATE`, [id])
      : [];
    if (row?.agency_id === person.agencyId) return row;
    const code = 'MANDATE_NOT_FOUND';
    const subject = { type: 'mandate', id };
    await this.trail.record(person, { action: 'access.denied', outcome: 'denied', code, subject });
    throw new AccessError(code, 'no such mandate of this commission');
  }

  private async show(tx: Tx, id: string): Promise<MandateView> {
    const [row] = await tx.query<Row>(`SELECT ${columns} FROM audit.mandate WHERE id = $1`, [id]);
    if (!row) throw new Error('a mandate that was just written is not there');
    return this.view(tx, row);
  }

  private async view(tx: Tx, row: Row): Promise<MandateView> {
    const agencies = await this.directory.agencies(row.agency_ids, tx);
    const people = await this.directory.people(row.team, tx);
    const lastDay = (end: Date): string => vietnamDate(new Date(end.getTime() - 1));
    return {
      id: row.id,
      agencyId: row.agency_id,
      decision: row.decision,
      subject: row.subject,
      agencyIds: row.agency_ids,
      agencies: agencies.map(({ id, name }) => ({ id, name })),
      periodFrom: vietnamDate(row.period_from),
      periodTo: lastDay(row.period_to),
      team: row.team,
      members: people.map(({ id, fullName }) => ({ id, fullName })),
      opensOn: vietnamDate(row.opens_at),
      expiresOn: lastDay(row.expires_at),
      enteredBy: row.entered_by,
      confirmedBy: row.confirmed_by,
      closedAt: row.closed_at?.toISOString() ?? null,
      state: stateOf(row, this.clock.now()),
    };
  }

  private record(
    tx: Tx,
    person: PersonActor,
    action: AuditAction,
    id: string | undefined,
    details: Readonly<Record<string, string | number>>,
    reason?: string,
  ): Promise<void> {
    return this.trail.record(
      person,
      {
        action,
        outcome: 'success',
        ...(id !== undefined && { subject: { type: 'mandate', id } }),
        ...(reason !== undefined && { reason }),
        details,
      },
      { within: tx },
    );
  }
}

function stateOf(row: Row, now: Date): MandateView['state'] {
  if (row.closed_at !== null) return 'closed';
  if (row.expires_at <= now) return 'over';
  if (row.confirmed_by === null) return 'entered';
  return row.opens_at <= now ? 'open' : 'coming';
}

/** The first instant of a day in Việt Nam, or of the day so many days later. */
function dayBegins(day: string, later = 0): Date {
  return new Date(Date.parse(`${day}T00:00:00+07:00`) + later * 86_400_000);
}

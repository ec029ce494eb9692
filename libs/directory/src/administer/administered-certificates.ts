import { Injectable } from '@nestjs/common';
import { AuditTrail } from '#audit';
import type { Page, PersonActor, Tx } from '#platform';
import { Clock, cursorInstant, isId, pageOf, pageSize, readCursor, UnitOfWork, vietnamDate } from '#platform';
import { validOn } from '../columns';
import { DirectoryError } from '../errors';
import type { CertificateOwner, CertificateUse, DateOnly } from '../model';
import { Administered } from './administered';
import { recordChange, updateRow } from './write-row';

export interface AdministeredCertificate {
  readonly id: string;
  readonly owner: CertificateOwner & { readonly name: string };
  readonly use: CertificateUse;
  readonly thumbprint: string;
  readonly serialNumber: string;
  /** ISO 8601. */
  readonly notBefore: string;
  readonly notAfter: string;
  readonly status: 'active' | 'withdrawn';
}

export interface CertificatesWanted {
  readonly agencyId?: string;
  /** Active ones that end within so many days. */
  readonly expiring?: number;
  readonly cursor?: string;
}

/** Who can no longer sign after a day of that month. */
export interface ForecastMonth {
  /** `2026-12`; `now` for those who cannot sign today already. */
  readonly month: string;
  /** Leaders, each with the last day on which some certificate of theirs is valid; null for who has none. */
  readonly people: readonly {
    readonly personId: string;
    readonly fullName: string;
    readonly posts: readonly { readonly title: string; readonly agencyName: string }[];
    readonly lastDay: DateOnly | null;
  }[];
  readonly agencies: readonly {
    readonly agencyId: string;
    readonly name: string;
    readonly use: CertificateUse;
    readonly lastDay: DateOnly | null;
  }[];
}

interface Row {
  readonly id: string;
  readonly agency_id: string | null;
  readonly person_id: string | null;
  readonly name: string;
  readonly use: CertificateUse;
  readonly thumbprint: string;
  readonly serial_number: string;
  readonly not_before: Date;
  readonly not_after: Date;
  readonly status: 'active' | 'withdrawn';
  readonly key: string;
}

/** Certificates of administered agencies and of their people, and until when they last. */
@Injectable()
export class AdministeredCertificates {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly administered: Administered,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
  ) {}

  /** Those that end first come first. @throws DirectoryError `NOT_ADMINISTERED` */
  list(person: PersonActor, wanted: CertificatesWanted): Promise<Page<AdministeredCertificate>> {
    const after = readCursor(wanted.cursor, ['instant', 'id']);
    return this.unitOfWork.run(person, async (tx) => {
      const { agencyId, expiring } = wanted;
      if (agencyId !== undefined)
        await this.administered.require(tx, person, { type: 'agency', id: agencyId }, [agencyId]);
      const now = this.clock.now();
      const until = expiring === undefined ? null : new Date(now.getTime() + expiring * 86_400_000);
      const rows = await tx.query<Row>(
        `SELECT c.id, c.agency_id, c.person_id, coalesce(g.name, p.full_name) AS name, c.use, c.thumbprint,
           c.serial_number, c.not_before, c.not_after, c.status, ${cursorInstant('c.not_after')} AS key
         FROM directory.certificate c LEFT JOIN directory.agency g ON g.id = c.agency_id
           LEFT JOIN directory.person p ON p.id = c.person_id
         WHERE (c.agency_id = ANY($1) OR c.person_id IN
             (SELECT person_id FROM directory.appointment h WHERE h.agency_id = ANY($1)))
           AND ($2::timestamptz IS NULL OR (c.status = 'active' AND c.not_after <= $2 AND c.not_after >= $3))
           AND ($4::timestamptz IS NULL OR (c.not_after, c.id) > ($4, $5::uuid))
         ORDER BY c.not_after, c.id LIMIT ${pageSize + 1}`,
        [
          agencyId === undefined ? [...(await this.administered.agencies(tx, person))] : [agencyId],
          ...[until, now, after?.[0] ?? null, after?.[1] ?? null],
        ],
      );
      const page = pageOf(rows, { item: viewOf, key: ({ key, id }) => [key, id] });
      await this.recordRead(tx, person, { list: 'certificates', items: page.items.length });
      return page;
    });
  }

  /** Month by month, the nearest first: a warning in time, because new certificates take weeks to come. */
  forecast(person: PersonActor): Promise<Page<ForecastMonth>> {
    return this.unitOfWork.run(person, async (tx) => {
      const scope = [...(await this.administered.agencies(tx, person))];
      const now = this.clock.now();
      const today = vietnamDate(now);
      const people = await tx.query<PersonRow>(
        `SELECT h.person_id, p.full_name, max(c.not_after) AS last,
           jsonb_agg(DISTINCT jsonb_build_object('title', t.title, 'agencyName', g.name)) AS posts
         FROM directory.appointment h JOIN directory.person p ON p.id = h.person_id
           JOIN directory.post t ON t.id = h.post_id JOIN directory.agency g ON g.id = h.agency_id
           LEFT JOIN directory.certificate c
             ON c.person_id = h.person_id AND c.use = 'signing' AND c.status = 'active'
         WHERE h.agency_id = ANY($1) AND h.roles @> ARRAY['leader'] AND ${validOn('h', '$2')}
         GROUP BY h.person_id, p.full_name, p.given_name ORDER BY p.given_name, p.full_name`,
        [scope, today],
      );
      const agencies = await tx.query<AgencyRow>(
        `SELECT g.id, g.name, u.use, max(c.not_after) AS last
         FROM directory.agency g CROSS JOIN unnest(ARRAY['signing', 'evidence']) AS u (use)
           LEFT JOIN directory.certificate c ON c.agency_id = g.id AND c.use = u.use AND c.status = 'active'
         WHERE g.id = ANY($1) AND ${validOn('g', '$2')}
         GROUP BY g.id, g.name, u.use ORDER BY g.name, u.use`,
        [scope, today],
      );
      await this.recordRead(tx, person, { list: 'certificate forecast', items: people.length });
      return { items: months(people, agencies, now), next: null };
    });
  }

  /** Marks a certificate as no longer offered; what it has signed stays provable. Answers its thumbprint. */
  async withdraw(tx: Tx, person: PersonActor, id: string, reason: string): Promise<string> {
    const [row] = isId(id)
      ? await tx.query<{
          agency_id: string | null;
          person_id: string | null;
          thumbprint: string;
          status: string;
        }>(
          'SELECT agency_id, person_id, thumbprint, status FROM directory.certificate WHERE id = $1 FOR UPDATE',
          [id],
        )
      : [];
    if (typeof row?.person_id === 'string') await this.administered.requirePerson(tx, person, row.person_id);
    else
      await this.administered.require(tx, person, { type: 'certificate', id }, [row?.agency_id ?? undefined]);
    if (row?.status !== 'active') throw new DirectoryError('HAS_ENDED', 'it is withdrawn already');
    await updateRow(tx, 'certificate', id, { status: 'withdrawn' });
    await recordChange(this.audit, tx, person, {
      kind: 'withdrawn',
      subject: { type: 'certificate', id },
      agencyId: row.agency_id ?? person.agencyId,
      before: { thumbprint: row.thumbprint, status: 'active' },
      after: { thumbprint: row.thumbprint, status: 'withdrawn' },
      reason,
    });
    return row.thumbprint;
  }

  private recordRead(
    tx: Tx,
    person: PersonActor,
    details: Readonly<Record<string, string | number>>,
  ): Promise<void> {
    return this.audit.record(
      person,
      { action: 'directory.read', outcome: 'success', details },
      { within: tx },
    );
  }
}

interface PersonRow {
  readonly person_id: string;
  readonly full_name: string;
  readonly last: Date | null;
  readonly posts: ForecastMonth['people'][number]['posts'];
}

interface AgencyRow {
  readonly id: string;
  readonly name: string;
  readonly use: CertificateUse;
  readonly last: Date | null;
}

function months(
  people: readonly PersonRow[],
  agencies: readonly AgencyRow[],
  now: Date,
): readonly ForecastMonth[] {
  const monthOf = (last: Date | null): string =>
    last === null || last < now ? 'now' : vietnamDate(last).slice(0, 7);
  const names = new Set([...people, ...agencies].map(({ last }) => monthOf(last)));
  // `now` is what cannot wait.
  const ordered = [...names].toSorted((a, b) => (a === 'now' ? '' : a).localeCompare(b === 'now' ? '' : b));
  const dayOf = (last: Date | null): DateOnly | null => (last === null ? null : vietnamDate(last));
  return ordered.map((month) => ({
    month,
    people: people
      .filter(({ last }) => monthOf(last) === month)
      .map((row) => ({
        personId: row.person_id,
        fullName: row.full_name,
        posts: row.posts,
        lastDay: dayOf(row.last),
      })),
    agencies: agencies
      .filter(({ last }) => monthOf(last) === month)
      .map(({ id, name, use, last }) => ({ agencyId: id, name, use, lastDay: dayOf(last) })),
  }));
}

function viewOf(row: Row): AdministeredCertificate {
  const owner: CertificateOwner =
    row.agency_id === null
      ? { kind: 'person', id: row.person_id ?? '' }
      : { kind: 'agency', id: row.agency_id };
  return {
    id: row.id,
    owner: { ...owner, name: row.name },
    use: row.use,
    thumbprint: row.thumbprint,
    serialNumber: row.serial_number,
    notBefore: row.not_before.toISOString(),
    notAfter: row.not_after.toISOString(),
    status: row.status,
  };
}

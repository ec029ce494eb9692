import { Injectable } from '@nestjs/common';
import { AuditTrail } from '#audit';
import type { PersonActor, Tx } from '#platform';
import { isId } from '#platform';
import { DirectoryError } from '../errors';
import type { DateOnly, Validity } from '../model';
import type { AdministeredTable } from './administered';
import { Administered } from './administered';
import type { Fields } from './write-row';
import { recordChange, updateRow } from './write-row';

/** Something of an agency that is valid for a time, and is ended, never removed. */
interface Item extends Validity {
  readonly id: string;
  readonly agencyId: string;
}

export type Versioned<T> = T & { readonly version: number };

/** How one table is read, and what the trail keeps of its rows. */
export interface RowKind<T> {
  readonly table: Exclude<AdministeredTable, 'person' | 'certificate'>;
  /** SQL, `id` among them; `agencyId` is added where the table is not that of the agencies. */
  readonly columns: string;
  readonly fieldsOf: (item: T) => Fields;
}

interface Change<T> {
  readonly kind: 'created' | 'changed' | 'ended';
  readonly before?: T;
  readonly after: T;
  readonly reason?: string;
}

/** When something ends: the first day on which it is no longer valid, and by which decision. */
export interface End {
  readonly validTo: DateOnly;
  readonly reason: string;
}

/** What all administered rows have in common: they are listed, locked, written and recorded in one way. */
@Injectable()
export class AdministeredRows {
  constructor(
    private readonly administered: Administered,
    private readonly audit: AuditTrail,
  ) {}

  /** All of an agency, also those that have ended. @throws DirectoryError `NOT_ADMINISTERED` */
  async listOf<T extends Item>(
    tx: Tx,
    person: PersonActor,
    { table, columns }: RowKind<T>,
    {
      agencyId,
      orderedBy,
      name,
    }: { readonly agencyId: string; readonly orderedBy: string; readonly name: string },
  ): Promise<readonly Versioned<T>[]> {
    await this.administered.require(tx, person, { type: 'agency', id: agencyId }, [agencyId]);
    const rows = await tx.query<Versioned<T>>(
      `SELECT ${columns}, version FROM directory.${table} WHERE agency_id = $1 ORDER BY ${orderedBy}, id`,
      [agencyId],
    );
    const details = { list: name, items: rows.length };
    await this.audit.record(
      person,
      { action: 'directory.read', outcome: 'success', agencyId, details },
      { within: tx },
    );
    return rows;
  }

  /** The row as it stands, if it is administered by this person. @throws DirectoryError `NOT_ADMINISTERED` */
  find<T extends Item>(tx: Tx, person: PersonActor, kind: RowKind<T>, id: string): Promise<Versioned<T>> {
    return this.read(tx, person, kind, { id, lock: '' });
  }

  /**
   * The row under a lock, if it is administered by this person and of the version that was last seen.
   *
   * @throws DirectoryError `NOT_ADMINISTERED`, `DIRECTORY_CHANGED`
   */
  async lock<T extends Item>(
    tx: Tx,
    person: PersonActor,
    kind: RowKind<T>,
    id: string,
    version?: number,
  ): Promise<Versioned<T>> {
    const row = await this.read(tx, person, kind, { id, lock: 'FOR UPDATE' });
    if (version !== undefined && version !== row.version)
      throw new DirectoryError('DIRECTORY_CHANGED', `the ${kind.table} is at version ${row.version}`);
    return row;
  }

  /** Records a row that has just been entered, and answers it as it stands. */
  async entered<T extends Item>(
    tx: Tx,
    person: PersonActor,
    kind: RowKind<T>,
    item: T,
  ): Promise<Versioned<T>> {
    await this.record(tx, person, kind, { kind: 'created', after: item });
    return { ...item, version: 1 };
  }

  /** Writes columns of a locked row, records what they change, and answers the row as it stands then. */
  async write<T extends Item>(
    tx: Tx,
    person: PersonActor,
    kind: RowKind<T>,
    { columns, ...change }: Change<Versioned<T>> & { readonly columns: Readonly<Record<string, unknown>> },
  ): Promise<Versioned<T>> {
    const { after } = change;
    await updateRow(tx, kind.table, after.id, columns);
    await this.record(tx, person, kind, change);
    return { ...after, version: after.version + 1 };
  }

  private async read<T extends Item>(
    tx: Tx,
    person: PersonActor,
    { table, columns }: RowKind<T>,
    { id, lock }: { readonly id: string; readonly lock: '' | 'FOR UPDATE' },
  ): Promise<Versioned<T>> {
    const [row] = isId(id)
      ? await tx.query<Versioned<T>>(
          `SELECT ${columns}, ${table === 'agency' ? 'id' : 'agency_id'} AS "agencyId", version
           FROM directory.${table} WHERE id = $1 ${lock}`,
          [id],
        )
      : [];
    await this.administered.require(tx, person, { type: table, id }, [row?.agencyId]);
    if (row === undefined) throw new DirectoryError('NOT_ADMINISTERED', `no ${table} ${id}`);
    return row;
  }

  private record<T extends Item>(
    tx: Tx,
    person: PersonActor,
    { table, fieldsOf }: RowKind<T>,
    { kind, before, after, reason }: Change<T>,
  ): Promise<void> {
    return recordChange(this.audit, tx, person, {
      kind,
      subject: { type: table, id: after.id },
      agencyId: after.agencyId,
      ...(before && { before: fieldsOf(before) }),
      after: fieldsOf(after),
      reason,
    });
  }
}

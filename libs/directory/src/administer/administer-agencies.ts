import { Injectable } from '@nestjs/common';
import { AuditTrail } from '#audit';
import type { Page, PersonActor, Tx } from '#platform';
import { newId, pageOf, pageSize, readCursor, UnitOfWork } from '#platform';
import { agencyColumns, validOn } from '../columns';
import { enterAgency } from '../enter-rows';
import { DirectoryError } from '../errors';
import type { Agency } from '../model';
import { isInForce } from '../model';
import { prefixQuery, searchText } from '../search-text';
import { Administered } from './administered';
import type { End, RowKind, Versioned } from './administered-rows';
import { AdministeredRows } from './administered-rows';
import { named } from './write-row';

export type AdministeredAgency = Versioned<Agency> & {
  /** People who hold a post in it today. */
  readonly people: number;
};

export interface NewAgency extends Pick<
  Agency,
  'code' | 'name' | 'shortName' | 'symbol' | 'level' | 'place' | 'validFrom'
> {
  readonly parentId: string;
  readonly contact080?: string;
}

export interface AgenciesWanted {
  /** Beginnings of words of name, short name or code; marks and case do not matter. */
  readonly query?: string;
  readonly cursor?: string;
}

export type AgencyChange = Partial<Pick<Agency, 'name' | 'shortName' | 'symbol' | 'place' | 'contact080'>>;

export interface AgencyEnd extends End {
  readonly successorId?: string;
}

/** An agency is of itself. */
type Row = Agency & { readonly agencyId: string };

const agencies: RowKind<Row> = {
  table: 'agency',
  columns: agencyColumns('agency'),
  fieldsOf: (agency) => {
    const { code, name, shortName, symbol, bloc, level, parentId, place, contact080 } = agency;
    const { successorId, validFrom, validTo } = agency;
    return {
      ...{ code, name, shortName, symbol, bloc, level, parentId, place, contact080 },
      ...{ successorId, validFrom, validTo },
    };
  },
};

/** Agencies below an administrator's own are founded, renamed and merged; none is ever removed. */
@Injectable()
export class AdministerAgencies {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly administered: Administered,
    private readonly rows: AdministeredRows,
    private readonly audit: AuditTrail,
  ) {}

  async list(person: PersonActor, { query, cursor }: AgenciesWanted): Promise<Page<AdministeredAgency>> {
    const after = readCursor(cursor, ['text', 'id']);
    return this.unitOfWork.run(person, async (tx) => {
      const scope = await this.administered.agencies(tx, person);
      const rows = await tx.query<AdministeredAgency>(
        `SELECT ${agencyColumns('a')}, a.version,
           (SELECT count(DISTINCT h.person_id)::int FROM directory.appointment h
            WHERE h.agency_id = a.id AND ${validOn('h', '$2')}) AS people
         FROM directory.agency a
         WHERE a.id = ANY($1) AND ($3::text IS NULL OR (a.name, a.id) > ($3, $4::uuid))
           AND ($5::text IS NULL OR a.words @@ to_tsquery('simple', $5))
         ORDER BY a.name, a.id LIMIT ${pageSize + 1}`,
        [
          ...[[...scope], this.administered.today(), after?.[0] ?? null, after?.[1] ?? null],
          prefixQuery(query ?? ''),
        ],
      );
      await this.audit.record(
        person,
        { action: 'directory.read', outcome: 'success', details: { list: 'administered agencies' } },
        { within: tx },
      );
      return pageOf(rows, { item: (agency) => agency, key: ({ name, id }) => [name, id] });
    });
  }

  /** @throws DirectoryError `NOT_ADMINISTERED` */
  show(person: PersonActor, id: string): Promise<AdministeredAgency> {
    return this.unitOfWork.run(person, async (tx) => {
      const row = await this.rows.find(tx, person, agencies, id);
      await this.audit.record(
        person,
        { action: 'directory.read', outcome: 'success', agencyId: id, subject: { type: 'agency', id } },
        { within: tx },
      );
      return this.answer(tx, row);
    });
  }

  /** @throws DirectoryError `NOT_ADMINISTERED` for a parent outside the scope, `AGENCY_CODE_TAKEN`, `HAS_ENDED` */
  create(person: PersonActor, given: NewAgency): Promise<AdministeredAgency> {
    return this.unitOfWork.run(person, async (tx) => {
      const parent = await this.rows.lock(tx, person, agencies, given.parentId);
      if (!isInForce(parent, given.validFrom))
        throw new DirectoryError('HAS_ENDED', 'the parent is not in force');
      const { contact080, ...rest } = given;
      const id = newId();
      const agency: Row = {
        ...rest,
        id,
        agencyId: id,
        bloc: parent.bloc,
        nodeId: parent.nodeId,
        contact080: contact080 ?? null,
        successorId: null,
        validTo: null,
      };
      await enterAgency(tx, agency).catch(codeTaken);
      return this.answer(tx, await this.rows.entered(tx, person, agencies, agency));
    });
  }

  /** @throws DirectoryError `NOT_ADMINISTERED`, `DIRECTORY_CHANGED` */
  change(
    person: PersonActor,
    id: string,
    wishes: AgencyChange,
    version?: number,
  ): Promise<AdministeredAgency> {
    return this.unitOfWork.run(person, async (tx) => {
      const before = await this.rows.lock(tx, person, agencies, id, version);
      const after = { ...before, ...named(wishes) };
      const { name, shortName, symbol, place, contact080, code } = after;
      const search = searchText(`${name} ${shortName} ${code}`);
      const columns = { name, short_name: shortName, symbol, place, contact080, search };
      const row = await this.rows.write(tx, person, agencies, { kind: 'changed', before, after, columns });
      return this.answer(tx, row);
    });
  }

  /**
   * Ends an agency on a day, with its bodies, posts and appointments. Where people still hold posts that day, a
   * successor must be named, who receives what arrives for it.
   *
   * @throws DirectoryError `NOT_ADMINISTERED`, `DIRECTORY_CHANGED`, `HAS_ENDED`, `VALIDITY_IN_PAST`,
   * `VALIDITY_EMPTY`, `OWN_APPOINTMENT` for the own agency, `AGENCY_STILL_STAFFED`, `SUCCESSOR_UNFIT`
   */
  end(person: PersonActor, id: string, given: AgencyEnd, version?: number): Promise<AdministeredAgency> {
    return this.unitOfWork.run(person, async (tx) => {
      const before = await this.rows.lock(tx, person, agencies, id, version);
      if (id === person.agencyId)
        throw new DirectoryError('OWN_APPOINTMENT', 'the own office would end with it');
      this.administered.checkEnd(before, given.validTo);
      await this.checkSuccession(tx, id, given);
      const { validTo, successorId = null, reason } = given;
      for (const table of ['body', 'post', 'appointment'])
        await tx.execute(
          `UPDATE directory.${table} SET valid_to = greatest($2::date, valid_from + 1), version = version + 1
           WHERE agency_id = $1 AND (valid_to IS NULL OR valid_to > $2)`,
          [id, validTo],
        );
      const after = { ...before, validTo, successorId };
      const columns = { valid_to: validTo, successor_id: successorId };
      const row = await this.rows.write(tx, person, agencies, {
        kind: 'ended',
        before,
        after,
        columns,
        reason,
      });
      return this.answer(tx, row);
    });
  }

  private async checkSuccession(tx: Tx, id: string, { validTo, successorId }: AgencyEnd): Promise<void> {
    if (successorId === undefined) {
      const staffed = await tx.query(
        'SELECT 1 FROM directory.appointment WHERE agency_id = $1 AND (valid_to IS NULL OR valid_to > $2) LIMIT 1',
        [id, validTo],
      );
      if (staffed.length > 0) throw new DirectoryError('AGENCY_STILL_STAFFED', 'people hold posts in it');
      return;
    }
    const [successor] = await tx.query(
      `SELECT 1 FROM directory.agency a WHERE a.id = $1 AND a.id <> $3 AND ${validOn('a', '$2')}`,
      [successorId, validTo, id],
    );
    if (!successor) throw new DirectoryError('SUCCESSOR_UNFIT', 'the successor is not in force that day');
  }

  private async answer(tx: Tx, { agencyId: _, ...row }: Versioned<Row>): Promise<AdministeredAgency> {
    const [count] = await tx.query<{ people: number }>(
      `SELECT count(DISTINCT h.person_id)::int AS people FROM directory.appointment h
       WHERE h.agency_id = $1 AND ${validOn('h', '$2')}`,
      [row.id, this.administered.today()],
    );
    return { ...row, people: count?.people ?? 0 };
  }
}

/** The database alone can tell when two founders take the same code at once. */
function codeTaken(error: unknown): never {
  const { constraint } = error as { readonly constraint?: string };
  if (constraint === 'agency_code_once_at_a_time')
    throw new DirectoryError('AGENCY_CODE_TAKEN', 'the code is in use at that time', { cause: error });
  throw error;
}

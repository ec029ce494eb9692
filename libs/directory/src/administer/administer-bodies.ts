import { Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { AuditTrail } from '#audit';
import type { PersonActor, Tx } from '#platform';
import { newId, UnitOfWork } from '#platform';
import { bodyColumns } from '../columns';
import { enterBody } from '../enter-rows';
import { DirectoryError } from '../errors';
import type { Bloc, Body } from '../model';
import { Administered } from './administered';
import type { End, RowKind, Versioned } from './administered-rows';
import { AdministeredRows } from './administered-rows';
import type { IssuableType, IssuableTypes } from './issuable-types';
import { ISSUABLE_TYPES } from './issuable-types';
import { named } from './write-row';

export type AdministeredBody = Versioned<Body>;

export type NewBody = Omit<Body, 'id' | 'validTo'>;

export type BodyChange = Partial<Pick<Body, 'name' | 'symbol' | 'leadership' | 'hasSeal' | 'mayIssue'>>;

const bodies: RowKind<Body> = {
  table: 'body',
  columns: bodyColumns('body'),
  fieldsOf: ({ name, symbol, leadership, hasSeal, mayIssue, validFrom, validTo }) => ({
    ...{ name, symbol, leadership, hasSeal, mayIssue, validFrom, validTo },
  }),
};

/** Issuing bodies of administered agencies. */
@Injectable()
export class AdministerBodies {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly administered: Administered,
    private readonly rows: AdministeredRows,
    private readonly audit: AuditTrail,
    private readonly modules: ModuleRef,
  ) {}

  /** @throws DirectoryError `NOT_ADMINISTERED` */
  list(person: PersonActor, agencyId: string): Promise<readonly AdministeredBody[]> {
    const wanted = { agencyId, orderedBy: 'name', name: 'administered bodies' };
    return this.unitOfWork.run(person, (tx) => this.rows.listOf(tx, person, bodies, wanted));
  }

  /** @throws DirectoryError `NOT_ADMINISTERED`, `TYPE_NOT_IN_BLOC` */
  create(person: PersonActor, given: NewBody): Promise<AdministeredBody> {
    return this.unitOfWork.run(person, async (tx) => {
      const { agencyId } = given;
      await this.administered.require(tx, person, { type: 'agency', id: agencyId }, [agencyId]);
      await this.checkTypes(tx, agencyId, given.mayIssue);
      const body: Body = { ...given, id: newId(), validTo: null };
      await enterBody(tx, body);
      return this.rows.entered(tx, person, bodies, body);
    });
  }

  /** @throws DirectoryError `NOT_ADMINISTERED`, `DIRECTORY_CHANGED`, `TYPE_NOT_IN_BLOC` */
  change(person: PersonActor, id: string, wishes: BodyChange, version?: number): Promise<AdministeredBody> {
    return this.unitOfWork.run(person, async (tx) => {
      const before = await this.rows.lock(tx, person, bodies, id, version);
      const after = { ...before, ...named(wishes) };
      await this.checkTypes(tx, after.agencyId, after.mayIssue);
      const { name, symbol, leadership, hasSeal, mayIssue } = after;
      const columns = { name, symbol, leadership, has_seal: hasSeal, may_issue: mayIssue };
      return this.rows.write(tx, person, bodies, { kind: 'changed', before, after, columns });
    });
  }

  /** @throws DirectoryError `NOT_ADMINISTERED`, `DIRECTORY_CHANGED`, `HAS_ENDED`, `VALIDITY_IN_PAST`, `VALIDITY_EMPTY` */
  end(
    person: PersonActor,
    id: string,
    { validTo, reason }: End,
    version?: number,
  ): Promise<AdministeredBody> {
    return this.unitOfWork.run(person, async (tx) => {
      const before = await this.rows.lock(tx, person, bodies, id, version);
      this.administered.checkEnd(before, validTo);
      const [after, columns] = [{ ...before, validTo }, { valid_to: validTo }];
      return this.rows.write(tx, person, bodies, { kind: 'ended', before, after, columns, reason });
    });
  }

  /** What bodies of an agency may be allowed to issue, as the law orders it. @throws DirectoryError `NOT_ADMINISTERED` */
  issuableTypes(person: PersonActor, agencyId: string): Promise<readonly IssuableType[]> {
    return this.unitOfWork.run(person, async (tx) => {
      await this.administered.require(tx, person, { type: 'agency', id: agencyId }, [agencyId]);
      const types = await this.typesOf(tx, agencyId);
      const details = { list: 'issuable types', items: types.length };
      await this.audit.record(
        person,
        { action: 'directory.read', outcome: 'success', agencyId, details },
        { within: tx },
      );
      return types;
    });
  }

  private async checkTypes(tx: Tx, agencyId: string, codes: readonly string[]): Promise<void> {
    const known = new Set((await this.typesOf(tx, agencyId)).map(({ code }) => code));
    const unknown = codes.find((code) => !known.has(code));
    if (unknown !== undefined)
      throw new DirectoryError('TYPE_NOT_IN_BLOC', `no type ${unknown} in this bloc`);
  }

  /** Which types exist is known to a lib above this one; it is asked while running. */
  private async typesOf(tx: Tx, agencyId: string): Promise<readonly IssuableType[]> {
    const [agency] = await tx.query<{ bloc: Bloc }>('SELECT bloc FROM directory.agency WHERE id = $1', [
      agencyId,
    ]);
    const types = this.modules.get<IssuableTypes>(ISSUABLE_TYPES, { strict: false });
    return agency ? types.typesOf(agency.bloc) : [];
  }
}

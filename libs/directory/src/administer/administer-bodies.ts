import { Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { AuditTrail } from '#audit';
import type { PersonActor, Tx } from '#platform';
import { newId, UnitOfWork } from '#platform';
import { bodyColumns } from '../columns';
import { enterBody } from '../enter-rows';
import { DirectoryError } from '../errors';
import type { Bloc, Body, DateOnly } from '../model';
import { Administered } from './administered';
import type { IssuableTypes } from './issuable-types';
import { ISSUABLE_TYPES } from './issuable-types';
import type { Fields } from './write-row';
import { named, recordChange, updateRow } from './write-row';

export type AdministeredBody = Body & { readonly version: number };

export type NewBody = Omit<Body, 'id' | 'validTo'>;

export type BodyChange = Partial<Pick<Body, 'name' | 'symbol' | 'leadership' | 'hasSeal' | 'mayIssue'>>;

/** Issuing bodies of administered agencies. */
@Injectable()
export class AdministerBodies {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly administered: Administered,
    private readonly audit: AuditTrail,
    private readonly modules: ModuleRef,
  ) {}

  /** @throws DirectoryError `NOT_ADMINISTERED` */
  list(person: PersonActor, agencyId: string): Promise<readonly AdministeredBody[]> {
    return this.unitOfWork.run(person, async (tx) => {
      await this.administered.require(tx, person, { type: 'agency', id: agencyId }, [agencyId]);
      const rows = await tx.query<AdministeredBody>(
        `SELECT ${bodyColumns('body')}, version FROM directory.body WHERE agency_id = $1 ORDER BY name, id`,
        [agencyId],
      );
      const details = { list: 'administered bodies', items: rows.length };
      await this.audit.record(
        person,
        { action: 'directory.read', outcome: 'success', agencyId, details },
        { within: tx },
      );
      return rows;
    });
  }

  /** @throws DirectoryError `NOT_ADMINISTERED`, `TYPE_NOT_IN_BLOC` */
  create(person: PersonActor, given: NewBody): Promise<AdministeredBody> {
    return this.unitOfWork.run(person, async (tx) => {
      const { agencyId } = given;
      await this.administered.require(tx, person, { type: 'agency', id: agencyId }, [agencyId]);
      await this.checkTypes(tx, agencyId, given.mayIssue);
      const body: Body = { ...given, id: newId(), validTo: null };
      await enterBody(tx, body);
      await this.record(tx, person, 'created', undefined, body);
      return { ...body, version: 1 };
    });
  }

  /** @throws DirectoryError `NOT_ADMINISTERED`, `DIRECTORY_CHANGED`, `TYPE_NOT_IN_BLOC` */
  change(person: PersonActor, id: string, wishes: BodyChange, version?: number): Promise<AdministeredBody> {
    return this.unitOfWork.run(person, async (tx) => {
      const before = await this.lock(tx, person, id, version);
      const after = { ...before, ...named(wishes) };
      await this.checkTypes(tx, after.agencyId, after.mayIssue);
      await updateRow(tx, 'body', id, {
        name: after.name,
        symbol: after.symbol,
        leadership: after.leadership,
        has_seal: after.hasSeal,
        may_issue: after.mayIssue,
      });
      await this.record(tx, person, 'changed', before, after);
      return { ...after, version: after.version + 1 };
    });
  }

  /** @throws DirectoryError `NOT_ADMINISTERED`, `DIRECTORY_CHANGED`, `HAS_ENDED`, `VALIDITY_IN_PAST`, `VALIDITY_EMPTY` */
  end(
    person: PersonActor,
    id: string,
    { validTo, reason }: { readonly validTo: DateOnly; readonly reason: string },
    version?: number,
  ): Promise<AdministeredBody> {
    return this.unitOfWork.run(person, async (tx) => {
      const before = await this.lock(tx, person, id, version);
      this.administered.checkEnd(before, validTo);
      await updateRow(tx, 'body', id, { valid_to: validTo });
      const after = { ...before, validTo };
      await this.record(tx, person, 'ended', before, after, reason);
      return { ...after, version: after.version + 1 };
    });
  }

  /** Which types exist is known to a lib above this one; it is asked while running. */
  private async checkTypes(tx: Tx, agencyId: string, codes: readonly string[]): Promise<void> {
    const types = this.modules.get<IssuableTypes>(ISSUABLE_TYPES, { strict: false });
    const [agency] = await tx.query<{ bloc: Bloc }>('SELECT bloc FROM directory.agency WHERE id = $1', [
      agencyId,
    ]);
    const known = agency ? types.codesOf(agency.bloc) : new Set();
    const unknown = codes.find((code) => !known.has(code));
    if (unknown !== undefined)
      throw new DirectoryError('TYPE_NOT_IN_BLOC', `no type ${unknown} in this bloc`);
  }

  private lock(tx: Tx, person: PersonActor, id: string, version?: number): Promise<AdministeredBody> {
    const columns = bodyColumns('body');
    return this.administered.lock<AdministeredBody>(tx, person, { table: 'body', columns, id, version });
  }

  private record(
    tx: Tx,
    person: PersonActor,
    kind: 'created' | 'changed' | 'ended',
    before: Body | undefined,
    after: Body,
    reason?: string,
  ): Promise<void> {
    return recordChange(this.audit, tx, person, {
      kind,
      subject: { type: 'body', id: after.id },
      agencyId: after.agencyId,
      ...(before && { before: fieldsOf(before) }),
      after: fieldsOf(after),
      reason,
    });
  }
}

function fieldsOf({ name, symbol, leadership, hasSeal, mayIssue, validFrom, validTo }: Body): Fields {
  return { name, symbol, leadership, hasSeal, mayIssue, validFrom, validTo };
}

import type { Agency, Body } from '#directory';
import { Directory, isInForce } from '#directory';
import type { Tx } from '#platform';
import { Clock, vietnamDate } from '#platform';
import { Injectable } from '@nestjs/common';

import { WorkflowError } from '../errors';
import { issuingFault } from '../rules';
import type { DocumentRow } from './document-row';

/** Whose document it is: an issuing body (tác giả) and the agency it belongs to. */
export interface Author {
  readonly agency: Agency;
  readonly body: Body;
}

/**
 * Asks the directory whether an author may still issue. Between the draft and its issue an agency may be merged, a
 * body dissolved, a type taken out of its competence: then nobody drafts, signs, numbers or issues for it any more,
 * whatever posts and keys are still in force.
 */
@Injectable()
export class Authors {
  constructor(
    private readonly directory: Directory,
    private readonly clock: Clock,
  ) {}

  /** @throws WorkflowError AGENCY_ENDED, BODY_NOT_FOUND, TYPE_NOT_KNOWN, TYPE_NOT_ALLOWED */
  async inForce(
    tx: Tx,
    asked: { readonly agencyId: string; readonly bodyId: string; readonly typeCode: string },
  ): Promise<Author> {
    const today = vietnamDate(this.clock.now());
    const agency = await this.directory.agency(asked.agencyId, tx);
    if (agency === undefined || !isInForce(agency, today)) throw new WorkflowError('AGENCY_ENDED');
    const body = await this.directory.body(asked.bodyId, tx);
    if (body?.agencyId !== agency.id || !isInForce(body, today)) throw new WorkflowError('BODY_NOT_FOUND');
    const { typeCode } = asked;
    const fault = issuingFault({ bloc: agency.bloc, typeCode, mayIssue: body.mayIssue });
    if (fault !== undefined) throw new WorkflowError(fault);
    return { agency, body };
  }

  /** As `inForce`, of documents that exist already. Lists are mostly of one author and one type. */
  async stillInForce(tx: Tx, rows: readonly DocumentRow[]): Promise<void> {
    const groups = Map.groupBy(rows, (row) => `${row.body_id} ${row.type_code}`);
    for (const [row] of groups.values()) {
      if (row === undefined) continue;
      await this.inForce(tx, { agencyId: row.agency_id, bodyId: row.body_id, typeCode: row.type_code });
    }
  }
}

import { Injectable } from '@nestjs/common';
import { AuditTrail } from '#audit';
import type { Actor, PersonActor, Tx } from '#platform';
import { isId } from '#platform';

import { WorkflowError } from '../errors';
import { lockRow } from '../state-machine';
import type { DocumentRow } from './document-row';
import { documentTable } from './document-row';

/**
 * Finds documents for people of their own agency. Another agency's person is told that there is no such
 * document, and the attempt stands in the trail.
 */
@Injectable()
export class DocumentAccess {
  constructor(private readonly audit: AuditTrail) {}

  /** @throws WorkflowError DOCUMENT_NOT_FOUND, recorded when the document belongs to others. */
  async read(tx: Tx, id: string): Promise<DocumentRow> {
    const rows = isId(id)
      ? await tx.query<DocumentRow>(`SELECT ${documentTable.columns} FROM workflow.document WHERE id = $1`, [
          id,
        ])
      : [];
    return this.mine(tx.actor, id, rows[0]);
  }

  /** As `read`, for a list: in its order, each document once. */
  async readAll(tx: Tx, ids: readonly string[]): Promise<DocumentRow[]> {
    const rows = await tx.query<DocumentRow>(
      `SELECT ${documentTable.columns} FROM workflow.document WHERE id = ANY($1::uuid[])`,
      [ids.filter(isId)],
    );
    const byId = new Map(rows.map((row) => [row.id, row]));
    const mine: DocumentRow[] = [];
    for (const id of new Set(ids)) mine.push(await this.mine(tx.actor, id, byId.get(id)));
    return mine;
  }

  /**
   * As `read`, under a row lock. `version` is what the person last saw, where they said so.
   *
   * @throws WorkflowError DOCUMENT_NOT_FOUND, VERSION_CONFLICT
   */
  async lock(tx: Tx, id: string, version?: number): Promise<DocumentRow> {
    const row = await this.mine(
      tx.actor,
      id,
      isId(id) ? await lockRow<DocumentRow>(tx, documentTable, id) : undefined,
    );
    if (version !== undefined && row.version !== version) throw new WorkflowError('VERSION_CONFLICT');
    return row;
  }

  private async mine(actor: Actor, id: string, row: DocumentRow | undefined): Promise<DocumentRow> {
    if (row === undefined) throw new WorkflowError('DOCUMENT_NOT_FOUND');
    if (maySee(actor, row)) return row;
    await this.audit.record(actor, {
      action: 'access.denied',
      outcome: 'denied',
      documentId: id,
      concernedAgencyId: row.agency_id,
      code: 'DOCUMENT_NOT_FOUND',
    });
    throw new WorkflowError('DOCUMENT_NOT_FOUND');
  }
}

/** Own agency, or the signer named by post: T/L and TL. are signed by a chief of another agency's office. */
function maySee(actor: Actor, row: DocumentRow): boolean {
  if (actor.kind === 'system') return true;
  return actor.kind === 'person' && (actor.agencyId === row.agency_id || actor.postId === row.signer_post_id);
}

/** Who signs by order for another agency sees its document, but does not number, issue or end it. */
export function requireOwnAgency(actor: PersonActor, row: DocumentRow): void {
  if (row.agency_id !== actor.agencyId) throw new WorkflowError('ROLE_NOT_ALLOWED');
}

/** Two persons answer for a document: whoever drafted it does not approve it, whatever other role is held. */
export function refuseDrafter(actor: PersonActor, row: DocumentRow): void {
  if (row.drafter_id === actor.personId) throw new WorkflowError('APPROVER_IS_DRAFTER');
}

/** The drafter alone changes and submits a draft. */
export function requireDrafter(actor: PersonActor, row: DocumentRow): void {
  if (row.drafter_id !== actor.personId) throw new WorkflowError('NOT_YOUR_DRAFT');
}

import { Injectable } from '@nestjs/common';

import { AuditTrail } from '#audit';
import type { Tx } from '#platform';
import { isId } from '#platform';

import type { AfterIssueRow } from '../aftercare/copies';
import { afterIssueColumns, refuseFrozen } from '../aftercare/copies';
import { WorkflowError } from '../../errors';
import type { Secrecy, Urgency } from '../../rules/marks';
import type { PaperChannel } from '../../rules/channels';
import type { EnvelopeMark } from '../../rules/envelope-marks';
import type { Party } from '../statements/parties';
import type { IncomingState } from './incoming-states';

/** What every incoming document has, without the signed bytes. */
interface IncomingCommon extends AfterIssueRow {
  readonly id: string;
  readonly agency_id: string;
  readonly sender_name: string;
  /** Whom the sender named, where that agency has ended and this one answers for it. */
  readonly meant_for: Party | null;
  readonly abstract: string | null;
  readonly secrecy: Secrecy;
  readonly urgency: Urgency;
  readonly urgency_at: Date | null;
  readonly state: IncomingState;
  readonly arrived_at: Date;
  /** Until when it is to be accepted or refused; null for a paper. */
  readonly ack_due_at: Date | null;
  readonly settled_at: Date | null;
  readonly refusal_reason: string | null;
  readonly arrival_number: number | null;
  readonly arrival_date: string | null;
}

/** Came by a message of the exchange. */
export interface ElectronicRow extends IncomingCommon {
  readonly source: 'electronic';
  readonly sender_agency_id: null;
  readonly sender_code: string;
  readonly message_id: string;
  readonly document_id: string;
  readonly source_node: string;
  readonly body_id: string;
  readonly type_code: string;
  readonly number: string;
  readonly symbol: string;
  readonly issued_on: string;
  readonly manifest_sha256: string;
  readonly channel: null;
  readonly pages: null;
  readonly envelope_marks: readonly never[];
  readonly envelope_remarks: null;
}

/** Came on paper: of a secret only what stands on its envelope may be known. */
interface PaperRow extends IncomingCommon {
  readonly source: 'paper';
  readonly sender_agency_id: string | null;
  readonly sender_code: string | null;
  readonly message_id: null;
  readonly document_id: null;
  readonly source_node: null;
  readonly body_id: null;
  readonly type_code: string | null;
  readonly number: string | null;
  readonly symbol: string | null;
  readonly issued_on: string | null;
  readonly manifest_sha256: null;
  readonly channel: PaperChannel;
  readonly pages: number | null;
  readonly envelope_marks: readonly EnvelopeMark[];
  readonly envelope_remarks: string | null;
}

/** A row of `workflow.incoming`. */
export type IncomingRow = ElectronicRow | PaperRow;

/** With the manifest that its sender signed. */
export type LockedElectronicRow = ElectronicRow & { readonly manifest: Uint8Array };
export type LockedRow = LockedElectronicRow | PaperRow;

/** Columns of `IncomingRow`; days as text, so that no time zone touches them. */
export const incomingColumns = `
  i.id, i.agency_id, i.source, i.sender_agency_id, i.sender_code, i.sender_name, i.meant_for, i.message_id, i.document_id,
  i.source_node, i.body_id, i.type_code, i.number, i.symbol, i.issued_on::text AS issued_on, i.abstract, i.secrecy,
  i.urgency, i.urgency_at, i.manifest_sha256, i.channel, i.pages, i.envelope_marks, i.envelope_remarks, i.state,
  i.arrived_at, i.ack_due_at, i.settled_at, i.refusal_reason, i.arrival_number, i.arrival_date::text AS arrival_date,
  ${afterIssueColumns}`;

/** What the trail calls the document: the sender's id, or for a paper its own here. */
export function documentIdOf(row: IncomingRow): string {
  return row.document_id ?? row.id;
}

export interface IncomingFileRow {
  readonly id: string;
  readonly role: 'main' | 'annex' | 'attachment';
  readonly title: string;
  readonly media_type: string;
  readonly sha256: string;
  readonly size: number;
  readonly pages: number;
  readonly blob_id: string;
  /** Why it is not shown: what an upload would be refused for; null for nothing. */
  readonly fault: string | null;
}

/**
 * Finds what arrived for people of the recipient agency who need to know it (docs/decisions/0006); to others there is
 * no such document.
 */
@Injectable()
export class IncomingAccess {
  constructor(private readonly audit: AuditTrail) {}

  /** @throws WorkflowError INCOMING_NOT_FOUND, recorded when the document exists for others. */
  read(tx: Tx, id: string): Promise<IncomingRow> {
    return this.find<IncomingRow>(
      tx,
      id,
      `SELECT ${incomingColumns} FROM workflow.incoming i WHERE i.id = $1`,
    );
  }

  /** As `read`, under a row lock; of an electronic one with the signed manifest. @throws WorkflowError INCOMING_WITHDRAWN */
  async lock(tx: Tx, id: string): Promise<LockedRow> {
    const row = await this.find<LockedRow>(
      tx,
      id,
      `SELECT ${incomingColumns}, i.manifest FROM workflow.incoming i WHERE i.id = $1 FOR UPDATE`,
    );
    refuseFrozen(row);
    return row;
  }

  /** As `lock`, for what only a message can undergo. @throws WorkflowError INCOMING_ON_PAPER */
  async lockElectronic(tx: Tx, id: string): Promise<LockedElectronicRow> {
    const row = await this.lock(tx, id);
    if (row.source === 'paper') throw new WorkflowError('INCOMING_ON_PAPER');
    return row;
  }

  private async find<Row extends IncomingRow>(tx: Tx, id: string, sql: string): Promise<Row> {
    const [row] = isId(id) ? await tx.query<Row>(sql, [id]) : [];
    if (row && (await needsToKnow(tx, row))) return row;
    if (row) {
      await this.audit.record(tx.actor, {
        action: 'access.denied',
        outcome: 'denied',
        documentId: documentIdOf(row),
        subject: { type: 'incoming', id },
        concernedAgencyId: row.agency_id,
        code: 'INCOMING_NOT_FOUND',
      });
    }
    throw new WorkflowError('INCOMING_NOT_FOUND');
  }
}

/**
 * The clerk keeps the register; a leader answers for the agency and knows whatever is not secret; everybody else, and
 * of secrets a leader too, what was submitted or assigned to them.
 */
async function needsToKnow(tx: Tx, row: IncomingRow): Promise<boolean> {
  const { actor } = tx;
  if (actor.kind !== 'person' || actor.agencyId !== row.agency_id) return false;
  if (actor.roles.includes('clerk')) return true;
  if (actor.roles.includes('leader') && row.secrecy === 'THUONG') return true;
  const [involved] = await tx.query(
    `SELECT FROM workflow.handling WHERE id = $1 AND leader_id = $2
      UNION ALL
     SELECT FROM workflow.handling_task WHERE handling_id = $1 AND person_id = $2 AND state IN ('open', 'done')
      LIMIT 1`,
    [row.id, actor.personId],
  );
  return involved !== undefined;
}

export async function filesOf(tx: Tx, incomingId: string): Promise<readonly IncomingFileRow[]> {
  const rows = await tx.query<Omit<IncomingFileRow, 'size'> & { size: string }>(
    `SELECT id, role, title, media_type, sha256, size, pages, blob_id, fault
       FROM workflow.incoming_file WHERE incoming_id = $1 ORDER BY position`,
    [incomingId],
  );
  return rows.map((row) => ({ ...row, size: Number(row.size) }));
}

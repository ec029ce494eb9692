import { Injectable } from '@nestjs/common';

import { AuditTrail } from '#audit';
import type { Actor, Tx } from '#platform';
import { isId } from '#platform';

import { WorkflowError } from '../../errors';
import type { Party } from '../statements/parties';

/** Row of `workflow.incoming`, without the signed bytes. */
export interface IncomingRow {
  readonly id: string;
  readonly agency_id: string;
  readonly sender_code: string;
  readonly sender_name: string;
  /** Whom the sender named, where that agency has ended and this one answers for it. */
  readonly meant_for: Party | null;
  readonly message_id: string;
  readonly document_id: string;
  readonly source_node: string;
  readonly body_id: string;
  readonly type_code: string;
  readonly number: string;
  readonly symbol: string;
  readonly issued_on: string;
  readonly abstract: string | null;
  readonly secrecy: string;
  readonly urgency: number;
  readonly urgency_at: Date | null;
  readonly manifest_sha256: string;
  readonly state: '01' | '02' | '03';
  readonly arrived_at: Date;
  readonly ack_due_at: Date | null;
  readonly settled_at: Date | null;
  readonly refusal_reason: string | null;
  readonly arrival_number: number | null;
  readonly arrival_date: string | null;
}

/** Columns of `IncomingRow`; days as text, so that no time zone touches them. */
export const incomingColumns = `
  i.id, i.agency_id, i.sender_code, i.sender_name, i.meant_for, i.message_id, i.document_id, i.source_node, i.body_id, i.type_code,
  i.number, i.symbol, i.issued_on::text AS issued_on, i.abstract, i.secrecy, i.urgency, i.urgency_at,
  i.manifest_sha256, i.state, i.arrived_at, i.ack_due_at, i.settled_at, i.refusal_reason, i.arrival_number,
  i.arrival_date::text AS arrival_date`;

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

/** Finds what arrived for people of the recipient agency; to others there is no such document. */
@Injectable()
export class IncomingAccess {
  constructor(private readonly audit: AuditTrail) {}

  /** @throws WorkflowError INCOMING_NOT_FOUND, recorded when the document arrived for somebody else. */
  read(tx: Tx, id: string): Promise<IncomingRow> {
    return this.find<IncomingRow>(
      tx,
      id,
      `SELECT ${incomingColumns} FROM workflow.incoming i WHERE i.id = $1`,
    );
  }

  /** As `read`, under a row lock and with the signed manifest. */
  lock(tx: Tx, id: string): Promise<IncomingRow & { readonly manifest: Uint8Array }> {
    return this.find(
      tx,
      id,
      `SELECT ${incomingColumns}, i.manifest FROM workflow.incoming i WHERE i.id = $1 FOR UPDATE`,
    );
  }

  private async find<Row extends IncomingRow>(tx: Tx, id: string, sql: string): Promise<Row> {
    const [row] = isId(id) ? await tx.query<Row>(sql, [id]) : [];
    if (row && isRecipient(tx.actor, row)) return row;
    if (row) {
      await this.audit.record(tx.actor, {
        action: 'access.denied',
        outcome: 'denied',
        documentId: row.document_id,
        subject: { type: 'incoming', id },
        code: 'INCOMING_NOT_FOUND',
      });
    }
    throw new WorkflowError('INCOMING_NOT_FOUND');
  }
}

function isRecipient(actor: Actor, row: IncomingRow): boolean {
  return actor.kind === 'person' && actor.agencyId === row.agency_id;
}

export async function filesOf(tx: Tx, incomingId: string): Promise<readonly IncomingFileRow[]> {
  const rows = await tx.query<Omit<IncomingFileRow, 'size'> & { size: string }>(
    `SELECT id, role, title, media_type, sha256, size, pages, blob_id, fault
       FROM workflow.incoming_file WHERE incoming_id = $1 ORDER BY position`,
    [incomingId],
  );
  return rows.map((row) => ({ ...row, size: Number(row.size) }));
}

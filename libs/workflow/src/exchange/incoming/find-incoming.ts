import { Injectable } from '@nestjs/common';

import { AuditTrail } from '#audit';
import type { Page, PersonActor } from '#platform';
import { cursorInstant, pageOf, pageSize, readCursor, UnitOfWork } from '#platform';

import { isExpress } from '../../rules/express-lane';
import { incomingColumns } from './incoming-access';
import type { IncomingRow } from './incoming-access';
import type { IncomingState } from './incoming-states';

/** An incoming document as a list shows it. */
export interface IncomingSummary {
  readonly id: string;
  readonly documentId: string;
  /** 01 arrived, 02 refused, 03 accepted. */
  readonly state: IncomingState;
  readonly sender: { readonly code: string; readonly name: string };
  /** Whom the sender named, where that agency has ended and the own one answers for it; else null. */
  readonly meantFor: { readonly code: string; readonly name: string } | null;
  readonly typeCode: string;
  readonly number: string;
  readonly symbol: string;
  readonly issuedOn: string;
  readonly abstract: string | null;
  readonly secrecy: string;
  readonly urgency: number;
  /** Official telegram or express: to be handled ahead of everything else. */
  readonly express: boolean;
  /** When a timed express document must arrive; null for any other. */
  readonly urgencyAt: string | null;
  readonly arrivedAt: string;
  /** Until when it is to be accepted or refused. */
  readonly ackDueAt: string | null;
  readonly settledAt: string | null;
  readonly refusalReason: string | null;
  readonly arrivalNumber: number | null;
  readonly arrivalDate: string | null;
}

/** What arrived for the person's agency, the newest first. */
@Injectable()
export class FindIncoming {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditTrail,
  ) {}

  /** @throws ProblemError VALIDATION_FAILED for a cursor that no page gave */
  run(
    actor: PersonActor,
    query: {
      readonly state?: IncomingState | undefined;
      readonly cursor?: string | undefined;
    },
  ): Promise<Page<IncomingSummary>> {
    const [arrivedAt, lastId] = readCursor(query.cursor, ['instant', 'id']) ?? [null, null];
    return this.unitOfWork.run(actor, async (tx) => {
      const rows = await tx.query<IncomingRow & { readonly position: string }>(
        `SELECT ${incomingColumns}, ${cursorInstant('i.arrived_at')} AS position FROM workflow.incoming i
          WHERE i.agency_id = $1 ${query.state === undefined ? '' : 'AND i.state = $5'}
            AND ($2::timestamptz IS NULL OR (i.arrived_at, i.id) < ($2, $3::uuid))
          ORDER BY i.arrived_at DESC, i.id DESC LIMIT $4`,
        [
          actor.agencyId,
          arrivedAt,
          lastId,
          pageSize + 1,
          ...(query.state === undefined ? [] : [query.state]),
        ],
      );
      const page = pageOf(rows, { item: summaryOf, key: (row) => [row.position, row.id] });
      await this.audit.record(
        actor,
        {
          action: 'delivery.read',
          outcome: 'success',
          details: { list: 'incoming', items: page.items.length },
        },
        { within: tx },
      );
      return page;
    });
  }
}

export function summaryOf(row: IncomingRow): IncomingSummary {
  return {
    id: row.id,
    documentId: row.document_id,
    state: row.state,
    sender: { code: row.sender_code, name: row.sender_name },
    meantFor: row.meant_for,
    typeCode: row.type_code,
    number: row.number,
    symbol: row.symbol,
    issuedOn: row.issued_on,
    abstract: row.abstract,
    secrecy: row.secrecy,
    urgency: row.urgency,
    express: isExpress({ typeCode: row.type_code, urgency: row.urgency }),
    urgencyAt: row.urgency_at?.toISOString() ?? null,
    arrivedAt: row.arrived_at.toISOString(),
    ackDueAt: row.ack_due_at?.toISOString() ?? null,
    settledAt: row.settled_at?.toISOString() ?? null,
    refusalReason: row.refusal_reason,
    arrivalNumber: row.arrival_number,
    arrivalDate: row.arrival_date,
  };
}

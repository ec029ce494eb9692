import { Injectable } from '@nestjs/common';

import { AuditTrail } from '#audit';
import type { Page, PersonActor } from '#platform';
import { Clock, pageOf, pageSize, readCursor, UnitOfWork } from '#platform';

import type { TakeBackState, WithdrawalState } from '../aftercare/aftercare-states';
import type { DeliveryState } from './delivery-states';
import { SubmissionAccess } from './submission-access';

/** Where a document stands at one recipient. */
export interface DeliveryStatus {
  readonly id: string;
  /** Who got it, where the recipient had been succeeded; null where it speaks for itself, or nobody has yet. */
  readonly successor: { readonly agencyId: string; readonly code: string; readonly name: string } | null;
  /** Whom the document is meant for. */
  readonly recipient: {
    readonly agencyId: string;
    readonly code: string;
    readonly name: string;
    /** Number in the 080 network by which whoever answers for it can be asked; null where none is known. */
    readonly contact080: string | null;
  };
  readonly messageId: string;
  readonly state: DeliveryState;
  readonly attempts: number;
  /** Official telegram or express: carried ahead of everything else. */
  readonly express: boolean;
  /** Until when it is to be accepted or refused; null for what was sent before deadlines were kept. */
  readonly ackDueAt: string | null;
  /** Neither accepted nor refused in time, or answered too late. */
  readonly late: boolean;
  /** Code of the last failure, while it is not delivered. */
  readonly lastError: string | null;
  readonly queuedAt: string;
  readonly sentAt: string | null;
  /** When the recipient's node stated that the content was consigned. */
  readonly consignedAt: string | null;
  readonly settledAt: string | null;
  readonly refusalReason: string | null;
  readonly arrivalNumber: number | null;
  readonly arrivalDate: string | null;
  /** NONE, 13 asked, 15 given back, 16 refused. */
  readonly takeBack: TakeBackState;
  readonly takeBackRefusal: string | null;
  /** IN_FORCE, or what the sender ordered here; `withdrawalConfirmedAt` once the recipient has carried it out. */
  readonly withdrawal: WithdrawalState;
  readonly withdrawalConfirmedAt: string | null;
  /** Events of which signed evidence is kept, oldest first. */
  readonly evidence: readonly { readonly event: string; readonly time: string }[];
}

interface Row {
  readonly id: string;
  readonly recipient_agency_id: string;
  readonly recipient_code: string;
  readonly recipient_name: string;
  readonly successor_agency_id: string | null;
  readonly successor_code: string | null;
  readonly successor_name: string | null;
  readonly contact080: string | null;
  readonly express: boolean;
  readonly ack_due_at: Date | null;
  readonly message_id: string;
  readonly state: DeliveryState;
  readonly attempts: number;
  readonly last_error: string | null;
  readonly created_at: Date;
  readonly sent_at: Date | null;
  readonly consigned_at: Date | null;
  readonly settled_at: Date | null;
  readonly refusal_reason: string | null;
  readonly arrival_number: number | null;
  readonly arrival_date: string | null;
  readonly take_back: TakeBackState;
  readonly take_back_refusal: string | null;
  readonly withdrawal: WithdrawalState;
  readonly withdrawal_confirmed_at: Date | null;
  readonly evidence: readonly { readonly event: string; readonly time: string }[] | null;
}

@Injectable()
export class FindDeliveries {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly access: SubmissionAccess,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
  ) {}

  /**
   * In the order of the recipients' codes; empty while the document is not issued.
   * @throws ProblemError DOCUMENT_NOT_FOUND; VALIDATION_FAILED for a cursor that no page gave
   */
  run(
    actor: PersonActor,
    documentId: string,
    query: { readonly cursor?: string | undefined },
  ): Promise<Page<DeliveryStatus>> {
    const [code, id] = readCursor(query.cursor, ['text', 'id']) ?? [null, null];
    return this.unitOfWork.run(actor, async (tx) => {
      const submission = await this.access.read(tx, documentId);
      const rows = submission ? await tx.query<Row>(select, [documentId, code, id, pageSize + 1]) : [];
      const now = this.clock.now();
      const page = pageOf(rows, {
        item: (row) => statusOf(row, now),
        key: (row) => [row.recipient_code, row.id],
      });
      await this.audit.record(
        actor,
        {
          action: 'delivery.read',
          outcome: 'success',
          documentId,
          details: { deliveries: page.items.length },
        },
        { within: tx },
      );
      return page;
    });
  }
}

function statusOf(row: Row, now: Date): DeliveryStatus {
  return {
    id: row.id,
    successor: successorOf(row),
    recipient: {
      agencyId: row.recipient_agency_id,
      code: row.recipient_code,
      name: row.recipient_name,
      contact080: row.contact080,
    },
    messageId: row.message_id,
    state: row.state,
    attempts: row.attempts,
    express: row.express,
    ackDueAt: row.ack_due_at?.toISOString() ?? null,
    late: row.ack_due_at !== null && row.ack_due_at < (row.settled_at ?? now),
    lastError: row.last_error,
    queuedAt: row.created_at.toISOString(),
    sentAt: row.sent_at?.toISOString() ?? null,
    consignedAt: row.consigned_at?.toISOString() ?? null,
    settledAt: row.settled_at?.toISOString() ?? null,
    refusalReason: row.refusal_reason,
    arrivalNumber: row.arrival_number,
    arrivalDate: row.arrival_date,
    takeBack: row.take_back,
    takeBackRefusal: row.take_back_refusal,
    withdrawal: row.withdrawal,
    withdrawalConfirmedAt: row.withdrawal_confirmed_at?.toISOString() ?? null,
    evidence: (row.evidence ?? []).map(({ event, time }) => ({ event, time: new Date(time).toISOString() })),
  };
}

function successorOf(row: Row): DeliveryStatus['successor'] {
  const { successor_agency_id: agencyId, successor_code: code, successor_name: name } = row;
  return agencyId === null || code === null || name === null ? null : { agencyId, code, name };
}

const select = `
  SELECT d.id, d.recipient_agency_id, d.recipient_code, d.recipient_name, d.successor_agency_id, d.successor_code,
         d.successor_name, d.express, d.ack_due_at, d.message_id,
         (SELECT a.contact080 FROM directory.agency a WHERE a.id = coalesce(d.successor_agency_id, d.recipient_agency_id)) AS contact080,
         d.state, d.attempts, d.last_error,
         d.created_at, d.sent_at, d.consigned_at, d.settled_at, d.refusal_reason, d.arrival_number,
         d.arrival_date::text AS arrival_date, d.take_back, d.take_back_refusal, d.withdrawal, d.withdrawal_confirmed_at,
         (SELECT jsonb_agg(jsonb_build_object('event', e.event, 'time', e.event_time) ORDER BY e.event_time, e.event)
            FROM workflow.evidence e WHERE e.holder_agency_id = d.sender_agency_id AND e.message_id = d.message_id) AS evidence
    FROM workflow.delivery d
   WHERE d.document_id = $1 AND ($2::text IS NULL OR (d.recipient_code, d.id) > ($2, $3::uuid))
   ORDER BY d.recipient_code, d.id LIMIT $4`;

import { Injectable } from '@nestjs/common';

import { AuditTrail } from '#audit';
import type { Page, PersonActor } from '#platform';
import { cursorInstant, pageOf, pageSize, readCursor, UnitOfWork } from '#platform';

/** A message of the own agency that could not be handed over. Says nothing of its content. */
export interface DeadLetter {
  readonly id: string;
  /** `delivery`: a document on its way out; `evidence`: our answer to a sender. */
  readonly kind: 'delivery' | 'evidence';
  readonly documentId: string;
  readonly messageId: string;
  /** Code of the agency it is for. */
  readonly counterpart: string;
  /** Why it could not be delivered. */
  readonly code: string;
  readonly attempts: number;
  readonly createdAt: string;
}

interface Row {
  readonly id: string;
  readonly kind: DeadLetter['kind'];
  readonly document_id: string;
  readonly message_id: string;
  readonly counterpart: string;
  readonly code: string;
  readonly attempts: number;
  readonly created_at: Date;
  readonly position: string;
}

/** Open dead letters of the person's agency, the newest first. */
@Injectable()
export class FindDeadLetters {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditTrail,
  ) {}

  /** @throws ProblemError VALIDATION_FAILED for a cursor that no page gave */
  run(actor: PersonActor, query: { readonly cursor?: string | undefined }): Promise<Page<DeadLetter>> {
    const [createdAt, id] = readCursor(query.cursor, ['instant', 'id']) ?? [null, null];
    return this.unitOfWork.run(actor, async (tx) => {
      const rows = await tx.query<Row>(select, [actor.agencyId, createdAt, id, pageSize + 1]);
      const page = pageOf(rows, { item: letterOf, key: (row) => [row.position, row.id] });
      await this.audit.record(
        actor,
        {
          action: 'delivery.read',
          outcome: 'success',
          details: { list: 'dead-letters', items: page.items.length },
        },
        { within: tx },
      );
      return page;
    });
  }
}

const select = `
  SELECT id, kind, document_id, message_id, counterpart, code, attempts, created_at,
         ${cursorInstant('created_at')} AS position
    FROM workflow.dead_letter
   WHERE agency_id = $1 AND resolved_at IS NULL
     AND ($2::timestamptz IS NULL OR (created_at, id) < ($2, $3::uuid))
   ORDER BY created_at DESC, id DESC LIMIT $4`;

function letterOf(row: Row): DeadLetter {
  return {
    id: row.id,
    kind: row.kind,
    documentId: row.document_id,
    messageId: row.message_id,
    counterpart: row.counterpart,
    code: row.code,
    attempts: row.attempts,
    createdAt: row.created_at.toISOString(),
  };
}

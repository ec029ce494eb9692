import { Injectable } from '@nestjs/common';

import { AuditTrail } from '#audit';
import type { PersonActor } from '#platform';
import { UnitOfWork } from '#platform';

/** A message of the own agency that could not be handed over. Says nothing of its content. */
interface DeadLetter {
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

export interface DeadLetterList {
  /** Open dead letters in all. */
  readonly total: number;
  /** The newest 200. */
  readonly items: readonly DeadLetter[];
}

@Injectable()
export class FindDeadLetters {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditTrail,
  ) {}

  async find(actor: PersonActor): Promise<DeadLetterList> {
    const rows = await this.unitOfWork.run(actor, async (tx) => {
      const found = await tx.query<{
        id: string;
        kind: DeadLetter['kind'];
        document_id: string;
        message_id: string;
        counterpart: string;
        code: string;
        attempts: number;
        created_at: Date;
        total: number;
      }>(
        `SELECT id, kind, document_id, message_id, counterpart, code, attempts, created_at, (count(*) OVER ())::integer AS total
           FROM workflow.dead_letter WHERE agency_id = $1 AND resolved_at IS NULL
          ORDER BY created_at DESC, id LIMIT 200`,
        [actor.agencyId],
      );
      await this.audit.record(
        actor,
        {
          action: 'delivery.read',
          outcome: 'success',
          details: { list: 'dead-letters', items: found.length },
        },
        { within: tx },
      );
      return found;
    });
    return {
      total: rows[0]?.total ?? 0,
      items: rows.map((row) => ({
        id: row.id,
        kind: row.kind,
        documentId: row.document_id,
        messageId: row.message_id,
        counterpart: row.counterpart,
        code: row.code,
        attempts: row.attempts,
        createdAt: row.created_at.toISOString(),
      })),
    };
  }
}

import { Injectable } from '@nestjs/common';

import { AuditTrail } from '#audit';
import type { SystemActor, Tx } from '#platform';
import { Clock, newId, UnitOfWork, vietnamDate } from '#platform';

import { notify } from '../notices/notify';
import type { Secrecy, Urgency } from '../rules';
import { otherPaperType } from '../rules/envelope-marks';
import { dueDatesToRemindOf } from '../rules/handling-deadlines';

/** Looked at in one transaction; the rest comes with the next. */
const batch = 500;

interface DueRow {
  readonly id: string;
  readonly agency_id: string;
  readonly document_id: string | null;
  readonly lead_person_id: string;
  readonly due_on: string;
  readonly type_code: string | null;
  readonly symbol: string | null;
  readonly abstract: string | null;
  readonly secrecy: Secrecy;
  readonly urgency: Urgency;
}

/**
 * Tells whoever handles a document that it is due: a working day before, and on the day. What was told is written in
 * the same transaction, so that each is told once however many workers look.
 */
@Injectable()
export class RemindOfDue {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
  ) {}

  /** Returns how many were reminded. */
  async run(): Promise<number> {
    const now = this.clock.now();
    const today = vietnamDate(now);
    const dates = dueDatesToRemindOf(today);
    if (dates === undefined) return 0;
    const actor: SystemActor = { kind: 'system', service: 'worker', requestId: newId() };
    return this.unitOfWork.run(actor, async (tx) => {
      const rows = await tx.query<DueRow>(claim, [dates.first, dates.last, today, batch]);
      for (const row of rows) await this.remind(tx, row, now);
      return rows.length;
    });
  }

  private async remind(tx: Tx, row: DueRow, now: Date): Promise<void> {
    const { id, agency_id: agencyId, document_id: documentId, lead_person_id: lead, due_on: due } = row;
    await notify(
      tx,
      {
        kind: 'incoming.due',
        to: { agencyId, people: [lead] },
        about: {
          type: 'incoming',
          id,
          documentId,
          typeCode: row.type_code ?? otherPaperType,
          symbol: row.symbol,
          abstract: row.abstract,
          secrecy: row.secrecy,
          urgency: row.urgency,
        },
        facts: { due },
      },
      now,
    );
    await this.audit.record(
      tx.actor,
      {
        action: 'incoming.reminded',
        outcome: 'success',
        documentId: documentId ?? id,
        agencyId,
        subject: { type: 'incoming', id },
        details: { lead, due },
      },
      { within: tx },
    );
  }
}

const claim = `
  WITH due AS (
    SELECT h.id FROM workflow.handling h JOIN workflow.incoming i ON i.id = h.id
     WHERE h.state IN ('ASSIGNED', 'IN_PROGRESS') AND h.due_on BETWEEN $1::date AND $2::date
       AND h.reminded_on IS DISTINCT FROM $3::date AND i.frozen_at IS NULL
     ORDER BY h.due_on, h.id LIMIT $4 FOR UPDATE OF h SKIP LOCKED
  ),
  reminded AS (
    UPDATE workflow.handling h SET reminded_on = $3::date FROM due WHERE h.id = due.id
    RETURNING h.id, h.lead_person_id, h.due_on
  )
  SELECT i.id, i.agency_id, i.document_id, r.lead_person_id, r.due_on::text AS due_on, i.type_code, i.symbol, i.abstract,
         i.secrecy, i.urgency
    FROM reminded r JOIN workflow.incoming i ON i.id = r.id`;

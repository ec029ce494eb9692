import { Injectable } from '@nestjs/common';
import { AuditTrail } from '#audit';
import type { PersonActor } from '#platform';
import { Clock, UnitOfWork } from '#platform';

import { applyTransition } from '../../state-machine';
import { DocumentAccess, requireOwnAgency } from '../document-access';
import { documentTable } from '../document-row';
import type { DocumentSummary } from '../document-view';
import { documentSummary } from '../document-view';
import { outgoingMachine } from '../outgoing-machine';
import { tellOfDocument } from '../tell-of-document';

/** Ends a document before its issue. A number already given stays in the register with the reason. */
@Injectable()
export class CancelDocument {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly documents: DocumentAccess,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
  ) {}

  run(actor: PersonActor, documentId: string, reason: string, version?: number): Promise<DocumentSummary> {
    return this.unitOfWork.run(actor, async (tx) => {
      const row = await this.documents.lock(tx, documentId, version);
      requireOwnAgency(actor, row);
      const now = this.clock.now();
      const after = await applyTransition(tx, outgoingMachine, { ...documentTable, row }, 'cancel', {
        cancel_reason: reason,
        changed_at: now,
      });
      if (row.series_id !== null) {
        await tx.execute(
          'UPDATE workflow.register_entry SET cancelled_at = $3, cancel_reason = $4 WHERE series_id = $1 AND number = $2',
          [row.series_id, row.number, now, reason],
        );
      }
      await tellOfDocument(tx, after, 'document.cancelled', { people: [row.drafter_id] }, now);
      await this.audit.record(
        actor,
        {
          action: 'document.cancelled',
          outcome: 'success',
          documentId,
          reason,
          details: { from: row.state, symbol: row.symbol },
        },
        { within: tx },
      );
      return documentSummary(after);
    });
  }
}

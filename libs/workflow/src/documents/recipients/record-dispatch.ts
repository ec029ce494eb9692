import { Injectable } from '@nestjs/common';
import type { AuditAction } from '#audit';
import { AuditTrail } from '#audit';
import type { Page, PersonActor, Tx } from '#platform';
import { Clock, UnitOfWork } from '#platform';

import { WorkflowError } from '../../errors';
import { DocumentAccess, requireOwnAgency } from '../document-access';
import type { DispatchRow, DispatchView } from './dispatch';
import { dispatchesOf, dispatchView, lockDispatch } from './dispatch';

/** Ký nhận of paper: when it left, and who signed for it; each is entered once. */
@Injectable()
export class RecordDispatch {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly documents: DocumentAccess,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
  ) {}

  /** What of a document goes on paper, in the order of its recipients. */
  list(actor: PersonActor, documentId: string): Promise<Page<DispatchView>> {
    return this.unitOfWork.run(actor, async (tx) => {
      await this.documents.read(tx, documentId);
      const rows = await dispatchesOf(tx, documentId);
      await this.audit.record(
        actor,
        { action: 'document.read', outcome: 'success', documentId, details: { part: 'dispatches' } },
        { within: tx },
      );
      return { items: rows.map(dispatchView), next: null };
    });
  }

  /**
   * The paper left the agency.
   *
   * @param given `at` ISO 8601 with offset
   * @throws WorkflowError DISPATCH_NOT_FOUND, DISPATCH_ALREADY_HANDED, DISPATCH_TIME_INVALID
   */
  handed(
    actor: PersonActor,
    documentId: string,
    n: number,
    given: { readonly at: string; readonly receiptNo?: string | undefined },
  ): Promise<DispatchView> {
    return this.change(actor, documentId, n, async (tx, row) => {
      if (row.handed_at !== null) throw new WorkflowError('DISPATCH_ALREADY_HANDED');
      const at = this.timeAfter(row.created_at, given.at);
      const receiptNo = given.receiptNo ?? null;
      await tx.execute(
        `UPDATE workflow.dispatch SET handed_at = $3, handed_by = $4, receipt_no = $5
         WHERE document_id = $1 AND n = $2`,
        [documentId, n, at, actor.personId, receiptNo],
      );
      await this.record(tx, 'document.dispatch_handed', documentId, { n, channel: row.channel, receiptNo });
      return { ...row, handed_at: at, handed_by: actor.personId, receipt_no: receiptNo };
    });
  }

  /**
   * Somebody signed for it.
   *
   * @param given `at` ISO 8601 with offset
   * @throws WorkflowError DISPATCH_NOT_FOUND, DISPATCH_NOT_HANDED, DISPATCH_ALREADY_RECEIVED, DISPATCH_TIME_INVALID
   */
  received(
    actor: PersonActor,
    documentId: string,
    n: number,
    given: { readonly at: string; readonly by: string },
  ): Promise<DispatchView> {
    return this.change(actor, documentId, n, async (tx, row) => {
      if (row.handed_at === null) throw new WorkflowError('DISPATCH_NOT_HANDED');
      if (row.received_at !== null) throw new WorkflowError('DISPATCH_ALREADY_RECEIVED');
      const at = this.timeAfter(row.handed_at, given.at);
      await tx.execute(
        'UPDATE workflow.dispatch SET received_at = $3, received_by = $4 WHERE document_id = $1 AND n = $2',
        [documentId, n, at, given.by],
      );
      await this.record(tx, 'document.dispatch_received', documentId, { n, by: given.by });
      return { ...row, received_at: at, received_by: given.by };
    });
  }

  private change(
    actor: PersonActor,
    documentId: string,
    n: number,
    work: (tx: Tx, row: DispatchRow) => Promise<DispatchRow>,
  ): Promise<DispatchView> {
    return this.unitOfWork.run(actor, async (tx) => {
      requireOwnAgency(actor, await this.documents.read(tx, documentId));
      return dispatchView(await work(tx, await lockDispatch(tx, documentId, n)));
    });
  }

  private timeAfter(earliest: Date, given: string): Date {
    const at = new Date(given);
    // What is typed has no seconds: a paper handed over in the minute of its issue was not handed over before.
    const floor = Math.floor(earliest.getTime() / 60_000) * 60_000;
    if (Number.isNaN(at.getTime()) || at.getTime() < floor || at > this.clock.now())
      throw new WorkflowError('DISPATCH_TIME_INVALID');
    return at < earliest ? earliest : at;
  }

  private record(
    tx: Tx,
    action: AuditAction,
    documentId: string,
    details: Readonly<Record<string, string | number | null>>,
  ): Promise<void> {
    return this.audit.record(tx.actor, { action, outcome: 'success', documentId, details }, { within: tx });
  }
}

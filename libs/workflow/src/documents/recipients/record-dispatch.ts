import { Injectable } from '@nestjs/common';
import type { AuditAction } from '#audit';
import { AuditTrail } from '#audit';
import type { Page, PersonActor, Tx } from '#platform';
import { Clock, UnitOfWork } from '#platform';

import { WorkflowError } from '../../errors';
import { DocumentAccess, requireOwnAgency } from '../document-access';
import type { DocumentRow } from '../document-row';
import type { DispatchRow, DispatchView } from './dispatch';
import { dispatchesOf, dispatchView, lockDispatch, newsFor } from './dispatch';

/** Ký nhận of paper: when it left, who signed for it, and who was told what became of the document; each is entered once. */
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
      const document = await this.documents.read(tx, documentId);
      const rows = await dispatchesOf(tx, documentId);
      await this.audit.record(
        actor,
        { action: 'document.read', outcome: 'success', documentId, details: { part: 'dispatches' } },
        { within: tx },
      );
      return { items: rows.map((row) => dispatchView(row, document)), next: null };
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

  /**
   * Ký nhận of news: whoever holds the paper was told that the document is recalled, replaced or corrected.
   *
   * @param given `at` ISO 8601 with offset
   * @throws WorkflowError DISPATCH_NOT_FOUND, DISPATCH_NOTHING_TO_TELL, DISPATCH_TIME_INVALID
   */
  told(
    actor: PersonActor,
    documentId: string,
    n: number,
    given: { readonly at: string; readonly by: string },
  ): Promise<DispatchView> {
    return this.change(actor, documentId, n, async (tx, row, document) => {
      const news = newsFor(row, document);
      if (news === null || row.handed_at === null || document.withdrawn_at === null)
        throw new WorkflowError('DISPATCH_NOTHING_TO_TELL');
      const at = this.timeAfter(document.withdrawn_at, given.at);
      await tx.execute(
        `UPDATE workflow.dispatch SET told_of = $3, told_at = $4, told_to = $5 WHERE document_id = $1 AND n = $2`,
        [documentId, n, news, at, given.by],
      );
      await this.record(tx, 'document.dispatch_told', documentId, { n, of: news, to: given.by });
      return { ...row, told_of: news, told_at: at, told_to: given.by };
    });
  }

  private change(
    actor: PersonActor,
    documentId: string,
    n: number,
    work: (tx: Tx, row: DispatchRow, document: DocumentRow) => Promise<DispatchRow>,
  ): Promise<DispatchView> {
    return this.unitOfWork.run(actor, async (tx) => {
      const document = await this.documents.read(tx, documentId);
      requireOwnAgency(actor, document);
      return dispatchView(await work(tx, await lockDispatch(tx, documentId, n), document), document);
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

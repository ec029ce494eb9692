import { Injectable } from '@nestjs/common';

import { AuditTrail } from '#audit';
import { Directory } from '#directory';
import type { PersonActor, Tx } from '#platform';
import { Clock, UnitOfWork, vietnamDate } from '#platform';
import type { Indication } from '#signing';

import type { AnswerView, HandlingDetail } from '../../handling/handling-view';
import { answersTo, handlingDetail, markSeen } from '../../handling/handling-view';
import { firstDayNotLate } from '../../rules/handling-deadlines';
import { documentIdOf, filesOf, IncomingAccess } from './incoming-access';
import type { IncomingFileRow } from './incoming-access';
import type { IncomingSummary, SummaryRow } from './incoming-view';
import { summaryColumns, summaryOf } from './incoming-view';
import type { VerifiedFile } from './verdict';

/** One incoming document with its files, the last verdict on them, and what became of it here. */
export interface IncomingDocument extends IncomingSummary {
  readonly messageId: string | null;
  readonly files: readonly {
    readonly id: string;
    readonly role: IncomingFileRow['role'];
    readonly title: string;
    readonly mediaType: string;
    readonly sha256: string;
    readonly size: number;
    readonly pageCount: number;
    /** Code of what is wrong with it: it is handed out as a download only, and its document is not accepted. */
    readonly fault: string | null;
  }[];
  readonly counts: { readonly files: number; readonly pages: number };
  /** The last one kept; null before the first, and for a paper. */
  readonly verification: {
    readonly verdict: Indication;
    readonly verifiedAt: string;
    readonly verifiedBy: string;
    /** SHA-256 over the digests of all files, in order. */
    readonly contentSha256: string;
    readonly files: readonly VerifiedFile[];
  } | null;
  /** Instructions and steps; null before it is registered. */
  readonly process: HandlingDetail | null;
  /** Documents of the own agency that answer this one. */
  readonly answeredBy: readonly AnswerView[];
}

/** Reads an incoming document: in the trail before anything is released. */
@Injectable()
export class ReadIncoming {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly access: IncomingAccess,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
    private readonly directory: Directory,
  ) {}

  /** @throws WorkflowError INCOMING_NOT_FOUND */
  run(actor: PersonActor, id: string): Promise<IncomingDocument> {
    const now = this.clock.now();
    return this.unitOfWork.run(actor, async (tx) => {
      const { source } = await this.access.read(tx, id);
      const [row] = await tx.query<SummaryRow>(
        `SELECT ${summaryColumns} FROM workflow.incoming i LEFT JOIN workflow.handling h ON h.id = i.id WHERE i.id = $1`,
        [id],
      );
      if (!row) throw new Error(`incoming ${id} went away while it was read`);
      const files = await filesOf(tx, id);
      await markSeen(tx, { handlingId: id, personId: actor.personId, now });
      await this.audit.record(
        actor,
        {
          action: 'delivery.read',
          outcome: 'success',
          documentId: documentIdOf(row),
          subject: { type: 'incoming', id },
        },
        { within: tx },
      );
      return {
        ...summaryOf(row, firstDayNotLate(now, vietnamDate(now))),
        messageId: row.message_id,
        files: files.map((file) => ({
          id: file.id,
          role: file.role,
          title: file.title,
          mediaType: file.media_type,
          sha256: file.sha256,
          size: file.size,
          pageCount: file.pages,
          fault: file.fault,
        })),
        counts: { files: files.length, pages: files.reduce((sum, { pages }) => sum + pages, 0) },
        verification: source === 'paper' ? null : await lastVerification(tx, id),
        process: row.handling_state === null ? null : await handlingDetail(tx, this.directory, id),
        answeredBy: await answersTo(tx, id),
      };
    });
  }
}

async function lastVerification(tx: Tx, incomingId: string): Promise<IncomingDocument['verification']> {
  const [row] = await tx.query<{
    verdict: Indication;
    verified_at: Date;
    verified_by: string;
    content_sha256: string;
    files: readonly VerifiedFile[];
  }>(
    `SELECT verdict, verified_at, verified_by, content_sha256, files FROM workflow.incoming_verification
      WHERE incoming_id = $1 ORDER BY verified_at DESC LIMIT 1`,
    [incomingId],
  );
  return row
    ? {
        verdict: row.verdict,
        verifiedAt: row.verified_at.toISOString(),
        verifiedBy: row.verified_by,
        contentSha256: row.content_sha256,
        files: row.files,
      }
    : null;
}

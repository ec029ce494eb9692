import { Injectable } from '@nestjs/common';

import { AuditTrail } from '#audit';
import type { PersonActor, Tx } from '#platform';
import { UnitOfWork } from '#platform';
import type { Indication } from '#signing';

import type { IncomingSummary } from './find-incoming';
import { summaryOf } from './find-incoming';
import { filesOf, IncomingAccess } from './incoming-access';
import type { IncomingFileRow } from './incoming-access';

/** One incoming document with its files and the last verdict on them. */
export interface IncomingDocument extends IncomingSummary {
  readonly messageId: string;
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
  readonly verification: {
    readonly verdict: Indication;
    readonly verifiedAt: string;
    readonly contentSha256: string;
  } | null;
}

/** Reads an incoming document: in the trail before anything is released. */
@Injectable()
export class ReadIncoming {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly access: IncomingAccess,
    private readonly audit: AuditTrail,
  ) {}

  /** @throws ProblemError INCOMING_NOT_FOUND */
  run(actor: PersonActor, id: string): Promise<IncomingDocument> {
    return this.unitOfWork.run(actor, async (tx) => {
      const row = await this.access.read(tx, id);
      const files = await filesOf(tx, row.id);
      const verification = await lastVerdict(tx, row.id);
      await this.audit.record(
        actor,
        {
          action: 'delivery.read',
          outcome: 'success',
          documentId: row.document_id,
          subject: { type: 'incoming', id },
        },
        { within: tx },
      );
      return {
        ...summaryOf(row),
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
        verification,
      };
    });
  }
}

async function lastVerdict(tx: Tx, incomingId: string): Promise<IncomingDocument['verification']> {
  const [row] = await tx.query<{ verdict: Indication; verified_at: Date; content_sha256: string }>(
    `SELECT verdict, verified_at, content_sha256 FROM workflow.incoming_verification
      WHERE incoming_id = $1 ORDER BY verified_at DESC LIMIT 1`,
    [incomingId],
  );
  return row
    ? { verdict: row.verdict, verifiedAt: row.verified_at.toISOString(), contentSha256: row.content_sha256 }
    : null;
}

import { Injectable } from '@nestjs/common';

import { AuditTrail } from '#audit';
import type { PersonActor } from '#platform';
import { BlobStore, Clock, newId, UnitOfWork } from '#platform';
import type { Indication } from '#signing';

import { WorkflowError } from '../../errors';
import { TrustService } from '../../trust/trust-service';
import { contentDigest } from './content-digest';
import { filesOf, IncomingAccess } from './incoming-access';
import type { IncomingFileRow } from './incoming-access';
import { RememberedReports } from './remembered-reports';
import { storedBytes } from './stored-bytes';
import { verdictOf } from './verdict';
import type { VerifiedFile } from './verdict';

export interface IncomingVerification {
  readonly id: string;
  readonly verifiedAt: string;
  /** SHA-256 over the digests of all files, in order. */
  readonly contentSha256: string;
  readonly verdict: Indication;
  readonly files: readonly VerifiedFile[];
}

/** Verifies the signatures of every file of an incoming document and keeps the result beside it. */
@Injectable()
export class VerifyIncoming {
  private readonly reports = new RememberedReports();

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly access: IncomingAccess,
    private readonly audit: AuditTrail,
    private readonly blobs: BlobStore,
    private readonly clock: Clock,
    private readonly trust: TrustService,
  ) {}

  /** @throws WorkflowError INCOMING_NOT_FOUND, INCOMING_ON_PAPER */
  async run(actor: PersonActor, incomingId: string): Promise<IncomingVerification> {
    const { documentId, rows } = await this.unitOfWork.run(actor, async (tx) => {
      const { document_id } = await this.access.read(tx, incomingId);
      if (document_id === null) throw new WorkflowError('INCOMING_ON_PAPER');
      return { documentId: document_id, rows: await filesOf(tx, incomingId) };
    });
    const files: VerifiedFile[] = [];
    for (const row of rows) files.push(await this.verifyFile(row));
    const verification: IncomingVerification = {
      id: newId(),
      verifiedAt: this.clock.now().toISOString(),
      contentSha256: contentDigest(rows),
      verdict: verdictOf(files),
      files,
    };
    await this.unitOfWork.run(actor, async (tx) => {
      await tx.execute(
        `INSERT INTO workflow.incoming_verification
           (id, incoming_id, content_sha256, verified_at, verified_by, verdict, files)
         VALUES ($1, $2, $3, $4, $5, $6, $7::jsonb)`,
        [
          verification.id,
          incomingId,
          verification.contentSha256,
          verification.verifiedAt,
          actor.personId,
          verification.verdict,
          JSON.stringify(files),
        ],
      );
      await this.audit.record(
        actor,
        {
          action: 'delivery.verified',
          outcome: 'success',
          documentId,
          subject: { type: 'incoming', id: incomingId },
          after: verification.contentSha256,
          details: { verdict: verification.verdict, files: files.length },
        },
        { within: tx },
      );
    });
    return verification;
  }

  private async verifyFile({
    id,
    role,
    title,
    sha256,
    pages,
    blob_id,
    fault,
  }: IncomingFileRow): Promise<VerifiedFile> {
    const bytes = await storedBytes(this.blobs, { blob_id, sha256 });
    const report = await this.reports.report(sha256, bytes, await this.trust.material(), this.clock.now());
    return { fileId: id, role, title, sha256, pages, fault, report };
  }
}

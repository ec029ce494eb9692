import { Injectable } from '@nestjs/common';
import { AuditTrail } from '#audit';
import { BlobStore, Clock, UnitOfWork } from '#platform';
import { officialDocument } from '#signing';

import type { ReachedLevel } from '../../trust/timestamps';
import { Timestamps } from '../../trust/timestamps';
import { DocumentAccess } from '../document-access';
import { officialPlaces } from '../form/layout';
import { consentedBytes } from './consented-bytes';
import type { SignedFile } from './keep-signatures';
import { reachedLevel } from './keep-signatures';
import { settleSignatures } from './settle-signatures';
import type { BatchDocument, SigningBatch } from './signing-batch';

/**
 * The competent person's signature on one document. PDF, key and time-stamp are worked outside of any
 * transaction; only then is the row locked and its state asked again, so a crash leaves the document as it was.
 */
@Injectable()
export class SignAsPerson {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly documents: DocumentAccess,
    private readonly audit: AuditTrail,
    private readonly blobs: BlobStore,
    private readonly timestamps: Timestamps,
    private readonly clock: Clock,
  ) {}

  async run(batch: SigningBatch, document: BatchDocument): Promise<ReachedLevel> {
    const files: SignedFile[] = [];
    for (const file of document.files) files.push(await this.sign(batch, document, file));
    await this.keep(batch, document, files);
    return reachedLevel(files);
  }

  private async sign(
    batch: SigningBatch,
    { row }: BatchDocument,
    file: BatchDocument['files'][number],
  ): Promise<SignedFile> {
    const bytes = await consentedBytes(this.blobs, file);
    const { result, level } = await this.timestamps.signing((timestamps) =>
      officialDocument.personSign(bytes, {
        claimedTime: this.clock.now(),
        handwriting: batch.image,
        places: officialPlaces(row.layout),
        reason: row.signature_block.join(' / '),
        location: row.place,
        signer: batch.signer,
        ...(timestamps && { timestamps }),
      }),
    );
    return { file, blob: await this.blobs.put(result), level };
  }

  private async keep(
    batch: SigningBatch,
    document: BatchDocument,
    files: readonly SignedFile[],
  ): Promise<void> {
    const { documents, audit, clock } = this;
    await this.unitOfWork.run(batch.actor, (tx) =>
      settleSignatures(tx, { documents, audit, clock }, batch, document, {
        files,
        step: {
          event: 'person_sign',
          stage: 'person_signed',
          action: 'document.person_signed',
          details: (row) => ({ capacity: row.capacity_code }),
        },
      }),
    );
  }
}

import { Injectable } from '@nestjs/common';
import { AuditTrail } from '#audit';
import { BlobStore, Clock, UnitOfWork } from '#platform';
import type { SigningKey } from '#signing';
import { officialDocument } from '#signing';

import { WorkflowError } from '../../errors';
import { stampFonts } from '../../stamps/stamp-fonts';
import type { ReachedLevel } from '../../trust/timestamps';
import { Timestamps } from '../../trust/timestamps';
import { TrustService } from '../../trust/trust-service';
import { DocumentAccess } from '../document-access';
import { officialPlaces } from '../form/layout';
import { numberLines } from '../issuing/number-lines';
import { consentedBytes } from './consented-bytes';
import type { SignedFile } from './keep-signatures';
import { reachedLevel } from './keep-signatures';
import { settleSignatures } from './settle-signatures';
import type { BatchDocument, SigningBatch } from './signing-batch';
import { validationMaterial } from './validation-material';

type BatchFile = BatchDocument['files'][number];

/**
 * The agency's signature on one numbered document: on the main file over the personal signature, after the
 * revision that fills in number and date; alone on each annex (Decree 30/2020 annex I). All files or none.
 */
@Injectable()
export class SignAsAgency {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly documents: DocumentAccess,
    private readonly audit: AuditTrail,
    private readonly blobs: BlobStore,
    private readonly timestamps: Timestamps,
    private readonly trust: TrustService,
    private readonly clock: Clock,
  ) {}

  async run(batch: SigningBatch, document: BatchDocument): Promise<ReachedLevel> {
    const files = await Promise.all(document.files.map((file) => this.sign(batch, document, file)));
    await this.keep(batch, document, files);
    return reachedLevel(files);
  }

  private async sign(batch: SigningBatch, document: BatchDocument, file: BatchFile): Promise<SignedFile> {
    const bytes = await consentedBytes(this.blobs, file);
    const work =
      file.consent.role === 'main'
        ? await this.mainFile(batch, document, bytes)
        : await annexFile(document, bytes, this.clock);
    const { result, level } = await this.timestamps.signing((timestamps) =>
      work({ signer: batch.signer, ...(timestamps && { timestamps }) }),
    );
    return { file, blob: await this.blobs.put(result), level };
  }

  private async mainFile(batch: SigningBatch, document: BatchDocument, bytes: Uint8Array): Promise<Work> {
    const { row } = document;
    const fonts = await stampFonts();
    const lines = numberLines(row);
    const dss = await validationMaterial(this.trust, this.timestamps, [
      document.personalCertificate,
      batch.signer.certificate,
    ]);
    const numbered = await officialDocument.number(bytes, { ...lines, fonts, dss });
    return (key) =>
      officialDocument.agencySign(numbered, {
        ...lines,
        ...key,
        fonts,
        claimedTime: this.clock.now(),
        seal: batch.image,
        places: officialPlaces(row.layout),
        location: row.place,
      });
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
          event: 'agency_sign',
          stage: 'agency_signed',
          action: 'document.agency_signed',
          details: (row) => ({ files: files.length, symbol: row.symbol }),
        },
      }),
    );
  }
}

/** One signature, to be made with or without the time-stamping authority. */
type Work = (key: SigningKey) => Promise<Uint8Array>;

async function annexFile({ row }: BatchDocument, bytes: Uint8Array, clock: Clock): Promise<Work> {
  const { symbol } = row;
  if (symbol === null) throw new WorkflowError('TRANSITION_NOT_ALLOWED');
  const fonts = await stampFonts();
  return (key) =>
    officialDocument.annexSign(bytes, { ...key, fonts, claimedTime: clock.now(), numberAndSymbol: symbol });
}

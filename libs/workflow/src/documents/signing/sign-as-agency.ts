import { Injectable } from '@nestjs/common';
import { AuditTrail } from '#audit';
import { Directory } from '#directory';
import { BlobStore, Clock, UnitOfWork } from '#platform';
import type { SigningKey } from '#signing';
import { officialDocument } from '#signing';

import { WorkflowError } from '../../errors';
import type { CopyCode } from '../../rules';
import { copyHeading, isCopyCode } from '../../rules';
import { stampFonts } from '../../stamps/stamp-fonts';
import type { ReachedLevel } from '../../trust/timestamps';
import { Timestamps } from '../../trust/timestamps';
import { TrustService } from '../../trust/trust-service';
import { DocumentAccess } from '../document-access';
import { textOfPage } from '../form/initials';
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
 * revision that fills in number and date; alone on each annex and each file of a copy (Decree 30/2020 annex I). All
 * files or none.
 */
@Injectable()
export class SignAsAgency {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly documents: DocumentAccess,
    private readonly directory: Directory,
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
    const work = await this.workOn(batch, document, file, bytes);
    const { result, level } = await this.timestamps.signing((timestamps) =>
      work({ signer: batch.signer, ...(timestamps && { timestamps }) }),
    );
    return { file, blob: await this.blobs.put(result), level };
  }

  private workOn(
    batch: SigningBatch,
    document: BatchDocument,
    { consent }: BatchFile,
    bytes: Uint8Array,
  ): Promise<Work> {
    const { type_code: code } = document.row;
    if (isCopyCode(code)) return this.copiedFile(batch, document, code, bytes);
    return consent.role === 'main'
      ? this.mainFile(batch, document, bytes)
      : annexFile(document, bytes, this.clock);
  }

  /** The file stays as it was copied; the mark is the look of one more signature. */
  private async copiedFile(
    { signer }: SigningBatch,
    { row }: BatchDocument,
    code: CopyCode,
    bytes: Uint8Array,
  ): Promise<Work> {
    const { numberLine } = numberLines(row);
    const agency = await this.directory.agency(row.agency_id);
    const fonts = await stampFonts();
    const text = await textOfPage(bytes, 1);
    const dss = await validationMaterial(this.trust, this.timestamps, [signer.certificate]);
    return (key) =>
      officialDocument.copySign(bytes, {
        ...key,
        heading: copyHeading(row.bloc, code),
        numberLine,
        agencyName: agency?.name ?? '',
        fonts,
        text,
        dss,
        claimedTime: this.clock.now(),
      });
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

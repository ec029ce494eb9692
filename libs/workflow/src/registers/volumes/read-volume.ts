import type { StreamableFile } from '@nestjs/common';
import { Injectable } from '@nestjs/common';
import { AuditTrail } from '#audit';
import type { PersonActor } from '#platform';
import { BlobStore, UnitOfWork } from '#platform';

import { fileAnswer } from '../../documents/reading/file-answer';
import { WorkflowError } from '../../errors';
import { ownVolume } from './volume';

/** The printed form of a closed volume, byte for byte as its digest was taken. */
@Injectable()
export class ReadVolume {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditTrail,
    private readonly blobs: BlobStore,
  ) {}

  /** @throws WorkflowError REGISTER_VOLUME_NOT_FOUND, REGISTER_VOLUME_OPEN */
  async run(actor: PersonActor, id: string): Promise<StreamableFile> {
    const volume = await this.unitOfWork.run(actor, async (tx) => {
      const row = await ownVolume(tx, this.audit, actor, id);
      if (row.sha256 === null) throw new WorkflowError('REGISTER_VOLUME_OPEN');
      await this.audit.record(
        actor,
        {
          action: 'register.exported',
          outcome: 'success',
          subject: { type: 'register_volume', id },
          after: row.sha256,
          details: { register: row.register, format: 'pdf', year: row.year, no: row.no },
        },
        { within: tx },
      );
      return { ...row, sha256: row.sha256 };
    });
    const way = volume.register === 'outgoing' ? 'đi' : 'đến';
    return fileAnswer({
      stream: this.blobs.open(volume.blob_id ?? ''),
      fileName: `Sổ đăng ký văn bản ${way} ${volume.year}, quyển ${volume.no}.pdf`,
      mediaType: 'application/pdf',
      sha256: volume.sha256,
      size: Number(volume.size),
    });
  }
}

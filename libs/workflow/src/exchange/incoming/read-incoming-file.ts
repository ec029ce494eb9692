import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';

import { AuditTrail } from '#audit';
import type { PersonActor } from '#platform';
import { BlobStore, isId, UnitOfWork } from '#platform';

import { WorkflowError } from '../../errors';
import type { FileContent } from '../../documents/reading/read-file';
import { filesOf, IncomingAccess } from './incoming-access';
import { storedBytes } from './stored-bytes';

/** Hands out one file of an incoming document: in the trail before anything is released. */
@Injectable()
export class ReadIncomingFile {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly access: IncomingAccess,
    private readonly audit: AuditTrail,
    private readonly blobs: BlobStore,
  ) {}

  /** @throws WorkflowError INCOMING_NOT_FOUND, FILE_NOT_FOUND */
  async run(actor: PersonActor, id: string, fileId: string): Promise<FileContent> {
    const file = await this.unitOfWork.run(actor, async (tx) => {
      const row = await this.access.read(tx, id);
      const found = isId(fileId) ? (await filesOf(tx, row.id)).find((one) => one.id === fileId) : undefined;
      if (!found) throw new WorkflowError('FILE_NOT_FOUND');
      await this.audit.record(
        actor,
        {
          action: 'document.file_read',
          outcome: 'success',
          documentId: row.document_id,
          subject: { type: 'incoming-file', id: fileId },
          details: { sha256: found.sha256 },
        },
        { within: tx },
      );
      return found;
    });
    const bytes = await storedBytes(this.blobs, file);
    return {
      fileName: file.media_type === 'application/pdf' ? `${file.title}.pdf` : file.title,
      mediaType: file.media_type,
      sha256: file.sha256,
      size: bytes.length,
      stream: Readable.from(Buffer.from(bytes)),
    };
  }
}

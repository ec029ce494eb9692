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

  /**
   * A file with a fault is for download alone, and not as a PDF: no page is given it to open.
   *
   * @throws WorkflowError INCOMING_NOT_FOUND, FILE_NOT_FOUND, INCOMING_FILE_NOT_SHOWN
   */
  async run(
    actor: PersonActor,
    {
      id,
      fileId,
      as,
    }: { readonly id: string; readonly fileId: string; readonly as?: 'download' | undefined },
  ): Promise<FileContent> {
    const file = await this.unitOfWork.run(actor, async (tx) => {
      const row = await this.access.read(tx, id);
      const found = isId(fileId) ? (await filesOf(tx, row.id)).find((one) => one.id === fileId) : undefined;
      if (!found) throw new WorkflowError('FILE_NOT_FOUND');
      if (found.fault !== null && as !== 'download') throw new WorkflowError('INCOMING_FILE_NOT_SHOWN');
      await this.audit.record(
        actor,
        {
          action: 'document.file_read',
          outcome: 'success',
          documentId: row.document_id,
          subject: { type: 'incoming-file', id: fileId },
          details: { sha256: found.sha256, ...(found.fault !== null && { fault: found.fault }) },
        },
        { within: tx },
      );
      return found;
    });
    const bytes = await storedBytes(this.blobs, file);
    return {
      fileName: file.media_type === 'application/pdf' ? `${file.title}.pdf` : file.title,
      mediaType: file.fault === null ? file.media_type : 'application/octet-stream',
      sha256: file.sha256,
      size: bytes.length,
      stream: Readable.from(Buffer.from(bytes)),
    };
  }
}

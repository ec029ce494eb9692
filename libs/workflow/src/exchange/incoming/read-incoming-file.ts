import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';

import { AuditTrail } from '#audit';
import type { PersonActor } from '#platform';
import { BlobStore, isId, UnitOfWork } from '#platform';

import { WorkflowError } from '../../errors';
import type { FileContent } from '../../documents/reading/read-file';
import { requireReadable } from '../aftercare/copies';
import { documentIdOf, filesOf, IncomingAccess } from './incoming-access';
import { StampCopies } from './stamp-copies';
import { storedBytes } from './stored-bytes';

export const fileCopies = ['original', 'stamped'] as const;
/** `original`: as it arrived; `stamped`: the agency's own copy with its ĐẾN stamp. */
export type FileCopy = (typeof fileCopies)[number];

/** Hands out a file of an incoming document; the entry is durable before the first byte leaves. */
@Injectable()
export class ReadIncomingFile {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly access: IncomingAccess,
    private readonly audit: AuditTrail,
    private readonly blobs: BlobStore,
    private readonly copies: StampCopies,
  ) {}

  /**
   * A file with a fault is for download alone, and not as a PDF: no page is given it to open.
   *
   * @throws WorkflowError INCOMING_NOT_FOUND, FILE_NOT_FOUND, INCOMING_FILE_NOT_SHOWN, STAMPED_COPY_NONE
   */
  async run(
    actor: PersonActor,
    {
      id,
      fileId,
      as,
      copy,
    }: {
      readonly id: string;
      readonly fileId: string;
      readonly as?: 'download' | undefined;
      /** `original` if not given. */
      readonly copy?: FileCopy | undefined;
    },
  ): Promise<FileContent> {
    const file = await this.unitOfWork.run(actor, async (tx) => {
      const row = await this.access.read(tx, id);
      requireReadable(tx, row);
      const found = isId(fileId) ? (await filesOf(tx, row.id)).find((one) => one.id === fileId) : undefined;
      if (!found) throw new WorkflowError('FILE_NOT_FOUND');
      if (found.fault !== null && as !== 'download') throw new WorkflowError('INCOMING_FILE_NOT_SHOWN');
      await this.audit.record(
        actor,
        {
          action: 'document.file_read',
          outcome: 'success',
          documentId: documentIdOf(row),
          subject: { type: 'incoming-file', id: fileId },
          details: {
            sha256: found.sha256,
            copy: copy ?? 'original',
            ...(found.fault !== null && { fault: found.fault }),
          },
        },
        { within: tx },
      );
      return found;
    });
    const held = copy === 'stamped' ? await this.copies.of(actor, id, file) : file;
    const bytes = await storedBytes(this.blobs, held);
    const title = copy === 'stamped' ? `${file.title} (dấu đến)` : file.title;
    return {
      fileName: file.media_type === 'application/pdf' ? `${title}.pdf` : title,
      mediaType: file.fault === null ? file.media_type : 'application/octet-stream',
      sha256: held.sha256,
      size: bytes.length,
      stream: Readable.from(Buffer.from(bytes)),
    };
  }
}

import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { AuditTrail } from '#audit';
import type { PersonActor } from '#platform';
import { BlobStore, isId, UnitOfWork } from '#platform';

import { WorkflowError } from '../../errors';
import { DocumentAccess } from '../document-access';

/** The bytes of one version of a file, on their way to a person. */
export interface FileContent {
  readonly stream: Readable;
  readonly fileName: string;
  readonly mediaType: string;
  readonly sha256: string;
  readonly size: number;
}

interface VersionRow {
  readonly blob_id: string;
  readonly file_name: string;
  readonly media_type: string;
  readonly sha256: string;
  readonly size: number;
  readonly stage: string;
}

/** Hands out a file, the current version or an earlier one; the entry is durable before the first byte leaves. */
@Injectable()
export class ReadFile {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly documents: DocumentAccess,
    private readonly audit: AuditTrail,
    private readonly blobs: BlobStore,
  ) {}

  async run(
    actor: PersonActor,
    wanted: { readonly documentId: string; readonly fileId: string; readonly versionId?: string | undefined },
  ): Promise<FileContent> {
    const { documentId, fileId, versionId } = wanted;
    const row = await this.unitOfWork.run(actor, async (tx) => {
      await this.documents.read(tx, documentId);
      if (!isId(fileId) || (versionId !== undefined && !isId(versionId)))
        throw new WorkflowError('FILE_NOT_FOUND');
      const [found] = await tx.query<VersionRow>(
        `SELECT v.blob_id, coalesce(v.file_name, f.file_name) AS file_name,
           coalesce(v.media_type, 'application/pdf') AS media_type, v.sha256, v.size, v.stage
         FROM workflow.document_file f
         JOIN workflow.file_version v ON v.file_id = f.id AND v.id = coalesce($3::uuid, f.current_version_id)
         WHERE f.id = $2 AND f.document_id = $1`,
        [documentId, fileId, versionId ?? null],
      );
      if (found === undefined) throw new WorkflowError('FILE_NOT_FOUND');
      await this.audit.record(
        actor,
        {
          action: 'document.file_read',
          outcome: 'success',
          documentId,
          subject: { type: 'file', id: fileId },
          after: found.sha256,
          details: { stage: found.stage },
        },
        { within: tx },
      );
      return found;
    });
    return {
      stream: this.blobs.open(row.blob_id),
      fileName: row.file_name,
      mediaType: row.media_type,
      sha256: row.sha256,
      size: row.size,
    };
  }
}

import { Injectable } from '@nestjs/common';

import { AuditTrail } from '#audit';
import { Directory } from '#directory';
import type { Actor } from '#platform';
import { BlobStore, Clock, newId, UnitOfWork } from '#platform';

import { WorkflowError } from '../../errors';
import { stampArrival } from '../../stamps/arrival-stamp';
import { stampFonts } from '../../stamps/stamp-fonts';
import type { StampJob } from '../queues';
import { storedBytes } from './stored-bytes';

interface CopyRow {
  readonly sha256: string;
  readonly blob_id: string;
}

interface FileRow extends CopyRow {
  readonly file_id: string;
  readonly agency_id: string;
  readonly document_id: string;
  readonly arrival_number: number;
  readonly arrival_date: string;
}

/**
 * The agency's own copy of an accepted document with its ĐẾN stamp. Made by a worker after the acceptance, or when it
 * is first asked for; the bytes that came are never touched.
 */
@Injectable()
export class StampCopies {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditTrail,
    private readonly blobs: BlobStore,
    private readonly directory: Directory,
    private readonly clock: Clock,
  ) {}

  /** Safe to repeat. */
  async work({ incomingId }: StampJob): Promise<void> {
    const actor: Actor = { kind: 'system', service: 'worker', requestId: newId() };
    await this.make(actor, incomingId);
  }

  /** @throws WorkflowError STAMPED_COPY_NONE; PdfError where the file cannot bear a stamp */
  async of(actor: Actor, incomingId: string, file: { readonly id: string }): Promise<CopyRow> {
    const copy = (await this.find(actor, file.id)) ?? (await this.make(actor, incomingId, file.id));
    if (copy === undefined) throw new WorkflowError('STAMPED_COPY_NONE');
    return copy;
  }

  private async find(actor: Actor, fileId: string): Promise<CopyRow | undefined> {
    const [copy] = await this.unitOfWork.statement<CopyRow>(
      actor,
      'SELECT sha256, blob_id FROM workflow.stamped_copy WHERE file_id = $1',
      [fileId],
    );
    return copy;
  }

  /** @param fileId only this file, where given */
  private async make(actor: Actor, incomingId: string, fileId?: string): Promise<CopyRow | undefined> {
    const [file] = await this.unitOfWork.statement<FileRow>(actor, stampable, [incomingId]);
    if (file === undefined || (fileId !== undefined && file.file_id !== fileId)) return undefined;
    const agency = await this.directory.agency(file.agency_id);
    const { regular } = await stampFonts();
    const stamped = await stampArrival(await storedBytes(this.blobs, file), regular, {
      agencyName: agency?.name ?? '',
      number: file.arrival_number,
      date: file.arrival_date,
    });
    const blob = await this.blobs.put(stamped.bytes);
    await this.unitOfWork.run(actor, async (tx) => {
      // Of two that are made at once the first row stays; the other blob is an orphan and swept later.
      const added = await tx.execute(
        `INSERT INTO workflow.stamped_copy (file_id, kind, sha256, size, blob_id, made_at)
         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`,
        [file.file_id, stamped.kind, blob.sha256, blob.size, blob.id, this.clock.now()],
      );
      if (added === 0) return;
      await this.audit.record(
        actor,
        {
          action: 'incoming.stamped',
          outcome: 'success',
          documentId: file.document_id,
          agencyId: file.agency_id,
          subject: { type: 'incoming-file', id: file.file_id },
          before: file.sha256,
          after: blob.sha256,
          details: { kind: stamped.kind },
        },
        { within: tx },
      );
    });
    return this.find(actor, file.file_id);
  }
}

/** The main file of an accepted electronic document; a paper bears its stamp in ink. */
const stampable = `
  SELECT f.id AS file_id, f.sha256, f.blob_id, i.agency_id, i.document_id, i.arrival_number,
         i.arrival_date::text AS arrival_date
    FROM workflow.incoming i JOIN workflow.incoming_file f ON f.incoming_id = i.id
   WHERE i.id = $1 AND i.source = 'electronic' AND i.arrival_number IS NOT NULL AND f.role = 'main'
     AND f.media_type = 'application/pdf'`;

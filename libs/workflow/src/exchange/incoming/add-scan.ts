import { Injectable } from '@nestjs/common';

import { AuditTrail } from '#audit';
import { PdfError } from '#pdf';
import type { PersonActor, Tx } from '#platform';
import { BlobStore, newId, UnitOfWork } from '#platform';

import { checkUpload } from '../../documents/files/check-upload';
import { checkedFileName, titleFromName } from '../../documents/files/file-name';
import { WorkflowError } from '../../errors';
import type { FileRole } from '../../issued-document';
import { filesOf, IncomingAccess } from './incoming-access';
import type { IncomingRow } from './incoming-access';

export interface ScanView {
  readonly id: string;
  readonly role: FileRole;
  readonly title: string;
  /** Lower-case hex. */
  readonly sha256: string;
  /** Bytes. */
  readonly size: number;
  readonly pageCount: number;
}

export interface GivenScan {
  readonly role: FileRole;
  readonly title?: string | undefined;
  /** As the client named it. */
  readonly fileName: string;
  readonly bytes: Uint8Array;
}

/** Takes in the scan of a paper, as it is; the main file first. Secrets stay on paper: a scan of one is refused. */
@Injectable()
export class AddScan {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly access: IncomingAccess,
    private readonly audit: AuditTrail,
    private readonly blobs: BlobStore,
  ) {}

  /** @throws WorkflowError SCAN_NOT_TAKEN, FILE_… or PdfError; each refusal of a file is in the trail. */
  async run(actor: PersonActor, incomingId: string, scan: GivenScan): Promise<ScanView> {
    await this.unitOfWork.run(actor, async (tx) => {
      checkTaker(await this.access.read(tx, incomingId));
    });
    const { fileName, pageCount } = await this.checked(actor, incomingId, scan);
    const blob = await this.blobs.put(scan.bytes);
    return this.unitOfWork.run(actor, async (tx) => {
      const row = await this.access.lock(tx, incomingId);
      checkTaker(row);
      const view: ScanView = {
        id: newId(),
        role: scan.role,
        title: scan.title ?? titleFromName(fileName),
        sha256: blob.sha256,
        size: blob.size,
        pageCount,
      };
      await insertScan(tx, row, { view, blobId: blob.id });
      await this.audit.record(
        actor,
        {
          action: 'incoming.scan_added',
          outcome: 'success',
          documentId: row.id,
          subject: { type: 'incoming-file', id: view.id },
          after: view.sha256,
          details: { role: view.role, pages: pageCount, size: view.size },
        },
        { within: tx },
      );
      return view;
    });
  }

  private async checked(
    actor: PersonActor,
    documentId: string,
    { fileName, bytes }: GivenScan,
  ): Promise<{ readonly fileName: string; readonly pageCount: number }> {
    try {
      // Like an attachment: whatever it carries stays, nothing will be signed.
      return {
        fileName: checkedFileName(fileName),
        pageCount: checkUpload(bytes, 'attachment').pageCount,
      };
    } catch (error) {
      if (error instanceof PdfError || error instanceof WorkflowError) {
        await this.audit.record(actor, {
          action: 'document.file_refused',
          outcome: 'failed',
          documentId,
          code: error.code,
          details: { size: bytes.length },
        });
      }
      throw error;
    }
  }
}

/** @throws WorkflowError SCAN_NOT_TAKEN */
function checkTaker({ source, secrecy, state }: IncomingRow): void {
  if (source !== 'paper' || secrecy !== 'THUONG' || state === '06') throw new WorkflowError('SCAN_NOT_TAKEN');
}

async function insertScan(
  tx: Tx,
  row: IncomingRow,
  { view, blobId }: { readonly view: ScanView; readonly blobId: string },
): Promise<void> {
  const known = await filesOf(tx, row.id);
  const isMain = view.role === 'main';
  if (isMain === known.some(({ role }) => role === 'main')) throw new WorkflowError('SCAN_NOT_TAKEN');
  await tx.execute(
    `INSERT INTO workflow.incoming_file
       (id, incoming_id, position, role, title, media_type, sha256, size, pages, blob_id, secrecy)
     VALUES ($1, $2, $3, $4, $5, 'application/pdf', $6, $7, $8, $9, $10)`,
    [
      view.id,
      row.id,
      known.length + 1,
      view.role,
      view.title,
      view.sha256,
      view.size,
      view.pageCount,
      blobId,
      row.secrecy,
    ],
  );
}

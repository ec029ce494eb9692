import { Injectable } from '@nestjs/common';
import { AuditTrail } from '#audit';
import { PdfError } from '#pdf';
import type { BlobRef, PersonActor, Tx } from '#platform';
import { BlobStore, Clock, newId, UnitOfWork } from '#platform';
import { SigningError } from '#signing';

import { WorkflowError } from '../../errors';
import type { DraftFileRole } from '../../issued-document';
import { applyTransition, nextState } from '../../state-machine';
import { DocumentAccess, requireDrafter } from '../document-access';
import type { DocumentRow, FileRow } from '../document-row';
import { documentTable, filesOf } from '../document-row';
import type { FileView } from '../document-view';
import { fileView } from '../document-view';
import { nextDraftNo } from '../drafting/next-draft';
import { outgoingMachine } from '../outgoing-machine';
import type { CheckedUpload } from './check-upload';
import { checkUpload } from './check-upload';
import { checkedFileName, titleFromName } from './file-name';

/** A file for a draft: with a role of its own, or in the place of one that is there. */
export type Upload = UploadedBytes &
  (
    | { readonly role: DraftFileRole; readonly title?: string | undefined }
    | { readonly replaces: string; readonly title?: string | undefined }
  );

interface UploadedBytes {
  /** As the client named it. */
  readonly fileName: string;
  readonly bytes: Uint8Array;
}

/** A file whose bytes are checked and stored. */
export interface Accepted extends CheckedUpload {
  /** Where the file goes: a role, or the file in whose place it comes. */
  readonly role: DraftFileRole;
  readonly replaces: string | undefined;
  readonly title: string | undefined;
  readonly fileName: string;
  readonly blob: BlobRef;
}

/**
 * Takes a PDF into a draft, or the source it was made from. A second main file or source replaces the first as its
 * next version; after a return the first upload opens the next draft. The bytes are checked before they are kept,
 * and kept as they came.
 */
@Injectable()
export class AddFile {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly documents: DocumentAccess,
    private readonly audit: AuditTrail,
    private readonly blobs: BlobStore,
    private readonly clock: Clock,
  ) {}

  /** @throws WorkflowError, PdfError or SigningError; each refusal of a file is in the trail. */
  async run(actor: PersonActor, documentId: string, upload: Upload): Promise<FileView> {
    const role = await this.unitOfWork.run(actor, async (tx) => {
      mayChange(tx, actor, await this.documents.read(tx, documentId));
      return 'role' in upload ? upload.role : (await fileOf(tx, documentId, upload.replaces)).role;
    });
    const { fileName, checked } = await this.checked(actor, documentId, { ...upload, role });
    const blob = await this.blobs.put(upload.bytes);
    const replaces = 'replaces' in upload ? upload.replaces : undefined;
    const accepted: Accepted = { ...checked, role, replaces, title: upload.title, fileName, blob };
    return this.unitOfWork.run(actor, (tx) => this.keep(tx, actor, documentId, accepted));
  }

  private async checked(
    actor: PersonActor,
    documentId: string,
    upload: UploadedBytes & { readonly role: DraftFileRole },
  ): Promise<{ fileName: string; checked: CheckedUpload }> {
    try {
      return { fileName: checkedFileName(upload.fileName), checked: checkUpload(upload.bytes, upload.role) };
    } catch (error) {
      const code = refusalCode(error);
      if (code !== undefined) await this.recordRefusal(actor, documentId, code, upload.bytes.length);
      throw error;
    }
  }

  /** Also for a file that was refused while it was still arriving. */
  async recordRefusal(
    actor: PersonActor,
    documentId: string,
    code: string,
    size: number | null,
  ): Promise<void> {
    await this.audit.record(actor, {
      action: 'document.file_refused',
      outcome: 'failed',
      documentId,
      code,
      details: { size },
    });
  }

  private async keep(tx: Tx, actor: PersonActor, documentId: string, accepted: Accepted): Promise<FileView> {
    const row = await this.documents.lock(tx, documentId);
    mayChange(tx, actor, row);
    const now = this.clock.now();
    const draftNo = nextDraftNo(row);
    const known = await filesOf(tx, [documentId]);
    const replaced = replacedBy(accepted, known);
    await applyTransition(tx, outgoingMachine, { ...documentTable, row }, 'revise', {
      draft_no: draftNo,
      changed_at: now,
      ...(movesParts(accepted, replaced) && { layout: null }),
    });
    const file = await placeFile(tx, row, accepted, { known, replaced, draftNo, now });
    await this.audit.record(
      actor,
      {
        action: 'document.file_added',
        outcome: 'success',
        documentId,
        subject: { type: 'file', id: file.id },
        ...(replaced && { before: replaced.sha256 }),
        after: file.sha256,
        details: { role: file.role, pages: file.page_count, size: file.size, draft: draftNo },
      },
      { within: tx },
    );
    return fileView(file);
  }
}

export function mayChange(tx: Tx, actor: PersonActor, row: DocumentRow): void {
  requireDrafter(actor, row);
  nextState(outgoingMachine, row.state, 'revise', { subject: row, actor: tx.actor });
}

function refusalCode(error: unknown): string | undefined {
  const refusal =
    error instanceof PdfError || error instanceof SigningError || error instanceof WorkflowError;
  return refusal ? error.code : undefined;
}

/** @throws WorkflowError FILE_NOT_FOUND */
export async function fileOf(tx: Tx, documentId: string, fileId: string): Promise<FileRow> {
  const file = (await filesOf(tx, [documentId])).find(({ id }) => id === fileId);
  if (file === undefined) throw new WorkflowError('FILE_NOT_FOUND');
  return file;
}

/** The file in whose place an upload comes: the one named, or the only main file or source there can be. */
function replacedBy({ role, replaces }: Accepted, known: readonly FileRow[]): FileRow | undefined {
  if (replaces !== undefined) {
    const named = known.find(({ id }) => id === replaces);
    if (named === undefined) throw new WorkflowError('FILE_NOT_FOUND');
    return named;
  }
  return role === 'main' || role === 'source' ? known.find((file) => file.role === role) : undefined;
}

/** Places chosen on a paper of another length mean nothing on this one. */
function movesParts({ role, pageCount }: Accepted, replaced: FileRow | undefined): boolean {
  return role === 'main' && replaced?.page_count !== pageCount;
}

/** Puts an accepted file into a document, as its first version or in the place of another. */
export async function placeFile(
  tx: Tx,
  document: DocumentRow,
  accepted: Accepted,
  {
    known,
    replaced,
    draftNo,
    now,
  }: {
    readonly known: readonly FileRow[];
    readonly replaced: FileRow | undefined;
    readonly draftNo: number;
    readonly now: Date;
  },
): Promise<FileRow> {
  const versionId = newId();
  const file: FileRow = {
    id: replaced?.id ?? newId(),
    document_id: document.id,
    role: accepted.role,
    position: replaced?.position ?? 1 + Math.max(0, ...known.map(({ position }) => position)),
    title: accepted.title ?? (accepted.replaces && replaced?.title) ?? titleFromName(accepted.fileName),
    file_name: accepted.fileName,
    media_type: accepted.mediaType,
    upload_version_id: versionId,
    version_id: versionId,
    stage: 'upload',
    blob_id: accepted.blob.id,
    sha256: accepted.blob.sha256,
    size: accepted.blob.size,
    page_count: accepted.pageCount,
    foreign_signatures: accepted.foreignSignatures,
  };
  await tx.execute(
    `WITH kept AS (
       INSERT INTO workflow.file_version (id, file_id, document_id, draft_no, stage, blob_id, sha256, size, page_count,
         foreign_signatures, created_at, created_by, file_name, media_type)
       VALUES ($1, $2, $3, $4, 'upload', $5, $6, $7, $8, $9, $10, $11, $16, $17)
     )
     INSERT INTO workflow.document_file (id, document_id, secrecy, role, position, title, file_name, media_type,
       upload_version_id, current_version_id)
     VALUES ($2, $3, $12, $13, $14, $15, $16, $17, $1, $1)
     ON CONFLICT (id) DO UPDATE SET title = excluded.title, file_name = excluded.file_name,
       media_type = excluded.media_type,       upload_version_id = excluded.upload_version_id, current_version_id = excluded.current_version_id`,
    [
      versionId,
      file.id,
      document.id,
      draftNo,
      file.blob_id,
      file.sha256,
      file.size,
      file.page_count,
      file.foreign_signatures,
      now,
      tx.actor.kind === 'person' ? tx.actor.personId : null,
      document.secrecy,
      file.role,
      file.position,
      file.title,
      file.file_name,
      file.media_type,
    ],
  );
  return file;
}

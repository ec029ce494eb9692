import { Injectable } from '@nestjs/common';
import { AuditTrail } from '#audit';
import { Directory } from '#directory';
import type { PageText } from '#pdf';
import { PageTextError, readPageText } from '#pdf/node';
import type { PersonActor, Tx } from '#platform';
import { BlobStore, UnitOfWork } from '#platform';

import { WorkflowError } from '../../errors';
import { DocumentAccess } from '../document-access';
import type { DocumentRow } from '../document-row';
import type { FrozenContent, FrozenFile } from '../drafting/frozen-draft';
import { frozenContent } from '../drafting/frozen-draft';
import { draftsOf } from '../reading/read-drafts';
import { recipientsOf } from '../recipients/recipient';
import type { FieldChange } from './field-changes';
import { fieldChanges } from './field-changes';
import type { FileChange } from './file-changes';
import { fileChanges } from './file-changes';
import type { PageChange } from './page-changes';
import { pageChanges } from './page-changes';

/** What is different from "dự thảo lần n" that was sent back. */
export interface DocumentChanges {
  /** Number of that draft. */
  readonly since: number;
  readonly returnedAt: string;
  readonly returnReason: string | null;
  readonly fields: readonly FieldChange[];
  readonly files: readonly FileChange[];
  /** Of a main file that was replaced; null where it is the same, or there was none. */
  readonly main: MainFileChanges | null;
}

export interface MainFileChanges {
  /** `unreadable`: the text of one of the two could not be had; then `pages` is empty. */
  readonly comparison: 'pages' | 'unreadable';
  readonly pagesBefore: number;
  readonly pagesAfter: number;
  /** Only the first so many pages of each file were compared. */
  readonly comparedPages: number;
  /** Whether either file has further pages. */
  readonly hasMore: boolean;
  readonly pages: readonly PageChange[];
}

/** Pages of each file that are compared. */
const pageLimit = 400;

/** "Thay đổi từ lần trả lại trước": what a leader asks who reads a draft for the second time. */
@Injectable()
export class ReadChanges {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly documents: DocumentAccess,
    private readonly directory: Directory,
    private readonly audit: AuditTrail,
    private readonly blobs: BlobStore,
  ) {}

  /** @throws WorkflowError DOCUMENT_NOT_FOUND; DRAFT_NOT_RETURNED where no such draft was sent back */
  async run(actor: PersonActor, documentId: string, since?: number): Promise<DocumentChanges> {
    const { main, ...changes } = await this.unitOfWork.run(actor, async (tx) => {
      const row = await this.documents.read(tx, documentId);
      const found = await this.look(tx, row, since);
      await this.audit.record(
        actor,
        {
          action: 'document.read',
          outcome: 'success',
          documentId,
          details: { part: 'changes', since: found.since },
        },
        { within: tx },
      );
      return found;
    });
    return { ...changes, main: main && (await this.compared(main)) };
  }

  private async look(
    tx: Tx,
    row: DocumentRow,
    since: number | undefined,
  ): Promise<Omit<DocumentChanges, 'main'> & { readonly main: TwoFiles | null }> {
    const returned = (await draftsOf(tx, row.id)).filter(({ returnedAt }) => returnedAt !== null);
    const draft = since === undefined ? returned.at(-1) : returned.find(({ n }) => n === since);
    if (draft === undefined || draft.returnedAt === null) throw new WorkflowError('DRAFT_NOT_RETURNED');
    const before = draft.content;
    const after = frozenContent(row, {
      recipients: await recipientsOf(tx, row.id),
      files: await uploadsOf(tx, row.id),
    });
    const files = fileChanges(before.files, after.files);
    return {
      since: draft.n,
      returnedAt: draft.returnedAt,
      returnReason: draft.returnReason,
      fields: await fieldChanges(tx, this.directory, row, { before, after }),
      files,
      main: await twoMainFiles(tx, row.id, { before, after }),
    };
  }

  private async compared({ before, after }: TwoFiles): Promise<MainFileChanges> {
    const counts = {
      pagesBefore: before.pages,
      pagesAfter: after.pages,
      comparedPages: Math.min(pageLimit, Math.max(before.pages, after.pages)),
      hasMore: before.pages > pageLimit || after.pages > pageLimit,
    };
    try {
      const pages = pageChanges(await this.textOf(before), await this.textOf(after));
      return { comparison: 'pages', ...counts, pages };
    } catch (error) {
      if (!(error instanceof PageTextError)) throw error;
      return { comparison: 'unreadable', ...counts, pages: [] };
    }
  }

  private async textOf({ blobId, pages }: TextFile): Promise<readonly PageText[]> {
    const wanted = Array.from({ length: Math.min(pages, pageLimit) }, (_, index) => index + 1);
    const text = await readPageText(await this.blobs.get(blobId), { pages: wanted, timeoutMs: 15_000 });
    return text.pages;
  }
}

interface TextFile {
  readonly blobId: string;
  readonly pages: number;
}

interface TwoFiles {
  readonly before: TextFile;
  readonly after: TextFile;
}

/** The present files as they were uploaded: what the approval or a signature puts into them is no change. */
function uploadsOf(tx: Tx, documentId: string): Promise<FrozenFile[]> {
  return tx.query<FrozenFile>(
    `SELECT f.id AS "fileId", v.id AS "versionId", f.role, f.title, f.file_name AS "fileName",
       f.media_type AS "mediaType", v.sha256, v.size, v.page_count AS "pageCount"
     FROM workflow.document_file f JOIN workflow.file_version v ON v.id = f.upload_version_id
     WHERE f.document_id = $1 AND f.removed_at IS NULL
     ORDER BY f.role <> 'main', f.role = 'source', f.position`,
    [documentId],
  );
}

async function twoMainFiles(
  tx: Tx,
  documentId: string,
  { before, after }: { readonly before: FrozenContent; readonly after: FrozenContent },
): Promise<TwoFiles | null> {
  const [was, is] = [before, after].map(({ files }) => files.find(({ role }) => role === 'main'));
  if (was === undefined || is === undefined || was.sha256 === is.sha256) return null;
  const rows = await tx.query<{ readonly id: string; readonly blob_id: string }>(
    'SELECT id, blob_id FROM workflow.file_version WHERE document_id = $1 AND id = ANY($2::uuid[])',
    [documentId, [was.versionId, is.versionId]],
  );
  const blobs = new Map(rows.map(({ id, blob_id }) => [id, blob_id]));
  const file = ({ versionId, pageCount }: FrozenFile): TextFile | undefined => {
    const blobId = blobs.get(versionId);
    return blobId === undefined ? undefined : { blobId, pages: pageCount };
  };
  const [old, present] = [file(was), file(is)];
  return old && present ? { before: old, after: present } : null;
}

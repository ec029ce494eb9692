import { Injectable } from '@nestjs/common';
import { AuditTrail } from '#audit';
import type { PersonActor } from '#platform';
import { UnitOfWork } from '#platform';

import type { CopyRule } from '../../rules';
import { documentTypeName } from '../../rules';
import type { DocumentRow } from '../document-row';
import { documentTable } from '../document-row';
import type { DocumentSummary } from '../document-view';
import { documentSummary } from '../document-view';
import type { CopiedId } from './copy-source';
import { CopySource } from './copy-source';

/** What may be made of a document, and what was. */
export interface CopiesOfDocument {
  /** The kinds of copy that the rules of the bloc allow of it; none for what is not copied on. */
  readonly kinds: readonly (Pick<CopyRule, 'code' | 'vi' | 'en' | 'extent'> & { readonly name: string })[];
  /** Pages of its main file. */
  readonly pageCount: number;
  /** Copies made so far, the latest first. */
  readonly items: readonly DocumentSummary[];
}

/** Tells the clerk which copies may be made of a document, and which there are. */
@Injectable()
export class ReadCopies {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly sources: CopySource,
    private readonly audit: AuditTrail,
  ) {}

  /** @throws WorkflowError what `CopySource.find` says */
  run(actor: PersonActor, of: CopiedId): Promise<CopiesOfDocument> {
    return this.unitOfWork.run(actor, async (tx) => {
      const source = await this.sources.find(tx, actor, of);
      const column = of.kind === 'document' ? 'copied_document_id' : 'copied_incoming_id';
      const rows = await tx.query<DocumentRow>(
        `SELECT ${documentTable.columns} FROM workflow.document WHERE ${column} = $1 ORDER BY created_at DESC, id DESC`,
        [of.id],
      );
      await this.audit.record(
        actor,
        {
          action: 'document.listed',
          outcome: 'success',
          documentId: source.documentId,
          details: { view: 'copies', count: rows.length },
        },
        { within: tx },
      );
      return {
        kinds: source.kinds.map(({ code, vi, en, extent }) => ({
          code,
          name: documentTypeName(code),
          vi,
          en,
          extent,
        })),
        pageCount: source.files.find(({ role }) => role === 'main')?.pages ?? 0,
        items: rows.map(documentSummary),
      };
    });
  }
}

import { Injectable } from '@nestjs/common';
import { AuditTrail } from '#audit';
import type { PersonActor, Tx } from '#platform';
import { UnitOfWork } from '#platform';

import { DocumentAccess } from '../document-access';
import type { DocumentRow } from '../document-row';
import { filesOf } from '../document-row';
import { answersOf } from '../keep-answers';
import type { DocumentSummary, FileView } from '../document-view';
import { documentSummary, fileView } from '../document-view';
import type { NamedRecipient } from '../recipients/named-recipients';
import { NameRecipients } from '../recipients/named-recipients';
import type { GivenPaperRecipient } from '../recipients/recipient';
import { givenRecipients, recipientsOf } from '../recipients/recipient';
import type { DraftView } from './read-drafts';
import { draftsOf } from './read-drafts';

/** A document with everything that belongs to it. */
export interface DocumentDetail extends DocumentSummary {
  readonly files: readonly FileView[];
  /** Agencies, in their order, each with its name of today. */
  readonly recipients: readonly NamedRecipient[];
  /** Whom no directory knows. */
  readonly paperRecipients: readonly GivenPaperRecipient[];
  readonly paperReason: string | null;
  readonly unitSymbol: string | null;
  /** Where a person has put number, date and signatures; null where all are placed by themselves. */
  readonly layout: DocumentRow['layout'];
  readonly reviewers: DocumentRow['reviewers'];
  readonly drafts: readonly DraftView[];
  readonly signatures: readonly SignatureView[];
  /** Incoming documents that it answers, by id. */
  readonly answers: readonly string[];
}

interface SignatureView {
  readonly fileId: string;
  readonly kind: 'personal' | 'agency';
  readonly personId: string;
  readonly capacity: string | null;
  readonly level: 'B-B' | 'B-T';
  readonly signedAt: string;
}

/** Shows one document; who looked, and when, stands in the trail before the answer leaves. */
@Injectable()
export class ReadDocument {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly documents: DocumentAccess,
    private readonly names: NameRecipients,
    private readonly audit: AuditTrail,
  ) {}

  run(actor: PersonActor, documentId: string): Promise<DocumentDetail> {
    return this.unitOfWork.run(actor, async (tx) => {
      const row = await this.documents.read(tx, documentId);
      const files = await filesOf(tx, [documentId]);
      const { recipients, paperRecipients } = givenRecipients(await recipientsOf(tx, documentId));
      const drafts = await draftsOf(tx, documentId);
      const signatures = await signaturesOf(tx, row);
      await this.audit.record(
        actor,
        { action: 'document.read', outcome: 'success', documentId },
        { within: tx },
      );
      return {
        ...documentSummary(row),
        unitSymbol: row.unit_symbol,
        layout: row.layout,
        reviewers: row.reviewers,
        files: files.map(fileView),
        recipients: await this.names.run(tx, recipients),
        paperRecipients,
        paperReason: row.paper_reason,
        drafts: drafts.map(({ content: _, ...draft }) => draft),
        signatures,
        answers: await answersOf(tx, documentId),
      };
    });
  }
}

async function signaturesOf(tx: Tx, row: DocumentRow): Promise<SignatureView[]> {
  const rows = await tx.query<{
    file_id: string;
    kind: SignatureView['kind'];
    person_id: string;
    capacity_code: string | null;
    level: SignatureView['level'];
    signed_at: Date;
  }>(
    `SELECT v.file_id, s.kind, s.person_id, s.capacity_code, s.level, s.signed_at
     FROM workflow.signature s JOIN workflow.file_version v ON v.id = s.file_version_id
     WHERE s.document_id = $1 ORDER BY s.signed_at, s.kind DESC, v.file_id`,
    [row.id],
  );
  return rows.map((signature) => ({
    fileId: signature.file_id,
    kind: signature.kind,
    personId: signature.person_id,
    capacity: signature.capacity_code,
    level: signature.level,
    signedAt: signature.signed_at.toISOString(),
  }));
}

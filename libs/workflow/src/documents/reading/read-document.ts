import { Injectable } from '@nestjs/common';
import { AuditTrail } from '#audit';
import type { PersonActor, Tx } from '#platform';
import { UnitOfWork } from '#platform';

import { DocumentAccess } from '../document-access';
import type { DocumentRow } from '../document-row';
import { filesOf, recipientsOf } from '../document-row';
import type { DocumentSummary, FileView } from '../document-view';
import { documentSummary, fileView } from '../document-view';

/** A document with everything that belongs to it. */
export interface DocumentDetail extends DocumentSummary {
  readonly files: readonly FileView[];
  readonly recipients: readonly string[];
  readonly drafts: readonly DraftView[];
  readonly signatures: readonly SignatureView[];
}

interface DraftView {
  readonly n: number;
  readonly submittedAt: string;
  readonly returnedAt: string | null;
  readonly returnReason: string | null;
  readonly steps: readonly {
    readonly position: number;
    readonly name: string;
    readonly personId: string;
    readonly state: 'pending' | 'initialled' | 'returned';
    readonly comment: string | null;
  }[];
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
    private readonly audit: AuditTrail,
  ) {}

  run(actor: PersonActor, documentId: string): Promise<DocumentDetail> {
    return this.unitOfWork.run(actor, async (tx) => {
      const row = await this.documents.read(tx, documentId);
      const files = await filesOf(tx, [documentId]);
      const recipients = await recipientsOf(tx, documentId);
      const drafts = await draftsOf(tx, row);
      const signatures = await signaturesOf(tx, row);
      await this.audit.record(
        actor,
        { action: 'document.read', outcome: 'success', documentId },
        { within: tx },
      );
      return { ...documentSummary(row), files: files.map(fileView), recipients, drafts, signatures };
    });
  }
}

async function draftsOf(tx: Tx, row: DocumentRow): Promise<DraftView[]> {
  const rows = await tx.query<{
    n: number;
    submitted_at: Date;
    returned_at: Date | null;
    return_reason: string | null;
    steps: DraftView['steps'];
  }>(
    `SELECT d.n, d.submitted_at, d.returned_at, d.return_reason, coalesce((
       SELECT json_agg(json_build_object('position', s.position, 'name', s.name, 'personId', s.person_id,
         'state', s.state, 'comment', s.comment) ORDER BY s.position)
       FROM workflow.review_step s WHERE s.document_id = d.document_id AND s.draft_no = d.n), '[]') AS steps
     FROM workflow.draft d WHERE d.document_id = $1 ORDER BY d.n`,
    [row.id],
  );
  return rows.map(({ n, submitted_at, returned_at, return_reason, steps }) => ({
    n,
    submittedAt: submitted_at.toISOString(),
    returnedAt: returned_at?.toISOString() ?? null,
    returnReason: return_reason,
    steps,
  }));
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

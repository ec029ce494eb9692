import type { Bloc } from '#directory';
import type { Tx } from '#platform';

import type { DraftFileRole } from '../issued-document';
import type { CapacityCode, Secrecy, Urgency } from '../rules';
import type { MachineTable } from '../state-machine';
import type { Layout } from './form/layout';
import type { DocumentState } from './document-states';

/** A reviewer as the drafter named them; their order is the order of the steps. */
export interface Reviewer {
  /** What the step is for: `Thẩm định thể thức`. */
  readonly name: string;
  readonly personId: string;
}

/** A row of workflow.document. */
export interface DocumentRow {
  readonly id: string;
  readonly agency_id: string;
  readonly agency_code: string;
  readonly bloc: Bloc;
  readonly body_id: string;
  readonly body_symbol: string;
  readonly has_seal: boolean;
  readonly type_code: string;
  readonly abstract: string | null;
  readonly secrecy: Secrecy;
  readonly urgency: Urgency;
  readonly urgency_at: Date | null;
  readonly unit_symbol: string | null;
  /** Địa danh of the date line. */
  readonly place: string;
  readonly state: DocumentState;
  readonly version: number;
  readonly draft_no: number;
  readonly drafter_id: string;
  /** Null, with the capacity, for a copy: nobody signs it in person. */
  readonly signer_post_id: string | null;
  readonly capacity_code: CapacityCode | null;
  readonly authority_reference: string | null;
  /** `YYYY-MM-DD` */
  readonly authority_until: string | null;
  readonly signature_block: readonly string[];
  readonly open_steps: number;
  readonly reviewers: readonly Reviewer[];
  /** Why some of it goes on paper. */
  readonly paper_reason: string | null;
  /** Where a person has put the parts; null where all are placed by themselves. */
  readonly layout: Layout | null;
  readonly series_id: string | null;
  readonly number: number | null;
  readonly number_text: string | null;
  readonly symbol: string | null;
  /** `YYYY-MM-DD` */
  readonly issued_on: string | null;
  readonly created_at: Date;
  readonly changed_at: Date;
  readonly issued_at: Date | null;
  readonly cancel_reason: string | null;
  readonly withdrawn_at: Date | null;
  readonly withdrawal_reason: string | null;
  /** The document that replaces or corrects it. */
  readonly withdrawn_for: string | null;
  /** What a copy was made of: an own document or an incoming one. */
  readonly copied_document_id: string | null;
  readonly copied_incoming_id: string | null;
  /** Of an extract, as the clerk named them: `1, 3-5`. */
  readonly copied_pages: string | null;
}

/** Dates leave the database as text: a driver's Date would move them by the server's zone. */
export const documentTable: MachineTable = {
  table: 'workflow.document',
  columns: `id, agency_id, agency_code, bloc, body_id, body_symbol, has_seal, type_code, abstract, secrecy, urgency,
    urgency_at, unit_symbol, place, state, version, draft_no, drafter_id, signer_post_id, capacity_code,
    authority_reference, authority_until::text AS authority_until, signature_block, open_steps, reviewers, paper_reason,
    layout, series_id, number, number_text, symbol, issued_on::text AS issued_on, created_at, changed_at, issued_at, cancel_reason,
    withdrawn_at, withdrawal_reason, withdrawn_for, copied_document_id, copied_incoming_id, copied_pages`,
};

/** A file together with the version that counts now. */
export interface FileRow {
  readonly id: string;
  readonly document_id: string;
  readonly role: DraftFileRole;
  readonly position: number;
  readonly title: string;
  readonly file_name: string;
  readonly media_type: string;
  readonly upload_version_id: string;
  readonly version_id: string;
  readonly stage: FileStage;
  readonly blob_id: string;
  readonly sha256: string;
  readonly size: number;
  readonly page_count: number;
  readonly foreign_signatures: number;
}

export type FileStage = 'upload' | 'laid_out' | 'person_signed' | 'numbered' | 'agency_signed';

const fileColumns = `f.id, f.document_id, f.role, f.position, f.title, f.file_name, f.media_type, f.upload_version_id,
  v.id AS version_id, v.stage, v.blob_id, v.sha256, v.size, v.page_count, v.foreign_signatures`;

/** The files of documents with their current versions: main first, then by position, the source last. */
export function filesOf(tx: Tx, documentIds: readonly string[]): Promise<FileRow[]> {
  return tx.query<FileRow>(
    `SELECT ${fileColumns} FROM workflow.document_file f JOIN workflow.file_version v ON v.id = f.current_version_id
     WHERE f.document_id = ANY($1::uuid[]) AND f.removed_at IS NULL
     ORDER BY f.document_id, f.role <> 'main', f.role = 'source', f.position`,
    [documentIds],
  );
}

import type { CapacityCode } from '../rules';
import { documentType, isCopyCode } from '../rules';
import { isExpress } from '../rules/express-lane';
import type { DocumentRow, FileRow } from './document-row';

/** A document as the API answers it after a change. */
export interface DocumentSummary {
  readonly id: string;
  readonly state: DocumentRow['state'];
  /** Grows with every change; send it back as `If-Match` to be told of somebody else's change. */
  readonly version: number;
  readonly draftNo: number;
  readonly agencyId: string;
  readonly bodyId: string;
  readonly typeCode: string;
  readonly typeName: string;
  readonly abstract: string | null;
  readonly secrecy: DocumentRow['secrecy'];
  readonly urgency: DocumentRow['urgency'];
  readonly urgencyAt: string | null;
  /** Official telegram or express: carried ahead of everything else. */
  readonly express: boolean;
  readonly drafterId: string;
  /** Null for a copy: it carries the agency's signature alone. */
  readonly signer: {
    readonly postId: string;
    readonly capacity: CapacityCode;
    /** Lines above the signer's name, as printed. */
    readonly block: readonly string[];
  } | null;
  /** What it is a copy of, as its abstract says in words; null for what is no copy. */
  readonly copyOf: {
    readonly documentId: string | null;
    readonly incomingId: string | null;
    /** Of an extract: `1, 3-5`. */
    readonly pages: string | null;
  } | null;
  /** `05`, `123`; null before the number is assigned. */
  readonly number: string | null;
  /** `57-NQ/TW`, `123/QĐ-BKHCN` */
  readonly symbol: string | null;
  /** `YYYY-MM-DD` */
  readonly date: string | null;
  readonly createdAt: string;
  readonly changedAt: string;
  readonly issuedAt: string | null;
  readonly cancelReason: string | null;
  /** What happened after the issue: recalled, replaced or corrected; null while it stands as issued. */
  readonly withdrawal: {
    readonly at: string;
    readonly reason: string;
    /** The document that replaces or corrects it. */
    readonly byDocumentId: string | null;
  } | null;
}

export function documentSummary(row: DocumentRow): DocumentSummary {
  return {
    id: row.id,
    state: row.state,
    version: row.version,
    draftNo: row.draft_no,
    agencyId: row.agency_id,
    bodyId: row.body_id,
    typeCode: row.type_code,
    typeName: documentType(row.bloc, row.type_code)?.name ?? row.type_code,
    abstract: row.abstract,
    secrecy: row.secrecy,
    urgency: row.urgency,
    urgencyAt: row.urgency_at?.toISOString() ?? null,
    express: isExpress({ typeCode: row.type_code, urgency: row.urgency }),
    drafterId: row.drafter_id,
    signer: signerView(row),
    copyOf: isCopyCode(row.type_code)
      ? {
          documentId: row.copied_document_id,
          incomingId: row.copied_incoming_id,
          pages: row.copied_pages,
        }
      : null,
    number: row.number_text,
    symbol: row.symbol,
    date: row.issued_on,
    createdAt: row.created_at.toISOString(),
    changedAt: row.changed_at.toISOString(),
    issuedAt: row.issued_at?.toISOString() ?? null,
    cancelReason: row.cancel_reason,
    withdrawal:
      row.withdrawn_at === null || row.withdrawal_reason === null
        ? null
        : {
            at: row.withdrawn_at.toISOString(),
            reason: row.withdrawal_reason,
            byDocumentId: row.withdrawn_for,
          },
  };
}

function signerView(row: DocumentRow): DocumentSummary['signer'] {
  const { signer_post_id: postId, capacity_code: capacity } = row;
  return postId === null || capacity === null ? null : { postId, capacity, block: row.signature_block };
}

/** What a document is called in a list to be signed: type and abstract. */
export function titleOf(row: DocumentRow): string {
  const name = documentType(row.bloc, row.type_code)?.name ?? row.type_code;
  return row.abstract === null ? name : `${name}: ${row.abstract}`;
}

/** A file as the API answers it. */
export interface FileView {
  readonly id: string;
  readonly role: FileRow['role'];
  readonly title: string;
  readonly fileName: string;
  readonly mediaType: string;
  readonly versionId: string;
  readonly stage: FileRow['stage'];
  /** Of the current version, lower-case hex. */
  readonly sha256: string;
  /** Bytes. */
  readonly size: number;
  readonly pageCount: number;
  /** Signatures that the upload already carried. */
  readonly foreignSignatures: number;
}

export function fileView(row: FileRow): FileView {
  return {
    id: row.id,
    role: row.role,
    title: row.title,
    fileName: row.file_name,
    mediaType: row.media_type,
    versionId: row.version_id,
    stage: row.stage,
    sha256: row.sha256,
    size: row.size,
    pageCount: row.page_count,
    foreignSignatures: row.foreign_signatures,
  };
}

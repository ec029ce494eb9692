import type { DocumentRow, FileRow } from '../document-row';
import type { GivenPaperRecipient, GivenRecipient, RecipientRow } from '../recipients/recipient';
import { givenRecipients } from '../recipients/recipient';
import { signatoryOf } from '../signer-question';

/** One file of a draft exactly as it was submitted; its bytes stay readable by file and version. */
export interface FrozenFile {
  readonly fileId: string;
  readonly versionId: string;
  readonly role: FileRow['role'];
  readonly title: string;
  readonly fileName: string;
  readonly mediaType: string;
  /** Lower-case hex. */
  readonly sha256: string;
  /** Bytes. */
  readonly size: number;
  /** 0 for a source. */
  readonly pageCount: number;
}

/** What "dự thảo lần n" said when it was submitted. */
export interface FrozenContent {
  readonly bodyId: string;
  readonly typeCode: string;
  readonly abstract: string | null;
  readonly secrecy: string;
  readonly urgency: number;
  readonly urgencyAt: string | null;
  readonly unitSymbol: string | null;
  readonly signerPostId: string;
  readonly capacity: string;
  readonly signatureBlock: readonly string[];
  readonly recipients: readonly GivenRecipient[];
  readonly paperRecipients: readonly GivenPaperRecipient[];
  readonly paperReason: string | null;
  readonly files: readonly FrozenFile[];
}

export function frozenFile(file: FileRow): FrozenFile {
  return {
    fileId: file.id,
    versionId: file.version_id,
    role: file.role,
    title: file.title,
    fileName: file.file_name,
    mediaType: file.media_type,
    sha256: file.sha256,
    size: file.size,
    pageCount: file.page_count,
  };
}

/** What a document says now, as it would be frozen. */
export function frozenContent(
  row: DocumentRow,
  given: { readonly recipients: readonly RecipientRow[]; readonly files: readonly FrozenFile[] },
): FrozenContent {
  return {
    bodyId: row.body_id,
    typeCode: row.type_code,
    abstract: row.abstract,
    secrecy: row.secrecy,
    urgency: row.urgency,
    urgencyAt: row.urgency_at?.toISOString() ?? null,
    unitSymbol: row.unit_symbol,
    ...signatoryOf(row),
    signatureBlock: row.signature_block,
    ...givenRecipients(given.recipients),
    paperReason: row.paper_reason,
    files: given.files,
  };
}

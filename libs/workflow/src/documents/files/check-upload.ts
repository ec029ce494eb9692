import type { PdfInspection } from '#pdf';
import { inspectPdf, openPdf, PdfError } from '#pdf';
import { officialDocument, officialFieldNames } from '#signing';

import { WorkflowError } from '../../errors';
import type { DraftFileRole } from '../../issued-document';
import { checkSource } from './check-source';

/** What is kept about an upload that was accepted. */
export interface CheckedUpload {
  /** 0 for a source, which has no pages of its own. */
  readonly pageCount: number;
  /** As its first bytes say, whatever the client called it. */
  readonly mediaType: string;
  /** Signature fields that others have signed; they stay valid, byte for byte. */
  readonly foreignSignatures: number;
}

/** Content that acts by itself or hides something from whoever signs. Links (URI) do neither. */
const refusedContent: ReadonlySet<string> = new Set<PdfInspection['activeContent'][number]>([
  'JAVASCRIPT',
  'LAUNCH',
  'SUBMIT_FORM',
  'IMPORT_DATA',
  'OPEN_ACTION',
  'XFA',
  'RICH_MEDIA',
  'EMBEDDED_FILE',
]);

const ownFields: ReadonlySet<string> = new Set(Object.values(officialFieldNames));

/**
 * Looks at an upload before anything is stored. What will be signed must be signable; an attachment stays
 * as it is, so it may be certified by others.
 *
 * @throws PdfError for what is no usable PDF; WorkflowError FILE_ACTIVE_CONTENT, FILE_TRAILING_DATA,
 * FILE_ALREADY_OFFICIAL, SOURCE_FORMAT_REFUSED;
 * SigningError UPLOAD_CERTIFIED
 */
export function checkUpload(bytes: Uint8Array, role: DraftFileRole): CheckedUpload {
  if (role === 'source') return { mediaType: checkSource(bytes), pageCount: 0, foreignSignatures: 0 };
  const inspection = inspectContent(bytes);
  const foreignSignatures = inspection.signatureFields.filter((field) => field.signed).length;
  if (role !== 'attachment') {
    // Our own fields are filled once: what was issued before goes along as it is.
    if (inspection.signatureFields.some(({ name }) => ownFields.has(name)))
      throw new WorkflowError('FILE_ALREADY_OFFICIAL');
    officialDocument.inspectUpload(bytes);
  }
  return { mediaType: 'application/pdf', pageCount: inspection.pageCount, foreignSignatures };
}

/**
 * What any PDF is asked, wherever it comes from.
 *
 * @throws PdfError for what is no usable PDF; WorkflowError FILE_ACTIVE_CONTENT, FILE_TRAILING_DATA
 */
export function inspectContent(bytes: Uint8Array): PdfInspection {
  const inspection = inspect(bytes);
  const active = inspection.activeContent.filter((kind) => refusedContent.has(kind));
  if (active.length > 0)
    throw new WorkflowError('FILE_ACTIVE_CONTENT', { facts: { content: active.join(', ') } });
  return inspection;
}

/** White space behind the end is nobody's harm; anything else has a code of its own. */
function inspect(bytes: Uint8Array): PdfInspection {
  try {
    return inspectPdf(openPdf(bytes));
  } catch (error) {
    const isTrailing =
      error instanceof PdfError &&
      error.code === 'PDF_DAMAGED' &&
      error.detail['trailingBytes'] !== undefined;
    throw isTrailing ? new WorkflowError('FILE_TRAILING_DATA', { cause: error }) : error;
  }
}

import { openPdf, PdfError } from '#pdf';

import { inspectContent } from '../../documents/files/check-upload';
import { WorkflowError } from '../../errors';

/** What is known about a received file before any person sees it. */
export interface ExaminedFile {
  /** Null where the bytes cannot be read as PDF. */
  readonly pages: number | null;
  /**
   * Code of the first reason for which the same file would be refused as an upload: content that acts by itself or
   * hides something, bytes behind its end, a structure that readers understand differently. Null for none.
   */
  readonly fault: string | null;
}

/**
 * Looks at a file of another node as at an upload of an own person. What is wrong with it does not lose the message
 * that it belongs to: that has been sent, and a person decides what becomes of it.
 */
export function examineFile(bytes: Uint8Array): ExaminedFile {
  try {
    return { pages: inspectContent(bytes).pageCount, fault: null };
  } catch (error) {
    if (!(error instanceof PdfError || error instanceof WorkflowError)) throw error;
    return { pages: pagesOf(bytes), fault: error.code };
  }
}

function pagesOf(bytes: Uint8Array): number | null {
  try {
    return openPdf(bytes).latest.pageCount();
  } catch (error) {
    if (error instanceof PdfError) return null;
    throw error;
  }
}

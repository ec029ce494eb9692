import { openPdf, PdfError } from '#pdf';

/** Pages of a PDF; null where the bytes cannot be read as one. */
export function countPages(bytes: Uint8Array): number | null {
  try {
    return openPdf(bytes).latest.pageCount();
  } catch (error) {
    if (error instanceof PdfError) return null;
    throw error;
  }
}

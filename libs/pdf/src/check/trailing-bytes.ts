import { lastIndexOfText } from '../bytes';
import { damaged, PdfError } from '../errors';
import type { PdfFile } from '../read/pdf-file';

/**
 * Refuses a file in which something other than white space follows the last complete revision: mostly an upload that
 * was cut off inside a later revision, which must not pass for the older document.
 * @throws PdfError PDF_TRUNCATED where the bytes look like a cut revision, else PDF_DAMAGED
 */
export function refuseTrailingBytes(file: PdfFile): void {
  if (file.trailingBytes === 0 || file.trailingIsWhiteSpace) return;
  const from = file.bytes.length - file.trailingBytes;
  const detail = { trailingBytes: file.trailingBytes };
  if (lastIndexOfText(file.bytes, ' obj', from, file.bytes.length) >= 0) {
    throw new PdfError('PDF_TRUNCATED', 'the last revision is cut off', { detail });
  }
  throw damaged('bytes stand behind the end of the document', detail);
}

import { PdfError } from '../errors';

/** The code with which `work` is refused; `none` when it is not, and any other error is thrown on. */
export function codeOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof PdfError) return error.code;
    throw error;
  }
  return 'none';
}

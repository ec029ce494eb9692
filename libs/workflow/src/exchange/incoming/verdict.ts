import type { Indication, ValidationReport } from '#signing';

import type { IncomingFileRow } from './incoming-access';

/** What was found for one file. */
export interface VerifiedFile {
  readonly fileId: string;
  readonly role: IncomingFileRow['role'];
  readonly title: string;
  readonly sha256: string;
  readonly pages: number;
  readonly report: ValidationReport;
}

/**
 * One verdict on the whole document: the worst of its files. A main file without any signature, or a file that cannot
 * be read, is not valid; an unsigned attachment says nothing.
 */
export function verdictOf(files: readonly VerifiedFile[]): Indication {
  const each = files.map(({ role, report }): Indication => {
    if (report.error) return 'TOTAL-FAILED';
    if (report.indication === null) return role === 'attachment' ? 'TOTAL-PASSED' : 'TOTAL-FAILED';
    return report.indication;
  });
  if (each.length === 0 || each.includes('TOTAL-FAILED')) return 'TOTAL-FAILED';
  return each.includes('INDETERMINATE') ? 'INDETERMINATE' : 'TOTAL-PASSED';
}

import type { Indication, ValidationReport } from '#signing';

import type { IncomingFileRow } from './incoming-access';

/** What was found for one file. */
export interface VerifiedFile {
  readonly fileId: string;
  readonly role: IncomingFileRow['role'];
  readonly title: string;
  readonly sha256: string;
  readonly pages: number;
  /** What an upload would be refused for, whatever its signatures are worth; null for nothing. */
  readonly fault: string | null;
  readonly report: ValidationReport;
}

/**
 * One verdict on the whole document: the worst of its files. A main file without any signature, or a file that cannot
 * be read or does more than be read, is not valid; an unsigned attachment says nothing.
 */
export function verdictOf(files: readonly VerifiedFile[]): Indication {
  const each = files.map(({ role, fault, report }): Indication => {
    if (report.error || fault !== null) return 'TOTAL-FAILED';
    if (report.indication === null) return role === 'attachment' ? 'TOTAL-PASSED' : 'TOTAL-FAILED';
    return report.indication;
  });
  if (each.length === 0 || each.includes('TOTAL-FAILED')) return 'TOTAL-FAILED';
  return each.includes('INDETERMINATE') ? 'INDETERMINATE' : 'TOTAL-PASSED';
}

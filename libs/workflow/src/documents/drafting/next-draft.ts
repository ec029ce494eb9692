import type { DocumentRow } from '../document-row';

/** The first change after a return opens the next "dự thảo lần n". */
export function nextDraftNo(row: Pick<DocumentRow, 'state' | 'draft_no'>): number {
  return row.state === 'RETURNED' ? row.draft_no + 1 : row.draft_no;
}

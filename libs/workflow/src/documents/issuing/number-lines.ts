import { WorkflowError } from '../../errors';
import { dateLine, numberFormatRules } from '../../rules';
import type { DocumentRow } from '../document-row';

/** Number and date as printed on the page: `Số 57-NQ/TW`, `Hà Nội, ngày 05 tháng 02 năm 2026`. */
export function numberLines(row: DocumentRow): { readonly numberLine: string; readonly dateLine: string } {
  if (row.symbol === null) throw new WorkflowError('TRANSITION_NOT_ALLOWED');
  return {
    numberLine: `${numberFormatRules[row.bloc].prefix}${row.symbol}`,
    dateLine: dateLine(row.place, row.issued_on),
  };
}

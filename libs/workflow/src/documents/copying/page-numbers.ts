import { WorkflowError } from '../../errors';

/**
 * Pages as a person names them, `1, 3-5`, counted from 0 and each once, in their own order.
 *
 * @throws WorkflowError COPY_PAGES_INVALID for a page that the file does not have
 */
export function pageNumbers(text: string, pageCount: number): readonly number[] {
  const pages = new Set<number>();
  for (const part of text.split(',')) {
    const [first = 0, last = first] = part.split('-').map((number) => Number(number.trim()));
    if (!(first >= 1 && first <= last && last <= pageCount)) throw new WorkflowError('COPY_PAGES_INVALID');
    for (let page = first; page <= last; page += 1) pages.add(page - 1);
  }
  return [...pages].toSorted((a, b) => a - b);
}

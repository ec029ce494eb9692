import type { Directory } from '#directory';
import { textSegments } from '#pdf';
import { readPageText } from '#pdf/node';
import type { Tx } from '#platform';
import { vietnamDateTime } from '#platform';
import type { Initials } from '#signing';

import type { DocumentRow } from '../document-row';

/** Letters of a step's name that are printed. */
const nameShown = 60;

/** `Thẩm định thể thức: Ng. T. An √ 22/11/2026 09:15`, one for each who initialled the present draft. */
export async function initialLines(
  tx: Tx,
  directory: Directory,
  row: Pick<DocumentRow, 'id' | 'draft_no'>,
): Promise<readonly string[]> {
  const steps = await tx.query<{ name: string; person_id: string; decided_at: Date }>(
    `SELECT name, person_id, decided_at FROM workflow.review_step
     WHERE document_id = $1 AND draft_no = $2 AND state = 'initialled' ORDER BY position`,
    [row.id, row.draft_no],
  );
  const people = await directory.people([...new Set(steps.map(({ person_id }) => person_id))], tx);
  const names = new Map(people.map(({ id, fullName }) => [id, fullName]));
  return steps.map(({ name, person_id, decided_at }) => {
    const [date = '', time = ''] = vietnamDateTime(decided_at).split(' ');
    const step = name.length > nameShown ? `${name.slice(0, nameShown - 1)}…` : name;
    return `${step}: ${shortName(names.get(person_id) ?? '')} √ ${date} ${time.slice(0, 5)}`;
  });
}

/** Consonants of more than one letter that begin a family name, which offices keep together. */
const clusters = ['Ngh', 'Ng', 'Nh', 'Ph', 'Th', 'Tr', 'Ch', 'Gi', 'Kh', 'Qu'] as const;

/** As offices shorten a name: `Nguyễn Thị An` → `Ng. T. An`. */
export function shortName(fullName: string): string {
  const words = fullName.normalize('NFC').trim().split(/\s+/);
  const given = words.pop() ?? '';
  const short = words.map((word, index) => {
    const cluster = clusters.find((letters) => word.startsWith(letters));
    return `${(index === 0 && cluster) || Array.from(word)[0]}.`;
  });
  return [...short, given].join(' ');
}

/**
 * Where a page has text; empty where that cannot be had, as of a scan.
 *
 * @param page counts from 1, or from the end where negative
 */
export async function textOfPage(pdf: Uint8Array, page: number): Promise<Initials['text']> {
  const pages = await readPageText(pdf, { pages: [page], timeoutMs: 5000 }).then(
    (text) => text.pages,
    () => [],
  );
  return pages.flatMap((found) =>
    textSegments(found).map(({ text, x, y, width, size }) => ({
      x,
      y: y - 0.25 * size,
      width,
      height: 1.1 * size,
      endsText: text.endsWith('./.'),
    })),
  );
}

import type { Tx } from '#platform';

import type { DocumentRow } from './document-row';
import { documentTable } from './document-row';

/** @param columns of workflow.document; never named by input */
export async function insertDocument(
  tx: Tx,
  columns: Readonly<Record<string, unknown>>,
): Promise<DocumentRow> {
  const names = Object.keys(columns);
  const placeholders = names.map((_, index) => `$${index + 1}`);
  const [row] = await tx.query<DocumentRow>(
    `INSERT INTO workflow.document (${names.join(', ')}) VALUES (${placeholders.join(', ')})
     RETURNING ${documentTable.columns}`,
    Object.values(columns),
  );
  if (row === undefined) throw new Error('an inserted document answered nothing');
  return row;
}

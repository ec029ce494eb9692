import type { FieldProblem, Tx } from '#platform';
import { ProblemError } from '#platform';

import { WorkflowError } from '../errors';
import type { IncomingAccess } from '../exchange/incoming/incoming-access';
import { handlingProblems } from '../handling/handling-problems';

/**
 * Keeps which incoming documents a draft answers: such as its drafter may see.
 *
 * @throws WorkflowError ANSWERED_UNKNOWN, naming the field at fault
 */
export async function keepAnswers(
  tx: Tx,
  incoming: IncomingAccess,
  documentId: string,
  answers: readonly string[],
): Promise<void> {
  for (const [index, id] of answers.entries()) {
    try {
      await incoming.read(tx, id);
    } catch (error) {
      if (!(error instanceof ProblemError) || error.code !== 'INCOMING_NOT_FOUND') throw error;
      const { vi, en } = handlingProblems.ANSWERED_UNKNOWN;
      const fault: FieldProblem = { field: `answers[${index}]`, code: 'ANSWERED_UNKNOWN', vi, en };
      throw new WorkflowError('ANSWERED_UNKNOWN', { errors: [fault], cause: error });
    }
  }
  if (answers.length === 0) return;
  await tx.execute(
    'INSERT INTO workflow.answer (document_id, incoming_id) SELECT $1, unnest($2::uuid[]) ON CONFLICT DO NOTHING',
    [documentId, answers],
  );
}

/** Ids of the incoming documents that a document answers. */
export async function answersOf(tx: Tx, documentId: string): Promise<readonly string[]> {
  const rows = await tx.query<{ incoming_id: string }>(
    'SELECT incoming_id FROM workflow.answer WHERE document_id = $1 ORDER BY incoming_id',
    [documentId],
  );
  return rows.map(({ incoming_id }) => incoming_id);
}

import type { PersonActor, Tx } from '#platform';

import { WorkflowError } from '../../errors';
import type { DocumentRow } from '../document-row';

export interface ReviewStep {
  readonly position: number;
  readonly name: string;
  readonly person_id: string;
}

/** The first step of the present draft that nobody has decided; undefined when all have. */
export async function currentStep(tx: Tx, row: DocumentRow): Promise<ReviewStep | undefined> {
  const [step] = await tx.query<ReviewStep>(
    `SELECT position, name, person_id FROM workflow.review_step
     WHERE document_id = $1 AND draft_no = $2 AND state = 'pending' ORDER BY position LIMIT 1`,
    [row.id, row.draft_no],
  );
  return step;
}

/** @throws WorkflowError NOT_YOUR_STEP when another person's turn has come, or nobody's */
export async function requireMyStep(tx: Tx, actor: PersonActor, row: DocumentRow): Promise<ReviewStep> {
  const step = await currentStep(tx, row);
  if (step?.person_id !== actor.personId) throw new WorkflowError('NOT_YOUR_STEP');
  return step;
}

export async function decideStep(
  tx: Tx,
  row: DocumentRow,
  step: ReviewStep,
  decision: { readonly state: 'initialled' | 'returned'; readonly comment: string | null; readonly at: Date },
): Promise<void> {
  await tx.execute(
    `UPDATE workflow.review_step SET state = $4, comment = $5, decided_at = $6
     WHERE document_id = $1 AND draft_no = $2 AND position = $3`,
    [row.id, row.draft_no, step.position, decision.state, decision.comment, decision.at],
  );
}

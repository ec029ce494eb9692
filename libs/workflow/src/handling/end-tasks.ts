import type { Tx } from '#platform';

type Ending = 'done' | 'relieved' | 'withdrawn';

/** Ends the open tasks of a document, and with anything but `done` the instruction that gave them. */
export async function endTasks(
  tx: Tx,
  handlingId: string,
  now: Date,
  to: { readonly lead: Ending; readonly others: Ending },
): Promise<void> {
  await tx.execute(
    `UPDATE workflow.handling_task SET state = CASE part WHEN 'lead' THEN $3 ELSE $4 END, ended_at = $2
      WHERE handling_id = $1 AND state = 'open'`,
    [handlingId, now, to.lead, to.others],
  );
  if (to.lead === 'done') return;
  await tx.execute(
    'UPDATE workflow.instruction SET ended_at = $2 WHERE handling_id = $1 AND ended_at IS NULL',
    [handlingId, now],
  );
}

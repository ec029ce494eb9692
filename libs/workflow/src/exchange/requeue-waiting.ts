import { Injectable } from '@nestjs/common';

import type { SystemActor, Tx } from '#platform';
import { Clock, JobQueue, newId, UnitOfWork } from '#platform';

import { lanePriority } from '../rules/express-lane';
import { stillToCarry } from './deliveries/delivery-states';
import { ExchangeSettings } from './exchange-settings';
import { deliverQueue, returnQueue } from './queues';
import type { DeliverJob, ReturnJob } from './queues';

const batch = 500;

/**
 * The rows, not the jobs, say what still has to be carried. A message that has waited too long without
 * progress gets a new job, in case its own was lost with a crashed worker after all its tries. An extra job
 * does no harm: it finds nothing to do.
 */
@Injectable()
export class RequeueWaiting {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly queue: JobQueue,
    private readonly clock: Clock,
    private readonly settings: ExchangeSettings,
  ) {}

  /** Returns how many messages and pieces of evidence got a new job. */
  run(): Promise<number> {
    const actor: SystemActor = { kind: 'system', service: 'worker', requestId: newId() };
    const now = this.clock.now();
    const overdue = new Date(now.getTime() - this.settings.requeueSeconds * 1000);
    return this.unitOfWork.run(actor, async (tx) => {
      const claimed = { overdue, now };
      const deliveries = await claim<{ id: string; express: boolean; urgency: number }>(
        tx,
        { table: 'workflow.delivery', columns: 'id, express, urgency', condition: stillToCarry },
        claimed,
      );
      for (const { id, express, urgency } of deliveries) {
        const job: DeliverJob = { deliveryIds: [id] };
        await this.queue.enqueue(tx, deliverQueue, job, { priority: lanePriority({ express, urgency }) });
      }
      const returns = await claim<{ id: string }>(
        tx,
        { table: 'workflow.evidence_return', columns: 'id', condition: `state = 'QUEUED'` },
        claimed,
      );
      for (const { id } of returns) {
        const job: ReturnJob = { evidenceReturnId: id };
        await this.queue.enqueue(tx, returnQueue, job);
      }
      return deliveries.length + returns.length;
    });
  }
}

/** Takes overdue rows for this process; the others leave them alone until they are overdue again. */
function claim<Row>(
  tx: Tx,
  from: { readonly table: string; readonly columns: string; readonly condition: string },
  { overdue, now }: { readonly overdue: Date; readonly now: Date },
): Promise<Row[]> {
  return tx.query<Row>(
    `UPDATE ${from.table} SET next_attempt_at = $2 WHERE id IN (
       SELECT id FROM ${from.table} WHERE ${from.condition} AND next_attempt_at < $1
        ORDER BY next_attempt_at LIMIT ${batch} FOR UPDATE SKIP LOCKED)
     RETURNING ${from.columns}`,
    [overdue, now],
  );
}

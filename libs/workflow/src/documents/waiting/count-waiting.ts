import { Injectable } from '@nestjs/common';
import { AuditTrail } from '#audit';
import type { PersonActor } from '#platform';
import { UnitOfWork } from '#platform';

import type { WaitingView } from './waiting-views';
import { viewsOf, waitingRules } from './waiting-views';

/** How much waits in each view that this person has. */
export type WaitingCounts = Readonly<Partial<Record<WaitingView, number>>>;

/** Counts what waits, for the marks beside the views. */
@Injectable()
export class CountWaiting {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditTrail,
  ) {}

  run(actor: PersonActor): Promise<WaitingCounts> {
    const views = viewsOf(actor);
    const counted = views.map(
      (view) =>
        `(SELECT count(*)::int FROM workflow.document d WHERE ${waitingRules[view].where}) AS "${view}"`,
    );
    return this.unitOfWork.run(actor, async (tx) => {
      const [counts] = await tx.query<WaitingCounts>(
        `SELECT ${counted.join(', ')} WHERE ($1::uuid, $2::uuid) IS NOT NULL AND ($3::uuid IS NULL OR true)`,
        [actor.agencyId, actor.personId, actor.postId],
      );
      await this.audit.record(
        actor,
        { action: 'document.listed', outcome: 'success', details: { counted: views.length } },
        { within: tx },
      );
      return counts ?? {};
    });
  }
}

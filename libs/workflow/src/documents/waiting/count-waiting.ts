import { Injectable } from '@nestjs/common';
import type { PersonActor } from '#platform';
import { UnitOfWork } from '#platform';

import type { WaitingView } from './waiting-views';
import { viewsOf, waitingRules } from './waiting-views';

/** How much waits in each view that this person has. */
export type WaitingCounts = Readonly<Partial<Record<WaitingView, number>>>;

/** Counts what waits, for the marks beside the views; it shows no document, so it leaves no entry in the trail. */
@Injectable()
export class CountWaiting {
  constructor(private readonly unitOfWork: UnitOfWork) {}

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
      return counts ?? {};
    });
  }
}

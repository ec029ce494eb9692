import { Injectable } from '@nestjs/common';

import { AuditTrail } from '#audit';
import type { PersonActor } from '#platform';
import { Clock, UnitOfWork } from '#platform';

import { unreadOf } from './find-notices';

/** Notes that a person has read what they were told. */
@Injectable()
export class ReadNotices {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
  ) {}

  /** What is not the person's own, or read already, stays as it is. */
  run(
    actor: PersonActor,
    which: { readonly ids: readonly string[] } | 'all',
  ): Promise<{ readonly unread: number }> {
    return this.unitOfWork.run(actor, async (tx) => {
      const read = await tx.execute(
        `UPDATE workflow.notice SET read_at = $3
          WHERE person_id = $1 AND agency_id = $2 AND read_at IS NULL AND ($4::uuid[] IS NULL OR id = ANY($4::uuid[]))`,
        [actor.personId, actor.agencyId, this.clock.now(), which === 'all' ? null : which.ids],
      );
      await this.audit.record(
        actor,
        { action: 'notice.read', outcome: 'success', details: { read } },
        { within: tx },
      );
      return { unread: await unreadOf(tx, actor) };
    });
  }
}

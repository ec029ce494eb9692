import { Injectable } from '@nestjs/common';
import { AuditTrail } from '#audit';
import type { PersonActor } from '#platform';
import { Clock, UnitOfWork } from '#platform';

import { documentIdOf } from '../exchange/incoming/incoming-access';
import { endTasks } from './end-tasks';
import type { HandlingAnswer } from './handling-answer';
import { handlingAnswer } from './handling-answer';
import { HandlingDesk, requiredText, requireLead } from './handling-desk';
import { tellOfIncoming } from './tell-of-incoming';

/** The lead asks to be relieved, with a reason: the document lies before the leader again, who assigns it anew. */
@Injectable()
export class AskRelief {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly desk: HandlingDesk,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
  ) {}

  /** @throws WorkflowError NOT_THE_LEAD, TEXT_MISSING, TEXT_FORBIDDEN, TRANSITION_NOT_ALLOWED */
  run(
    actor: PersonActor,
    incomingId: string,
    given: { readonly reason?: string | null },
    version: number | undefined,
  ): Promise<HandlingAnswer> {
    return this.unitOfWork.run(actor, async (tx) => {
      const held = await this.desk.open(tx, incomingId, version);
      requireLead(actor, held);
      const reason = requiredText(held.handling.secrecy, given.reason);
      const after = await this.desk.move(tx, held, {
        event: 'relieve',
        note: reason,
        changes: { instruction_id: null, lead_person_id: null, due_on: null },
      });
      const now = this.clock.now();
      await endTasks(tx, held.handling.id, now, { lead: 'relieved', others: 'withdrawn' });
      const told = { kind: 'incoming.submitted', people: [held.handling.leader_id] } as const;
      await tellOfIncoming(tx, held.incoming, told, now);
      await this.audit.record(
        actor,
        {
          action: 'incoming.relieved',
          outcome: 'success',
          documentId: documentIdOf(held.incoming),
          subject: { type: 'incoming', id: incomingId },
          ...(reason === null ? {} : { reason }),
        },
        { within: tx },
      );
      return handlingAnswer(after, held.incoming.state);
    });
  }
}

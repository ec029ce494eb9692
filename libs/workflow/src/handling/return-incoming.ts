import { Injectable } from '@nestjs/common';
import { AuditTrail } from '#audit';
import type { PersonActor } from '#platform';
import { UnitOfWork } from '#platform';

import { documentIdOf } from '../exchange/incoming/incoming-access';
import type { HandlingAnswer } from './handling-answer';
import { handlingAnswer } from './handling-answer';
import { HandlingDesk, requiredText, requireDecider } from './handling-desk';

/** The leader gives a document back to the clerk with a reason: it is not for them, or something is missing. */
@Injectable()
export class ReturnIncoming {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly desk: HandlingDesk,
    private readonly audit: AuditTrail,
  ) {}

  /** @throws WorkflowError TEXT_MISSING, TEXT_FORBIDDEN, ROLE_NOT_ALLOWED, TRANSITION_NOT_ALLOWED */
  run(
    actor: PersonActor,
    incomingId: string,
    given: { readonly reason?: string | null },
    version: number | undefined,
  ): Promise<HandlingAnswer> {
    return this.unitOfWork.run(actor, async (tx) => {
      const held = await this.desk.open(tx, incomingId, version);
      requireDecider(actor, held);
      const reason = requiredText(held.handling.secrecy, given.reason);
      const after = await this.desk.move(tx, held, {
        event: 'return',
        note: reason,
        changes: { leader_id: null },
      });
      await this.audit.record(
        actor,
        {
          action: 'incoming.returned',
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

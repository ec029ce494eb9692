import { Injectable } from '@nestjs/common';
import { AuditTrail } from '#audit';
import type { PersonActor } from '#platform';
import { UnitOfWork } from '#platform';

import { documentIdOf } from '../exchange/incoming/incoming-access';
import type { HandlingAnswer } from './handling-answer';
import { handlingAnswer } from './handling-answer';
import { HandlingDesk, requireLead } from './handling-desk';
import { StateStatus } from './state-status';

/** The lead begins (status 05). */
@Injectable()
export class StartHandling {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly desk: HandlingDesk,
    private readonly status: StateStatus,
    private readonly audit: AuditTrail,
  ) {}

  /** @throws WorkflowError NOT_THE_LEAD, TRANSITION_NOT_ALLOWED and what `HandlingDesk.open` throws */
  async run(actor: PersonActor, incomingId: string, version: number | undefined): Promise<HandlingAnswer> {
    const signer = await this.status.signerFor(actor, incomingId);
    return this.unitOfWork.run(actor, async (tx) => {
      const held = await this.desk.open(tx, incomingId, version);
      requireLead(actor, held);
      const after = await this.desk.move(tx, held, { event: 'start', note: null });
      const state = await this.status.state(tx, held.incoming, 'X.05', signer);
      await this.audit.record(
        actor,
        {
          action: 'incoming.started',
          outcome: 'success',
          documentId: documentIdOf(held.incoming),
          subject: { type: 'incoming', id: incomingId },
        },
        { within: tx },
      );
      return handlingAnswer(after, state);
    });
  }
}

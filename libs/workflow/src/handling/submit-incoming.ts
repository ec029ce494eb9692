import { Injectable } from '@nestjs/common';
import { isAllowed } from '#access';
import { AuditTrail } from '#audit';
import { Directory } from '#directory';
import type { PersonActor, Tx } from '#platform';
import { Clock, UnitOfWork, vietnamDate } from '#platform';

import { WorkflowError } from '../errors';
import { documentIdOf } from '../exchange/incoming/incoming-access';
import type { HandlingAnswer } from './handling-answer';
import { handlingAnswer } from './handling-answer';
import { HandlingDesk, optionalText } from './handling-desk';
import { tellOfIncoming } from './tell-of-incoming';

/** Trình: the clerk lays a registered document before a leader, or before another one while nobody has decided. */
@Injectable()
export class SubmitIncoming {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly desk: HandlingDesk,
    private readonly directory: Directory,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
  ) {}

  /** @throws WorkflowError LEADER_UNKNOWN, TEXT_FORBIDDEN, TRANSITION_NOT_ALLOWED and what `HandlingDesk.open` throws */
  run(
    actor: PersonActor,
    incomingId: string,
    given: { readonly leaderPersonId: string; readonly note?: string | null },
    version: number | undefined,
  ): Promise<HandlingAnswer> {
    return this.unitOfWork.run(actor, async (tx) => {
      const held = await this.desk.open(tx, incomingId, version);
      await this.checkLeader(tx, actor, given.leaderPersonId);
      const after = await this.desk.move(tx, held, {
        event: 'submit',
        note: optionalText(held.handling.secrecy, given.note),
        changes: { leader_id: given.leaderPersonId },
      });
      const told = { kind: 'incoming.submitted', people: [given.leaderPersonId] } as const;
      await tellOfIncoming(tx, held.incoming, told, this.clock.now());
      await this.audit.record(
        actor,
        {
          action: 'incoming.submitted',
          outcome: 'success',
          documentId: documentIdOf(held.incoming),
          subject: { type: 'incoming', id: incomingId },
          details: { leader: given.leaderPersonId },
        },
        { within: tx },
      );
      return handlingAnswer(after, held.incoming.state);
    });
  }

  private async checkLeader(tx: Tx, actor: PersonActor, personId: string): Promise<void> {
    const held = await this.directory.appointmentsOf(personId, vietnamDate(this.clock.now()), tx);
    const roles = held.filter(({ agencyId }) => agencyId === actor.agencyId).flatMap((each) => each.roles);
    if (!isAllowed({ ...actor, roles }, 'incoming.instruct')) throw new WorkflowError('LEADER_UNKNOWN');
  }
}

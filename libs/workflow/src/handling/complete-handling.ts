import { Injectable } from '@nestjs/common';
import { AuditTrail } from '#audit';
import type { PersonActor, Tx } from '#platform';
import { Clock, UnitOfWork } from '#platform';

import { WorkflowError } from '../errors';
import { documentIdOf } from '../exchange/incoming/incoming-access';
import { endTasks } from './end-tasks';
import type { HandlingAnswer } from './handling-answer';
import { handlingAnswer } from './handling-answer';
import { HandlingDesk, requiredText, requireLead } from './handling-desk';
import { StateStatus } from './state-status';
import { tellOfIncoming } from './tell-of-incoming';

/** The lead ends it (status 06): what came of it, and the document that answers, where there is one. */
@Injectable()
export class CompleteHandling {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly desk: HandlingDesk,
    private readonly status: StateStatus,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
  ) {}

  /** @throws WorkflowError NOT_THE_LEAD, REPLY_UNKNOWN, TEXT_MISSING, TEXT_FORBIDDEN, TRANSITION_NOT_ALLOWED */
  async run(
    actor: PersonActor,
    incomingId: string,
    given: { readonly result?: string | null; readonly replyDocumentId?: string | null },
    version: number | undefined,
  ): Promise<HandlingAnswer> {
    const signer = await this.status.signerFor(actor, incomingId);
    const replyId = given.replyDocumentId ?? null;
    return this.unitOfWork.run(actor, async (tx) => {
      const held = await this.desk.open(tx, incomingId, version);
      requireLead(actor, held);
      const result = requiredText(held.handling.secrecy, given.result);
      if (replyId !== null) await linkReply(tx, actor, { replyId, incomingId });
      const now = this.clock.now();
      const after = await this.desk.move(tx, held, {
        event: 'complete',
        note: null,
        changes: { result, reply_document_id: replyId, done_at: now },
      });
      await endTasks(tx, held.handling.id, now, { lead: 'done', others: 'done' });
      const state = await this.status.state(tx, held.incoming, 'X.06', signer);
      const told = { kind: 'incoming.done', people: [held.handling.leader_id] } as const;
      await tellOfIncoming(tx, held.incoming, told, now);
      await this.audit.record(
        actor,
        {
          action: 'incoming.completed',
          outcome: 'success',
          documentId: documentIdOf(held.incoming),
          subject: { type: 'incoming', id: incomingId },
          details: { reply: replyId },
        },
        { within: tx },
      );
      return handlingAnswer(after, state);
    });
  }
}

/** @throws WorkflowError REPLY_UNKNOWN */
async function linkReply(
  tx: Tx,
  actor: PersonActor,
  { replyId, incomingId }: { readonly replyId: string; readonly incomingId: string },
): Promise<void> {
  const [reply] = await tx.query(
    `SELECT FROM workflow.document WHERE id = $1 AND agency_id = $2 AND state <> 'CANCELLED'`,
    [replyId, actor.agencyId],
  );
  if (reply === undefined) throw new WorkflowError('REPLY_UNKNOWN');
  await tx.execute(
    'INSERT INTO workflow.answer (document_id, incoming_id) VALUES ($1, $2) ON CONFLICT DO NOTHING',
    [replyId, incomingId],
  );
}

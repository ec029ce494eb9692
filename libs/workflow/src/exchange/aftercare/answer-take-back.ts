import { Injectable } from '@nestjs/common';

import { AuditTrail } from '#audit';
import type { PersonActor, Tx } from '#platform';
import { Clock, JobQueue, newId, UnitOfWork } from '#platform';
import type { Signer } from '#pki';

import { WorkflowError } from '../../errors';
import { nextState } from '../../state-machine';
import { ExchangeAgencies } from '../agencies/exchange-agencies';
import { parseEvidence } from '../evidence/evidence';
import type { Evidence } from '../evidence/evidence';
import { stateAbout } from '../evidence/state-evidence';
import { IncomingAccess } from '../incoming/incoming-access';
import { openStatement } from '../statements/signed-statement';
import type { TakeBackState } from './aftercare-states';
import { takeBackMachine } from './aftercare-states';
import type { Copy } from './copies';
import { lockCopy, tellOfCopy } from './copies';
import { sendStatements } from './send-statements';

type Decision = { readonly agree: string | null } | { readonly refuse: string };

/**
 * The recipient's decision on a document that it has accepted and is asked to give back: 15 agreed, the copy is frozen;
 * or 16 refused with a reason. Repeating the same decision changes nothing.
 */
@Injectable()
export class AnswerTakeBack {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly access: IncomingAccess,
    private readonly audit: AuditTrail,
    private readonly agencies: ExchangeAgencies,
    private readonly queue: JobQueue,
    private readonly clock: Clock,
  ) {}

  /** @throws WorkflowError INCOMING_NOT_FOUND, TAKE_BACK_NOT_ASKED */
  async run(
    actor: PersonActor,
    incomingId: string,
    decision: Decision,
  ): Promise<{ readonly takeBack: TakeBackState }> {
    const signer = await this.agencies.signer(actor.agencyId);
    return this.unitOfWork.run(actor, async (tx) => {
      await this.access.read(tx, incomingId);
      const copy = await lockCopy(tx, incomingId);
      const event = 'refuse' in decision ? 'X.16' : 'X.15';
      if (copy && copy.take_back === event.slice(2)) return { takeBack: copy.take_back };
      if (copy?.take_back !== '13') throw new WorkflowError('TAKE_BACK_NOT_ASKED');
      const { to } = nextState(takeBackMachine, copy.take_back, event, { subject: copy, actor });
      await this.settle(tx, signer, copy, { to, event, decision });
      return { takeBack: to };
    });
  }

  private async settle(
    tx: Tx,
    signer: Signer,
    copy: Copy,
    { to, event, decision }: { to: TakeBackState; event: 'X.15' | 'X.16'; decision: Decision },
  ): Promise<void> {
    const now = this.clock.now();
    const asked = await askedOf(tx, copy);
    const agency = copy.meant_for === null ? undefined : await this.agencies.inForceById(copy.agency_id);
    const details = {
      ...('refuse' in decision && { reason: decision.refuse }),
      ...(agency && { successor: { code: agency.code, name: agency.name } }),
    };
    const stated = await stateAbout(signer, asked, { id: newId(), event, time: now, details });
    await tx.execute(
      `UPDATE workflow.incoming SET take_back = $2, version = version + 1,
         frozen_at = CASE WHEN $2 = '15' THEN coalesce(frozen_at, $3) ELSE frozen_at END WHERE id = $1`,
      [copy.id, to, now],
    );
    await sendStatements(
      tx,
      this.queue,
      copy.agency_id,
      [{ stated, toCode: copy.sender_code, nodeId: copy.source_node, incomingId: copy.id }],
      now,
    );
    if (to === '15') await tellOfCopy(tx, copy, 'incoming.taken_back', now);
    const reason = 'refuse' in decision ? decision.refuse : decision.agree;
    await this.audit.record(
      tx.actor,
      {
        action: to === '15' ? 'delivery.take_back_agreed' : 'delivery.take_back_refused',
        outcome: 'success',
        documentId: copy.document_id,
        subject: { type: 'incoming', id: copy.id },
        ...(reason !== null && { reason }),
        details: { messageId: copy.message_id, evidenceId: stated.evidence.id },
      },
      { within: tx },
    );
  }
}

/** What was asked: the answer is about the same message. */
async function askedOf(tx: Tx, copy: Copy): Promise<Evidence> {
  const [row] = await tx.query<{ der: Uint8Array }>(
    `SELECT der FROM workflow.evidence WHERE holder_agency_id = $1 AND message_id = $2 AND event = 'X.13'`,
    [copy.agency_id, copy.message_id],
  );
  const opened = row && (await openStatement(row.der));
  if (!opened?.sound) throw new Error(`the evidence that ${copy.id} is asked back cannot be read`);
  return parseEvidence(opened.statement.content);
}

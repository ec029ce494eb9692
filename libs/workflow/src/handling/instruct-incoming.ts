import { Injectable } from '@nestjs/common';
import { AuditTrail } from '#audit';
import { Directory } from '#directory';
import type { PersonActor, Tx } from '#platform';
import { Clock, newId, UnitOfWork, vietnamDate } from '#platform';

import { WorkflowError } from '../errors';
import { documentIdOf } from '../exchange/incoming/incoming-access';
import { IndexDocument } from '../search/index-document';
import type { Assignee, GivenAssignees } from './assignees';
import { findAssignees } from './assignees';
import { endTasks } from './end-tasks';
import type { HandlingAnswer } from './handling-answer';
import { handlingAnswer } from './handling-answer';
import type { HeldDocument } from './handling-desk';
import { HandlingDesk, requiredText, requireDecider } from './handling-desk';
import { StateStatus } from './state-status';
import { tellOfIncoming } from './tell-of-incoming';

export interface GivenInstruction extends GivenAssignees {
  /** None for a top-secret document. */
  readonly text?: string | null;
  /** `YYYY-MM-DD` in Viet Nam. */
  readonly due?: string | null;
  /** The instruction in force that this one replaces. */
  readonly replaces?: string | null;
}

/**
 * Bút phê (status 04): exactly one lead, any number who co-operate or are told, and a date. A new one replaces the
 * one in force and says so, so that of two leaders who write at once the second learns of the first.
 */
@Injectable()
export class InstructIncoming {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly desk: HandlingDesk,
    private readonly status: StateStatus,
    private readonly directory: Directory,
    private readonly audit: AuditTrail,
    private readonly index: IndexDocument,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws WorkflowError INSTRUCTION_STANDS, VERSION_CONFLICT, ASSIGNEE_UNKNOWN, ASSIGNEE_TWICE, DUE_IN_THE_PAST,
   * TEXT_MISSING, TEXT_FORBIDDEN, ROLE_NOT_ALLOWED, TRANSITION_NOT_ALLOWED
   */
  async run(
    actor: PersonActor,
    incomingId: string,
    given: GivenInstruction,
    version: number | undefined,
  ): Promise<HandlingAnswer> {
    const signer = await this.status.signerFor(actor, incomingId);
    return this.unitOfWork.run(actor, async (tx) => {
      const held = await this.desk.open(tx, incomingId, version);
      requireDecider(actor, held);
      const today = vietnamDate(this.clock.now());
      const due = given.due ?? null;
      if (due !== null && due < today) throw new WorkflowError('DUE_IN_THE_PAST');
      checkReplaced(held, given.replaces ?? null);
      const text = requiredText(held.handling.secrecy, given.text);
      const assignees = await findAssignees(tx, this.directory, given, { actor, today });
      const instructionId = await this.write(tx, held, { text, due, assignees });
      const after = await this.desk.move(tx, held, {
        event: 'instruct',
        note: null,
        changes: {
          leader_id: actor.personId,
          instruction_id: instructionId,
          lead_person_id: assignees[0]?.personId,
          due_on: due,
        },
      });
      await this.index.run(tx, 'incoming', incomingId);
      const state = await this.status.state(tx, held.incoming, 'X.04', signer);
      await this.recordAssigned(tx, held, { instructionId, due, assignees });
      await this.tell(tx, held, { due, assignees });
      return handlingAnswer(after, state);
    });
  }

  private async write(
    tx: Tx,
    { handling }: HeldDocument,
    given: {
      readonly text: string | null;
      readonly due: string | null;
      readonly assignees: readonly Assignee[];
    },
  ): Promise<string> {
    const now = this.clock.now();
    await endTasks(tx, handling.id, now, { lead: 'withdrawn', others: 'withdrawn' });
    const id = newId();
    const tasks = given.assignees.map(({ part, personId, postId }) => ({
      id: newId(),
      part,
      person_id: personId,
      post_id: postId,
    }));
    await tx.execute(
      `WITH written AS (
         INSERT INTO workflow.instruction (id, handling_id, secrecy, n, text, due_on, given_by, given_at)
         SELECT $1, $2, $3, 1 + count(*), $4, $5::date, $6, $7 FROM workflow.instruction WHERE handling_id = $2
       )
       INSERT INTO workflow.handling_task
         (id, handling_id, instruction_id, agency_id, person_id, post_id, part, due_on, given_at)
       SELECT t.id, $2, $1, $8, t.person_id, t.post_id, t.part, $5::date, $7
         FROM jsonb_to_recordset($9::jsonb) AS t (id uuid, person_id uuid, post_id uuid, part text)`,
      [
        id,
        handling.id,
        handling.secrecy,
        given.text,
        given.due,
        (tx.actor as PersonActor).personId,
        now,
        handling.agency_id,
        JSON.stringify(tasks),
      ],
    );
    return id;
  }

  /** Each assignee learns as what, and by when. */
  private async tell(
    tx: Tx,
    { incoming }: HeldDocument,
    { due, assignees }: { readonly due: string | null; readonly assignees: readonly Assignee[] },
  ): Promise<void> {
    for (const part of ['lead', 'support', 'inform'] as const) {
      const people = assignees.filter((each) => each.part === part).map(({ personId }) => personId);
      const facts = { part, ...(due === null ? {} : { due }) };
      if (people.length > 0)
        await tellOfIncoming(tx, incoming, { kind: 'incoming.assigned', people, facts }, this.clock.now());
    }
  }

  private recordAssigned(
    tx: Tx,
    { incoming }: HeldDocument,
    given: {
      readonly instructionId: string;
      readonly due: string | null;
      readonly assignees: readonly Assignee[];
    },
  ): Promise<void> {
    const count = (part: Assignee['part']): number =>
      given.assignees.filter((assignee) => assignee.part === part).length;
    return this.audit.record(
      tx.actor,
      {
        action: 'incoming.assigned',
        outcome: 'success',
        documentId: documentIdOf(incoming),
        subject: { type: 'incoming', id: incoming.id },
        details: {
          instruction: given.instructionId,
          lead: given.assignees[0]?.personId ?? null,
          support: count('support'),
          inform: count('inform'),
          due: given.due,
        },
      },
      { within: tx },
    );
  }
}

/** Whoever replaces an instruction says which; whoever believes to be the first is told that somebody was faster. */
function checkReplaced({ handling }: HeldDocument, replaces: string | null): void {
  if (handling.instruction_id === replaces) return;
  throw new WorkflowError(replaces === null ? 'INSTRUCTION_STANDS' : 'VERSION_CONFLICT');
}

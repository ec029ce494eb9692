import { isAllowed } from '#access';
import type { Directory, HeldPost } from '#directory';
import type { FieldProblem, PersonActor, Tx } from '#platform';

import type { WorkflowErrorCode } from '../errors';
import { WorkflowError, workflowProblems } from '../errors';
import type { TaskPart } from './handling-view';

/** One person, or whoever holds a post. */
interface AssigneeRef {
  readonly personId?: string | null;
  readonly postId?: string | null;
}

export interface GivenAssignees {
  readonly lead: AssigneeRef;
  readonly support: readonly AssigneeRef[];
  readonly inform: readonly AssigneeRef[];
}

export interface Assignee {
  readonly part: TaskPart;
  readonly personId: string;
  /** The post by which the person was named. */
  readonly postId: string | null;
}

/**
 * The people meant: of the own agency, in office on that day, able to handle documents, each named once.
 *
 * @throws WorkflowError ASSIGNEE_UNKNOWN, ASSIGNEE_TWICE, each naming every field at fault
 */
export async function findAssignees(
  tx: Tx,
  directory: Directory,
  given: GivenAssignees,
  { actor, today }: { readonly actor: PersonActor; readonly today: string },
): Promise<readonly Assignee[]> {
  const held = await directory.appointmentsIn(actor.agencyId, today, tx);
  const named = [
    { part: 'lead' as const, ref: given.lead, field: 'lead' },
    ...given.support.map((ref, index) => ({ part: 'support' as const, ref, field: `support[${index}]` })),
    ...given.inform.map((ref, index) => ({ part: 'inform' as const, ref, field: `inform[${index}]` })),
  ].map((each) => ({ ...each, personId: personOf(actor, held, each.ref) }));
  refuse(
    'ASSIGNEE_UNKNOWN',
    named.filter(({ personId }) => personId === undefined),
  );
  refuse(
    'ASSIGNEE_TWICE',
    named.filter(({ personId }, index) => named.findIndex((other) => other.personId === personId) < index),
  );
  return named.map(({ part, ref, personId }) => ({
    part,
    personId: personId ?? '',
    postId: ref.postId ?? null,
  }));
}

function personOf(actor: PersonActor, held: readonly HeldPost[], ref: AssigneeRef): string | undefined {
  const postId = ref.postId ?? null;
  const personId = ref.personId ?? null;
  if ((postId === null) === (personId === null)) return undefined;
  const people = new Set(
    held
      .filter((each) => (postId === null ? each.personId === personId : each.postId === postId))
      .map((each) => each.personId),
  );
  const [person] = people;
  if (person === undefined || people.size > 1) return undefined;
  const roles = held.filter((each) => each.personId === person).flatMap((each) => each.roles);
  return isAllowed({ ...actor, roles }, 'incoming.handle') ? person : undefined;
}

function refuse(
  code: WorkflowErrorCode & ('ASSIGNEE_UNKNOWN' | 'ASSIGNEE_TWICE'),
  faults: readonly { readonly field: string }[],
): void {
  const message = workflowProblems[code];
  if (faults.length === 0 || message === undefined) return;
  const errors = faults.map(({ field }): FieldProblem => ({ field, code, vi: message.vi, en: message.en }));
  throw new WorkflowError(code, { errors });
}

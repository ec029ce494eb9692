import type { Actor, Role } from '#platform';

import type { WorkflowErrorCode } from '../errors';
import { WorkflowError } from '../errors';
import type { Basis } from '../rules/citation';

/** A reason, as a code, why a transition is not open to this subject now; undefined when it is. */
type Guard<Subject> = (subject: Subject) => GuardFailure | undefined;
type GuardFailure = WorkflowErrorCode;

/** One row of a state machine's table. */
export interface Transition<State extends string, Event extends string, Subject> {
  readonly from: State;
  readonly event: Event;
  readonly to: State;
  readonly guard?: Guard<Subject>;
  /** Who may cause it: people by their role, or the system itself. The policy guard has asked before. */
  readonly role: readonly (Role | 'system' | 'node')[];
  readonly legalBasis: Basis;
  /** The audit action or evidence event that the transition leaves behind. */
  readonly evidence: string;
}

/** A state machine is a table and nothing else. */
export interface StateMachine<State extends string, Event extends string, Subject = unknown> {
  readonly name: string;
  readonly initial: State;
  /** Where else a life may begin. */
  readonly otherEntries?: readonly State[];
  readonly states: readonly State[];
  /** States that nothing leaves. */
  readonly final: readonly State[];
  readonly transitions: readonly Transition<State, Event, Subject>[];
}

/**
 * Finds the row for `event` in `from` and checks its role and guard.
 *
 * @throws WorkflowError TRANSITION_NOT_ALLOWED, ROLE_NOT_ALLOWED, or the guard's own code.
 */
export function nextState<State extends string, Event extends string, Subject>(
  machine: StateMachine<State, Event, Subject>,
  from: State,
  event: Event,
  context: { readonly subject: Subject; readonly actor: Actor },
): Transition<State, Event, Subject> {
  const refusal = (code: WorkflowErrorCode): WorkflowError =>
    new WorkflowError(code, { facts: { machine: machine.name, state: from, event } });
  const rows = machine.transitions.filter((row) => row.from === from && row.event === event);
  if (rows.length === 0) {
    throw refusal('TRANSITION_NOT_ALLOWED');
  }
  const mine = rows.filter((row) => mayCause(context.actor, row.role));
  if (mine.length === 0) {
    throw refusal('ROLE_NOT_ALLOWED');
  }
  let failure: GuardFailure | undefined;
  for (const row of mine) {
    const reason = row.guard?.(context.subject);
    if (reason === undefined) return row;
    failure ??= reason;
  }
  throw refusal(failure ?? 'TRANSITION_NOT_ALLOWED');
}

function mayCause(actor: Actor, roles: readonly (Role | 'system' | 'node')[]): boolean {
  switch (actor.kind) {
    case 'person':
      return actor.roles.some((role) => roles.includes(role));
    case 'system':
      return roles.includes('system');
    case 'node':
      return roles.includes('node');
    case 'anonymous':
      return false;
  }
}

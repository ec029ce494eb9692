import type { Basis } from '../../rules/citation';
import { assumed, fromMemory } from '../../rules/citation';
import type { StateMachine } from '../../state-machine';

const statusPractice: Basis = {
  source: 'Status numbers of the national document exchange axis',
  certainty: 'read',
  note: 'practice of three implementations that agree; not law',
};

/**
 * Lấy lại, beside the state of a delivery: 13 asked by the sender, 15 agreed, 16 refused by the recipient. Both sides
 * keep it by the same table. What a recipient has not accepted (03) yet is granted by its node itself.
 */
const takeBackStates = ['NONE', '13', '15', '16'] as const;
export type TakeBackState = (typeof takeBackStates)[number];
export type TakeBackEvent = 'X.13' | 'X.15' | 'X.16';

const askers = ['clerk', 'leader', 'node', 'system'] as const;

export const takeBackMachine: StateMachine<TakeBackState, TakeBackEvent> = {
  name: 'take-back',
  initial: 'NONE',
  states: takeBackStates,
  final: ['15', '16'],
  transitions: [
    { from: 'NONE', event: 'X.13', to: '13', role: askers, legalBasis: statusPractice, evidence: 'X.13' },
    { from: '13', event: 'X.15', to: '15', role: askers, legalBasis: statusPractice, evidence: 'X.15' },
    { from: '13', event: 'X.16', to: '16', role: askers, legalBasis: statusPractice, evidence: 'X.16' },
  ],
};

/** Thu hồi, thay thế, đính chính of the document itself, as its deliveries and its copies know it. */
const withdrawalStates = ['IN_FORCE', 'CORRECTED', 'REPLACED', 'RECALLED'] as const;
export type WithdrawalState = (typeof withdrawalStates)[number];
/** Numbered as the operations of edXML: 1 recall, 2 update, 3 replace. */
export type WithdrawalEvent = 'O.1' | 'O.2' | 'O.3';

const recalling = fromMemory(
  'Decree 30/2020 art. 18',
  'the receiver cancels in the system, the sender keeps the register',
);
const amending = fromMemory(
  'Decree 30/2020 art. 18',
  'wrong content: amended or replaced; wrong form: corrected by công văn',
);
const crossing = assumed('an order may overtake an earlier one: the stronger stays');

export const withdrawalMachine: StateMachine<WithdrawalState, WithdrawalEvent> = {
  name: 'withdrawal',
  initial: 'IN_FORCE',
  states: withdrawalStates,
  final: ['RECALLED'],
  transitions: [
    { from: 'IN_FORCE', event: 'O.1', to: 'RECALLED', role: askers, legalBasis: recalling, evidence: 'O.1' },
    { from: 'IN_FORCE', event: 'O.2', to: 'CORRECTED', role: askers, legalBasis: amending, evidence: 'O.2' },
    { from: 'IN_FORCE', event: 'O.3', to: 'REPLACED', role: askers, legalBasis: amending, evidence: 'O.3' },
    { from: 'CORRECTED', event: 'O.1', to: 'RECALLED', role: askers, legalBasis: recalling, evidence: 'O.1' },
    { from: 'CORRECTED', event: 'O.3', to: 'REPLACED', role: askers, legalBasis: amending, evidence: 'O.3' },
    { from: 'REPLACED', event: 'O.1', to: 'RECALLED', role: askers, legalBasis: crossing, evidence: 'O.1' },
  ],
};

/** Where an event leads; undefined when the table has no such row, as when an order was overtaken. */
export function stateAfter<State extends string, Event extends string>(
  machine: StateMachine<State, Event>,
  from: State,
  event: Event,
): State | undefined {
  return machine.transitions.find((row) => row.from === from && row.event === event)?.to;
}

/** Whether a copy is no longer handed out. */
export function isFrozen(copy: {
  readonly takeBack: TakeBackState;
  readonly withdrawal: WithdrawalState;
}): boolean {
  return copy.takeBack === '15' || copy.withdrawal === 'REPLACED' || copy.withdrawal === 'RECALLED';
}

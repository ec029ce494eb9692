import type { Basis } from '../../rules/citation';
import type { StateMachine } from '../../state-machine';

export const incomingStates = ['01', '02', '03'] as const;

/** One incoming document as its recipient knows it: 01 arrived, 02 refused, 03 accepted and registered. */
export type IncomingState = (typeof incomingStates)[number];

/** The evidence by which the recipient moves it. */
export type IncomingEvent = 'C.3' | 'C.4';

const duty: Basis = {
  source: 'Decree 30/2020 art. 21; Decision 28/2018',
  certainty: 'memory',
  note: 'the receiving clerk checks and registers, or refuses with a reason',
};

export const incomingMachine: StateMachine<IncomingState, IncomingEvent> = {
  name: 'incoming',
  initial: '01',
  states: incomingStates,
  final: ['02', '03'],
  transitions: [
    { from: '01', event: 'C.3', to: '03', role: ['clerk'], legalBasis: duty, evidence: 'C.3' },
    { from: '01', event: 'C.4', to: '02', role: ['clerk'], legalBasis: duty, evidence: 'C.4' },
  ],
};

import type { Basis } from '../../rules/citation';
import { fromMemory } from '../../rules/citation';
import type { StateMachine } from '../../state-machine';

export const incomingStates = ['01', '02', '03', '04', '05', '06'] as const;

/**
 * One incoming document as its recipient has told the sender: 01 arrived, 02 refused, 03 accepted and registered, 04
 * assigned, 05 in progress, 06 completed. It never goes back; where the document is inside the agency is told by the
 * machine `handling`. A paper begins at 03.
 */
export type IncomingState = (typeof incomingStates)[number];

/** The evidence by which the recipient moves it. */
export type IncomingEvent = 'C.3' | 'C.4' | HandlingEvidence;
export type HandlingEvidence = 'X.04' | 'X.05' | 'X.06';

const duty: Basis = {
  source: 'Decree 30/2020 art. 21; Decision 28/2018',
  certainty: 'memory',
  note: 'the receiving clerk checks and registers, or refuses with a reason',
};
const handling = fromMemory('Decree 30/2020 art. 23–24', 'status numbers as in practice, not law');
const worker = ['drafter', 'clerk', 'leader'] as const;

export const incomingMachine: StateMachine<IncomingState, IncomingEvent> = {
  name: 'incoming',
  initial: '01',
  states: incomingStates,
  final: ['02', '06'],
  transitions: [
    { from: '01', event: 'C.3', to: '03', role: ['clerk'], legalBasis: duty, evidence: 'C.3' },
    { from: '01', event: 'C.4', to: '02', role: ['clerk'], legalBasis: duty, evidence: 'C.4' },
    { from: '03', event: 'X.04', to: '04', role: ['leader'], legalBasis: handling, evidence: 'X.04' },
    { from: '04', event: 'X.05', to: '05', role: worker, legalBasis: handling, evidence: 'X.05' },
    { from: '05', event: 'X.06', to: '06', role: worker, legalBasis: handling, evidence: 'X.06' },
  ],
};

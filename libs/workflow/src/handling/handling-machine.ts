import type { Basis } from '../rules/citation';
import { assumed } from '../rules/citation';
import type { StateMachine } from '../state-machine';

const handlingStates = ['REGISTERED', 'SUBMITTED', 'ASSIGNED', 'IN_PROGRESS', 'DONE'] as const;

/**
 * A registered incoming document inside its agency: with the clerk, with a leader, assigned (04), in progress (05),
 * completed (06).
 */
export type HandlingState = (typeof handlingStates)[number];

export type HandlingEvent = 'submit' | 'return' | 'instruct' | 'start' | 'relieve' | 'complete';

const process: Basis = {
  source: 'Decree 30/2020 art. 23–24',
  certainty: 'memory',
  note: 'submitted, assigned with exactly one lead and a date, followed up',
};
const back = assumed('who cannot decide or handle gives it back with a reason, and nothing is lost');
const worker = ['drafter', 'clerk', 'leader'] as const;

export const handlingMachine: StateMachine<HandlingState, HandlingEvent> = {
  name: 'handling',
  initial: 'REGISTERED',
  states: handlingStates,
  // Completed is stated to the sender under signature: it is not taken back.
  final: ['DONE'],
  transitions: [
    {
      from: 'REGISTERED',
      event: 'submit',
      to: 'SUBMITTED',
      role: ['clerk'],
      legalBasis: process,
      evidence: 'incoming.submitted',
    },
    {
      from: 'SUBMITTED',
      event: 'submit',
      to: 'SUBMITTED',
      role: ['clerk'],
      legalBasis: assumed('to another leader, where the first is away'),
      evidence: 'incoming.submitted',
    },
    {
      from: 'SUBMITTED',
      event: 'return',
      to: 'REGISTERED',
      role: ['leader'],
      legalBasis: back,
      evidence: 'incoming.returned',
    },
    {
      from: 'SUBMITTED',
      event: 'instruct',
      to: 'ASSIGNED',
      role: ['leader'],
      legalBasis: process,
      evidence: 'X.04',
    },
    {
      from: 'ASSIGNED',
      event: 'instruct',
      to: 'ASSIGNED',
      role: ['leader'],
      legalBasis: process,
      evidence: 'incoming.assigned',
    },
    {
      from: 'IN_PROGRESS',
      event: 'instruct',
      to: 'ASSIGNED',
      role: ['leader'],
      legalBasis: process,
      evidence: 'incoming.assigned',
    },
    {
      from: 'ASSIGNED',
      event: 'start',
      to: 'IN_PROGRESS',
      role: worker,
      legalBasis: process,
      evidence: 'X.05',
    },
    {
      from: 'ASSIGNED',
      event: 'relieve',
      to: 'SUBMITTED',
      role: worker,
      legalBasis: back,
      evidence: 'incoming.relieved',
    },
    {
      from: 'IN_PROGRESS',
      event: 'relieve',
      to: 'SUBMITTED',
      role: worker,
      legalBasis: back,
      evidence: 'incoming.relieved',
    },
    {
      from: 'IN_PROGRESS',
      event: 'complete',
      to: 'DONE',
      role: worker,
      legalBasis: process,
      evidence: 'X.06',
    },
  ],
};

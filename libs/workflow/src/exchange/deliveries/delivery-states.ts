import type { Basis } from '../../rules/citation';
import { assumed } from '../../rules/citation';
import type { StateMachine } from '../../state-machine';

const statusPractice: Basis = {
  source: 'Status numbers of the national document exchange axis',
  certainty: 'read',
  note: 'practice of three implementations that agree; not law',
};

export const deliveryStates = [
  'QUEUED',
  'SENT',
  '01',
  '02',
  '03',
  '04',
  '05',
  '06',
  'NON_DELIVERED',
] as const;

/**
 * One document on its way to one recipient, as the sender knows it. 01 has arrived, 02 refused, 03 accepted
 * and registered, 04 assigned, 05 in progress, 06 completed; NON_DELIVERED lies in the dead letters until it is
 * sent again.
 */
export type DeliveryState = (typeof deliveryStates)[number];

/** `handed-over`: the transport took it. A.1 … X.06: evidence of that event has been verified. */
export type DeliveryEvent =
  'handed-over' | 'D.1' | 'D.2' | 'C.3' | 'C.4' | 'X.04' | 'X.05' | 'X.06' | 'gave-up' | 'resend';

type Rows = StateMachine<DeliveryState, DeliveryEvent>['transitions'];

const byNode = ['system', 'node'] as const;
const crossing = assumed(
  'evidence may overtake: a later statement settles the delivery whatever was known before',
);

/** Where the recipient has not been heard of yet, or nothing but that the document arrived. */
const unanswered = ['01', 'SENT', 'QUEUED', 'NON_DELIVERED'] as const;

const answered = [
  { event: 'C.3', to: '03' },
  { event: 'C.4', to: '02' },
] as const;

/** How the recipient goes on with what it accepted, in this order; a later statement may overtake an earlier one. */
const handled = [
  { event: 'X.04', to: '04', after: '03' },
  { event: 'X.05', to: '05', after: '04' },
  { event: 'X.06', to: '06', after: '05' },
] as const;

const answers: Rows = unanswered.flatMap((from) =>
  answered.map(({ event, to }) => ({
    from,
    event,
    to,
    role: byNode,
    legalBasis: from === '01' ? statusPractice : crossing,
    evidence: event,
  })),
);

const progress: Rows = handled.flatMap(({ event, to, after }) =>
  [...unanswered, '03' as const, '04' as const, '05' as const]
    .filter((from) => !isBehind(to, from) && from !== to)
    .map((from) => ({
      from,
      event,
      to,
      role: byNode,
      legalBasis: from === after ? statusPractice : crossing,
      evidence: event,
    })),
);

export const deliveryMachine: StateMachine<DeliveryState, DeliveryEvent> = {
  name: 'delivery',
  initial: 'QUEUED',
  states: deliveryStates,
  final: ['02', '06'],
  transitions: [
    {
      from: 'QUEUED',
      event: 'handed-over',
      to: 'SENT',
      role: byNode,
      legalBasis: statusPractice,
      evidence: 'delivery.sent',
    },
    { from: 'SENT', event: 'D.1', to: '01', role: byNode, legalBasis: statusPractice, evidence: 'D.1' },
    { from: 'QUEUED', event: 'D.1', to: '01', role: byNode, legalBasis: crossing, evidence: 'D.1' },
    { from: 'NON_DELIVERED', event: 'D.1', to: '01', role: byNode, legalBasis: crossing, evidence: 'D.1' },
    ...answers,
    ...progress,
    {
      from: 'SENT',
      event: 'D.2',
      to: 'NON_DELIVERED',
      role: byNode,
      legalBasis: assumed('ETSI EN 319 522-1'),
      evidence: 'D.2',
    },
    {
      from: 'QUEUED',
      event: 'D.2',
      to: 'NON_DELIVERED',
      role: byNode,
      legalBasis: assumed('ETSI EN 319 522-1'),
      evidence: 'D.2',
    },
    {
      from: 'QUEUED',
      event: 'gave-up',
      to: 'NON_DELIVERED',
      role: byNode,
      legalBasis: assumed('bounded tries, then a person decides'),
      evidence: 'delivery.dead_lettered',
    },
    {
      from: 'SENT',
      event: 'gave-up',
      to: 'NON_DELIVERED',
      role: byNode,
      legalBasis: assumed('bounded tries, then a person decides'),
      evidence: 'delivery.dead_lettered',
    },
    {
      from: 'NON_DELIVERED',
      event: 'resend',
      to: 'QUEUED',
      role: ['clerk', 'administrator'],
      legalBasis: assumed('an operator sends the same message again'),
      evidence: 'delivery.resent',
    },
  ],
};

/** Where an event leads from a state; undefined when the table has no such row. */
export function deliveryAfter(from: DeliveryState, event: DeliveryEvent): DeliveryState | undefined {
  return deliveryMachine.transitions.find((row) => row.from === from && row.event === event)?.to;
}

/**
 * Whether a status lies behind a state, or is the same: what proves it then adds nothing. 02 ends a delivery, so only
 * that it arrived lies behind it.
 */
export function isBehind(status: string | null, state: DeliveryState): boolean {
  if (status === null || !/^0[1-6]$/.test(state)) return false;
  return state === '02' ? status === '01' || status === '02' : status !== '02' && status <= state;
}

/**
 * Rows of `workflow.delivery` whose message still has to be carried. Also one that the recipient has settled already:
 * the answer that proves the arrival (D.1) may have been lost with a worker while C.3 or C.4 came its own way. What is
 * asked back, given back, recalled or replaced is held.
 */
export const stillToCarry = `consigned_at IS NULL AND state <> 'NON_DELIVERED' AND take_back NOT IN ('13', '15')
  AND withdrawal NOT IN ('RECALLED', 'REPLACED')`;

export type { MachineTable } from './apply-transition';
export { applyTransition, lockRow } from './apply-transition';
export { drawStateMachine } from './draw';
export { machineFaults } from './reachability';
export { nextState } from './state-machine';
export type { StateMachine, Transition } from './state-machine';

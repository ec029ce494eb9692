import type { IncomingState } from '../exchange/incoming/incoming-states';
import type { HandlingState } from './handling-machine';
import type { HandlingRow } from './handling-row';

/** A document as the API answers it after a step. */
export interface HandlingAnswer {
  readonly id: string;
  /** Where it is inside the agency. */
  readonly handling: HandlingState;
  /** What the sender is told: 03 to 06. */
  readonly state: IncomingState;
  /** Send it back as `If-Match` to be told of somebody else's change. */
  readonly version: number;
}

export function handlingAnswer({ id, state, version }: HandlingRow, status: IncomingState): HandlingAnswer {
  return { id, handling: state, state: status, version };
}

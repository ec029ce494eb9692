import type { Secrecy } from '../rules';
import type { MachineTable } from '../state-machine';
import type { HandlingState } from './handling-machine';

/** A row of `workflow.handling`; its id is that of the incoming document. */
export interface HandlingRow {
  readonly id: string;
  readonly agency_id: string;
  readonly secrecy: Secrecy;
  readonly state: HandlingState;
  readonly version: number;
  readonly leader_id: string | null;
  readonly instruction_id: string | null;
  readonly lead_person_id: string | null;
  /** `YYYY-MM-DD` */
  readonly due_on: string | null;
}

export const handlingTable: MachineTable = {
  table: 'workflow.handling',
  columns: `id, agency_id, secrecy, state, version, leader_id, instruction_id, lead_person_id, due_on::text AS due_on`,
};

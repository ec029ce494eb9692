import type { IncomingDocument } from '../../api/types';

type Instruction = NonNullable<IncomingDocument['process']>['instructions'][number];

export const partNames = ['lead', 'support', 'inform'] as const;

/** A person in an instruction that is being written. */
export interface Assigned {
  readonly personId: string;
  readonly fullName: string;
  readonly part: (typeof partNames)[number];
}

/** Those whom an instruction names; nobody where there is none yet. */
export const assignedIn = (instruction: Instruction | undefined): readonly Assigned[] =>
  instruction === undefined
    ? []
    : [
        { ...nameOf(instruction.lead), part: 'lead' },
        ...instruction.support.map((task): Assigned => ({ ...nameOf(task), part: 'support' })),
        ...instruction.inform.map((task): Assigned => ({ ...nameOf(task), part: 'inform' })),
      ];

const nameOf = ({ personId, fullName }: Instruction['lead']): Pick<Assigned, 'personId' | 'fullName'> => ({
  personId,
  fullName,
});

/** Gives a person a part; the lead before co-operates from then on, so that there is never a second one. */
export function withPart(people: readonly Assigned[], personId: string, value: string): readonly Assigned[] {
  const part = partNames.find((name) => name === value) ?? 'support';
  return people.map((each) => {
    if (each.personId === personId) return { ...each, part };
    return part === 'lead' && each.part === 'lead' ? { ...each, part: 'support' } : each;
  });
}

import { machineFaults, outgoingMachine } from '#workflow';
import type { Act } from './act';
import type { Change, Step } from './recorded-changes';
import { faultOf, governed } from './recorded-changes';
import { faultOfOutcome } from './walk';

const submit: Pick<Act, 'moves'> = {
  moves: { table: 'document', event: 'submit', machine: outgoingMachine },
};
const change = (was: string, became: string): Change => ({
  ...{ n: 1, table: 'document', subject: 'd', column: 'state', person: 'p' },
  was,
  became,
});
const quietly = { expected: 'done', own: [change('DRAFT', 'IN_REVIEW')], overtaken: false };

describe('every governed column', () => {
  it.each(governed.map((each) => [`${each.table}.${each.column}`, each] as const))(
    '%s reaches every state of its machine and ends in its final ones alone',
    (_, { machine }) => {
      expect(machineFaults(machine)).toEqual({ unreachable: [], stuck: [], notFinal: [], undeclared: [] });
    },
  );

  it('takes no step that its machine does not draw', () => {
    const step = { table: 'delivery', column: 'state', times: 1 };
    const faults = (was: string | null, became: string): string | undefined =>
      faultOf({ ...step, was, became } satisfies Step);
    expect(faults(null, 'QUEUED')).toBeUndefined();
    expect(faults('03', '04')).toBeUndefined();
    expect(faults('04', '03')).toBe('delivery.state: 04 to 03');
    expect(faults(null, '03')).toBe('delivery.state: nothing to 03');
  });
});

describe('what a walker says of an outcome', () => {
  it('is nothing where the table, the answer and what happened agree', () => {
    expect(faultOfOutcome(submit, { ...quietly, answer: { status: 200 } })).toBeUndefined();
    const refused = { status: 409, code: 'TRANSITION_NOT_ALLOWED', state: 'ISSUED' };
    const expected = { expected: 'TRANSITION_NOT_ALLOWED', own: [], overtaken: false };
    expect(faultOfOutcome(submit, { ...expected, answer: refused })).toBeUndefined();
  });

  it.each([
    ['failed', { ...quietly, answer: { status: 500, code: 'INTERNAL_ERROR' } }],
    ['was refused and changed something', { ...quietly, answer: { status: 409, code: 'VERSION_CONFLICT' } }],
    [
      'was refused in a state from which the table leads on',
      {
        ...quietly,
        own: [],
        overtaken: true,
        answer: { status: 409, code: 'TRANSITION_NOT_ALLOWED', state: 'DRAFT' },
      },
    ],
    [
      'was answered otherwise than expected',
      { ...quietly, own: [], answer: { status: 403, code: 'NOT_YOUR_DRAFT' } },
    ],
    ['changed something a second time', { ...quietly, expected: 'repeated', answer: { status: 200 } }],
    ['was let through', { ...quietly, expected: 'NOT_YOUR_DRAFT', answer: { status: 200 } }],
    ['was done, and nothing moved', { ...quietly, own: [], answer: { status: 200 } }],
  ])('is that it %s', (fault, outcome) => {
    expect(faultOfOutcome(submit, outcome)).toBe(fault);
  });
});

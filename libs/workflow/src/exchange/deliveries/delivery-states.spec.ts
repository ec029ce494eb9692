import { drawStateMachine, machineFaults } from '../../state-machine';
import { deliveryAfter, deliveryMachine, deliveryStates } from './delivery-states';

describe('the table of a delivery', () => {
  it('reaches every state and leaves none but the final ones stuck', () => {
    expect(machineFaults(deliveryMachine)).toEqual({
      unreachable: [],
      stuck: [],
      notFinal: [],
      undeclared: [],
    });
  });

  it('has one row for a state and an event', () => {
    const keys = deliveryMachine.transitions.map(({ from, event }) => `${from} ${event}`);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('never leaves what the recipient said last', () => {
    for (const settled of ['02', '03'] as const) {
      for (const { event } of deliveryMachine.transitions)
        expect(deliveryAfter(settled, event)).toBeUndefined();
    }
  });

  it('takes the last word of the recipient in every state before it', () => {
    for (const state of deliveryStates.filter((each) => each !== '02' && each !== '03')) {
      expect(deliveryAfter(state, 'C.3')).toBe('03');
      expect(deliveryAfter(state, 'C.4')).toBe('02');
    }
  });

  it('can be drawn', () => {
    expect(drawStateMachine(deliveryMachine)).toContain('QUEUED --> SENT: handed-over');
  });
});

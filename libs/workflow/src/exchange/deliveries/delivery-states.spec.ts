import { drawStateMachine, machineFaults } from '../../state-machine';
import { deliveryAfter, deliveryMachine, deliveryStates, isBehind } from './delivery-states';

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
    for (const settled of ['02', '06'] as const) {
      for (const { event } of deliveryMachine.transitions)
        expect(deliveryAfter(settled, event)).toBeUndefined();
    }
  });

  const answered = ['02', '03', '04', '05', '06'];

  it('takes the answer of the recipient in every state before it, and no other answer after it', () => {
    for (const state of deliveryStates) {
      expect(deliveryAfter(state, 'C.3')).toBe(answered.includes(state) ? undefined : '03');
      expect(deliveryAfter(state, 'C.4')).toBe(answered.includes(state) ? undefined : '02');
    }
  });

  it('follows the recipient forward only, whatever was overtaken', () => {
    for (const state of deliveryStates) {
      const ahead = ['04', '05', '06'].filter((status) => !answered.includes(state) || status > state);
      for (const status of ['04', '05', '06'] as const) {
        const to = state !== '02' && ahead.includes(status) ? status : undefined;
        expect([state, status, deliveryAfter(state, `X.${status}`)]).toEqual([state, status, to]);
      }
    }
  });

  it('knows what lies behind a state', () => {
    expect(isBehind('03', '05')).toBe(true);
    expect(isBehind('05', '05')).toBe(true);
    expect(isBehind('06', '05')).toBe(false);
    expect(isBehind('02', '03')).toBe(false);
    expect(isBehind('03', '02')).toBe(false);
    expect(isBehind('01', '02')).toBe(true);
    expect(isBehind(null, '06')).toBe(false);
  });

  it('can be drawn', () => {
    expect(drawStateMachine(deliveryMachine)).toContain('QUEUED --> SENT: handed-over');
  });
});

import type { Urgency } from './marks';
import { acknowledgementDue, acknowledgementRules } from './acknowledgement';

const hanoi = (text: string): Date => new Date(`${text}:00+07:00`);

/** Saturday, ten at night. */
const night = hanoi('2026-11-21T22:00');
const fridayAfternoon = hanoi('2026-11-20T16:00');

describe('the time to acknowledge', () => {
  it('has one rule for each urgency', () => {
    expect(acknowledgementRules.map(({ urgency }) => urgency)).toEqual([0, 1, 2, 3, 4]);
  });

  it.each<[Urgency, Date, string]>([
    [0, fridayAfternoon, '2026-11-23T17:00'],
    [1, fridayAfternoon, '2026-11-23T10:30'],
    [2, fridayAfternoon, '2026-11-23T08:30'],
    [3, fridayAfternoon, '2026-11-20T16:30'],
    [3, night, '2026-11-21T22:30'],
    [2, night, '2026-11-23T09:30'],
  ])('urgency %i', (urgency, from, due) => {
    expect(acknowledgementDue(urgency, from, null).due).toEqual(hanoi(due));
  });

  it('is what stands on a timed express document', () => {
    const stated = hanoi('2026-11-22T06:00');
    const { due, escalations } = acknowledgementDue(4, night, stated);
    expect(due).toEqual(stated);
    expect(escalations.map(({ at }) => at)).toEqual([
      hanoi('2026-11-22T02:00'),
      stated,
      hanoi('2026-11-22T14:00'),
    ]);
  });

  it('is late at once where the stated time has passed', () => {
    const stated = hanoi('2026-11-21T21:00');
    const { due, escalations } = acknowledgementDue(4, night, stated);
    expect(due).toEqual(stated);
    expect(escalations.map(({ at }) => at)).toEqual([night, night, hanoi('2026-11-21T22:30')]);
  });

  it('reminds after half, all and twice the office time', () => {
    const { escalations } = acknowledgementDue(2, fridayAfternoon, null);
    expect(escalations).toEqual([
      { percent: 50, at: hanoi('2026-11-20T17:00') },
      { percent: 100, at: hanoi('2026-11-23T08:30') },
      { percent: 200, at: hanoi('2026-11-23T10:30') },
    ]);
  });

  it('can be configured', () => {
    const limits = { 3: { kind: 'wall-clock', minutes: 15 } } as const;
    expect(acknowledgementDue(3, night, null, limits).due).toEqual(hanoi('2026-11-21T22:15'));
  });
});

import { dueDatesToRemindOf, firstDayNotLate, lastDaySoon } from './handling-deadlines';

const notLate = (now: string, today: string): string => firstDayNotLate(new Date(now), today);

describe('the due date of an incoming document', () => {
  it('lasts to the end of office hours in Viet Nam', () => {
    // Friday 20 November 2026.
    expect(notLate('2026-11-20T09:00:00+07:00', '2026-11-20')).toBe('2026-11-20');
    expect(notLate('2026-11-20T23:00:00+07:00', '2026-11-20')).toBe('2026-11-21');
  });

  it('on a day off lasts through the next working day', () => {
    expect(notLate('2026-11-22T10:00:00+07:00', '2026-11-22')).toBe('2026-11-21');
    expect(notLate('2026-11-23T10:00:00+07:00', '2026-11-23')).toBe('2026-11-21');
    expect(notLate('2026-11-24T10:00:00+07:00', '2026-11-24')).toBe('2026-11-24');
  });

  it('is near two working days ahead', () => {
    expect(lastDaySoon('2026-11-19')).toBe('2026-11-23');
    expect(lastDaySoon('2026-11-23')).toBe('2026-11-25');
  });

  it('is reminded of on its last day and on the working day before', () => {
    expect(dueDatesToRemindOf('2026-11-20')).toEqual({ first: '2026-11-20', last: '2026-11-23' });
    expect(dueDatesToRemindOf('2026-11-22')).toBeUndefined();
    expect(dueDatesToRemindOf('2026-11-23')).toEqual({ first: '2026-11-21', last: '2026-11-24' });
  });
});

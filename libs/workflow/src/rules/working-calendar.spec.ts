import fc from 'fast-check';

import { dayOfLunarCalendar } from './lunar-calendar';
import {
  addWorkingTime,
  endOfOffice,
  isWorkingDay,
  nextWorkingDay,
  workingMinutesBetween,
} from './working-calendar';

const hanoi = (text: string): Date => new Date(`${text}:00+07:00`);

describe('the lunar calendar', () => {
  it('knows the first day of Tết as the calendars print it', () => {
    const printed = [
      '2024-02-10',
      '2025-01-29',
      '2026-02-17',
      '2027-02-06',
      '2028-01-26',
      '2029-02-13',
      '2030-02-02',
      '2031-01-23',
      '2032-02-11',
      '2033-01-31',
      '2034-02-19',
      '2035-02-08',
      '2036-01-28',
      '2037-02-15',
      '2038-02-04',
      '2039-01-24',
      '2040-02-12',
    ];
    expect(printed.map((_day, index) => dayOfLunarCalendar(2024 + index, 1, 1))).toEqual(printed);
  });

  it('differs from the calendar of China where the new moon comes between two midnights', () => {
    expect([1968, 1985, 2007].map((year) => dayOfLunarCalendar(year, 1, 1))).toEqual([
      '1968-01-29',
      '1985-01-21',
      '2007-02-17',
    ]);
  });

  it('finds the day of the Hùng Kings also behind a leap month', () => {
    expect([2022, 2023, 2024, 2025, 2026, 2027].map((year) => dayOfLunarCalendar(year, 3, 10))).toEqual([
      '2022-04-10',
      '2023-04-29',
      '2024-04-18',
      '2025-04-07',
      '2026-04-26',
      '2027-04-16',
    ]);
  });
});

describe('the working calendar', () => {
  it('rests over Tết of 2026 from the last day of the year and works on again a week later', () => {
    expect(isWorkingDay('2026-02-13')).toBe(true);
    expect(['16', '17', '18', '19', '20'].map((day) => isWorkingDay(`2026-02-${day}`))).toEqual(
      Array.from({ length: 5 }, () => false),
    );
    expect(nextWorkingDay('2026-02-13')).toBe('2026-02-23');
  });

  it('gives a day back for a holiday on a weekend: the Hùng Kings of 2026 on a Sunday', () => {
    expect(nextWorkingDay('2026-04-24')).toBe('2026-04-28');
    expect(isWorkingDay('2026-04-27')).toBe(false);
  });

  it('gives two days back where two days of Tết are a weekend', () => {
    expect(nextWorkingDay('2024-02-07')).toBe('2024-02-15');
  });

  it('works on a Saturday for a day that was moved', () => {
    expect(isWorkingDay('2026-08-22')).toBe(true);
    expect(nextWorkingDay('2026-08-28')).toBe('2026-09-03');
  });

  it('has a plan for a year without a decision', () => {
    expect(nextWorkingDay('2027-02-04')).toBe('2027-02-12');
  });

  it('refuses what is no date', () => {
    expect(() => isWorkingDay('21/11/2026')).toThrow(TypeError);
    expect(() => isWorkingDay('2026-13-01')).toThrow(TypeError);
  });

  it('counts office time over noon, night and weekend', () => {
    expect(addWorkingTime(hanoi('2026-11-20T10:30'), 120)).toEqual(hanoi('2026-11-20T14:00'));
    expect(addWorkingTime(hanoi('2026-11-20T16:00'), 60)).toEqual(hanoi('2026-11-20T17:00'));
    expect(addWorkingTime(hanoi('2026-11-20T16:00'), 61)).toEqual(hanoi('2026-11-23T07:31'));
    expect(addWorkingTime(hanoi('2026-11-21T10:00'), 0)).toEqual(hanoi('2026-11-23T07:30'));
    expect(endOfOffice('2026-11-23')).toEqual(hanoi('2026-11-23T17:00'));
    expect(workingMinutesBetween(hanoi('2026-11-20T16:00'), hanoi('2026-11-23T08:30'))).toBe(120);
    expect(workingMinutesBetween(hanoi('2026-11-21T08:00'), hanoi('2026-11-22T20:00'))).toBe(0);
    expect(workingMinutesBetween(hanoi('2026-11-23T08:00'), hanoi('2026-11-20T08:00'))).toBe(0);
  });

  it('measures what it added', () => {
    const instants = fc.date({
      min: new Date('2024-01-01T00:00:00Z'),
      max: new Date('2040-01-01T00:00:00Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(instants, fc.integer({ min: 0, max: 20_000 }), (from, minutes) => {
        const to = addWorkingTime(from, minutes);
        expect(workingMinutesBetween(from, to)).toBeCloseTo(minutes, 6);
        expect(to.getTime()).toBeGreaterThanOrEqual(from.getTime());
      }),
      { numRuns: 200 },
    );
  });
});

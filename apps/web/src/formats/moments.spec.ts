import {
  day,
  dayLater,
  moment,
  nowForInput,
  readDay,
  readMoment,
  timeOfDay,
  today,
  writeMoment,
} from './moments';

describe('a moment on the page', () => {
  it('is two-digit, of Viet Nam, and says so, wherever the computer stands', () => {
    expect(moment('2026-11-08T00:05:09.000Z')).toBe('08/11/2026 07:05 (+07:00)');
    expect(moment('2026-12-31T17:00:00.000Z')).toBe('01/01/2027 00:00 (+07:00)');
    expect(timeOfDay('2026-12-31T17:00:05.000Z')).toBe('00:00:05');
    expect(day('2026-09-02')).toBe('02/09/2026');
    expect(dayLater('2026-12-31', 1)).toBe('2027-01-01');
    expect(today()).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    expect(nowForInput()).toMatch(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/);
  });
});

describe('a day that somebody types', () => {
  it.each([
    ['02/09/2026', '2026-09-02'],
    [' 2/9/2026 ', '2026-09-02'],
    ['2-9-2026', '2026-09-02'],
    ['29.02.2028', '2028-02-29'],
  ])('%s is %s', (typed, read) => {
    expect(readDay(typed)).toBe(read);
  });

  it.each(['', '2/9', '2/9/26', '31/02/2026', '29/02/2026', '13/13/2026', '00/01/2026', '2026-09-02', 'mai'])(
    '%j is none',
    (typed) => {
      expect(readDay(typed)).toBeUndefined();
    },
  );

  it('may have a time', () => {
    expect(readMoment('2/9/2026 7:05')).toBe('2026-09-02T07:05');
    expect(readMoment('02/09/2026 23h59')).toBe('2026-09-02T23:59');
    for (const typed of ['02/09/2026', '02/09/2026 24:00', '02/09/2026 7:60', '31/02/2026 07:00', '7:05'])
      expect(readMoment(typed)).toBeUndefined();
    expect(writeMoment('2026-09-02T07:05')).toBe('02/09/2026 07:05');
  });
});

it('leaves what is no day as it stands', () => {
  for (const text of ['', 'garbage', '31/11/2026', '2026-11-01T00:00']) {
    expect(day(text)).toBe(text);
  }
  for (const text of ['', 'garbage', '31/11/2026']) expect(dayLater(text, 1)).toBe(text);
  for (const text of ['', 'garbage', '31/11/2026 7h']) expect(writeMoment(text)).toBe(text);
});

import { vietnamDate, vietnamDateLine, vietnamDateTime, vietnamYear } from './vietnam-time';

describe('time in Việt Nam', () => {
  it('turns the day and the year at 17:00 UTC', () => {
    expect(vietnamDate(new Date('2025-12-31T16:59:59.999Z'))).toBe('2025-12-31');
    expect(vietnamDate(new Date('2025-12-31T17:00:00Z'))).toBe('2026-01-01');
    expect(vietnamYear(new Date('2025-12-31T17:00:00Z'))).toBe(2026);
  });

  it('is the day that the time-zone database says, before and after the country had one time', () => {
    const format = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Ho_Chi_Minh', dateStyle: 'short' });
    for (let at = Date.UTC(1955, 0, 1); at < Date.UTC(2060, 0, 1); at += 101 * 3_600_000 + 1)
      expect(vietnamDate(new Date(at))).toBe(format.format(at));
  });

  it('is written for people', () => {
    expect(vietnamDateTime(new Date('2025-11-21T17:05:09.123Z'))).toBe('22/11/2025 00:05:09');
  });

  it('puts a zero before days below 10 and months below 3 only', () => {
    expect(vietnamDateLine('2025-02-05')).toBe('ngày 05 tháng 02 năm 2025');
    expect(vietnamDateLine('2025-03-31')).toBe('ngày 31 tháng 3 năm 2025');
    expect(vietnamDateLine('2025-12-10')).toBe('ngày 10 tháng 12 năm 2025');
    expect(() => vietnamDateLine('5/2/2025')).toThrow(TypeError);
  });
});

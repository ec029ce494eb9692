/** Official documents are dated by the calendar of Việt Nam, wherever the server stands. */
const vietnamTimeZone = 'Asia/Ho_Chi_Minh';

const parts = new Intl.DateTimeFormat('en-CA', {
  timeZone: vietnamTimeZone,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});

type Field = 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second';

function fieldsOf(instant: Date): Record<Field, string> {
  const fields: Partial<Record<string, string>> = {};
  for (const { type, value } of parts.formatToParts(instant)) fields[type] = value;
  return fields as Record<Field, string>;
}

/** Since 13 June 1975 the whole country keeps UTC+7 without summer time (tz database, Asia/Ho_Chi_Minh). */
const sinceUnified = Date.UTC(1975, 5, 13);
/** From here on a year has more than four digits. */
const farFuture = Date.UTC(9999, 0, 1);
const utcPlus7 = 7 * 3_600_000;

/** The calendar day in Việt Nam as `YYYY-MM-DD`. */
export function vietnamDate(instant: Date): string {
  // Every request asks for the day; the formatter takes fifty times as long.
  const time = instant.getTime();
  if (time >= sinceUnified && time < farFuture) return new Date(time + utcPlus7).toISOString().slice(0, 10);
  const { year, month, day } = fieldsOf(instant);
  return `${year}-${month}-${day}`;
}

/** The calendar year in Việt Nam, in which series of numbers run. */
export function vietnamYear(instant: Date): number {
  return Number(vietnamDate(instant).slice(0, 4));
}

/** `21/11/2025 14:05:09`, for people. */
export function vietnamDateTime(instant: Date): string {
  const { year, month, day, hour, minute, second } = fieldsOf(instant);
  return `${day}/${month}/${year} ${hour}:${minute}:${second}`;
}

/**
 * The line of place and date without the place, `ngày 05 tháng 02 năm 2025`: a day below 10 and a month
 * below 3 carry a leading zero (Decree 30/2020, annex I, part I, II.4).
 *
 * @param date `YYYY-MM-DD`
 */
export function vietnamDateLine(date: string): string {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date);
  if (!match) throw new TypeError(`not a date: ${date}`);
  const [, year = '', month = '', day = ''] = match;
  const monthText = Number(month) < 3 ? month : String(Number(month));
  return `ngày ${day} tháng ${monthText} năm ${year}`;
}

const zone = 'Asia/Ho_Chi_Minh';

const parts = new Intl.DateTimeFormat('vi-VN', {
  timeZone: zone,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

/** `08/11/2026 14:05 (+07:00)`, in both languages, wherever the computer stands. */
export function moment(iso: string): string {
  const found = Object.fromEntries(
    parts.formatToParts(new Date(iso)).map(({ type, value }) => [type, value]),
  );
  const { day, month, year, hour, minute } = found as Record<string, string>;
  return `${day}/${month}/${year} ${hour}:${minute} (+07:00)`;
}

/** `14:05:09` in Viet Nam, for lines below their day. */
export function timeOfDay(iso: string): string {
  return inVietnam(iso).slice(11, 19);
}

/** `2026-11-08` as `08/11/2026`; what is no day of the calendar as it stands. */
export function day(date: string): string {
  return /^\d{4}-\d{2}-\d{2}$/.test(date) ? date.split('-').toReversed().join('/') : date;
}

/** Today in Viet Nam, `YYYY-MM-DD`. */
export function today(): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(new Date());
}

/** Now in Viet Nam, as an input of date and time takes it: `2026-11-08T14:05`. */
export function nowForInput(): string {
  return toVietnamInput(new Date().toISOString());
}

/** A moment as an input of date and time takes it, in Vietnamese time. */
export function toVietnamInput(iso: string): string {
  return inVietnam(iso).slice(0, 16);
}

/** What was entered in such an input, ISO 8601 with offset. */
export function fromVietnamInput(text: string): string {
  return `${text}:00+07:00`;
}

/** `2/9/2026`, `02-09-2026` or `02.09.2026` as `2026-09-02`; undefined for what is no day. */
export function readDay(typed: string): string | undefined {
  const [, d, m, year] = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(typed.trim()) ?? [];
  if (d === undefined || m === undefined || year === undefined) return undefined;
  const date = new Date(Date.UTC(Number(year), Number(m) - 1, Number(d))).toISOString().slice(0, 10);
  // A day that its month does not have would be one of the next month.
  return date === `${year}-${m.padStart(2, '0')}-${d.padStart(2, '0')}` ? date : undefined;
}

/** `2/9/2026 7:05` or `02/09/2026 7h05` as `2026-09-02T07:05`; undefined for what is no day and time. */
export function readMoment(typed: string): string | undefined {
  const [, date = '', hour = '', minute = ''] =
    /^(\S+) +([01]?\d|2[0-3])[:h]([0-5]\d)$/.exec(typed.trim()) ?? [];
  const read = readDay(date);
  return read === undefined ? undefined : `${read}T${hour.padStart(2, '0')}:${minute}`;
}

/** `2026-09-02T07:05` as `02/09/2026 07:05`; anything else as it stands. */
export function writeMoment(text: string): string {
  return /^[\d-]{10}T\d{2}:\d{2}$/.test(text) ? `${day(text.slice(0, 10))} ${text.slice(11)}` : text;
}

/** A day so many days later, both `YYYY-MM-DD`; what is no day as it stands, for the server to refuse. */
export function dayLater(date: string, days: number): string {
  const later = Date.parse(date) + days * 86_400_000;
  return Number.isNaN(later) ? date : new Date(later).toISOString().slice(0, 10);
}

/** A moment as clocks in Viet Nam show it: `2026-11-08T14:05:09.123`, with a `Z` that it does not mean. */
function inVietnam(iso: string): string {
  // Viet Nam has kept +07:00 without summer time since 1975.
  return new Date(Date.parse(iso) + 7 * 3_600_000).toISOString();
}

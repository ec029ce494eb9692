import { UsageError } from './command';

const form = /^(\d{4}-\d\d-\d\dT\d\d:\d\d)(:\d\d(?:\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)$/;

/** An instant in ISO 8601 with its offset, which must exist in the calendar. @throws UsageError */
export function parseInstant(option: string, text: string): Date {
  const [, minutes = '', seconds = ':00'] = form.exec(text) ?? [];
  const instant = new Date(text);
  // JavaScript takes 30 February for 2 March.
  const wall = new Date(`${minutes}${seconds}Z`);
  const exists = !Number.isNaN(wall.getTime()) && wall.toISOString().startsWith(minutes);
  if (minutes !== '' && exists && !Number.isNaN(instant.getTime())) return instant;
  throw new UsageError({
    vi: `${option} cần thời điểm theo ISO 8601 kèm múi giờ, ví dụ 2026-11-22T08:00:00+07:00.`,
    en: `${option} wants a time in ISO 8601 with its offset, for example 2026-11-22T08:00:00+07:00.`,
  });
}

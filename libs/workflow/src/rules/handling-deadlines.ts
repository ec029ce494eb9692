import { assumed, fromMemory } from './citation';
import { endOfOffice, isWorkingDay, nextWorkingDay } from './working-calendar';

/** When the handling of an incoming document is late, and when that is near. */
const handlingDeadlines = {
  /** A due date lasts to the end of office hours; one on a day off, to the end of the next working day. */
  end: fromMemory('Civil Code 91/2015/QH13 art. 148', 'office hours are our reading of the end of the day'),
  /** Working days ahead in which a due date is near. */
  soonDays: 2,
  soon: assumed('two working days leave time to ask for another date'),
  /** Told a working day before a due date and on it. */
  reminders: assumed('a day is left to finish or to ask for another date'),
} as const;

const DAY_MS = 86_400_000;

/** @param date `YYYY-MM-DD`; @returns the same */
function shifted(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/**
 * The earliest due date that is not late yet: whatever was due before it is overdue.
 *
 * @param today the day of `now` in Viet Nam, `YYYY-MM-DD`; @returns the same
 */
export function firstDayNotLate(now: Date, today: string): string {
  if (isWorkingDay(today) && now > endOfOffice(today)) return shifted(today, 1);
  return firstEndingOn(today);
}

/** A due date on a day off lasts through the next working day. @param day `YYYY-MM-DD`; @returns the same */
function firstEndingOn(day: string): string {
  let first = day;
  while (!isWorkingDay(shifted(first, -1))) first = shifted(first, -1);
  return first;
}

/** The last due date that is near. @param today `YYYY-MM-DD`; @returns the same */
export function lastDaySoon(today: string): string {
  let day = today;
  for (let count = 0; count < handlingDeadlines.soonDays; count += 1) day = nextWorkingDay(day);
  return day;
}

/**
 * The due dates of which people are reminded on a day: those that end on it, and those that end on the next working
 * day; undefined on a day off.
 *
 * @param today `YYYY-MM-DD`; @returns the same
 */
export function dueDatesToRemindOf(
  today: string,
): { readonly first: string; readonly last: string } | undefined {
  if (!isWorkingDay(today)) return undefined;
  return { first: firstEndingOn(today), last: nextWorkingDay(today) };
}

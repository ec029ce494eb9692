import { vietnamDate } from '#platform';

import type { Basis } from './citation';
import { assumed, fromMemory } from './citation';
import { holidayRules, yearlyDecision } from './public-holidays';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** Việt Nam keeps UTC+7 all year (Decision 134/2002/QĐ-TTg). */
const ZONE_MS = 7 * 60 * MINUTE_MS;

interface OfficeHours {
  /** Minutes from midnight, from – to, in order. */
  readonly spans: readonly { readonly from: number; readonly to: number }[];
  readonly basis: Basis;
}

/** 07:30–11:30 and 13:00–17:00. */
const officeHours: OfficeHours = {
  spans: [
    { from: 7 * 60 + 30, to: 11 * 60 + 30 },
    { from: 13 * 60, to: 17 * 60 },
  ],
  basis: assumed('eight hours a day (Labour Code art. 105); when they begin is set by each place'),
};

/** Saturday and Sunday; what of them is lost to a holiday comes back on the next working days. */
const weeklyRest: {
  readonly days: readonly number[];
  readonly basis: Basis;
  readonly compensation: Basis;
} = {
  days: [6, 0],
  basis: fromMemory('Decision 188/1999/QĐ-TTg', 'offices of the State work five days a week'),
  compensation: fromMemory('Labour Code 45/2019/QH14 art. 111.3'),
};

const yearsOff = new Map<number, ReadonlySet<string>>();

/** Whether offices work on a day. @param date `YYYY-MM-DD` */
export function isWorkingDay(date: string): boolean {
  const year = yearOf(date);
  if (yearlyDecision(year).moved.some(({ worked }) => worked === date)) return true;
  return !isWeeklyRest(date) && !daysOff(year).has(date);
}

/** The first working day after a day. @param date `YYYY-MM-DD`; @returns the same */
export function nextWorkingDay(date: string): string {
  let day = dayAfter(date);
  while (!isWorkingDay(day)) day = dayAfter(day);
  return day;
}

/** When office hours end on a day. @param date `YYYY-MM-DD` of a working day */
export function endOfOffice(date: string): Date {
  return at(date, officeHours.spans.at(-1)?.to ?? 0);
}

/**
 * The instant by which so many minutes of office time have passed. Zero minutes lead to the next moment of office
 * time; a span that ends with the day ends that day, not on the next morning.
 *
 * @param minutes not below 0; fractions are allowed
 */
export function addWorkingTime(instant: Date, minutes: number): Date {
  let left = minutes * MINUTE_MS;
  let date = vietnamDate(instant);
  for (;;) {
    for (const { from, to } of isWorkingDay(date) ? officeHours.spans : []) {
      const start = Math.max(at(date, from).getTime(), instant.getTime());
      const room = at(date, to).getTime() - start;
      if (room > 0 && left <= room) return new Date(start + left);
      left -= Math.max(room, 0);
    }
    date = nextWorkingDay(date);
  }
}

/** Minutes of office time between two instants; 0 where the second is not later. */
export function workingMinutesBetween(from: Date, to: Date): number {
  let total = 0;
  const last = vietnamDate(to);
  for (let date = vietnamDate(from); date <= last; date = nextWorkingDay(date)) {
    if (!isWorkingDay(date)) continue;
    for (const span of officeHours.spans) {
      const start = Math.max(at(date, span.from).getTime(), from.getTime());
      const end = Math.min(at(date, span.to).getTime(), to.getTime());
      total += Math.max(end - start, 0);
    }
  }
  return total / MINUTE_MS;
}

/** Days off of a year beside its weekends: holidays, rest for those that fell on a weekend, days moved. */
function daysOff(year: number): ReadonlySet<string> {
  const known = yearsOff.get(year);
  if (known) return known;
  const { moved } = yearlyDecision(year);
  const holidays = holidayRules.flatMap((rule) => rule.days(year)).sort();
  const off = new Set([...holidays, ...moved.map((each) => each.off)]);
  for (const holiday of holidays.filter(isWeeklyRest)) {
    let day = dayAfter(holiday);
    while (isWeeklyRest(day) || off.has(day)) day = dayAfter(day);
    off.add(day);
  }
  yearsOff.set(year, off);
  return off;
}

function isWeeklyRest(date: string): boolean {
  return weeklyRest.days.includes(new Date(`${date}T00:00:00Z`).getUTCDay());
}

/** @throws TypeError for what is no date */
function yearOf(date: string): number {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date) || Number.isNaN(Date.parse(date)))
    throw new TypeError(`not a date: ${date}`);
  return Number(date.slice(0, 4));
}

function dayAfter(date: string): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + DAY_MS).toISOString().slice(0, 10);
}

function at(date: string, minutes: number): Date {
  return new Date(Date.parse(`${date}T00:00:00Z`) - ZONE_MS + minutes * MINUTE_MS);
}

const day = 86_400_000;

/** Moves a date by days. */
export function daysFrom(date: Date, days: number): Date {
  return new Date(date.getTime() + days * day);
}

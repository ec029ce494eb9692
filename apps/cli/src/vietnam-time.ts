/** Vietnam has no daylight saving. */
const vietnamOffset = 7 * 3_600_000;

/** `22/11/2026 04:46:43 (+07:00)`, the same on every machine, whatever its language data say. */
export function vietnamTime(instant: Date): string {
  const [, year, month, day, clock] =
    /^([-+\d]+)-(\d\d)-(\d\d)T([\d:]{8})/.exec(new Date(instant.getTime() + vietnamOffset).toISOString()) ??
    [];
  return `${day}/${month}/${year} ${clock} (+07:00)`;
}

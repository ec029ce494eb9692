/**
 * The lunar calendar of Việt Nam, worked out from the sky: a month begins on the day of the new moon, the eleventh
 * month holds the winter solstice, and in a year of thirteen months the first month without a principal term is the
 * leap month. Days are those of UTC+7 (Decision 121-CP of 8 August 1967), so Tết may fall on another day than in
 * China. Positions of sun and moon after J. Meeus, Astronomical Algorithms, chapters 25 and 49, good to a few minutes.
 */

const DAY_MS = 86_400_000;
/** Julian day number of 1 January 1970. */
const UNIX_EPOCH_DAY = 2_440_588;
/** UTC+7, as a part of a day. */
const ZONE = 7 / 24;
/** Dynamical time runs ahead of universal time by about 70 seconds in this century. */
const DELTA_T = 70 / 86_400;
const SYNODIC_MONTH = 29.530588861;

/**
 * Terms of the moment of new moon: amplitude in days, power of the eccentricity, multiples of the sun's anomaly, the
 * moon's anomaly and the moon's argument of latitude.
 */
const newMoonTerms: readonly (readonly [number, number, number, number, number])[] = [
  [-0.4072, 0, 0, 1, 0],
  [0.17241, 1, 1, 0, 0],
  [0.01608, 0, 0, 2, 0],
  [0.01039, 0, 0, 0, 2],
  [0.00739, 1, -1, 1, 0],
  [-0.00514, 1, 1, 1, 0],
  [0.00208, 2, 2, 0, 0],
  [-0.00111, 0, 0, 1, -2],
  [-0.00057, 0, 0, 1, 2],
  [0.00056, 1, 1, 2, 0],
  [-0.00042, 0, 0, 3, 0],
  [0.00042, 1, 1, 0, 2],
  [0.00038, 1, 1, 0, -2],
  [-0.00024, 1, -1, 2, 0],
];

/** Sine of an angle in degrees. */
function sin(degrees: number): number {
  return Math.sin((degrees * Math.PI) / 180);
}

/** The local day, as a Julian day number, of the k-th new moon since that of 6 January 2000. */
function newMoonDay(k: number): number {
  const t = k / 1236.85;
  const sun = 2.5534 + 29.1053567 * k - 0.0000014 * t * t;
  const moon = 201.5643 + 385.81693528 * k + 0.0107582 * t * t;
  const latitude = 160.7108 + 390.67050284 * k - 0.0016118 * t * t;
  const eccentricity = 1 - 0.002516 * t - 0.0000074 * t * t;
  let moment = 2_451_550.09766 + SYNODIC_MONTH * k + 0.00015437 * t * t;
  for (const [amplitude, power, m, mPrime, f] of newMoonTerms)
    moment += amplitude * eccentricity ** power * sin(m * sun + mPrime * moon + f * latitude);
  return Math.floor(moment - DELTA_T + 0.5 + ZONE);
}

/** Which twelfth of the ecliptic, from 0 at the spring equinox, the sun stands in when the local day begins. */
function solarSector(day: number): number {
  const t = (day - 0.5 - ZONE + DELTA_T - 2_451_545) / 36_525;
  const anomaly = 357.52911 + 35_999.05029 * t;
  const centre =
    (1.914602 - 0.004817 * t) * sin(anomaly) + 0.019993 * sin(2 * anomaly) + 0.000289 * sin(3 * anomaly);
  const apparent = -0.00569 - 0.00478 * sin(125.04 - 1934.136 * t);
  const longitude = 280.46646 + 36_000.76983 * t + 0.0003032 * t * t + centre + apparent;
  return Math.floor((((longitude % 360) + 360) % 360) / 30);
}

/** The number of the new moon that opens the month with the winter solstice of a year. */
function eleventhMonth(year: number): number {
  const endOfYear = UNIX_EPOCH_DAY + Date.UTC(year, 11, 31) / DAY_MS;
  let k = Math.floor((endOfYear - 2_451_550) / SYNODIC_MONTH) + 1;
  const solsticeSector = 9;
  while (newMoonDay(k) > endOfYear || solarSector(newMoonDay(k)) >= solsticeSector) k -= 1;
  return k;
}

/**
 * A day of the lunar calendar as a day of ours; never a day of a leap month.
 *
 * @param year the year in which Tết of that lunar year falls
 * @param month 1 to 10: those that both calendars count to the same year
 * @param day from 1; 0 is the last day of the month before, whether that is the 29th or the 30th
 * @returns `YYYY-MM-DD`
 */
export function dayOfLunarCalendar(year: number, month: number, day: number): string {
  const before = eleventhMonth(year - 1);
  const hasLeapMonth = eleventhMonth(year) - before === 13;
  let k = before + month + 1;
  if (hasLeapMonth && k >= leapMonth(before)) k += 1;
  return new Date((newMoonDay(k) + day - 1 - UNIX_EPOCH_DAY) * DAY_MS).toISOString().slice(0, 10);
}

/** The first month after an eleventh one in which the sun enters no new twelfth. */
function leapMonth(eleventh: number): number {
  let k = eleventh + 1;
  while (solarSector(newMoonDay(k)) !== solarSector(newMoonDay(k + 1))) k += 1;
  return k;
}

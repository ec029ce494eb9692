const minute = 60_000;

/** How long a session lives, in milliseconds. */
export const sessionLimits = {
  /** Without a request. */
  idle: 30 * minute,
  /** At most, however busy: one working day with overtime. */
  absolute: 12 * 60 * minute,
  /** `seen_at` is written at most this often, so that reading does not mean writing. */
  seenEvery: minute,
} as const;

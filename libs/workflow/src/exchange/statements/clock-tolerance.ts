/** The clocks of two nodes may differ by so much before a stated moment is doubted. */
export const clockToleranceMs = 5 * 60_000;

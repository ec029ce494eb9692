import type { Tx } from '#platform';

export const languages = ['vi', 'en'] as const;
export const themes = ['system', 'light', 'dark'] as const;

/** How a person likes the page to be. */
export interface Preferences {
  readonly language: (typeof languages)[number];
  readonly theme: (typeof themes)[number];
  /** Whether short explanations are shown beside fields. */
  readonly hints: boolean;
  /** Whether the tour of the first login has been seen or waved away. */
  readonly tourSeen: boolean;
}

/** Until somebody says otherwise. */
const defaults: Preferences = { language: 'vi', theme: 'system', hints: true, tourSeen: false };

export async function findPreferences(tx: Tx, personId: string): Promise<Preferences> {
  const [row] = await tx.query<Preferences>(
    'SELECT language, theme, hints, tour_seen AS "tourSeen" FROM access.preference WHERE person_id = $1',
    [personId],
  );
  return row ?? defaults;
}

export async function putPreferences(tx: Tx, personId: string, preferences: Preferences): Promise<void> {
  const { language, theme, hints, tourSeen } = preferences;
  await tx.execute(
    `INSERT INTO access.preference (person_id, language, theme, hints, tour_seen) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (person_id) DO UPDATE SET language = excluded.language, theme = excluded.theme,
       hints = excluded.hints, tour_seen = excluded.tour_seen`,
    [personId, language, theme, hints, tourSeen],
  );
}

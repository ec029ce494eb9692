import type { Tx } from '#platform';

export const languages = ['vi', 'en'] as const;
export const themes = ['system', 'light', 'dark'] as const;

/** A place of the page with its filters, under a name that its owner gave. */
interface SavedView {
  readonly name: string;
  /** From the root of the page: `/outgoing?state=ISSUED`. */
  readonly path: string;
}

/** How a person likes the page to be. */
export interface Preferences {
  readonly language: (typeof languages)[number];
  readonly theme: (typeof themes)[number];
  /** Whether short explanations are shown beside fields. */
  readonly hints: boolean;
  /** Whether the tour of the first login has been seen or waved away. */
  readonly tourSeen: boolean;
  /** Whether keys of one character do something (WCAG 2.1.4: they can be turned off). */
  readonly keys: boolean;
  /** In the order of the menu. */
  readonly views: readonly SavedView[];
}

/** Until somebody says otherwise. */
const defaults: Preferences = {
  language: 'vi',
  theme: 'system',
  hints: true,
  tourSeen: false,
  keys: true,
  views: [],
};

export async function findPreferences(tx: Tx, personId: string): Promise<Preferences> {
  const [row] = await tx.query<Preferences>(
    'SELECT language, theme, hints, tour_seen AS "tourSeen", keys, views FROM access.preference WHERE person_id = $1',
    [personId],
  );
  return row ?? defaults;
}

export async function putPreferences(tx: Tx, personId: string, preferences: Preferences): Promise<void> {
  const { language, theme, hints, tourSeen, keys, views } = preferences;
  await tx.execute(
    `INSERT INTO access.preference (person_id, language, theme, hints, tour_seen, keys, views)
     VALUES ($1, $2, $3, $4, $5, $6, $7)
     ON CONFLICT (person_id) DO UPDATE SET language = excluded.language, theme = excluded.theme,
       hints = excluded.hints, tour_seen = excluded.tour_seen, keys = excluded.keys, views = excluded.views`,
    [personId, language, theme, hints, tourSeen, keys, JSON.stringify(views)],
  );
}

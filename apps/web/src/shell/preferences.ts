import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';

import { send } from '../api/client';
import type { SessionAnswer } from '../api/types';
import { useProblemToast } from '../parts/toasts';
import { useSession } from './session';

export type Preferences = SessionAnswer['preferences'];

/** What the person likes, kept on the server, and how to change some of it; shown at once. */
export function usePreferences(): readonly [Preferences, (wishes: Partial<Preferences>) => void] {
  const { preferences } = useSession();
  const queries = useQueryClient();
  const tell = useProblemToast();
  const change = useCallback(
    (wishes: Partial<Preferences>) => {
      const show = (answered: Partial<Preferences>): void => {
        queries.setQueryData<SessionAnswer>(
          ['session'],
          (session) => session && { ...session, preferences: { ...session.preferences, ...answered } },
        );
      };
      show(wishes);
      send<Preferences>('PUT', '/session/preferences', wishes).then(show, tell);
    },
    [queries, tell],
  );
  return [preferences, change];
}

import type { QueryClient } from '@tanstack/react-query';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { createContext, useCallback, useContext } from 'react';

import { get, ProblemError, rememberCsrfToken, send } from '../api/client';
import type { SessionAnswer } from '../api/types';

const key = ['session'] as const;

/** Who is logged in; null when nobody is; undefined while it is asked. */
export function useSessionState(): {
  readonly session: SessionAnswer | null | undefined;
  readonly error: unknown;
} {
  const { data, error } = useQuery({ queryKey: key, queryFn: readSession, staleTime: Infinity });
  return { session: data, error };
}

async function readSession(): Promise<SessionAnswer | null> {
  try {
    const session = await get<SessionAnswer>('/session');
    rememberCsrfToken(session.csrfToken);
    return session;
  } catch (error) {
    if (error instanceof ProblemError && error.problem.status === 401) return null;
    throw error;
  }
}

/** What the page knows belongs to one session: nothing of it is shown to the next person. */
function forgetOthers(queries: QueryClient): void {
  queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== key[0] });
}

export function useLogin(): (loginName: string, password: string) => Promise<void> {
  const queries = useQueryClient();
  return useCallback(
    async (loginName, password) => {
      const session = await send<SessionAnswer>('POST', '/session', { loginName, password });
      rememberCsrfToken(session.csrfToken);
      forgetOthers(queries);
      queries.setQueryData(key, session);
    },
    [queries],
  );
}

export function useLogout(): () => Promise<void> {
  const queries = useQueryClient();
  return useCallback(async () => {
    await send('DELETE', '/session');
    forgetOthers(queries);
    queries.setQueryData(key, null);
  }, [queries]);
}

const SessionContext = createContext<SessionAnswer | null>(null);

export function SessionProvider({
  session,
  children,
}: {
  readonly session: SessionAnswer;
  readonly children: ReactNode;
}) {
  return <SessionContext value={session}>{children}</SessionContext>;
}

/** The session of whoever sees this page; only below `SessionProvider`. */
export function useSession(): SessionAnswer {
  const session = useContext(SessionContext);
  if (!session) throw new Error('no session here');
  return session;
}

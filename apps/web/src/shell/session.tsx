import type { Query } from '@tanstack/react-query';
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

/**
 * What the page knows belongs to one session: nothing of it is shown to the next person.
 *
 * @param ended the session that ended by itself; its own person goes on with what is there, read again
 */
export function useLogin(
  ended: SessionAnswer | null,
): (loginName: string, password: string) => Promise<void> {
  const queries = useQueryClient();
  return useCallback(
    async (loginName, password) => {
      const session = await send<SessionAnswer>('POST', '/session', { loginName, password });
      rememberCsrfToken(session.csrfToken);
      const others = { predicate: ({ queryKey }: Query) => queryKey[0] !== key[0] };
      if (ended?.person.id !== session.person.id) queries.removeQueries(others);
      queries.setQueryData(key, session);
      await queries.invalidateQueries(others);
    },
    [queries, ended],
  );
}

/** Sets an own password; all other sessions of the person end. */
export function useChangePassword(): (current: string, fresh: string) => Promise<void> {
  const queries = useQueryClient();
  return useCallback(
    async (current, fresh) => {
      await send('POST', '/session/password', { currentPassword: current, newPassword: fresh });
      await queries.refetchQueries({ queryKey: key });
    },
    [queries],
  );
}

/** Ends the session; nothing of it stays in the memory of the page. */
export function useLogout(): () => Promise<void> {
  return useCallback(async () => {
    await send('DELETE', '/session');
    window.location.assign('/');
  }, []);
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

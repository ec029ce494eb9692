import { QueryClientProvider } from '@tanstack/react-query';
import { Activity, lazy, Suspense, useState } from 'react';

import { makeQueries } from './api/queries';
import { ProblemAlert } from './parts/problem-alert';
import { ToastProvider } from './parts/toasts';
import { LoginPage } from './pages/login/login-page';
import { routes } from './routes';
import { Frame } from './shell/frame';
import { SecrecyProvider } from './shell/secrecy';
import { SessionProvider, useSessionState } from './shell/session';
import { Loading } from './parts/loading';

const queries = makeQueries();
const ChangePasswordPage = lazy(() => import('./pages/login/change-password-page'));

export function App() {
  return (
    <QueryClientProvider client={queries}>
      <ToastProvider>
        <Door />
      </ToastProvider>
    </QueryClientProvider>
  );
}

/**
 * The login page for whoever is not known, an own password first of all, the office for everybody else. When a session
 * ends by itself, the office is put away with whatever was being typed there, and is there again when the same person
 * has logged in.
 */
function Door() {
  const { session, error } = useSessionState();
  const [last, setLast] = useState(session ?? null);
  if (session && session !== last) setLast(session);
  if (error) return <ProblemAlert error={error} />;
  const loading = <Loading />;
  if (session === undefined) return loading;
  if (session?.account.mustChangePassword)
    return (
      <Suspense fallback={loading}>
        <ChangePasswordPage loginName={session.account.loginName} />
      </Suspense>
    );
  const shown = session ?? last;
  return (
    <>
      {session === null && <LoginPage ended={last} />}
      {shown && (
        <Activity key={shown.person.id} mode={session === null ? 'hidden' : 'visible'}>
          <SessionProvider session={shown}>
            <SecrecyProvider>
              <Frame routes={routes} />
            </SecrecyProvider>
          </SessionProvider>
        </Activity>
      )}
    </>
  );
}

import { QueryClientProvider } from '@tanstack/react-query';
import { Bullseye, Spinner } from '@patternfly/react-core';
import { useTranslation } from 'react-i18next';

import { makeQueries } from './api/queries';
import { ProblemAlert } from './parts/problem-alert';
import { ToastProvider } from './parts/toasts';
import { LoginPage } from './pages/login/login-page';
import { routes } from './routes';
import { Frame } from './shell/frame';
import { SecrecyProvider } from './shell/secrecy';
import { SessionProvider, useSessionState } from './shell/session';

const queries = makeQueries();

export function App() {
  return (
    <QueryClientProvider client={queries}>
      <ToastProvider>
        <Door />
      </ToastProvider>
    </QueryClientProvider>
  );
}

/** The login page for whoever is not known, the office for everybody else. */
function Door() {
  const { t } = useTranslation();
  const { session, error } = useSessionState();
  if (error) return <ProblemAlert error={error} />;
  if (session === undefined)
    return (
      <Bullseye>
        <Spinner aria-label={t('common.loading')} />
      </Bullseye>
    );
  if (session === null) return <LoginPage />;
  return (
    <SessionProvider session={session}>
      <SecrecyProvider>
        <Frame routes={routes} />
      </SecrecyProvider>
    </SessionProvider>
  );
}

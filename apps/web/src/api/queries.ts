import { QueryClient } from '@tanstack/react-query';

import { onLoggedOut, ProblemError } from './client';

/** A session that the server has ended is ended here too. */
export function makeQueries(): QueryClient {
  const queries = new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 5_000,
        // A refusal is an answer; only a server that cannot be reached is asked again.
        retry: (count, error) => count < 2 && error instanceof ProblemError && error.problem.status === 0,
      },
    },
  });
  onLoggedOut(() => {
    if (queries.getQueryData(['session'])) queries.setQueryData(['session'], null);
  });
  return queries;
}

import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';

import { ProblemError } from './client';

/** A session that the server has ended is ended here too, whichever request learns it first. */
export function makeQueries(): QueryClient {
  const onError = (error: unknown): void => {
    if (error instanceof ProblemError && error.problem.status === 401 && queries.getQueryData(['session']))
      queries.setQueryData(['session'], null);
  };
  const queries: QueryClient = new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        staleTime: 5_000,
        // A refusal is an answer; only a server that cannot be reached is asked again.
        retry: (count, error) => count < 2 && error instanceof ProblemError && error.problem.status === 0,
      },
    },
  });
  return queries;
}

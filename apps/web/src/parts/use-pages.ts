import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';

import { get } from '../api/client';
import type { Page } from '../api/types';

interface Options {
  readonly enabled?: boolean;
  /** Milliseconds between two readings of what is shown. */
  readonly every?: number;
}

/** A list of the server page after page; what was shown stays until the next answer, an older question is cancelled. */
export function usePages<T extends Page<unknown>>(
  path: string,
  { enabled = true, every }: Options = {},
): UseInfiniteQueryResult<InfiniteData<T>> {
  return useInfiniteQuery({
    queryKey: ['list', path],
    queryFn: ({ pageParam, signal }) => get<T>(withCursor(path, pageParam), signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
    // Each reading of a page stands in the trail: none without need.
    refetchOnWindowFocus: false,
    enabled,
    ...(every !== undefined && { refetchInterval: every }),
  });
}

function withCursor(path: string, cursor: string | null): string {
  if (cursor === null) return path;
  return `${path}${path.includes('?') ? '&' : '?'}cursor=${encodeURIComponent(cursor)}`;
}

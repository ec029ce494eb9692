import { useQuery } from '@tanstack/react-query';

import { get } from '../api/client';
import type { BodyChoices, Page } from '../api/types';

/** The bodies of the own agency: what they issue, and who signs for them. */
export function useBodies(): readonly BodyChoices[] | undefined {
  const { data } = useQuery({
    queryKey: ['bodies'],
    queryFn: ({ signal }) => get<Page<BodyChoices>>('/bodies', signal),
    staleTime: 300_000,
  });
  return data?.items;
}

import { useQuery } from '@tanstack/react-query';

import { get } from '../api/client';
import type { PersonView } from '../api/types';

/** The full name of a person of the directory; empty while it is asked, and for nobody. */
export function usePersonName(personId: string | null | undefined): string {
  const { data } = useQuery({
    queryKey: ['person', personId],
    queryFn: ({ signal }) => get<PersonView>(`/people/${personId}`, signal),
    enabled: typeof personId === 'string',
    staleTime: Infinity,
  });
  return data?.fullName ?? '';
}

export function PersonName({ id }: { readonly id: string }) {
  return <span>{usePersonName(id)}</span>;
}

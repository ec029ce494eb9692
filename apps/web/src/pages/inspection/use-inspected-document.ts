import { useQuery } from '@tanstack/react-query';

import { get } from '../../api/client';
import type { InspectedDocument, Page } from '../../api/types';
import { query } from '../../parts/use-address';
import type { Scope } from './use-scope';

/** What a document of the inspected agencies is called; undefined while it is asked, null where they have none such. */
export function useInspectedDocument(scope: Scope, id: string): InspectedDocument | null | undefined {
  const { data } = useQuery({
    queryKey: ['inspected document', id, scope.asked],
    queryFn: ({ signal }) =>
      get<Page<InspectedDocument>>(`/audit/documents${query({ ...scope.asked, id })}`, signal),
    enabled: id !== '' && scope.chosen !== '',
    staleTime: Infinity,
  });
  return data && (data.items[0] ?? null);
}

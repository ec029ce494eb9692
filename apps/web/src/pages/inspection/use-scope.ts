import { useQuery } from '@tanstack/react-query';

import { get } from '../../api/client';
import type { MandateView, Page } from '../../api/types';
import { query, useAddress } from '../../parts/use-address';

/** In the address instead of a mandate: the trail of the own agency, for which none is needed. */
export const own = 'own';

export interface Scope {
  /** Mandates in force of which one is a member; undefined while they are asked for. */
  readonly mandates: readonly MandateView[] | undefined;
  readonly error: unknown;
  /** As the address has it: the id of a mandate, `own`, or empty before the choice. */
  readonly chosen: string;
  readonly mandate: MandateView | undefined;
  /** One of the inspected agencies, or empty for all of them. */
  readonly agencyId: string;
  /** What every request of an inspector says about it; empty values are left out by `query`. */
  readonly asked: { readonly mandateId: string; readonly agencyId: string };
  /** `?mandate=…` with more, for the address of another page of the inspector. */
  readonly address: (more?: Readonly<Record<string, string>>) => string;
}

/** Under which mandate one looks, kept in the address so that every page of the inspector goes on under it. */
export function useScope(): Scope {
  const address = useAddress();
  const { data, error } = useQuery({
    queryKey: ['mandates', 'mine'],
    queryFn: ({ signal }) => get<Page<MandateView>>('/mandates?view=mine', signal),
    staleTime: 60_000,
    refetchOnWindowFocus: false,
  });
  const chosen = address.value('mandate');
  const isOwn = chosen === own;
  const agencyId = isOwn ? '' : address.value('agency');
  return {
    mandates: data?.items,
    error,
    chosen,
    mandate: data?.items.find(({ id }) => id === chosen),
    agencyId,
    asked: { mandateId: isOwn ? '' : chosen, agencyId },
    address: (more = {}) => query({ mandate: chosen, agency: agencyId, ...more }),
  };
}

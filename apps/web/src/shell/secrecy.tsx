import type { ReactNode } from 'react';
import { createContext, useCallback, useContext, useEffect, useId, useMemo, useState } from 'react';

import type { Secrecy } from '../api/types';

const order: readonly Secrecy[] = ['THUONG', 'MAT', 'TOI_MAT', 'TUYET_MAT'];

interface Marks {
  readonly highest: Secrecy;
  readonly show: (place: string, secrecy: Secrecy | undefined) => void;
}

const SecrecyContext = createContext<Marks>({ highest: 'THUONG', show: () => undefined });

/** Keeps the highest secrecy of all that is on the screen. */
export function SecrecyProvider({ children }: { readonly children: ReactNode }) {
  const [shown, setShown] = useState<ReadonlyMap<string, Secrecy>>(new Map());
  const show = useCallback((place: string, secrecy: Secrecy | undefined) => {
    setShown((before) => {
      const after = new Map(before);
      if (secrecy) after.set(place, secrecy);
      else after.delete(place);
      return after;
    });
  }, []);
  const highest = useMemo(() => highestOf([...shown.values()]), [shown]);
  return <SecrecyContext value={{ highest, show }}>{children}</SecrecyContext>;
}

/** The highest of several marks; ordinary for none. */
export function highestOf(marks: readonly Secrecy[]): Secrecy {
  return marks.reduce<Secrecy>(
    (high, mark) => (order.indexOf(mark) > order.indexOf(high) ? mark : high),
    'THUONG',
  );
}

/** Says that something of this secrecy is on the screen while the calling component is. */
export function useSecrecyOnScreen(secrecy: Secrecy | undefined): void {
  const place = useId();
  const { show } = useContext(SecrecyContext);
  useEffect(() => {
    show(place, secrecy);
    return () => {
      show(place, undefined);
    };
  }, [place, secrecy, show]);
}

export function useHighestSecrecy(): Secrecy {
  return useContext(SecrecyContext).highest;
}

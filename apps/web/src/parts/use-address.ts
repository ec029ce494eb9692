import { useEffect, useState } from 'react';
import { useSearchParams } from 'wouter';

export interface Address {
  /** What the address says of this name; empty for nothing. */
  readonly value: (name: string) => string;
  /** Writes into the address, in place of what it said; empty takes away. */
  readonly change: (values: Readonly<Record<string, string>>) => void;
}

/** What a page shows, kept in its address, so that it can be sent to a colleague and survives a reload. */
export function useAddress(): Address {
  const [params, setParams] = useSearchParams();
  return {
    value: (name) => params.get(name) ?? '',
    change: (values) => {
      setParams(
        (before) => {
          const after = new URLSearchParams(before);
          for (const [name, value] of Object.entries(values))
            if (value === '') after.delete(name);
            else after.set(name, value);
          return after;
        },
        { replace: true },
      );
    },
  };
}

/** Milliseconds without a key before what was typed counts. */
const settling = 250;

/**
 * A text that may change with every key while `settle` is told only of what stays for a moment.
 *
 * @param value what counts now; typing starts from it, and a change of it from outside is shown
 */
export function useSettlingText(
  value: string,
  settle: (text: string) => void,
): readonly [text: string, type: (text: string) => void] {
  const [typed, setTyped] = useState({ over: value, text: value });
  const text = typed.over === value ? typed.text : value;
  useEffect(() => {
    if (text === value) return undefined;
    const timer = setTimeout(() => {
      settle(text);
    }, settling);
    return () => {
      clearTimeout(timer);
    };
  }, [text, value, settle]);
  return [
    text,
    (next) => {
      setTyped({ over: value, text: next });
    },
  ];
}

/** `?a=b` of what is not empty, for a path of the API. */
export function query(values: Readonly<Record<string, string>>): string {
  const given = new URLSearchParams(Object.entries(values).filter(([, value]) => value !== ''));
  return given.size === 0 ? '' : `?${given}`;
}

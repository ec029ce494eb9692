import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';

import { ProblemError, send } from '../api/client';
import type { ConsentedDocument, PreparedSigning, SigningOutcome, SigningPurpose } from '../api/types';

/** Documents of one request to the server: small enough that progress shows and stopping stops. */
const group = 10;

/** What became of a document of the list; `skipped` was never sent to be signed. */
export type ItemOutcome = Pick<SigningOutcome, 'level' | 'code' | 'message'> & {
  readonly outcome: SigningOutcome['outcome'] | 'skipped';
};

export interface Signing {
  /** `preparing` → `asking` → `signing` → `ended`; a wrong PIN leads back to `asking`. */
  readonly phase: 'preparing' | 'asking' | 'signing' | 'ended';
  readonly items: readonly ConsentedDocument[];
  /** Documents that the server would not take into the list, and why. */
  readonly leftOut: ReadonlyMap<string, unknown>;
  /** Until when the list may be confirmed, ISO 8601. */
  readonly expiresAt: string | null;
  readonly outcomes: ReadonlyMap<string, ItemOutcome>;
  /** Why nothing was signed: a wrong PIN, a locked key, a list that has expired. */
  readonly refusal: unknown;
  readonly isStopping: boolean;
  readonly confirm: (pin: string) => void;
  /** Signs nothing after what is being signed now. */
  readonly stop: () => void;
  readonly prepareAgain: () => void;
}

interface State extends Pick<Signing, 'phase' | 'leftOut' | 'outcomes' | 'refusal' | 'isStopping'> {
  readonly operations: readonly PreparedSigning[];
}

const start: State = {
  phase: 'preparing',
  operations: [],
  leftOut: new Map(),
  outcomes: new Map(),
  refusal: null,
  isStopping: false,
};

/**
 * Signs a list under one PIN: the server first answers exactly what would be signed, then the list is signed group
 * by group. The first refusal (a wrong PIN above all) ends it: the PIN is never tried a second time by itself.
 */
export function useSigning(purpose: SigningPurpose, documentIds: readonly string[]): Signing {
  const queries = useQueryClient();
  const [state, setState] = useState(start);
  const running = useRef(new AbortController());
  const wanted = documentIds.join(' ');

  const prepare = useCallback(
    (signal?: AbortSignal) => {
      setState(start);
      void prepareAll(purpose, wanted.split(' '), signal).then(
        (prepared) => {
          if (!signal?.aborted) setState({ ...start, ...prepared, phase: 'asking' });
        },
        () => undefined,
      );
    },
    [purpose, wanted],
  );
  useEffect(() => {
    const leaving = new AbortController();
    prepare(leaving.signal);
    return () => {
      leaving.abort();
    };
  }, [prepare]);

  const confirm = async (pin: string): Promise<void> => {
    const run = new AbortController();
    running.current = run;
    setState((before) => ({ ...before, phase: 'signing', refusal: null, isStopping: false }));
    const outcomes = new Map<string, ItemOutcome>();
    let refusal: unknown = null;
    for (const operation of state.operations) {
      if (refusal !== null || run.signal.aborted) {
        for (const { documentId } of operation.items) outcomes.set(documentId, { outcome: 'skipped' });
        continue;
      }
      try {
        const { items } = await send<{ readonly items: readonly SigningOutcome[] }>(
          'POST',
          `/signing-operations/${operation.id}/confirm`,
          { pin },
        );
        for (const { documentId, ...outcome } of items) outcomes.set(documentId, outcome);
      } catch (error) {
        refusal = error;
        for (const { documentId } of operation.items) outcomes.set(documentId, { outcome: 'skipped' });
      }
      const soFar = new Map(outcomes);
      setState((before) => ({ ...before, outcomes: soFar }));
    }
    const nothingSigned = [...outcomes.values()].every(({ outcome }) => outcome === 'skipped');
    const canAskAgain = nothingSigned && refusal !== null;
    setState((before) => ({
      ...before,
      refusal,
      phase: canAskAgain ? 'asking' : 'ended',
      outcomes: canAskAgain ? new Map() : outcomes,
    }));
    await queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'pdf' });
  };

  return {
    ...state,
    items: state.operations.flatMap(({ items }) => items),
    expiresAt: state.operations.map(({ expiresAt }) => expiresAt).toSorted()[0] ?? null,
    confirm: (pin) => void confirm(pin),
    stop: () => {
      running.current.abort();
      setState((before) => ({ ...before, isStopping: true }));
    },
    prepareAgain: () => {
      prepare();
    },
  };
}

async function prepareAll(
  purpose: SigningPurpose,
  documentIds: readonly string[],
  signal: AbortSignal | undefined,
): Promise<Pick<State, 'operations' | 'leftOut'>> {
  const operations: PreparedSigning[] = [];
  const leftOut = new Map<string, unknown>();
  const prepare = (ids: readonly string[]): Promise<PreparedSigning> =>
    send<PreparedSigning>('POST', '/signing-operations', { purpose, documentIds: ids }, { signal });
  for (let from = 0; from < documentIds.length; from += group) {
    const ids = documentIds.slice(from, from + group);
    try {
      operations.push(await prepare(ids));
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      // The server takes a list whole or not at all: asked one by one it says which of them it refuses.
      if (ids.length === 1) leftOut.set(ids[0] ?? '', error);
      else
        for (const id of ids)
          try {
            operations.push(await prepare([id]));
          } catch (refusal) {
            leftOut.set(id, refusal);
          }
    }
  }
  return { operations, leftOut };
}

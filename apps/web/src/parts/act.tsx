import { Button } from '@patternfly/react-core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ComponentProps, ReactNode } from 'react';
import { useRef } from 'react';

import { useProblemToast, useToast } from './toasts';

/**
 * Does something on the server once, however often it is clicked: tells `done` when it worked and the refusal when it
 * did not, and lets every list and page read again what it shows.
 */
export function useAct<Given, Answer>(
  act: (given: Given) => Promise<Answer>,
  { done, then }: { readonly done?: string; readonly then?: (answer: Answer) => void } = {},
): { readonly act: (given: Given) => void; readonly isPending: boolean } {
  const queries = useQueryClient();
  const tell = useToast();
  const tellProblem = useProblemToast();
  // Two clicks may come before the button is drawn as busy.
  const isRunning = useRef(false);
  const { mutate, isPending } = useMutation({
    mutationFn: act,
    onSuccess: (answer) => {
      if (done !== undefined) tell(done);
      then?.(answer);
    },
    onError: tellProblem,
    // Also after a refusal: somebody else may have changed what is shown.
    onSettled: () => {
      isRunning.current = false;
      return queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' });
    },
  });
  const once = (given: Given): void => {
    if (isRunning.current) return;
    isRunning.current = true;
    mutate(given);
  };
  return { act: once, isPending };
}

interface Props {
  readonly act: () => Promise<unknown>;
  readonly done: string;
  readonly variant?: ComponentProps<typeof Button>['variant'];
  readonly children: ReactNode;
}

/** A button that does one thing on the server. */
export function ActButton({ act, done, variant = 'primary', children }: Props) {
  const doing = useAct(act, { done });
  return (
    <Button
      variant={variant}
      isLoading={doing.isPending}
      isDisabled={doing.isPending}
      onClick={() => {
        doing.act(undefined);
      }}
    >
      {children}
    </Button>
  );
}

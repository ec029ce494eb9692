/** One call at a time: tokens are slow, single-minded devices, and few of their libraries are safe in threads. */
export type Queue = <T>(run: () => Promise<T>) => Promise<T>;

export interface Queues {
  /** The queue of a key, made when first asked for. */
  of(key: string): Queue;
  /** Resolves when all that was asked for until now has ended, one way or the other. */
  idle(): Promise<void>;
}

export function makeQueues(): Queues {
  const last = new Map<string, Promise<unknown>>();
  return {
    of: (key) => (run) => {
      const next = (last.get(key) ?? Promise.resolve()).then(run);
      // Whoever asked hears of a failure; the next in line only waits for its end.
      const ended = next.catch(() => undefined);
      last.set(key, ended);
      return next;
    },
    async idle() {
      await Promise.all(last.values());
    },
  };
}

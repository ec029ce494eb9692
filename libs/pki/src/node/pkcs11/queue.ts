/** One call at a time: tokens are slow, single-minded devices, and few of their libraries are safe in threads. */
export type Queue = <T>(run: () => Promise<T>) => Promise<T>;

export function makeQueue(): Queue {
  let last: Promise<unknown> = Promise.resolve();
  return (run) => {
    const next = last.then(run);
    // Whoever asked hears of a failure; the next in line only waits for its end.
    last = next.catch(() => undefined);
    return next;
  };
}

/** A queue for each key, made when first asked for. */
export function queuePerKey(): (key: string) => Queue {
  const queues = new Map<string, Queue>();
  return (key) => {
    const queue = queues.get(key) ?? makeQueue();
    queues.set(key, queue);
    return queue;
  };
}

import type { StateMachine } from './state-machine';

/** What is wrong with a table; every list is empty for a sound one. */
export interface MachineFaults<State extends string> {
  /** States that no path from an entry enters. */
  readonly unreachable: readonly State[];
  /** States that nothing leaves though they are not declared final. */
  readonly stuck: readonly State[];
  /** States declared final that something leaves. */
  readonly notFinal: readonly State[];
  /** Names used in rows that the machine does not declare. */
  readonly undeclared: readonly string[];
}

/** Walks the table from its entries. */
export function machineFaults<State extends string, Event extends string, Subject>(
  machine: StateMachine<State, Event, Subject>,
): MachineFaults<State> {
  const queue: State[] = [machine.initial, ...(machine.otherEntries ?? [])];
  const reached = new Set<State>(queue);
  for (let state = queue.pop(); state !== undefined; state = queue.pop()) {
    for (const row of machine.transitions) {
      if (row.from !== state || reached.has(row.to)) continue;
      reached.add(row.to);
      queue.push(row.to);
    }
  }
  const left = new Set<State>(machine.transitions.map((row) => row.from));
  const named = new Set<string>(machine.transitions.flatMap((row) => [row.from, row.to]));
  const declared = new Set<string>(machine.states);
  return {
    unreachable: machine.states.filter((state) => !reached.has(state)),
    stuck: machine.states.filter((state) => !left.has(state) && !machine.final.includes(state)),
    notFinal: machine.final.filter((state) => left.has(state)),
    undeclared: [...named].filter((state) => !declared.has(state)),
  };
}

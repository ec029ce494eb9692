import type { Tx } from '#platform';
import { handlingMachine, outgoingMachine } from '#workflow';
import type { Table } from './act';
import type { Step } from './recorded-changes';
import { faultOf, governed, stepsTaken } from './recorded-changes';

interface Fault {
  readonly code: string;
  readonly what: string;
}

/** Steps that no table has, and steps that left no entry in the trail, or entries without a step. */
export async function machineFaults(tx: Tx): Promise<readonly Fault[]> {
  const steps = await tx.query<Step>(stepsTaken);
  const strange = steps.flatMap((step) => faultOf(step) ?? []);
  return [
    ...strange.map((what) => ({ code: 'STEP_OUTSIDE_THE_TABLE', what })),
    ...(await untoldSteps(tx, steps)),
  ];
}

/** Of `table.column`, the states of its machine in which no row has ever been. */
export async function unvisited(tx: Tx): Promise<readonly string[]> {
  const steps = await tx.query<Step>(stepsTaken);
  return governed.flatMap(({ table, column, machine }) => {
    const been = new Set(
      steps.filter((step) => step.table === table && step.column === column).map(({ became }) => became),
    );
    return machine.states.filter((state) => !been.has(state)).map((state) => `${table}.${column} ${state}`);
  });
}

const told: readonly { readonly table: string; readonly transitions: Table['transitions'] }[] = [
  { table: 'document', transitions: outgoingMachine.transitions },
  { table: 'handling', transitions: handlingMachine.transitions },
];

/**
 * Counts the steps of every event that leaves an entry in the trail against the entries there. An event that
 * shares its two states with another cannot be told from it by a step and is left out.
 */
async function untoldSteps(tx: Tx, steps: readonly Step[]): Promise<readonly Fault[]> {
  const entries = await tx.query<{ action: string; times: number }>(
    `SELECT action, count(*)::integer AS times FROM audit.entry WHERE outcome = 'success' GROUP BY action`,
  );
  const faults: Fault[] = [];
  for (const { table, transitions } of told)
    for (const [event, arrows] of Map.groupBy(transitions, (row) => row.event)) {
      const action = arrows.find(({ evidence }) => /^(document|incoming)\./.test(evidence))?.evidence;
      const isShared = transitions.some(
        (row) => row.event !== event && arrows.some(({ from, to }) => from === row.from && to === row.to),
      );
      if (action === undefined || isShared) continue;
      const pairs = new Set(arrows.map(({ from, to }) => `${from} ${to}`));
      const taken = steps
        .filter((step) => step.table === table && pairs.has(`${step.was ?? ''} ${step.became}`))
        .reduce((sum, { times }) => sum + times, 0);
      const entered = entries.find((entry) => entry.action === action)?.times ?? 0;
      if (taken !== entered)
        faults.push({ code: 'STEP_NOT_IN_THE_TRAIL', what: `${action}: ${taken} steps, ${entered} entries` });
    }
  return faults;
}

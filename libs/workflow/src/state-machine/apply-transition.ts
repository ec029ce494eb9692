import type { Tx } from '#platform';

import type { StateMachine } from './state-machine';
import { nextState } from './state-machine';

/** Where the rows of a machine live. Names come from our own code, never from input. */
export interface MachineTable {
  /** Schema-qualified; has columns `id`, `state` and `version`. */
  readonly table: string;
  /** The select list that gives a row its shape. */
  readonly columns: string;
}

/**
 * Reads one row under `SELECT … FOR UPDATE`, so that two people who act at once act one after the other.
 *
 * @returns undefined when there is no such row
 */
export async function lockRow<Row>(tx: Tx, from: MachineTable, id: string): Promise<Row | undefined> {
  const rows = await tx.query<Row>(`SELECT ${from.columns} FROM ${from.table} WHERE id = $1 FOR UPDATE`, [
    id,
  ]);
  return rows[0];
}

/**
 * Applies `event` to a row that this transaction has locked: asks the table, then writes the new state, the
 * next `version` and the columns of `changes`. Returns the row as it stands then.
 *
 * @throws WorkflowError TRANSITION_NOT_ALLOWED, ROLE_NOT_ALLOWED, or the code of the table's guard
 */
export async function applyTransition<
  State extends string,
  Event extends string,
  Subject extends { readonly id: string; readonly state: State },
  Row extends Subject,
>(
  tx: Tx,
  machine: StateMachine<State, Event, Subject>,
  target: MachineTable & { readonly row: Row },
  event: Event,
  changes: Readonly<Record<string, unknown>> = {},
): Promise<Row> {
  const { row, table, columns } = target;
  const { to } = nextState<State, Event, Subject>(machine, row.state, event, {
    subject: row,
    actor: tx.actor,
  });
  const names = Object.keys(changes);
  const assignments = names.map((name, index) => `, ${quoted(name)} = $${index + 3}`).join('');
  const [after] = await tx.query<Row>(
    `UPDATE ${table} SET state = $2, version = version + 1${assignments} WHERE id = $1 RETURNING ${columns}`,
    [row.id, to, ...names.map((name) => changes[name])],
  );
  if (after === undefined) throw new Error(`${table} lost the row ${row.id} that this transaction holds`);
  return after;
}

function quoted(column: string): string {
  if (!/^[a-z_][a-z0-9_]*$/.test(column)) throw new TypeError(`not a column name: ${column}`);
  return `"${column}"`;
}

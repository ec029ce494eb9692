import type { Tx } from '#platform';

import type { StateMachine, Transition } from './state-machine';
import { nextState } from './state-machine';

/** The row as it stood when the transition was decided, and the row of the table that was applied. */
export interface Applied<Row, State extends string, Event extends string, Subject> {
  readonly row: Row;
  readonly transition: Transition<State, Event, Subject>;
}

/**
 * Reads one row under `SELECT … FOR UPDATE`, so that two people who act at once act one after the other.
 *
 * @param table a schema-qualified name from our own code, never from input
 * @returns undefined when there is no such row
 */
export async function lockRow<Row>(tx: Tx, table: string, id: string): Promise<Row | undefined> {
  const rows = await tx.query<Row>(`SELECT * FROM ${table} WHERE id = $1 FOR UPDATE`, [id]);
  return rows[0];
}

/**
 * Applies `event` to a row that this transaction has locked: asks the table, then writes the new state, the
 * next `version` and the columns of `changes`. The table has columns `id`, `state` and `version`.
 */
export async function applyTransition<
  State extends string,
  Event extends string,
  Row extends { readonly id: string; readonly state: State },
>(
  tx: Tx,
  machine: StateMachine<State, Event, Row>,
  target: { readonly table: string; readonly row: Row },
  event: Event,
  changes: Readonly<Record<string, unknown>> = {},
): Promise<Applied<Row, State, Event, Row>> {
  const transition = nextState(machine, target.row.state, event, { subject: target.row, actor: tx.actor });
  const columns = Object.keys(changes);
  const assignments = columns.map((column, index) => `, ${quoted(column)} = $${index + 3}`).join('');
  await tx.query(`UPDATE ${target.table} SET state = $2, version = version + 1${assignments} WHERE id = $1`, [
    target.row.id,
    transition.to,
    ...columns.map((column) => changes[column]),
  ]);
  return { row: target.row, transition };
}

function quoted(column: string): string {
  if (!/^[a-z_][a-z0-9_]*$/.test(column)) throw new TypeError(`not a column name: ${column}`);
  return `"${column}"`;
}

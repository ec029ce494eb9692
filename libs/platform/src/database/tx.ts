import type { EntityManager } from 'typeorm';
import type { Actor } from '../actor/actor';

/** An open transaction and the actor in whose name it runs. Everything that reads or writes takes one. */
export interface Tx {
  readonly manager: EntityManager;
  readonly actor: Actor;
  /** Rows of a parameterised statement (`$1`, `$2`, …), also for `INSERT … RETURNING` and `UPDATE … RETURNING`. */
  query<Row = Record<string, unknown>>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>;
  /** Number of rows a statement touched. */
  execute(sql: string, parameters?: readonly unknown[]): Promise<number>;
  /**
   * Sends a statement whose answer nobody in the work needs, and goes on: it is waited for with the commit, which
   * fails with `failure(cause)` when the statement does. Nothing is committed then.
   */
  defer(sql: string, parameters: readonly unknown[], failure: (cause: unknown) => Error): void;
}

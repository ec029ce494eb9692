import { Injectable } from '@nestjs/common';
import { AsyncLocalStorage } from 'node:async_hooks';
import type { DataSource, QueryRunner } from 'typeorm';
import type { Actor } from '../actor/actor';
import { databaseIsAway } from '../problems/describe-failure';
import type { OpenTransaction, TransactionOptions } from './begin-as';
import { beginAs, runAlone } from './begin-as';
import type { StatementClient } from './prepared-statement';
import { preparedStatement } from './prepared-statement';
import type { Tx } from './tx';

const open = new AsyncLocalStorage<{ done: boolean }>();
const inDoubt = new WeakSet<object>();

/** Whether an error of a unit of work leaves open if it was committed: the connection broke while COMMIT was asked. */
export function commitIsInDoubt(error: unknown): boolean {
  return typeof error === 'object' && error !== null && inDoubt.has(error);
}

/**
 * Runs work in one transaction (READ COMMITTED) that carries the actor: the settings `sealpost.actor_kind`,
 * `sealpost.person_id`, `sealpost.agency_id` and `sealpost.roles` hold for the transaction, for row-level
 * security. Commits when the work returns, rolls back when it throws; retries nothing.
 *
 * No call to the network or to files belongs inside. A unit of work inside another is refused: pass the
 * `tx` on. What must be kept although the surrounding work rolls back (a denial, a wrong PIN) is recorded
 * with `runApart`, on a connection of its own pool, so that waiting for it cannot exhaust the first.
 */
@Injectable()
export class UnitOfWork {
  constructor(
    private readonly dataSource: DataSource,
    private readonly apart: DataSource = dataSource,
  ) {}

  run<T>(actor: Actor, work: (tx: Tx) => Promise<T>, options: TransactionOptions = {}): Promise<T> {
    if (open.getStore()?.done === false)
      throw new Error('a unit of work inside another: pass the tx on, or use runApart');
    return transact(this.dataSource, actor, work, options);
  }

  /** As `run`, also from inside another unit of work, and independent of its outcome. */
  runApart<T>(actor: Actor, work: (tx: Tx) => Promise<T>): Promise<T> {
    return transact(this.sourceApart(), actor, work, {});
  }

  /**
   * One statement as a unit of work of its own, like `runApart`, for a third of the round trips: what is read or
   * noted on nearly every request.
   */
  async statement<Row = Record<string, unknown>>(
    actor: Actor,
    sql: string,
    parameters: readonly unknown[] = [],
    options: TransactionOptions = {},
  ): Promise<Row[]> {
    const runner = this.sourceApart().createQueryRunner();
    try {
      return await runAlone<Row>(runner, actor, options, sql, parameters);
    } finally {
      await runner.release();
    }
  }

  /**
   * One statement in the transaction that PostgreSQL makes for it, in nobody's name: a quarter of the messages of
   * `statement`. Only for the platform's own book-keeping (sessions, keys of requests), which concerns no agency.
   */
  async bookkeeping<Row = Record<string, unknown>>(
    sql: string,
    parameters: readonly unknown[] = [],
  ): Promise<Row[]> {
    const runner = this.sourceApart().createQueryRunner();
    try {
      const client = (await runner.connect()) as StatementClient;
      return (await client.query(preparedStatement(sql, parameters))).rows as Row[];
    } finally {
      await runner.release();
    }
  }

  private sourceApart(): DataSource {
    return open.getStore()?.done === false ? this.apart : this.dataSource;
  }
}

async function transact<T>(
  source: DataSource,
  actor: Actor,
  work: (tx: Tx) => Promise<T>,
  options: TransactionOptions,
): Promise<T> {
  const runner = source.createQueryRunner();
  const scope = { done: false };
  const later = new DeferredStatements();
  try {
    const transaction = await beginAs(runner, actor, options);
    const result = await open.run(scope, () => work(transactionOf(runner, transaction, actor, later)));
    await commit(transaction, later);
    return result;
  } catch (error) {
    await rollBack(runner);
    // What a deferred statement broke shows in the statement after it; its own failure is the one to tell.
    throw (await later.failure()) ?? error;
  } finally {
    scope.done = true;
    await runner.release();
  }
}

/**
 * COMMIT leaves in one packet with what was deferred. PostgreSQL takes the COMMIT of a transaction in which a
 * statement has failed as a rollback and answers it without an error: only its own word counts.
 */
async function commit(transaction: OpenTransaction, later: DeferredStatements): Promise<void> {
  const { client, begun } = transaction;
  try {
    const [{ command }] = await Promise.all([client.query('COMMIT'), begun, later.done()]);
    if (command !== 'COMMIT') throw new Error('a statement failed unnoticed: nothing was committed');
    transaction.ended();
  } catch (error) {
    // Also when a deferred statement's answer was lost: COMMIT was on its way already.
    if (error instanceof Error && databaseIsAway(error)) inDoubt.add(error);
    throw error;
  }
}

/** A connection that is already lost rolls back by itself; the first error is the one to tell. */
async function rollBack(runner: QueryRunner): Promise<void> {
  if (!runner.isTransactionActive || runner.isReleased) return;
  await runner.rollbackTransaction().catch(() => undefined);
}

/** Statements that were sent and are waited for with the commit. */
class DeferredStatements {
  readonly #sent: Promise<unknown>[] = [];

  add(sent: Promise<unknown>): void {
    // Looked at by the end of the transaction, which may come after the failure.
    sent.catch(() => undefined);
    this.#sent.push(sent);
  }

  async done(): Promise<void> {
    await Promise.all(this.#sent);
  }

  /** The first failure so far. */
  async failure(): Promise<unknown> {
    const outcomes = await Promise.allSettled(this.#sent);
    const failed = outcomes.find((outcome) => outcome.status === 'rejected');
    return failed?.reason;
  }
}

function transactionOf(
  runner: QueryRunner,
  transaction: OpenTransaction,
  actor: Actor,
  later: DeferredStatements,
): Tx {
  const { client } = transaction;
  return {
    manager: runner.manager,
    actor,
    async query<Row>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
      return (await client.query(preparedStatement(sql, parameters))).rows as Row[];
    },
    async execute(sql, parameters = []): Promise<number> {
      return (await client.query(preparedStatement(sql, parameters))).rowCount ?? 0;
    },
    defer(sql, parameters, failure): void {
      transaction.sendTogether();
      later.add(
        client.query(preparedStatement(sql, parameters)).catch((cause: unknown) => {
          throw failure(cause);
        }),
      );
    },
  };
}

import type { QueryRunner } from 'typeorm';
import type { Actor } from '../actor/actor';
import { isId } from '../ids';
import type { StatementClient } from './prepared-statement';
import { preparedStatement } from './prepared-statement';

/** TypeORM's runner keeps these two for itself; they must be right for save() not to begin again. */
interface RunnerState {
  isTransactionActive: boolean;
  transactionDepth: number;
}

/** What a transaction promises beside being atomic. */
export interface TransactionOptions {
  /**
   * `relaxed`: the answer does not wait until the commit is on disk. A crash may lose it, but never without
   * everything that committed after it. Only for what may be lost that way.
   */
  readonly durability?: 'durable' | 'relaxed';
}

/** The part of pg's client that pipelining needs. */
interface PipelinedClient extends StatementClient {
  readonly connection: { readonly stream: { cork(): void; uncork(): void } };
}

/** A transaction on its connection. */
export interface OpenTransaction {
  readonly client: StatementClient;
  /** Rejects when the transaction could not be begun. */
  readonly begun: Promise<unknown>;
  /** What is sent until the event loop turns leaves as one packet. */
  sendTogether(): void;
  /** From here on TypeORM takes the transaction for ended. */
  ended(): void;
}

/**
 * Begins a transaction and tells PostgreSQL who acts. Connections are pipelined: this is sent together with the
 * first statement of the work and not waited for.
 */
export async function beginAs(
  runner: QueryRunner,
  actor: Actor,
  options: TransactionOptions,
): Promise<OpenTransaction> {
  const client = (await runner.connect()) as PipelinedClient;
  const sendTogether = (): void => {
    cork(client);
  };
  sendTogether();
  const begun = begin(client, actor, options);
  const state = runner as unknown as RunnerState;
  setDepth(state, 1);
  return {
    client,
    begun,
    sendTogether,
    ended: () => {
      setDepth(state, 0);
    },
  };
}

function setDepth(state: RunnerState, depth: 0 | 1): void {
  state.isTransactionActive = depth === 1;
  state.transactionDepth = depth;
}

/** Begin, one statement and commit in one packet and one wait. */
export async function runAlone<Row>(
  runner: QueryRunner,
  actor: Actor,
  options: TransactionOptions,
  sql: string,
  parameters: readonly unknown[],
): Promise<Row[]> {
  const client = (await runner.connect()) as PipelinedClient;
  cork(client);
  const [begun, result, committed] = await Promise.allSettled([
    begin(client, actor, options),
    client.query(preparedStatement(sql, parameters)),
    // After a failure PostgreSQL takes it as a rollback.
    client.query('COMMIT'),
  ]);
  if (result.status === 'rejected') throw result.reason as Error;
  if (begun.status === 'rejected') throw begun.reason as Error;
  if (committed.status === 'rejected') throw committed.reason as Error;
  return result.value.rows as Row[];
}

/** Holds back what is written until the event loop turns, so that it leaves as one packet. */
function cork({ connection: { stream } }: PipelinedClient): void {
  stream.cork();
  setImmediate(() => {
    stream.uncork();
  });
}

/**
 * No row and no column come back: the settings are made while the condition is worked out, which is never true
 * (`concat` of nothing at all is an empty text, not NULL). Prepared, because to parse and plan it would cost more
 * than most statements of the work; and every column answered costs the client as much again.
 */
const settingsText = (further: readonly string[]): string =>
  `SELECT WHERE concat(${[
    "set_config('sealpost.actor_kind', $1, true)",
    "set_config('sealpost.person_id', $2, true)",
    "set_config('sealpost.agency_id', $3, true)",
    "set_config('sealpost.roles', $4, true)",
    ...further,
  ].join(', ')}) IS NULL`;

const settings = {
  durable: settingsText([]),
  relaxed: settingsText(["set_config('synchronous_commit', 'off', true)"]),
} as const;

function begin(
  client: StatementClient,
  actor: Actor,
  { durability = 'durable' }: TransactionOptions,
): Promise<unknown> {
  const values = settingsOf(actor);
  const begun = Promise.all([
    client.query('BEGIN ISOLATION LEVEL READ COMMITTED'),
    client.query(preparedStatement(settings[durability], values)),
  ]);
  // Whoever waits for the work sees its failure first; the end of the transaction looks at this one.
  begun.catch(() => undefined);
  return begun;
}

/** Kind, person, agency and roles. Only checked words: whatever reads the settings may rely on their form. */
function settingsOf(actor: Actor): readonly string[] {
  const agencyId = actor.kind === 'person' || actor.kind === 'system' ? (actor.agencyId ?? '') : '';
  return [
    word(actor.kind),
    actor.kind === 'person' ? identifier(actor.personId) : '',
    agencyId === '' ? '' : identifier(agencyId),
    actor.kind === 'person' ? actor.roles.map(word).join(',') : '',
  ];
}

function identifier(value: string): string {
  if (!isId(value)) throw new TypeError('the actor carries an identifier that is not a UUID');
  return value;
}

function word(value: string): string {
  if (!/^[a-z]+$/.test(value)) throw new TypeError('the actor carries a kind or role that is not a word');
  return value;
}

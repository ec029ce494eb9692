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

/**
 * Begins a transaction and tells PostgreSQL who acts. The simple protocol takes several statements at once but no
 * parameters, so only checked identifiers go into the text. Connections are pipelined: the statement is sent
 * together with the first one of the work and not waited for; `begun` rejects when it failed.
 */
export async function beginAs(
  runner: QueryRunner,
  actor: Actor,
  options: TransactionOptions,
): Promise<{ readonly begun: Promise<unknown>; readonly client: StatementClient }> {
  const client = (await runner.connect()) as PipelinedClient;
  sendTogether(client);
  const begun = client.query(beginStatement(actor, options));
  // Whoever waits for the work sees its failure first; commit looks at this one.
  begun.catch(() => undefined);
  const state = runner as unknown as RunnerState;
  state.isTransactionActive = true;
  state.transactionDepth = 1;
  return { begun, client };
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
  sendTogether(client);
  const [begun, result, committed] = await Promise.allSettled([
    client.query(beginStatement(actor, options)),
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
function sendTogether({ connection: { stream } }: PipelinedClient): void {
  stream.cork();
  setImmediate(() => {
    stream.uncork();
  });
}

function beginStatement(actor: Actor, { durability }: TransactionOptions): string {
  const settings = Object.entries(settingsOf(actor)).map(
    ([name, value]) => `set_config('sealpost.${name}','${value}',true)`,
  );
  if (durability === 'relaxed') settings.push("set_config('synchronous_commit','off',true)");
  return `BEGIN ISOLATION LEVEL READ COMMITTED;SELECT ${settings.join(',')}`;
}

function settingsOf(actor: Actor): Readonly<Record<string, string>> {
  const agencyId = actor.kind === 'person' || actor.kind === 'system' ? (actor.agencyId ?? '') : '';
  return {
    actor_kind: word(actor.kind),
    person_id: actor.kind === 'person' ? identifier(actor.personId) : '',
    agency_id: agencyId === '' ? '' : identifier(agencyId),
    roles: actor.kind === 'person' ? actor.roles.map(word).join(',') : '',
  };
}

function identifier(value: string): string {
  if (!isId(value)) throw new TypeError('the actor carries an identifier that is not a UUID');
  return value;
}

function word(value: string): string {
  if (!/^[a-z]+$/.test(value)) throw new TypeError('the actor carries a kind or role that is not a word');
  return value;
}

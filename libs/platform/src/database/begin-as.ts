import type { QueryRunner } from 'typeorm';
import type { Actor } from '../actor/actor';
import { isId } from '../ids';

/** TypeORM's runner keeps these two for itself; they must be right for save() not to begin again. */
interface RunnerState {
  isTransactionActive: boolean;
  transactionDepth: number;
}

/**
 * Begins a transaction and tells PostgreSQL who acts, in one round trip: the simple protocol takes several
 * statements at once but no parameters, so only checked identifiers go into the text.
 */
export async function beginAs(runner: QueryRunner, actor: Actor): Promise<void> {
  const settings = Object.entries(settingsOf(actor))
    .map(([name, value]) => `set_config('sealpost.${name}','${value}',true)`)
    .join(',');
  const client = (await runner.connect()) as { query(sql: string): Promise<unknown> };
  await client.query(`BEGIN ISOLATION LEVEL READ COMMITTED;SELECT ${settings}`);
  const state = runner as unknown as RunnerState;
  state.isTransactionActive = true;
  state.transactionDepth = 1;
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

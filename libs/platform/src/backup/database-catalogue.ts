import type { ClientBase } from 'pg';
import type { PartitionPart, SequencePart } from './manifest';

/** Schemas of ours: all but PostgreSQL's own. */
const ours = `n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'public')`;
/** pg-boss makes its own tables anew from the declared queues; of its rows only jobs still to do are kept. */
const kept = `(n.nspname <> 'pgboss' OR c.relname = 'job') AND NOT (n.nspname = 'platform' AND c.relname = 'migration')`;

export interface CatalogueTable {
  readonly schema: string;
  readonly table: string;
  readonly columns: readonly string[];
}

/** Every table whose rows are kept; partitioned ones as one, without generated columns. */
export async function tablesOf(client: ClientBase): Promise<readonly CatalogueTable[]> {
  const { rows } = await client.query<CatalogueTable>(`
    SELECT n.nspname AS schema, c.relname AS table,
           array_agg(a.attname::text ORDER BY a.attnum) AS columns
      FROM pg_class c
      JOIN pg_namespace n ON n.oid = c.relnamespace
      JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
     WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND ${ours} AND ${kept}
     GROUP BY n.nspname, c.relname ORDER BY 1, 2`);
  return rows;
}

export async function partitionsOf(client: ClientBase): Promise<readonly PartitionPart[]> {
  const { rows } = await client.query<PartitionPart>(`
    SELECT n.nspname AS schema, c.relname AS table, pn.nspname AS "parentSchema", p.relname AS parent,
           pg_get_expr(c.relpartbound, c.oid) AS bound
      FROM pg_class c
      JOIN pg_namespace n ON n.oid = c.relnamespace
      JOIN pg_inherits i ON i.inhrelid = c.oid
      JOIN pg_class p ON p.oid = i.inhparent
      JOIN pg_namespace pn ON pn.oid = p.relnamespace
     WHERE c.relispartition AND c.relkind = 'r' AND ${ours} AND n.nspname <> 'pgboss'
     ORDER BY 1, 2`);
  return rows;
}

export async function sequencesOf(client: ClientBase): Promise<readonly SequencePart[]> {
  const { rows } = await client.query<SequencePart>(`
    SELECT s.schemaname AS schema, s.sequencename AS sequence, s.last_value::text AS "lastValue"
      FROM pg_sequences s JOIN pg_namespace n ON n.nspname = s.schemaname
     WHERE ${ours} AND s.schemaname <> 'pgboss' AND s.sequencename <> 'migration_id_seq' ORDER BY 1, 2`);
  return rows;
}

/** Names of the applied migrations, oldest first. */
export async function migrationsOf(client: ClientBase): Promise<readonly string[]> {
  const { rows } = await client.query<{ name: string }>(
    'SELECT name FROM platform.migration ORDER BY timestamp, id',
  );
  return rows.map((row) => row.name);
}

/** Whether the database holds any table, in whatever schema. */
export async function isEmpty(client: ClientBase): Promise<boolean> {
  const { rows } = await client.query(
    `SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'p') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' LIMIT 1`,
  );
  return rows.length === 0;
}

export interface TriggerState {
  readonly schema: string;
  readonly table: string;
  readonly trigger: string;
  /** pg_trigger.tgenabled: `O`rigin, `A`lways, `R`eplica, `D`isabled. */
  readonly enabled: 'O' | 'A' | 'R' | 'D';
}

/** Triggers of ours on tables and their partitions; PostgreSQL's own for foreign keys are left alone. */
export async function triggersOf(client: ClientBase): Promise<readonly TriggerState[]> {
  const { rows } = await client.query<TriggerState>(`
    SELECT n.nspname AS schema, c.relname AS table, t.tgname AS trigger, t.tgenabled AS enabled
      FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE NOT t.tgisinternal AND ${ours} AND n.nspname <> 'pgboss' ORDER BY c.relispartition, 1, 2, 3`);
  return rows;
}

export interface ForeignKey {
  readonly schema: string;
  readonly table: string;
  readonly constraint: string;
}

/** Foreign keys that are checked at once, so that rows would have to come in an order. */
export async function immediateForeignKeysOf(client: ClientBase): Promise<readonly ForeignKey[]> {
  const { rows } = await client.query<ForeignKey>(`
    SELECT n.nspname AS schema, c.relname AS table, k.conname AS constraint
      FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE k.contype = 'f' AND k.conparentid = 0 AND NOT k.condeferrable AND ${ours} AND n.nspname <> 'pgboss'
     ORDER BY 1, 2, 3`);
  return rows;
}

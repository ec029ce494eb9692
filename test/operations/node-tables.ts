import { Client } from 'pg';
import type { RunningNode } from '../../apps/launcher/src/installation';

/** Reads a node's tables as their owner. */
export async function rowsOf<Row extends object>(
  { database }: Pick<RunningNode, 'database'>,
  sql: string,
  values: readonly unknown[] = [],
): Promise<readonly Row[]> {
  const client = new Client({ connectionString: database.ownerUrl });
  await client.connect();
  try {
    return (await client.query<Row>(sql, [...values])).rows;
  } finally {
    await client.end();
  }
}

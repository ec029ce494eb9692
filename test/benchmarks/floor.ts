import { createSign, generateKeyPairSync } from 'node:crypto';
import { Client } from 'pg';

/** Seconds that `count` bare ECDSA P-256 signatures over a signed-attributes-sized input take, one after another. */
export function rawSignatures(count: number): Promise<number> {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const input = Buffer.alloc(200, 7);
  const started = performance.now();
  for (let done = 0; done < count; done += 1) createSign('SHA256').update(input).sign(privateKey);
  return Promise.resolve((performance.now() - started) / 1000);
}

/** Seconds that `count` commits of one small row take over `clients` connections. */
export async function rawCommits(ownerUrl: string, count: number, clients: number): Promise<number> {
  const connections = await Promise.all(
    Array.from({ length: clients }, async () => {
      const client = new Client({ connectionString: ownerUrl });
      await client.connect();
      return client;
    }),
  );
  const [first] = connections;
  if (!first) throw new Error('no connection');
  await first.query('CREATE SCHEMA IF NOT EXISTS benchmark AUTHORIZATION CURRENT_USER');
  await first.query('CREATE TABLE IF NOT EXISTS benchmark.floor (id uuid PRIMARY KEY, bytes bytea)');
  await first.query('TRUNCATE benchmark.floor');
  const bytes = Buffer.alloc(600, 7);
  const started = performance.now();
  let left = count;
  await Promise.all(
    connections.map(async (client) => {
      while (left > 0) {
        left -= 1;
        await client.query('INSERT INTO benchmark.floor VALUES (gen_random_uuid(), $1)', [bytes]);
      }
    }),
  );
  const seconds = (performance.now() - started) / 1000;
  await Promise.all(connections.map((client) => client.end()));
  return seconds;
}

/** Transactions that the database has committed so far. */
export async function commitsOf(ownerUrl: string): Promise<number> {
  const client = new Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ commits: string }>(
      'SELECT xact_commit AS commits FROM pg_stat_database WHERE datname = current_database()',
    );
    return Number(rows[0]?.commits ?? 0);
  } finally {
    await client.end();
  }
}

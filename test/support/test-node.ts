import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { demoPassword } from '#directory';
import { serve } from '#platform';
import type { TestDatabase } from '#platform/testing';
import { ExchangeWorkers } from '#workflow';
import { useNodeCrypto } from '#pki/node';
import { buildApi } from '../../apps/api/src/build-api';
import { SealpostClient } from '../../apps/launcher/src/job/sealpost-client';
import { Caller } from './caller';
import type { TestPkiFolder, TrustServices } from './development-pki';
import { startTrustServices, testPkiFolder } from './development-pki';
import { seededDatabase } from './seeded-database';

/** A whole node inside this process: real HTTP, real PostgreSQL, the worker's jobs, a time-stamping authority. */
export interface TestNode {
  readonly origin: string;
  readonly app: NestExpressApplication;
  readonly database: TestDatabase;
  readonly pki: TestPkiFolder;
  readonly services: TrustServices;
  /** A demo person's session, e.g. `vanthu.tinhuy`; opened once. */
  as(person: string): Promise<Caller>;
  /** Somebody who has not logged in. */
  anybody(): Caller;
  /** The same as `as`, for the steps of the main job. */
  client(person: string): Promise<SealpostClient>;
  /** Rows as the application's role sees them. */
  query<T>(sql: string, parameters?: readonly unknown[]): Promise<T[]>;
  close(): Promise<void>;
}

/** The first authority of every node: nobody listens there, so that each time-stamp is one by the second. */
const deadTsa = 'http://127.0.0.1:9/tsa';

/** Starts a node; `environment` overrides settings by their variables; port 0 is any free one. */
export async function startTestNode(
  environment: Readonly<Record<string, string>> = {},
  port = 0,
): Promise<TestNode> {
  useNodeCrypto();
  const pki = await testPkiFolder();
  const dataDir = await mkdtemp(join(tmpdir(), 'sealpost-node-'));
  const database = await seededDatabase(pki.folder, dataDir);
  const services = await startTrustServices(pki);
  Object.assign(process.env, {
    NODE_ENV: 'test',
    SEALPOST_DEMO: '1',
    SEALPOST_LOG_LEVEL: process.env['TEST_LOG'] ?? 'silent',
    SEALPOST_DATA_DIR: dataDir,
    SEALPOST_TRUST_DIR: pki.folder,
    SEALPOST_TSA_URL: `${deadTsa},${services.tsaUrl}`,
    DATABASE_URL: database.url,
    ...environment,
  });
  const app = await buildApi();
  for (const name of Object.keys(environment)) Reflect.deleteProperty(process.env, name);
  const running = await serve(app, { port, hosts: ['127.0.0.1'] });
  await app.get(ExchangeWorkers, { strict: false }).start();
  const [origin = ''] = running.origins;
  const callers = new Map<string, Promise<Caller>>();
  const clients = new Map<string, Promise<SealpostClient>>();
  return {
    origin,
    app,
    database,
    pki,
    services,
    as: (person) => remembered(callers, person, () => new Caller(origin).login(person)),
    anybody: () => new Caller(origin),
    client: (person) =>
      remembered(clients, person, async () => {
        const client = new SealpostClient(origin);
        await client.login(person, demoPassword);
        return client;
      }),
    query: (sql, parameters = []) => database.dataSource.query(sql, [...parameters]),
    close: async () => {
      await running.close(1);
      await services.stop();
      await database.drop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

function remembered<T>(known: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> {
  const made = known.get(key) ?? make();
  known.set(key, made);
  return made;
}

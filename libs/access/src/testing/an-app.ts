import type { NestExpressApplication } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import type { EntryV1 } from '#audit';
import { AuditModule, auditMigrations, auditProblems, FindEntries } from '#audit';
import { directoryMigrations, DirectoryModule, directoryProblems } from '#directory';
import { Clock, Config, configureHttp, createLogger, LOGGER, platformMigrations, TestClock } from '#platform';
import type { TestDatabase } from '#platform/testing';
import { aSystem, testConfig, testDatabase } from '#platform/testing';
import { AccessModule } from '../access.module';
import { accessProblems } from '../errors';
import { accessMigrations } from '../migrations';

export interface TestApp {
  readonly app: NestExpressApplication;
  readonly database: TestDatabase;
  readonly config: Config;
  readonly clock: TestClock;
  /** What one request left in the trail, newest first. */
  entriesOf(requestId: string | undefined): Promise<readonly EntryV1[]>;
  close(): Promise<void>;
}

/** The real modules up to access, over HTTP, on a fresh database. */
export async function anApp(variables: Readonly<Record<string, string>> = {}): Promise<TestApp> {
  const database = await testDatabase({
    migrations: [...platformMigrations, ...auditMigrations, ...directoryMigrations, ...accessMigrations],
  });
  const { config, remove } = await testConfig({ DATABASE_URL: database.url, ...variables });
  const clock = new TestClock(new Date());
  const built = await Test.createTestingModule({ imports: [AuditModule, DirectoryModule, AccessModule] })
    .overrideProvider(Config)
    .useValue(config)
    .overrideProvider(Clock)
    .useValue(clock)
    .overrideProvider(LOGGER)
    .useValue(createLogger({ level: 'silent', service: 'test' }))
    .compile();
  const app = built.createNestApplication<NestExpressApplication>({ bodyParser: false });
  configureHttp(app, { catalogues: [auditProblems, directoryProblems, accessProblems] });
  await app.init();
  return {
    app,
    database,
    config,
    clock,
    entriesOf: async (requestId) => {
      const { items } = await app.get(FindEntries, { strict: false }).find(aSystem(), { limit: 200 });
      return items.map(({ entry }) => entry).filter(({ actor }) => actor.request === requestId);
    },
    close: async () => {
      await app.close();
      await database.drop();
      await remove();
    },
  };
}

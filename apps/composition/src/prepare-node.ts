import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { SeedDemoAccess } from '#access';
import type { DemoLayout } from '#directory';
import { readPkiIndex, seedDemoDirectory } from '#directory';
import { Config, loadConfig, LOGGER, migrate, nestLogger, newId, UnitOfWork } from '#platform';
import type { Logger } from 'pino';
import { migrations, queues } from './migrations';
import { NodeModule } from './node.module';
import { reportReady, runProgram } from './report-ready';

/** Migrates a node's database and, in a demo, enters agencies, people, keys and logins. May be run again at any time. */
async function main(): Promise<void> {
  const config = loadConfig();
  if (config.databaseOwnerUrl === undefined)
    throw new Error('DATABASE_OWNER_URL: migrations need the role that owns the tables');
  await migrate({
    ownerUrl: config.databaseOwnerUrl,
    migrations,
    queues,
    queueTimes: { expirySeconds: config.jobExpirySeconds, heartbeatSeconds: config.jobHeartbeatSeconds },
  });
  if (config.demo) await seedDemo();
  reportReady();
}

async function seedDemo(): Promise<void> {
  const { SEALPOST_PKI_DIR: folder = 'var/pki', SEALPOST_DEMO_LAYOUT: named } = process.env;
  const layout = demoLayoutOf(named);
  const app = await NestFactory.createApplicationContext(NodeModule, { bufferLogs: true });
  const logger = app.get<Logger>(LOGGER, { strict: false });
  app.useLogger(nestLogger(logger));
  try {
    const pki = await readPkiIndex(folder);
    const actor = { kind: 'system', service: 'seed', requestId: newId() } as const;
    await app.get(UnitOfWork, { strict: false }).run(actor, (tx) => seedDemoDirectory(tx, pki, layout));
    const seeded = await app
      .get(SeedDemoAccess, { strict: false })
      .seed({ folder, index: pki.index }, layout);
    logger.info({ ...seeded, nodeId: app.get(Config, { strict: false }).nodeId }, 'demo data is there');
  } finally {
    await app.close();
  }
}

/** A misspelt name would quietly make another demo than the one asked for. */
function demoLayoutOf(named = 'one-node'): DemoLayout {
  const layouts: readonly DemoLayout[] = ['one-node', 'two-nodes'];
  const layout = layouts.find((known) => known === named);
  if (layout === undefined)
    throw new Error(`SEALPOST_DEMO_LAYOUT: one of ${layouts.join(', ')}, not ${named}`);
  return layout;
}

runProgram(main);

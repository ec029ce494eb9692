import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { closeOnSignals, LOGGER, nestLogger } from '#platform';
import { ExchangeWorkers } from '#workflow';
import { useNodeCrypto } from '#pki/node';
import type { Logger } from 'pino';
import { NodeModule } from '../../composition/src/node.module';
import { refuseDemoInProduction } from '../../composition/src/refuse-demo';
import { reportReady, runProgram } from '../../composition/src/report-ready';

async function main(): Promise<void> {
  useNodeCrypto();
  const app = await NestFactory.createApplicationContext(NodeModule, { bufferLogs: true });
  const logger = app.get<Logger>(LOGGER, { strict: false });
  app.useLogger(nestLogger(logger));
  await refuseDemoInProduction(app);
  await app.get(ExchangeWorkers, { strict: false }).start();
  closeOnSignals(() => app.close(), logger);
  logger.info('worker is ready');
  reportReady();
}

runProgram(main);

import 'reflect-metadata';
import { closeOnSignals, Config, LOGGER, serve } from '#platform';
import { ExchangeListener } from '#workflow';
import { useNodeCrypto } from '#pki/node';
import type { Logger } from 'pino';
import { refuseDemoInProduction } from '../../composition/src/refuse-demo';
import { reportReady, runProgram } from '../../composition/src/report-ready';
import { buildApi } from './build-api';

async function main(): Promise<void> {
  useNodeCrypto();
  const app = await buildApi();
  await refuseDemoInProduction(app);
  const config = app.get(Config);
  const logger = app.get<Logger>(LOGGER);
  const running = await serve(app, { port: config.httpPort, hosts: config.httpHosts });
  const exchange = await app.get(ExchangeListener, { strict: false }).start();
  closeOnSignals(() => running.close(), logger);
  logger.info({ origins: running.origins, exchange, nodeId: config.nodeId }, 'api is ready');
  reportReady({ port: running.port });
}

runProgram(main);

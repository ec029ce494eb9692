import { closeTestRun, openTestRun } from '#platform/testing';
import { startTestNode } from '../support/test-node';
import { fillOffice } from './fill-office';

/** `npm run pages`: a node from the sources with an office at work, for whoever builds or looks at pages. */
async function main(): Promise<void> {
  const folder = openTestRun();
  const node = await startTestNode({}, Number(process.env['SEALPOST_HTTP_PORT'] ?? 0));
  const stop = async (): Promise<void> => {
    await node.close();
    await closeTestRun(folder);
    process.exit(0);
  };
  process.on('SIGINT', () => void stop()).on('SIGTERM', () => void stop());
  await fillOffice(node);
  console.log(`the office works at ${node.origin}`);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Config } from '../config/config';
import { loadConfig } from '../config/config';

/** A configuration for tests with a data folder of its own; `variables` as in the environment. */
export async function testConfig(
  variables: Readonly<Record<string, string>>,
): Promise<{ config: Config; remove: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'sealpost-data-'));
  const config = loadConfig({
    NODE_ENV: 'test',
    SEALPOST_LOG_LEVEL: 'silent',
    SEALPOST_DATA_DIR: folder,
    SEALPOST_HTTP_PORT: '0',
    ...variables,
  });
  return { config, remove: () => rm(folder, { recursive: true, force: true }) };
}

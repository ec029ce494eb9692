import { chmod, cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testPkiFolder } from '../support/development-pki';

/** A folder for a new installation, with the development PKI of the test runs in it. */
export interface InstallationPlace {
  readonly dataDir: string;
  remove(): Promise<void>;
}

export async function installationPlace(): Promise<InstallationPlace> {
  const dataDir = await mkdtemp(join(tmpdir(), 'sealpost-installation-'));
  // PostgreSQL may run under another account, which has to get through.
  await chmod(dataDir, 0o711);
  await cp((await testPkiFolder()).folder, join(dataDir, 'pki'), { recursive: true });
  return { dataDir, remove: () => rm(dataDir, { recursive: true, force: true }) };
}

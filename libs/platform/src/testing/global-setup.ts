import { closeTestRun, openTestRun } from './test-server';

/** For jest.config.js: one PostgreSQL per run, started when first needed. */
export default function globalSetup(): void {
  const folder = openTestRun();
  (globalThis as { stopTestRun?: () => Promise<void> }).stopTestRun = () => closeTestRun(folder);
}

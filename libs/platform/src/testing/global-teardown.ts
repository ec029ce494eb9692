/** For jest.config.js: stops the run's PostgreSQL. */
export default async function globalTeardown(): Promise<void> {
  await (globalThis as { stopTestRun?: () => Promise<void> }).stopTestRun?.();
}

import { createLogger } from '../../logs/logger';
import { JobQueue } from '../job-queue';

/** A worker for tests that takes a job and never finishes it. */
const [url = '', queue = ''] = process.argv.slice(2);
const jobs = new JobQueue({
  url,
  logger: createLogger({ level: 'silent', service: 'test' }),
  supervisionSeconds: 1,
});
void jobs.work(queue, (job) => {
  process.stdout.write(`took ${job.id}\n`);
  return new Promise(() => undefined);
});

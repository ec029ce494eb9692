import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { createLogger } from '../logs/logger';
import { platformMigrations } from '../migrations';
import type { TestDatabase } from '../testing';
import { aSystem, lineOf, startTypeScript, testDatabase } from '../testing';
import { testServer } from '../testing/test-server';
import type { QueuedJob } from './job-queue';
import { JobQueue } from './job-queue';
import type { QueueDefinition } from './queue-definition';

const queues: readonly QueueDefinition[] = [
  { name: 'deliver' },
  { name: 'backlog' },
  { name: 'fail', retryLimit: 2, retryDelay: 1, retryDelayMax: 1 },
  { name: 'lapse', expirySeconds: 3, retryDelay: 1 },
  { name: 'beat', retryDelay: 1 },
  { name: 'restart' },
  { name: 'once', oncePerKey: true },
];
const logger = createLogger({ level: 'silent', service: 'test' });
let db: TestDatabase;
let jobs: JobQueue;

beforeAll(async () => {
  db = await testDatabase({ migrations: platformMigrations, queues });
  jobs = new JobQueue({ url: db.url, logger, supervisionSeconds: 1 });
});
afterAll(async () => {
  await jobs.stop(1);
  await db.drop();
});

async function until(condition: () => boolean | Promise<boolean>, seconds = 30): Promise<void> {
  const deadline = Date.now() + seconds * 1000;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error('it did not come to be');
    await pause(50);
  }
}

const enqueue = (queue: string, data: object = {}): Promise<void> =>
  db.unitOfWork.run(aSystem(), (tx) => jobs.enqueue(tx, queue, data));

describe('the job queue', () => {
  it('gives a committed job to a worker at once, and none that was rolled back', async () => {
    const seen: QueuedJob[] = [];
    await jobs.work<Record<string, unknown>>('deliver', (job) => {
      seen.push(job);
      return Promise.resolve();
    });
    const attempt = db.unitOfWork.run(aSystem(), async (tx) => {
      await jobs.enqueue(tx, 'deliver', { n: 'lost' });
      throw new Error('roll back');
    });
    await expect(attempt).rejects.toThrow('roll back');
    const start = Date.now();
    await enqueue('deliver', { n: 'kept' });
    await until(() => seen.length > 0, 5);
    expect(Date.now() - start).toBeLessThan(900);
    await pause(300);
    expect(seen.map((job) => job.data)).toEqual([{ n: 'kept' }]);
  });

  it('works off a backlog without pausing between jobs', async () => {
    await db.unitOfWork.run(aSystem(), async (tx) => {
      for (let n = 0; n < 30; n += 1) await jobs.enqueue(tx, 'backlog', { n });
    });
    const start = Date.now();
    const seen: object[] = [];
    await jobs.work('backlog', (job) => {
      seen.push(job.data);
      return Promise.resolve();
    });
    await until(() => seen.length === 30, 40);
    expect(Date.now() - start).toBeLessThan(5_000);
  });

  it('refuses a queue that nobody declared, and leaves the transaction to its caller', async () => {
    await expect(enqueue('nobody')).rejects.toMatchObject({ code: 'QUEUE_UNKNOWN' });
    await expect(jobs.work('nobody', () => Promise.resolve())).rejects.toMatchObject({
      code: 'QUEUE_UNKNOWN',
    });
  });

  it('tries a failing job again and then puts it to the dead letters, counted', async () => {
    const tries: number[] = [];
    await jobs.work('fail', (job) => {
      tries.push(job.retryCount);
      return Promise.reject(new Error('no'));
    });
    await enqueue('fail');
    await until(async () => (await jobs.counts('fail')).dead === 1);
    expect(tries).toEqual([0, 1, 2]);
    expect(await jobs.counts('fail')).toEqual({ waiting: 0, active: 0, dead: 1 });
  });

  it('takes only one job of a key at a time where a queue says so', async () => {
    await db.unitOfWork.run(aSystem(), async (tx) => {
      const startAfter = new Date(Date.now() + 3_600_000);
      for (const singletonKey of ['document-1', 'document-1', 'document-2'])
        await jobs.enqueue(tx, 'once', {}, { singletonKey, startAfter });
    });
    expect(await jobs.counts('once')).toMatchObject({ waiting: 2 });
  });

  it.each([
    ['lapse', 'its expiry', 9],
    ['beat', 'missing heartbeats', 20],
  ])('gives the job of a worker killed in the middle to another (%s: by %s)', async (queue, _, seconds) => {
    const worker = startTypeScript(join(__dirname, 'testing', 'hanging-worker.ts'), [db.url, queue]);
    const took = lineOf(worker, 'took');
    await enqueue(queue, { document: 'one' });
    await took;
    expect((await jobs.counts(queue)).active).toBe(1);
    worker.kill('SIGKILL');
    const killed = Date.now();
    const seen: QueuedJob[] = [];
    await jobs.work<Record<string, unknown>>(queue, (job) => {
      seen.push(job);
      return Promise.resolve();
    });
    await until(() => seen.length > 0, seconds);
    expect((Date.now() - killed) / 1000).toBeLessThan(seconds);
    expect(seen[0]).toMatchObject({ data: { document: 'one' }, retryCount: 1 });
  });

  it('goes on after all its connections were cut', async () => {
    const seen: object[] = [];
    await jobs.work('restart', (job) => {
      seen.push(job.data);
      return Promise.resolve();
    });
    const admin = new Client({ connectionString: (await testServer()).adminUrl });
    await admin.connect();
    const { rowCount } = await admin.query(
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = $1 AND datname = $2',
      ['sealpost_app', new URL(db.url).pathname.slice(1)],
    );
    await admin.end();
    expect(rowCount).toBeGreaterThan(2);
    await until(() =>
      enqueue('restart', { n: 1 }).then(
        () => true,
        () => false,
      ),
    );
    await until(() => seen.length > 0, 10);
  });

  it('lets a running job finish when it stops', async () => {
    const other = new JobQueue({ url: db.url, logger, supervisionSeconds: 1 });
    await jobs.stop(1);
    let finished = false;
    let started = false;
    await other.work('deliver', async () => {
      started = true;
      await pause(1000);
      finished = true;
    });
    await db.unitOfWork.run(aSystem(), (tx) => other.enqueue(tx, 'deliver', {}));
    await until(() => started, 5);
    await other.stop(10);
    expect(finished).toBe(true);
  });

  it('gives the application no right to change the tables of the queue', async () => {
    await expect(db.dataSource.query('DROP TABLE pgboss.job')).rejects.toThrow('must be owner');
  });
});

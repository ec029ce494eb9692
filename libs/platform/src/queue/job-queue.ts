import type { Job, PgBoss as Boss } from 'pg-boss';
import { PgBoss } from 'pg-boss';
import type { Logger } from 'pino';
import type { Tx } from '../database/tx';
import { PlatformError } from '../platform-error';
import { deadLetterQueueOf } from './queue-definition';

export const queueSchema = 'pgboss';

export interface EnqueueOptions {
  /** For queues declared `oncePerKey`: while a job with this key waits or runs, another is not added. */
  readonly singletonKey?: string;
  readonly startAfter?: Date;
  readonly retryLimit?: number;
  /** Higher first; 0 if not given. */
  readonly priority?: number;
}

/** A job as a worker gets it. It may come more than once: work must be safe to repeat. */
export interface QueuedJob<Data extends object = Record<string, unknown>> {
  readonly id: string;
  readonly queue: string;
  readonly data: Data;
  /** 0 for the first try. */
  readonly retryCount: number;
  /** Aborted when the job has lapsed or the process stops. */
  readonly signal: AbortSignal;
}

export interface WorkOptions {
  /** Jobs worked on at the same time by this process; 1 if not given. */
  readonly concurrency?: number;
  /** Seconds between looks at the queue when no notification comes; 1 if not given. */
  readonly pollingSeconds?: number;
}

export interface QueueCounts {
  readonly waiting: number;
  readonly active: number;
  readonly dead: number;
}

export interface JobQueueSettings {
  readonly url: string;
  readonly logger: Logger;
  /** Connections of the queue's own pool; 4 if not given. */
  readonly pool?: number;
  /** How often this process looks for lapsed jobs, in seconds; 0 for processes that only enqueue. */
  readonly supervisionSeconds: number;
}

/**
 * Jobs in the same PostgreSQL. Enqueued inside a unit of work they commit and roll back with it; a job
 * is worked on at least once. After its tries are used up a job goes to the dead letters of its queue.
 */
export class JobQueue {
  private starting: Promise<Boss> | undefined;

  constructor(private readonly settings: JobQueueSettings) {}

  /** Adds a job that exists if and when the transaction commits. */
  async enqueue(tx: Tx, queue: string, data: object, options: EnqueueOptions = {}): Promise<void> {
    const boss = await this.start();
    const db = {
      executeSql: async (text: string, values?: unknown[]) => ({ rows: await tx.query(text, values) }),
    };
    try {
      await boss.send(queue, data, { ...options, db });
    } catch (error) {
      throw error instanceof Error && error.message === `Queue ${queue} does not exist`
        ? unknownQueue(queue, error)
        : error;
    }
  }

  /** Works on jobs until the process stops. A handler that throws has its job tried again later. */
  async work<Data extends object>(
    queue: string,
    handler: (job: QueuedJob<Data>) => Promise<void>,
    options: WorkOptions = {},
  ): Promise<void> {
    const boss = await this.start();
    if (!(await boss.getQueue(queue))) throw unknownQueue(queue);
    const { concurrency = 1, pollingSeconds = 1 } = options;
    for (let worker = 0; worker < concurrency; worker += 1) {
      const workerId = await boss.work<Data>(
        queue,
        {
          batchSize: 1,
          includeMetadata: true,
          pollingIntervalSeconds: pollingSeconds,
          notifyPollingIntervalSeconds: pollingSeconds,
        },
        async ([job]) => {
          if (!job) return;
          // The pause is for an empty queue: after a job the next one is fetched at once.
          boss.notifyWorker(workerId);
          await this.handle(queue, handler, job);
        },
      );
    }
  }

  /** Number of jobs of a queue that wait, run, and lie in its dead letters. */
  async counts(queue: string): Promise<QueueCounts> {
    const boss = await this.start();
    const { rows } = await boss.getDb().executeSql(
      `SELECT count(*) FILTER (WHERE name = $1 AND state IN ('created', 'retry'))::int AS waiting,
              count(*) FILTER (WHERE name = $1 AND state = 'active')::int AS active,
              count(*) FILTER (WHERE name = $2 AND state IN ('created', 'retry', 'active'))::int AS dead
         FROM ${queueSchema}.job WHERE name IN ($1, $2)`,
      [queue, deadLetterQueueOf(queue)],
    );
    return (
      (rows as { waiting: number; active: number; dead: number }[])[0] ?? { waiting: 0, active: 0, dead: 0 }
    );
  }

  /** Connects; also done by the first use. */
  start(): Promise<Boss> {
    this.starting ??= this.connect().catch((error: unknown) => {
      this.starting = undefined;
      throw error;
    });
    return this.starting;
  }

  /** Answers whether the queue's tables can be reached. */
  async ping(): Promise<void> {
    await (await this.start()).getDb().executeSql(`SELECT version FROM ${queueSchema}.version`);
  }

  /** Lets running jobs finish, at most for `graceSeconds`; later ones go back to their queue. */
  async stop(graceSeconds = 15): Promise<void> {
    const boss = await this.starting?.catch(() => undefined);
    this.starting = undefined;
    await boss?.stop({ graceful: true, timeout: graceSeconds * 1000 });
  }

  private async connect(): Promise<Boss> {
    const { url, pool, supervisionSeconds, logger } = this.settings;
    const supervise = supervisionSeconds > 0;
    const boss = new PgBoss({
      connectionString: url,
      schema: queueSchema,
      application_name: 'sealpost-queue',
      max: pool ?? 4,
      migrate: false,
      createSchema: false,
      schedule: false,
      supervise,
      reindex: false,
      useListenNotify: supervise,
      ...(supervise
        ? {
            superviseIntervalSeconds: supervisionSeconds,
            monitorIntervalSeconds: supervisionSeconds,
            maintenanceIntervalSeconds: 300,
          }
        : {}),
    });
    // Without a listener an idle connection's error, as on a restart of PostgreSQL, would end the process.
    boss.on('error', (error) => {
      logger.warn({ err: error }, 'job queue');
    });
    boss.on('warning', (warning) => {
      logger.warn({ warning }, 'job queue');
    });
    await boss.start();
    return boss;
  }

  private async handle<Data extends object>(
    queue: string,
    handler: (job: QueuedJob<Data>) => Promise<void>,
    job: Job<Data> & { retryCount: number },
  ): Promise<void> {
    const { id, data, retryCount, signal } = job;
    try {
      await handler({ id, queue, data, retryCount, signal });
    } catch (error) {
      this.settings.logger.warn({ err: error, queue, jobId: id, retryCount }, 'job failed');
      throw error;
    }
  }
}

function unknownQueue(queue: string, cause?: Error): PlatformError {
  const message = `queue ${queue} does not exist: declare it among the queues that are migrated`;
  return new PlatformError('QUEUE_UNKNOWN', message, { cause });
}

import type { Queue } from 'pg-boss';
import { PgBoss } from 'pg-boss';
import { queueSchema } from './job-queue';
import type { QueueDefinition } from './queue-definition';
import { deadLetterQueueOf } from './queue-definition';

export interface QueueTimes {
  readonly expirySeconds: number;
  readonly heartbeatSeconds: number;
}

/** Installs or upgrades pg-boss's schema and the declared queues, as the owner's role. */
export async function prepareQueues(
  ownerUrl: string,
  definitions: readonly QueueDefinition[],
  times: QueueTimes,
): Promise<void> {
  const boss = new PgBoss({
    connectionString: ownerUrl,
    schema: queueSchema,
    application_name: 'sealpost-migrate',
    max: 2,
    supervise: false,
    schedule: false,
  });
  const errors: Error[] = [];
  boss.on('error', (error) => errors.push(error));
  await boss.start();
  try {
    for (const definition of definitions) await prepareQueue(boss, definition, times);
  } finally {
    await boss.stop({ graceful: false });
  }
  const [first] = errors;
  if (first) throw first;
}

async function prepareQueue(boss: PgBoss, definition: QueueDefinition, times: QueueTimes): Promise<void> {
  const dead = deadLetterQueueOf(definition.name);
  const year = 365 * 24 * 3600;
  await createOrUpdate(boss, dead, { retryLimit: 0, retentionSeconds: year, deleteAfterSeconds: year });
  await createOrUpdate(boss, definition.name, {
    retryLimit: definition.retryLimit ?? 10,
    retryDelay: definition.retryDelay ?? 1,
    retryBackoff: true,
    retryDelayMax: definition.retryDelayMax ?? 300,
    expireInSeconds: definition.expirySeconds ?? times.expirySeconds,
    heartbeatSeconds: times.heartbeatSeconds,
    deadLetter: dead,
    // Looking for lapsed jobs counts the whole table, every few seconds: finished ones must not pile up in it.
    deleteAfterSeconds: 3600,
    notify: true,
    ...(definition.oncePerKey ? { policy: 'exclusive' as const } : {}),
  });
}

async function createOrUpdate(boss: PgBoss, name: string, settings: Omit<Queue, 'name'>): Promise<void> {
  const { policy = 'standard', ...options } = settings;
  if (await boss.getQueue(name)) await boss.updateQueue(name, options);
  else await boss.createQueue(name, { ...options, policy });
}

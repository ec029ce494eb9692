import { accessMigrations } from '#access';
import { auditMigrations } from '#audit';
import { directoryMigrations } from '#directory';
import type { MigrationClass, QueueDefinition } from '#platform';
import { platformMigrations } from '#platform';
import { exchangeQueues, workflowMigrations } from '#workflow';

/** What the database of a node consists of. */
export const migrations: readonly MigrationClass[] = [
  ...platformMigrations,
  ...auditMigrations,
  ...directoryMigrations,
  ...accessMigrations,
  ...workflowMigrations,
];

export const queues: readonly QueueDefinition[] = [...exchangeQueues];

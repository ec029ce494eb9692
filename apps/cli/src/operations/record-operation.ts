import type { AuditAction } from '#audit';
import { AuditTrail } from '#audit';
import { Clock, createDataSource, newId, UnitOfWork } from '#platform';

/** Enters an operation into the trail of the node it touches. */
export async function recordOperation(
  appUrl: string,
  action: Extract<AuditAction, 'operation.backup' | 'operation.restore'>,
  details: Readonly<Record<string, string | number>>,
): Promise<void> {
  const source = await createDataSource({
    url: appUrl,
    pool: 2,
    name: 'sealpost-cli',
    entities: [],
  }).initialize();
  try {
    const actor = { kind: 'system', service: 'cli', requestId: newId() } as const;
    await new AuditTrail(new UnitOfWork(source), new Clock()).record(actor, {
      action,
      outcome: 'success',
      details,
    });
  } finally {
    await source.destroy();
  }
}

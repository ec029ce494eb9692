import { restoreBackup, verifyBackup } from '#platform';
import { migrations, queues } from '../../../composition/src/migrations';
import type { CommandIo } from '../command';
import { openNodePlace } from './node-place';
import { recordOperation } from './record-operation';
import { passphraseGiven, runOperation } from './run-operation';

export interface RestoreRequest {
  readonly from: string;
  readonly dataDir: string;
  readonly purpose: 'restore' | 'check';
}

export function restoreNode({ from, dataDir, purpose }: RestoreRequest, io: CommandIo): Promise<number> {
  return runOperation(io, async () => {
    const { nodeId, createdAt, tables, blobs } = await verifyBackup(from);
    io.out(`${from}: ${nodeId}, ${createdAt}, ${tables.length} tables, ${blobs.length} files: intact`);
    if (purpose === 'check') return;
    const place = await openNodePlace(dataDir, nodeId);
    try {
      await restoreBackup({ ...place, folder: from, migrations, queues, ...passphraseGiven() });
      await recordOperation(place.appUrl, 'operation.restore', { folder: from, createdAt });
      io.out('Đã khôi phục. / Restored.');
    } finally {
      await place.leave();
    }
  });
}

import { createBackup, openNodeKeys } from '#platform';
import type { CommandIo } from '../command';
import { openNodePlace } from './node-place';
import { recordOperation } from './record-operation';
import { passphraseGiven, runOperation } from './run-operation';

export interface BackUpRequest {
  readonly to: string;
  readonly dataDir: string;
  readonly node: string | undefined;
}

export function backUpNode({ to, dataDir, node }: BackUpRequest, io: CommandIo): Promise<number> {
  return runOperation(io, async () => {
    const place = await openNodePlace(dataDir, node);
    try {
      // In the trail before anything is read, and so in the backup itself.
      await recordOperation(place.appUrl, 'operation.backup', { folder: to });
      const nodeKeys = await openNodeKeys(place.nodeKeyFile, 'must exist');
      const passphrase = passphraseGiven();
      const manifest = await createBackup({ ...place, nodeKeys, folder: to, now: new Date(), ...passphrase });
      const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
      io.out(`${to}: ${manifest.tables.length} tables, ${rows} rows, ${manifest.blobs.length} files`);
      if (manifest.wrappedNodeKey) return;
      io.out(`Khóa của nút KHÔNG nằm trong bản sao lưu: hãy giữ ${place.nodeKeyFile} ở nơi khác.`);
      io.out(`The node key is NOT in the backup: keep ${place.nodeKeyFile} elsewhere.`);
    } finally {
      await place.leave();
    }
  });
}

import type { Command } from '../command';
import { UsageError } from '../command';
import type { RestoreRequest } from '../operations/restore-node';
import { parseOptions } from '../parse-options';

/** `sealpost restore`: a backup into an empty node, checked before anything is written. */
export const restoreCommand: Command = {
  summary: { vi: 'Khôi phục bản sao lưu vào nút trống', en: 'Restore a backup into an empty node' },
  usage:
    '[SEALPOST_BACKUP_PASSPHRASE=…] npm run -s sealpost -- restore [--data-dir DIR] [--check] --from FOLDER',
  async run(args, io) {
    const request = parse(args);
    const { restoreNode } = await import('../operations/restore-node.js');
    return restoreNode(request, io);
  },
};

function parse(args: readonly string[]): RestoreRequest {
  const { values } = parseOptions({
    args,
    options: {
      from: { type: 'string' },
      'data-dir': { type: 'string', default: 'var' },
      check: { type: 'boolean', default: false },
    },
  });
  if (values.from)
    return { from: values.from, dataDir: values['data-dir'], purpose: values.check ? 'check' : 'restore' };
  throw new UsageError({ vi: 'Hãy nêu bản sao lưu với --from.', en: 'Name the backup with --from.' });
}

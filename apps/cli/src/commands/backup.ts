import type { Command } from '../command';
import { UsageError } from '../command';
import type { BackUpRequest } from '../operations/back-up-node';
import { parseOptions } from '../parse-options';

/** `sealpost backup`: one consistent state of a node into a new folder, also while the node works. */
export const backupCommand: Command = {
  summary: { vi: 'Sao lưu một nút vào thư mục mới', en: 'Back up a node into a new folder' },
  usage:
    '[SEALPOST_BACKUP_PASSPHRASE=…] npm run -s sealpost -- backup [--data-dir DIR] [--node ID] --to FOLDER',
  async run(args, io) {
    const request = parse(args);
    const { backUpNode } = await import('../operations/back-up-node.js');
    return backUpNode(request, io);
  },
};

function parse(args: readonly string[]): BackUpRequest {
  const { values } = parseOptions({
    args,
    options: {
      to: { type: 'string' },
      'data-dir': { type: 'string', default: 'var' },
      node: { type: 'string' },
    },
  });
  if (values.to) return { to: values.to, dataDir: values['data-dir'], node: values.node };
  throw new UsageError({ vi: 'Hãy nêu thư mục đích với --to.', en: 'Name the folder with --to.' });
}

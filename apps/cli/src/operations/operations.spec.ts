import { startEmbeddedPostgres, migrate, openNodeKeys, BlobStore } from '#platform';
import { startTypeScript } from '#platform/testing';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { migrations, queues } from '../../../composition/src/migrations';

const base = mkdtempSync(join(tmpdir(), 'sealpost-operations-'));
// PostgreSQL, which root runs as nobody, must be able to enter: else its data would lie outside this folder.
chmodSync(base, 0o711);
const passphrase = 'trăm hay không bằng tay quen';
const env = { DATABASE_URL: '', DATABASE_OWNER_URL: '', SEALPOST_BACKUP_PASSPHRASE: passphrase };

afterAll(() => {
  rmSync(base, { recursive: true, force: true });
});

async function sealpost(...args: string[]): Promise<{ code: number | null; out: string }> {
  const child = startTypeScript(join(__dirname, '..', 'main.ts'), args, env);
  let out = '';
  child.stdout?.on('data', (part: Buffer) => (out += part.toString()));
  child.stderr?.on('data', (part: Buffer) => (out += part.toString()));
  const code = await new Promise<number | null>((done) => child.once('close', done));
  return { code, out };
}

async function actionsIn(dataDir: string): Promise<string[]> {
  const postgres = await startEmbeddedPostgres({ dir: join(dataDir, 'postgres') });
  const source = await new DataSource({
    type: 'postgres',
    url: (await postgres.database()).ownerUrl,
  }).initialize();
  const rows = await source.query<{ action: string }[]>('SELECT action FROM audit.entry ORDER BY seq');
  await source.destroy();
  await postgres.stop();
  return rows.map((row) => row.action);
}

describe('sealpost backup and restore', () => {
  const from = join(base, 'from');
  const to = join(base, 'to');
  const folder = join(base, 'backup');

  it('carry a node of an installation to another place, and say so in both trails', async () => {
    const postgres = await startEmbeddedPostgres({ dir: join(from, 'postgres') });
    const { ownerUrl } = await postgres.database();
    await migrate({ ownerUrl, migrations, queues });
    await postgres.stop();
    const keys = await openNodeKeys(join(from, 'nodes', 'node-1', 'keys', 'node.key'));
    const { id } = await new BlobStore(join(from, 'nodes', 'node-1', 'blobs'), keys, 1e6).put(
      Buffer.from('bản gốc'),
    );

    const backedUp = await sealpost('backup', '--data-dir', from, '--to', folder);
    expect(backedUp).toMatchObject({ code: 0, out: expect.stringContaining('1 files') as string });
    const restored = await sealpost('restore', '--data-dir', to, '--from', folder);
    expect(restored).toMatchObject({ code: 0, out: expect.stringContaining('Restored') as string });

    const brought = await openNodeKeys(join(to, 'nodes', 'node-1', 'keys', 'node.key'), 'must exist');
    const store = new BlobStore(join(to, 'nodes', 'node-1', 'blobs'), brought, 1e6);
    expect(Buffer.from(await store.get(id)).toString()).toBe('bản gốc');
    expect(await actionsIn(from)).toEqual(['operation.backup']);
    expect(await actionsIn(to)).toEqual(['operation.backup', 'operation.restore']);
  });

  it('tell in both languages why they refuse', async () => {
    const again = await sealpost('restore', '--data-dir', to, '--from', folder);
    expect(again.code).toBe(2);
    expect(again.out).toMatch(
      /Nơi đích không trống[\s\S]*The target is not empty[\s\S]*BACKUP_TARGET_NOT_EMPTY/,
    );
    const nothing = await sealpost('restore', '--check', '--from', join(base, 'nothing'));
    expect(nothing).toMatchObject({ code: 2, out: expect.stringContaining('BACKUP_DAMAGED') as string });
    expect((await sealpost('backup')).code).toBe(64);
  });
});

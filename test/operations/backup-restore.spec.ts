import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkEntries } from '#audit';
import { createDataSource, newId, UnitOfWork } from '#platform';
import type { Installation } from '../../apps/launcher/src/installation';
import { startInstallation } from '../../apps/launcher/src/installation';
import { demoOffice, loginAs } from '../../apps/launcher/src/job/demo-offices';
import type { NumberedDocument } from '../../apps/launcher/src/job/main-job';
import { draft, issue } from '../../apps/launcher/src/job/main-job';
import { arrivalOf, until, verifyAndAccept } from '../../apps/launcher/src/job/receive';
import { readyBuild } from '../support/build';
import type { InstallationPlace } from './installation-place';
import { installationPlace } from './installation-place';
import { rowsOf } from './node-tables';
import type { RunEnded } from './run-program';
import { runProgram } from './run-program';
import { samplePaper } from './sample-paper';

const minutes = 60_000;
const passphrase = 'trăm hay không bằng tay quen';

const sealpost = (...args: string[]): Promise<RunEnded> =>
  runProgram('dist/apps/cli/src/main.js', args, { SEALPOST_BACKUP_PASSPHRASE: passphrase }).ended;

describe('a node that works, backed up and restored elsewhere', () => {
  let from: InstallationPlace;
  let to: InstallationPlace;
  let backup: string;
  let original: Installation | undefined;
  let restored: Installation | undefined;
  let document: NumberedDocument;
  let pdf: Uint8Array;
  let entries: number;

  const start = (place: InstallationPlace): Promise<Installation> =>
    startInstallation({ dataDir: place.dataDir, layout: 'one-node', httpPort: 0 });

  async function issuedPdf(installation: Installation, id: string): Promise<Uint8Array> {
    const clerk = await loginAs(installation.nodeOf('tinhuy').origin, 'vanthu.tinhuy');
    const { files } = await clerk.get<{ files: readonly { id: string }[] }>(`/documents/${id}`);
    return clerk.bytes(`/documents/${id}/files/${files[0]!.id}/content`);
  }

  beforeAll(async () => {
    readyBuild();
    from = await installationPlace();
    to = await installationPlace();
    backup = join(from.dataDir, 'backup');
    original = await start(from);
    const { origin } = original.nodeOf('tinhuy');
    const office = await demoOffice(origin, 'tinhuy');
    const id = await draft(office, await samplePaper(['ubnd', 'dangsonthuy']));
    [document] = (await issue(office, [id])) as [NumberedDocument];
    const receiving = await loginAs(origin, 'vanthu.ubnd');
    await verifyAndAccept(receiving, (await arrivalOf(receiving, id)).id);
    await until('the acceptance', 30, async () => {
      const { items } = await office.clerk.get<{ items: readonly { state: string }[] }>(
        `/documents/${id}/deliveries`,
      );
      return items.some(({ state }) => state === '03') && items.every(({ state }) => state !== 'QUEUED')
        ? true
        : undefined;
    });
    pdf = await issuedPdf(original, id);
  }, 8 * minutes);

  afterAll(async () => {
    await original?.stop();
    await restored?.stop();
    await from.remove();
    await to.remove();
  }, minutes);

  it(
    'is backed up while it works',
    async () => {
      const { code, said } = await sealpost('backup', '--data-dir', from.dataDir, '--to', backup);
      expect({ code, said }).toMatchObject({ code: 0 });
      const [row] = await rowsOf<{ n: number }>(
        original!.nodes[0]!,
        'SELECT count(*)::int AS n FROM audit.entry',
      );
      entries = row!.n;
      // What comes later is not in the backup.
      const office = await demoOffice(original!.nodes[0]!.origin, 'tinhuy');
      await draft(office, await samplePaper(['ubnd']));
      await original!.stop();
      original = undefined;
    },
    2 * minutes,
  );

  it(
    'is not restored from a damaged backup, and nothing is written',
    async () => {
      const damaged = join(from.dataDir, 'damaged');
      await cp(backup, damaged, { recursive: true });
      const name = await largestFile(damaged);
      const bytes = await readFile(name);
      bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
      await writeFile(name, bytes);
      const { code, said } = await sealpost('restore', '--data-dir', to.dataDir, '--from', damaged);
      expect(code).toBe(2);
      expect(said).toContain('BACKUP_DAMAGED');
      expect(await readdir(to.dataDir)).toEqual(['pki']);
    },
    2 * minutes,
  );

  it(
    'starts on the restored data, serves, and what it holds is the same and verifies',
    async () => {
      const { code, said } = await sealpost('restore', '--data-dir', to.dataDir, '--from', backup);
      expect({ code, said }).toMatchObject({ code: 0 });
      // The trust is configuration, kept by the operator: of the same authorities.
      await cp(join(from.dataDir, 'pki'), join(to.dataDir, 'pki'), { recursive: true, force: true });
      restored = await start(to);
      const [node] = restored.nodes;
      expect((await fetch(`${node!.origin}/health/ready`)).status).toBe(200);

      expect(Buffer.compare(await issuedPdf(restored, document.id), pdf)).toBe(0);
      const file = join(to.dataDir, 'issued.pdf');
      await writeFile(file, pdf);
      const verdict = await sealpost(
        ...[
          'verify',
          '--json',
          '--trust',
          await anchorsOf(restored),
          '--crl',
          join(to.dataDir, 'pki', 'crl'),
          file,
        ],
      );
      expect(verdict).toMatchObject({ code: 0, said: expect.stringContaining('"TOTAL-PASSED"') as string });

      const source = await createDataSource({
        url: node!.database.appUrl,
        pool: 2,
        name: 'test',
        entities: [],
      }).initialize();
      try {
        const actor = { kind: 'system', service: 'test', requestId: newId() } as const;
        const check = await new UnitOfWork(source).run(actor, (tx) => checkEntries(tx));
        expect(check.faults).toEqual([]);
        expect(check.checked).toBeGreaterThanOrEqual(entries);
      } finally {
        await source.destroy();
      }
      const actions = await rowsOf<{ action: string }>(
        node!,
        `SELECT action FROM audit.entry WHERE action LIKE 'operation.%' ORDER BY seq`,
      );
      expect(actions.map(({ action }) => action)).toEqual(['operation.backup', 'operation.restore']);
    },
    4 * minutes,
  );

  it(
    'goes on where the backup ends: the waiting document is answered, the next number follows',
    async () => {
      const { origin } = restored!.nodeOf('tinhuy');
      const waiting = await loginAs(origin, 'vanthu.dangsonthuy');
      await verifyAndAccept(waiting, (await arrivalOf(waiting, document.id)).id);
      const office = await demoOffice(origin, 'tinhuy');
      const id = await draft(office, await samplePaper(['ubnd']));
      const [next] = await issue(office, [id]);
      const numberOf = (symbol: string): number => Number(/^\d+/.exec(symbol)?.[0]);
      expect(numberOf(next!.symbol)).toBe(numberOf(document.symbol) + 1);
      expect(await rowsOf(restored!.nodes[0]!, 'SELECT FROM workflow.document')).toHaveLength(2);
    },
    3 * minutes,
  );

  it(
    'is not restored over a node that holds something',
    async () => {
      const { code, said } = await sealpost('restore', '--data-dir', to.dataDir, '--from', backup);
      expect(code).toBe(2);
      expect(said).toContain('BACKUP_TARGET_NOT_EMPTY');
      expect(Buffer.compare(await issuedPdf(restored!, document.id), pdf)).toBe(0);
    },
    2 * minutes,
  );

  /** All anchors of the installation in one file. */
  async function anchorsOf({ pkiDir, pki }: Installation): Promise<string> {
    const file = join(to.dataDir, 'trust.pem');
    const pems = await Promise.all(
      [...pki.trust.anchors, ...pki.trust.intermediates].map((path) => readFile(join(pkiDir, path), 'utf8')),
    );
    await mkdir(to.dataDir, { recursive: true });
    await writeFile(file, pems.join(''));
    return file;
  }
});

async function largestFile(folder: string): Promise<string> {
  const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) =>
    entry.isFile(),
  );
  const sized = await Promise.all(
    files.map(async ({ parentPath, name }) => {
      const path = join(parentPath, name);
      return { path, size: (await readFile(path)).length };
    }),
  );
  sized.sort((a, b) => b.size - a.size);
  if (!sized[0]) throw new Error('the backup holds no file');
  return sized[0].path;
}

import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { lineOf, startTypeScript } from '../testing/child-process';
import { createDataSource } from '../database/data-source';
import { migrate } from '../database/migrate';
import { UnitOfWork } from '../database/unit-of-work';
import { createLogger } from '../logs/logger';
import { platformMigrations } from '../migrations';
import { JobQueue } from '../queue/job-queue';
import { aSystem } from '../testing';
import type { EmbeddedPostgres } from './embedded-postgres';
import { embeddedPostgresUrls, startEmbeddedPostgres } from './embedded-postgres';
import { othersMayEnter } from './run-as';
import { isAlive, runningServer } from './postmaster-lock';

const root = process.getuid?.() === 0;
let base: string;
let servers: EmbeddedPostgres[];

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'sealpost-launcher-'));
  chmodSync(base, 0o711);
  servers = [];
});
afterEach(async () => {
  for (const server of servers) await server.stop();
  rmSync(base, { recursive: true, force: true });
});

async function start(dir: string): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ dir, publicDir: join(base, 'public') });
  servers.push(server);
  return server;
}

async function ask<Row>(url: string, sql: string): Promise<Row[]> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query(sql)).rows as Row[];
  } finally {
    await client.end();
  }
}

const killed = async (server: EmbeddedPostgres): Promise<void> => {
  process.kill(server.record.pid, 'SIGKILL');
  while (isAlive(server.record.pid)) await new Promise((done) => setTimeout(done, 20));
};

describe('the embedded PostgreSQL', () => {
  it('starts on a free port of loopback, durable, with passwords in a private file', async () => {
    const server = await start(join(base, 'pg'));
    const { ownerUrl, appUrl } = await server.database();
    const [row] = await ask<Record<string, string>>(
      ownerUrl,
      `SELECT current_setting('fsync') AS fsync, current_setting('synchronous_commit') AS commit,
              current_setting('listen_addresses') AS addresses, current_setting('data_checksums') AS checksums,
              current_setting('server_version_num')::int / 10000 AS version`,
    );
    expect(row).toEqual({ fsync: 'on', commit: 'on', addresses: '127.0.0.1', checksums: 'on', version: 18 });
    expect(statSync(join(base, 'pg', 'passwords.json')).mode & 0o077).toBe(0);
    expect(embeddedPostgresUrls(join(base, 'pg'))).toEqual({ ownerUrl, appUrl });
    const wrong = new URL(appUrl);
    wrong.password = 'guess';
    await expect(ask(wrong.href, 'SELECT 1')).rejects.toThrow('password authentication failed');
  });

  it('is reached by its socket where that has an address, and asks for the password there too', async () => {
    const server = await start(join(base, 'pg'));
    const { appUrl } = await server.database();
    const way = 'SELECT inet_server_addr() IS NULL AS socket';
    expect(await ask(appUrl, way)).toEqual([{ socket: true }]);
    const wrong = new URL(appUrl);
    wrong.password = 'guess';
    await expect(ask(wrong.href, way)).rejects.toThrow('password authentication failed');
    const overTcp = appUrl.replace(/\?.*$/, '');
    expect(await ask(overTcp, way)).toEqual([{ socket: false }]);
  });

  it('is reached over loopback where the path of a socket would be too long or hard to write', async () => {
    const server = await start(join(base, 'một thư mục, rất dài'));
    const { appUrl } = await server.database();
    expect(await ask(appUrl, 'SELECT inet_server_addr() IS NULL AS socket')).toEqual([{ socket: false }]);
  });

  it('gives the application a role that owns nothing and may not create', async () => {
    const server = await start(join(base, 'pg'));
    const { appUrl } = await server.database();
    await expect(ask(appUrl, 'CREATE TABLE public.t (a int)')).rejects.toThrow('permission denied');
    await expect(ask(appUrl, 'CREATE SCHEMA s')).rejects.toThrow('permission denied');
    const [row] = await ask<Record<string, boolean>>(
      appUrl,
      'SELECT rolsuper, rolcreatedb, rolcreaterole, rolbypassrls FROM pg_roles WHERE rolname = current_user',
    );
    expect(row).toEqual({ rolsuper: false, rolcreatedb: false, rolcreaterole: false, rolbypassrls: false });
  });

  it('keeps data, port and passwords over a stop and a start', async () => {
    const first = await start(join(base, 'pg'));
    const { ownerUrl } = await first.database();
    await ask(ownerUrl, 'CREATE TABLE public.kept AS SELECT 42 AS n');
    await first.stop();
    expect(runningServer(first.record.dataDir)).toBeUndefined();
    const second = await start(join(base, 'pg'));
    expect(second.origin).toBe('started');
    expect((await second.database()).ownerUrl).toBe(ownerUrl);
    expect(await ask(ownerUrl, 'SELECT n FROM public.kept')).toEqual([{ n: 42 }]);
  });

  it('adopts a server that another process left running', async () => {
    const first = await start(join(base, 'pg'));
    const second = await start(join(base, 'pg'));
    expect(second.origin).toBe('adopted');
    expect(second.record.pid).toBe(first.record.pid);
  });

  it('does not adopt a server that is shutting down: waits for its end and starts another', async () => {
    const first = await start(join(base, 'pg'));
    const { ownerUrl } = await first.database();
    const lastClient = new Client({ connectionString: ownerUrl });
    await lastClient.connect();
    // A smart shutdown waits for clients; meanwhile the process is there and its port is taken.
    process.kill(first.record.pid, 'SIGTERM');
    while (runningServer(first.record.dataDir)?.status !== 'stopping') await pause(20);
    const starting = start(join(base, 'pg'));
    await pause(500);
    await lastClient.end();
    const second = await starting;
    expect(second.origin).toBe('started');
    expect(second.record.pid).not.toBe(first.record.pid);
    expect(await ask((await second.database()).ownerUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('recovers what was committed after kill -9', async () => {
    const first = await start(join(base, 'pg'));
    const { ownerUrl } = await first.database();
    await ask(ownerUrl, 'CREATE TABLE public.kept AS SELECT 42 AS n');
    await killed(first);
    expect(existsSync(join(first.record.dataDir, 'postmaster.pid'))).toBe(true);
    const second = await start(join(base, 'pg'));
    expect(second.origin).toBe('started');
    expect(await ask((await second.database()).ownerUrl, 'SELECT n FROM public.kept')).toEqual([{ n: 42 }]);
  });

  it('killed and started again finds units of work and workers going on, without a process of theirs ending', async () => {
    const first = await start(join(base, 'pg'));
    const { ownerUrl, appUrl } = await first.database();
    await migrate({ ownerUrl, migrations: platformMigrations, queues: [{ name: 'deliver', retryDelay: 1 }] });
    const lost: Error[] = [];
    const source = await createDataSource({
      ...{ url: appUrl, pool: 4, name: 'test', entities: [] },
      onConnectionLost: (error) => lost.push(error),
    }).initialize();
    const unitOfWork = new UnitOfWork(source);
    const logger = createLogger({ level: 'silent', service: 'test' });
    const jobs = new JobQueue({ url: appUrl, logger, supervisionSeconds: 1 });
    const seen: object[] = [];
    await jobs.work('deliver', (job) => {
      seen.push(job.data);
      return Promise.resolve();
    });
    const enqueue = (n: number): Promise<void> =>
      unitOfWork.run(aSystem(), (tx) => jobs.enqueue(tx, 'deliver', { n }));
    // Two at once leave two connections: one is met by the next unit of work, the other is lost while it waits.
    await Promise.all([enqueue(0), enqueue(1)]);
    await killed(first);
    await expect(enqueue(2)).rejects.toThrow();
    const second = await start(join(base, 'pg'));
    expect(second.record.port).toBe(first.record.port);
    await enqueue(3);
    const deadline = Date.now() + 20_000;
    while (!seen.some((data) => (data as { n: number }).n === 3) && Date.now() < deadline)
      await new Promise((done) => setTimeout(done, 50));
    expect(seen).toContainEqual({ n: 3 });
    expect(seen).not.toContainEqual({ n: 2 });
    expect(lost.length).toBeGreaterThan(0);
    await jobs.stop(1);
    await source.destroy();
  });

  it('waits at its fixed port until a killed server, still computing, has ended', async () => {
    const first = await start(join(base, 'pg'));
    const { port } = first.record;
    // Such a process looks for its postmaster only when it has its answer.
    const computing = ask(first.adminUrl, 'SELECT count(*) FROM generate_series(1, 30000000)').catch(
      () => undefined,
    );
    await new Promise((done) => setTimeout(done, 300));
    await killed(first);
    const second = await startEmbeddedPostgres({
      dir: join(base, 'pg'),
      publicDir: join(base, 'public'),
      port,
    });
    servers.push(second);
    expect(second).toMatchObject({ origin: 'started', record: { port } });
    await computing;
  });

  it('starts although the number in a stale postmaster.pid belongs to another process by now', async () => {
    const first = await start(join(base, 'pg'));
    await killed(first);
    const file = join(first.record.dataDir, 'postmaster.pid');
    const lines = readFileSync(file, 'utf8').split('\n');
    await new Promise((done) => setTimeout(done, 500));
    writeFileSync(file, [String(process.pid), ...lines.slice(1)].join('\n'));
    const second = await start(join(base, 'pg'));
    expect(second.origin).toBe('started');
  });

  it('finishes a set-up that was interrupted', async () => {
    const data = join(base, 'pg', 'data');
    mkdirSync(data, { recursive: true });
    writeFileSync(join(data, 'half'), 'x');
    const server = await start(join(base, 'pg'));
    expect(await ask((await server.database()).ownerUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('says why it cannot start', async () => {
    const first = await start(join(base, 'pg'));
    await first.stop();
    writeFileSync(join(first.record.dataDir, 'postgresql.auto.conf'), 'no_such_setting = 1\n');
    await expect(start(join(base, 'pg'))).rejects.toThrow(/no_such_setting/);
  });

  (root ? it : it.skip)(
    'as root, under a home of mode 0700, runs as nobody from a place nobody can enter',
    async () => {
      const home = join(base, 'home');
      mkdirSync(home, { mode: 0o700 });
      const server = await start(join(home, 'checkout', 'var', 'postgres'));
      expect(server.record.dataDir.startsWith(join(base, 'public'))).toBe(true);
      expect(server.record.binaries).not.toContain(home);
      expect(statSync(`/proc/${server.record.pid}`).uid).toBe(statSync(server.record.dataDir).uid);
      expect(statSync(server.record.dataDir).uid).not.toBe(0);
      expect(
        JSON.parse(readFileSync(join(home, 'checkout', 'var', 'postgres', 'server.json'), 'utf8')),
      ).toMatchObject({
        dataDir: server.record.dataDir,
      });
      await server.stop();
      const again = await start(join(home, 'checkout', 'var', 'postgres'));
      expect(again.record.dataDir).toBe(server.record.dataDir);
    },
  );

  // Only root can become somebody else, and that somebody must be able to enter the checkout and load the code.
  const impossible = !root
    ? ' (needs root)'
    : othersMayEnter(__dirname)
      ? ''
      : ' (nobody else may enter this checkout)';
  (impossible === '' ? it : it.skip)(`as an ordinary user runs as that user${impossible}`, async () => {
    const dir = join(base, 'ordinary');
    mkdirSync(dir);
    chownSync(dir, 65534, 65534);
    const child = startTypeScript(join(__dirname, 'testing', 'ordinary-user.ts'), [dir]);
    await expect(lineOf(child, 'ran as')).resolves.toBe('ran as 65534');
  });
});

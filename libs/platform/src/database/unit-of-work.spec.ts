import type { Pool } from 'pg';
import { aPerson, aSystem, testDatabase } from '../testing';
import type { TestDatabase } from '../testing';
import { platformMigrations } from '../migrations';
import { createDataSource } from './data-source';
import { UnitOfWork } from './unit-of-work';

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase({ migrations: platformMigrations });
  await db.ownerDataSource.query('CREATE TABLE platform.note (text text)');
  await db.ownerDataSource.query('GRANT SELECT, INSERT ON platform.note TO sealpost_app');
});
afterAll(() => db.drop());

const notes = async (): Promise<string[]> =>
  (await db.ownerDataSource.query<{ text: string }[]>('SELECT text FROM platform.note ORDER BY text')).map(
    (row) => row.text,
  );

describe('the pool', () => {
  it('survives a server that goes away before anybody listens to the new connection', async () => {
    const { master } = db.dataSource.driver as unknown as { master: Pool };
    const client = await master.connect();
    // A process with such an error and no listener would end here.
    expect(client.emit('error', new Error('terminating connection'))).toBe(true);
    client.release(true);
    expect(await notes()).toEqual([]);
  });
});

describe('a unit of work', () => {
  it('commits what the work wrote when it returns', async () => {
    await db.unitOfWork.run(aSystem(), (tx) => tx.execute('INSERT INTO platform.note VALUES ($1)', ['kept']));
    expect(await notes()).toContain('kept');
  });

  it('keeps nothing when the work throws, and throws the same error', async () => {
    const failure = new Error('no');
    const attempt = db.unitOfWork.run(aSystem(), async (tx) => {
      await tx.execute('INSERT INTO platform.note VALUES ($1)', ['lost']);
      throw failure;
    });
    await expect(attempt).rejects.toBe(failure);
    expect(await notes()).not.toContain('lost');
  });

  it('tells PostgreSQL who acts, for the transaction only', async () => {
    const actor = aPerson({ roles: ['clerk', 'leader'] });
    const settings = `SELECT current_setting('sealpost.actor_kind', true) AS kind, current_setting('sealpost.person_id', true) AS person,
      current_setting('sealpost.agency_id', true) AS agency, current_setting('sealpost.roles', true) AS roles`;
    const [inside] = await db.unitOfWork.run(actor, (tx) => tx.query(settings));
    expect(inside).toEqual({
      kind: 'person',
      person: actor.personId,
      agency: actor.agencyId,
      roles: 'clerk,leader',
    });
    const [outside] = await db.dataSource.query<Record<string, string | null>[]>(settings);
    expect(outside?.['person'] ?? '').toBe('');
  });

  it('refuses an actor whose identifiers are not UUIDs instead of putting them into SQL', async () => {
    const actor = aPerson({ personId: "x', true); DROP TABLE platform.note; --" });
    await expect(db.unitOfWork.run(actor, () => Promise.resolve())).rejects.toThrow('not a UUID');
    expect(await notes()).toContain('kept');
  });

  it('refuses to be nested', async () => {
    const attempt = db.unitOfWork.run(aSystem(), () => db.unitOfWork.run(aSystem(), () => Promise.resolve()));
    await expect(attempt).rejects.toThrow('inside another');
  });

  it('keeps what was recorded apart although the work around it fails', async () => {
    const attempt = db.unitOfWork.run(aSystem(), async () => {
      await db.unitOfWork.runApart(aSystem(), (tx) =>
        tx.execute('INSERT INTO platform.note VALUES ($1)', ['denial']),
      );
      throw new Error('denied');
    });
    await expect(attempt).rejects.toThrow('denied');
    expect(await notes()).toContain('denial');
  });

  it('records apart without waiting for the pool that its callers have used up', async () => {
    const work = Array.from({ length: 10 }, () =>
      db.unitOfWork.run(aSystem(), () => db.unitOfWork.runApart(aSystem(), (tx) => tx.query('SELECT 1'))),
    );
    await expect(Promise.all(work)).resolves.toHaveLength(10);
  });

  it('lets TypeORM save inside without beginning a transaction of its own', async () => {
    const attempt = db.unitOfWork.run(aSystem(), async (tx) => {
      expect(tx.manager.queryRunner?.isTransactionActive).toBe(true);
      await tx.manager.query('INSERT INTO platform.note VALUES ($1)', ['by manager']);
      throw new Error('stop');
    });
    await expect(attempt).rejects.toThrow('stop');
    expect(await notes()).not.toContain('by manager');
  });

  it('answers rows of INSERT … RETURNING and UPDATE … RETURNING alike', async () => {
    await db.unitOfWork.run(aSystem(), async (tx) => {
      expect(await tx.query('INSERT INTO platform.note VALUES ($1) RETURNING text', ['a'])).toEqual([
        { text: 'a' },
      ]);
      expect(await tx.query("SELECT 'x' AS text")).toEqual([{ text: 'x' }]);
    });
  });

  it('keeps nothing when a deferred statement fails, and throws what that was said to mean', async () => {
    const after = jest.fn();
    const attempt = db.unitOfWork.run(aSystem(), async (tx) => {
      await tx.execute('INSERT INTO platform.note VALUES ($1)', ['without its entry']);
      tx.defer('INSERT INTO platform.nowhere VALUES ($1)', [1], (cause) => new Error('no entry', { cause }));
      after();
    });
    await expect(attempt).rejects.toThrow('no entry');
    expect(after).toHaveBeenCalled();
    expect(await notes()).not.toContain('without its entry');
  });

  it('says what a deferred statement broke, not what broke after it', async () => {
    const attempt = db.unitOfWork.run(aSystem(), async (tx) => {
      tx.defer('INSERT INTO platform.nowhere VALUES ($1)', [1], (cause) => new Error('no entry', { cause }));
      await tx.query('SELECT 1');
    });
    await expect(attempt).rejects.toThrow('no entry');
  });

  it('carries out deferred statements in their place, and with the rest', async () => {
    const seen = await db.unitOfWork.run(aSystem(), (tx) => {
      tx.defer('INSERT INTO platform.note VALUES ($1)', ['deferred'], () => new Error('no entry'));
      return tx.query("SELECT text FROM platform.note WHERE text = 'deferred'");
    });
    expect(seen).toHaveLength(1);
    expect(await notes()).toContain('deferred');
  });

  it('does not pass for done when the work swallowed the failure of a statement', async () => {
    const attempt = db.unitOfWork.run(aSystem(), async (tx) => {
      await tx.execute('INSERT INTO platform.note VALUES ($1)', ['swallowed']);
      await tx.query('SELECT 1 / 0').catch(() => undefined);
    });
    await expect(attempt).rejects.toThrow('nothing was committed');
    expect(await notes()).not.toContain('swallowed');
  });

  it('waits for the disk again after a statement or transaction that did not', async () => {
    const url = new URL(db.url);
    url.searchParams.set('options', '-c synchronous_commit=local');
    const source = await createDataSource({ url: url.href, pool: 1, name: 'one', entities: [] }).initialize();
    const unitOfWork = new UnitOfWork(source);
    const now = "SELECT current_setting('synchronous_commit') AS wait";
    const relaxed = await unitOfWork.run(aSystem(), (tx) => tx.query(now), { durability: 'relaxed' });
    expect(relaxed).toEqual([{ wait: 'off' }]);
    expect(await unitOfWork.run(aSystem(), (tx) => tx.query(now))).toEqual([{ wait: 'local' }]);
    const kept =
      "INSERT INTO platform.note VALUES ('key') RETURNING set_config('synchronous_commit', 'off', true)";
    expect(await unitOfWork.bookkeeping(kept)).toEqual([{ set_config: 'off' }]);
    expect(await unitOfWork.bookkeeping(now)).toEqual([{ wait: 'local' }]);
    await source.destroy();
  });

  it('gives the application no right to change structure', async () => {
    const attempt = db.unitOfWork.run(aSystem(), (tx) => tx.query('CREATE TABLE platform.other (a int)'));
    await expect(attempt).rejects.toThrow('permission denied');
  });

  it('survives the loss of a connection: the next unit of work gets a new one', async () => {
    const attempt = db.unitOfWork.run(aSystem(), async (tx) => {
      const [row] = await tx.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
      await db.ownerDataSource.query('SELECT 1');
      await tx.query('SELECT pg_terminate_backend($1)', [row?.pid]);
    });
    await expect(attempt).rejects.toThrow();
    await expect(db.unitOfWork.run(aSystem(), (tx) => tx.query('SELECT 1 AS one'))).resolves.toEqual([
      { one: 1 },
    ]);
  });
});

import type { Pool } from 'pg';
import { aPerson, aSystem, testDatabase } from '../testing';
import type { TestDatabase } from '../testing';
import { platformMigrations } from '../migrations';

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

import type { Actor, PersonActor } from '#platform';
import { Clock, newId, TestClock } from '#platform';
import type { TestDatabase } from '#platform/testing';
import { anAnonymous, aPerson, aSystem, testDatabase } from '#platform/testing';
import { leafHash } from '#translog';
import type { AuditEvent } from './audit-event';
import { AuditTrail } from './audit-trail';
import { checkEntries } from './check-entries';
import { decodeEntry } from './entry-format';
import { FindEntries } from './find-entries';
import { TrailScopes } from './trail-scope';
import { auditMigrations } from './index';

let database: TestDatabase;
let trail: AuditTrail;
let entries: FindEntries;
const system = aSystem();
const read: AuditEvent = { action: 'document.read', outcome: 'success' };

beforeAll(async () => {
  database = await testDatabase({ migrations: auditMigrations });
  trail = new AuditTrail(database.unitOfWork, new Clock());
  entries = new FindEntries(database.unitOfWork, trail, new TrailScopes(new Clock()));
});
afterAll(() => database.drop());

async function countOf(documentId: string): Promise<number> {
  const [row] = await database.unitOfWork.run(system, (tx) =>
    tx.query<{ n: number }>('SELECT count(*)::int AS n FROM audit.entry WHERE document_id = $1', [
      documentId,
    ]),
  );
  return row?.n ?? -1;
}

describe('the trail', () => {
  it('keeps the exact bytes, with their leaf hash and a salt of their own', async () => {
    const documentId = newId();
    await trail.record(system, { ...read, documentId });
    await trail.record(system, { ...read, documentId });
    const rows = await database.unitOfWork.run(system, (tx) =>
      tx.query<{ bytes: Buffer; leaf_hash: Buffer }>(
        'SELECT bytes, leaf_hash FROM audit.entry WHERE document_id = $1',
        [documentId],
      ),
    );
    expect(rows).toHaveLength(2);
    for (const row of rows) expect(row.leaf_hash.equals(await leafHash(row.bytes))).toBe(true);
    expect(new Set(rows.map((row) => decodeEntry(row.bytes).salt)).size).toBe(2);
  });

  it('keeps a denial although the work around it is rolled back', async () => {
    const documentId = newId();
    const work = database.unitOfWork.run(system, async (tx) => {
      await trail.record(system, { ...read, documentId }, { within: tx });
      await trail.record(system, { action: 'access.denied', outcome: 'denied', documentId });
      throw new Error('rolled back');
    });
    await expect(work).rejects.toThrow('rolled back');
    expect(await countOf(documentId)).toBe(1);
  });

  it('keeps no change whose entry could not be written, and says why', async () => {
    const closed = await testDatabase({ migrations: auditMigrations });
    await closed.ownerDataSource.query('CREATE TABLE audit.change (done text)');
    await closed.ownerDataSource.query('GRANT SELECT, INSERT ON audit.change TO sealpost_app');
    await closed.ownerDataSource.query('REVOKE INSERT (bytes) ON audit.entry FROM sealpost_app');
    const work = closed.unitOfWork.run(system, async (tx) => {
      await tx.execute("INSERT INTO audit.change VALUES ('without entry')");
      await new AuditTrail(closed.unitOfWork, new Clock()).record(system, read, { within: tx });
    });
    await expect(work).rejects.toMatchObject({ code: 'AUDIT_UNAVAILABLE' });
    expect(await closed.ownerDataSource.query('SELECT * FROM audit.change')).toEqual([]);
    await closed.drop();
  });

  it('says that it is not available when nothing can be written, so that the caller refuses', async () => {
    const gone = await testDatabase({ migrations: auditMigrations });
    await gone.dataSource.destroy();
    await expect(new AuditTrail(gone.unitOfWork, new Clock()).record(system, read)).rejects.toMatchObject({
      code: 'AUDIT_UNAVAILABLE',
    });
    await gone.drop();
  });
});

describe('searching the trail', () => {
  it('finds by document, person, action and time, newest first, page after page', async () => {
    const clock = new TestClock('2026-03-01T00:00:00Z');
    const dated = new AuditTrail(database.unitOfWork, clock);
    const person = aPerson({ roles: ['inspector'] });
    const documentId = newId();
    for (let i = 0; i < 7; i += 1) {
      // Pairs share an instant, so that pages must break ties by place in the trail.
      if (i % 2 === 0) clock.advance(1000);
      await dated.record(person, {
        ...read,
        documentId,
        ...(i === 3 && { action: 'document.listed' as const }),
        details: { i },
      });
    }
    const numbers = (page: { items: readonly { entry: { details?: unknown } }[] }): unknown[] =>
      page.items.map(({ entry }) => (entry.details as { i: number }).i);

    const found: unknown[] = [];
    let cursor: string | undefined;
    do {
      const page = await entries.find(person, {
        documentId,
        to: new Date('2026-04-01'),
        limit: 3,
        ...(cursor && { cursor }),
      });
      found.push(...numbers(page));
      cursor = page.next ?? undefined;
    } while (cursor);
    expect(found).toEqual([6, 5, 4, 3, 2, 1, 0]);

    expect(
      numbers(await entries.find(person, { action: 'document.listed', personId: person.personId })),
    ).toEqual([3]);
    expect(
      numbers(
        await entries.find(person, {
          documentId,
          from: new Date('2026-03-01T00:00:02Z'),
          to: new Date('2026-03-01T00:00:03Z'),
        }),
      ),
    ).toEqual([3, 2]);
  });

  it('is itself recorded, with what was looked for', async () => {
    const inspector = aPerson({ roles: ['inspector'] });
    await entries.find(inspector, { action: 'key.locked', limit: 1 });
    const [newest] = (await entries.find(inspector, { personId: inspector.personId })).items;
    expect(newest?.entry).toMatchObject({
      action: 'audit.read',
      details: { action: 'key.locked', entries: 0 },
    });
  });

  it('shows a person the own agency and what belongs to none, never another agency', async () => {
    const mine = aPerson();
    const other = aPerson();
    const documentId = newId();
    for (const actor of [mine, other, anAnonymous()] as Actor[])
      await trail.record(actor, { ...read, documentId });
    await trail.record(anAnonymous(), { ...read, documentId, agencyId: other.agencyId });
    const kinds = (await entries.find(mine, { documentId, action: 'document.read' })).items.map(
      ({ entry }) => entry.actor.person ?? entry.actor.kind,
    );
    expect(kinds.sort()).toEqual([mine.personId, 'anonymous'].sort());
    expect((await entries.find(system, { documentId, action: 'document.read' })).items).toHaveLength(4);
  });
});

describe('an attempt on what another agency has', () => {
  it('is one entry, seen by the inspectors of both agencies and of no third', async () => {
    const intruder = aPerson();
    const [owner, third] = [aPerson(), aPerson()];
    const documentId = newId();
    await trail.record(intruder, {
      action: 'access.denied',
      outcome: 'denied',
      documentId,
      concernedAgencyId: owner.agencyId,
      code: 'DOCUMENT_NOT_FOUND',
    });
    const seen = async (person: PersonActor): Promise<readonly (string | undefined)[]> =>
      (await entries.find(person, { documentId, action: 'access.denied' })).items.map(
        ({ entry }) => entry.actor.person,
      );
    expect(await seen(intruder)).toEqual([intruder.personId]);
    expect(await seen(owner)).toEqual([intruder.personId]);
    expect(await seen(third)).toEqual([]);
  });
});

describe('checking the trail', () => {
  it('finds nothing wrong with what the door wrote', async () => {
    const check = await database.unitOfWork.run(system, (tx) => checkEntries(tx));
    expect(check.checked).toBeGreaterThan(10);
    expect(check.faults).toEqual([]);
  });

  it('locates columns that do not say what the bytes say, and bytes that are no entry', async () => {
    const own = await testDatabase({ migrations: auditMigrations });
    await new AuditTrail(own.unitOfWork, new Clock()).record(system, read);
    const forge = (bytes: string, action: string): Promise<number> =>
      own.unitOfWork.run(system, (tx) =>
        tx.execute(
          `INSERT INTO audit.entry (bytes, at, action, outcome)
           SELECT ${bytes}, at, ${action}, outcome FROM audit.entry ORDER BY seq LIMIT 1`,
        ),
      );
    await forge('bytes', `'document.created'`);
    await forge(`bytes || ' '::bytea`, 'action');
    const { checked, faults } = await own.unitOfWork.run(system, (tx) => checkEntries(tx));
    expect(checked).toBe(3);
    expect(faults).toEqual([
      { seq: '2', fault: 'PROJECTION_WRONG', detail: 'action' },
      { seq: '3', fault: 'BYTES_DAMAGED', detail: expect.stringContaining('canonical') as string },
    ]);
    await own.drop();
  });
});

import { directoryMigrations } from '#directory';
import { newId, platformMigrations } from '#platform';
import type { TestDatabase } from '#platform/testing';
import { aSystem, testDatabase } from '#platform/testing';
import fc from 'fast-check';

import { CreateDocuments1763740000000 } from '../../migrations/1763740000000-create-documents';
import { SeriesByTerm1763852000000 } from '../../migrations/1763852000000-series-by-term';
import type { SeriesKey } from '../../rules';
import type { TakenNumber } from './take-number';
import { takeNumber } from './take-number';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase({
    migrations: [
      ...platformMigrations,
      ...directoryMigrations,
      CreateDocuments1763740000000,
      SeriesByTerm1763852000000,
    ],
    pool: 16,
  });
});
afterAll(() => database.drop());

const key: SeriesKey = {
  typeGroup: 'QD',
  secrecyClass: 'ordinary',
  periodKind: 'year',
  period: '2026',
  periodKey: '2026',
};

class Undone extends Error {}

/** Takes a number in a transaction of its own, which then commits or rolls back. */
async function take(
  bodyId: string,
  today: string,
  end: 'commit' | 'roll back' = 'commit',
): Promise<TakenNumber | undefined> {
  try {
    return await database.unitOfWork.run(aSystem(), async (tx) => {
      const taken = await takeNumber(tx, { ...key, bodyId }, today);
      if (end === 'roll back') throw new Undone();
      return taken;
    });
  } catch (error) {
    if (error instanceof Undone) return undefined;
    throw error;
  }
}

describe('numbers of a series', () => {
  it('are gap-free and given once, however many take them at once and whoever rolls back', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom('commit', 'commit', 'roll back'), { minLength: 1, maxLength: 40 }),
        async (ends) => {
          const bodyId = newId();
          const taken = await Promise.all(ends.map((end) => take(bodyId, '2026-11-08', end)));
          const numbers = taken.filter((one) => one !== undefined).map(({ number }) => number);
          expect(numbers.toSorted((a, b) => a - b)).toEqual(numbers.map((_, index) => index + 1));
        },
      ),
      { numRuns: 15 },
    );
  });

  it('never go back in date, whatever the clocks of those who take them say', async () => {
    const day = fc.integer({ min: 10, max: 28 }).map((date) => `2026-11-${date}`);
    await fc.assert(
      fc.asyncProperty(fc.array(day, { minLength: 2, maxLength: 20 }), async (days) => {
        const bodyId = newId();
        const taken = (await Promise.all(days.map((today) => take(bodyId, today)))).filter(
          (one) => one !== undefined,
        );
        const dates = taken.toSorted((a, b) => a.number - b.number).map(({ date }) => date);
        expect(dates).toEqual(dates.toSorted());
        expect(dates.at(-1)).toBe(days.toSorted().at(-1));
      }),
      { numRuns: 15 },
    );
  });

  it('run apart per body, type and period', async () => {
    const bodyId = newId();
    const first = (other: Partial<SeriesKey>): Promise<TakenNumber> =>
      database.unitOfWork.run(aSystem(), (tx) => takeNumber(tx, { ...key, bodyId, ...other }, '2026-11-08'));
    const taken = [
      await first({}),
      await first({ typeGroup: 'CV' }),
      await first({ period: '2027', periodKey: '2027' }),
      await first({ secrecyClass: 'secret' }),
    ];
    expect(taken.map(({ number }) => number)).toEqual([1, 1, 1, 1]);
    expect((await first({})).number).toBe(2);
  });
});

describe('the database itself', () => {
  const change = (sql: string): Promise<number> =>
    database.unitOfWork.run(aSystem(), (tx) => tx.execute(sql));

  it('refuses a series that does not begin at 1', async () => {
    await expect(
      change(`INSERT INTO workflow.number_series VALUES
        (gen_random_uuid(), gen_random_uuid(), 'QD', 'ordinary', 'year', '2026', 5, '2026-01-01')`),
    ).rejects.toThrow('a series begins at 1');
  });

  it.each([
    'last_number = last_number + 2',
    'last_number = last_number - 1',
    'last_date = last_date - 1',
    "period = '2020'",
  ])('refuses SET %s on a series', async (assignment) => {
    await take(newId(), '2026-11-08');
    await expect(change(`UPDATE workflow.number_series SET ${assignment}`)).rejects.toThrow('only counts up');
  });

  it('lets the application delete neither series nor register entries', async () => {
    for (const table of ['number_series', 'register_entry']) {
      await expect(change(`DELETE FROM workflow.${table}`)).rejects.toThrow('permission denied');
    }
  });
});

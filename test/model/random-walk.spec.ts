import { UnitOfWork } from '#platform';
import { aSystem } from '#platform/testing';
import { ExchangeWorkers } from '#workflow';
import type { TestOffice } from '../../libs/workflow/src/testing';
import { openTestOffice, setWeather } from '../../libs/workflow/src/testing';
import { seededRandom } from '../chaos/random';
import { unvisited } from './machine-faults';
import { agencies, cast, personOf, signers } from './people';
import { plantFaults } from './planted-faults';
import { quiet, resendEverything } from './quiet';
import { recordChanges } from './recorded-changes';
import { newTally, Walker } from './walk';
import { findFaults, findFaultsOnTheWay } from './walk-rules';

const operations = 10_000;
/** The tables are looked at so often on the way. */
const rounds = 4;
const minutes = 60_000;
const seed = Number(process.env['SEALPOST_WALK_SEED'] ?? Date.now() % 1_000_000);

/**
 * Through HTTP, controllers, policies, use cases and the worker's own queues, with real keys and real PDFs of one page.
 * Two things make it cheap enough for ten thousand operations: a header says who acts, instead of a session with its
 * cookies and tokens (other specs are about those), and the time-stamping authority is away most of the time, so that
 * most signatures are B-B.
 */
let office: TestOffice;
let owner: UnitOfWork;

beforeAll(async () => {
  Object.assign(process.env, {
    SEALPOST_EXCHANGE_TRIES: '2',
    SEALPOST_EXCHANGE_FIRST_RETRY_SECONDS: '0',
    SEALPOST_EXCHANGE_REQUEUE_SECONDS: '2',
  });
  office = await openTestOffice({ signers, agencies });
  for (const name of ['TRIES', 'FIRST_RETRY_SECONDS', 'REQUEUE_SECONDS'])
    Reflect.deleteProperty(process.env, `SEALPOST_EXCHANGE_${name}`);
  await recordChanges(office.database);
  owner = new UnitOfWork(office.database.ownerDataSource);
  await office.app.get(ExchangeWorkers, { strict: false }).start();
}, 5 * minutes);

afterAll(() => office.close());

describe(`a random walk of ten thousand operations by several people at once (SEALPOST_WALK_SEED=${seed})`, () => {
  const tally = newTally();

  it(
    'finds every answer as the tables of the machines say, and registers, numbers and sums right on the way',
    async () => {
      const random = seededRandom(seed);
      setWeather(office, () => {
        const dice = random();
        return dice < 0.12 ? 'lost' : dice < 0.24 ? 'unanswered' : 'fair';
      });
      const walkers = cast.map(
        (key) => new Walker(office, personOf(office, key), Math.floor(random() * 2 ** 32), tally),
      );
      for (let round = 1; round <= rounds; round += 1) {
        office.tsa.down = round > 1;
        await Promise.all(walkers.map((walker) => walker.run((operations * round) / rounds)));
        expect(tally.faults).toEqual([]);
        await quiet(office);
        expect(await owner.run(aSystem(), findFaultsOnTheWay)).toEqual([]);
      }
      expect(tally.operations).toBeGreaterThanOrEqual(operations);
      expect(tally.refused).toBeGreaterThan(operations / 20);
    },
    30 * minutes,
  );

  it(
    'leaves both sides of every delivery with the same state and the same evidence once all is quiet',
    async () => {
      setWeather(office, () => 'fair');
      await resendEverything(office);
      expect(await owner.run(aSystem(), findFaults)).toEqual([]);
    },
    10 * minutes,
  );

  it('has been in every state of every machine', async () => {
    await copySomething();
    // Handed over and its arrival stated is one transaction: a delivery passes through SENT, and the trail says so.
    expect(await owner.run(aSystem(), unvisited)).toEqual(['delivery.state SENT']);
    const [sent] = await office.database.ownerDataSource.query<{ times: number }[]>(
      `SELECT count(*)::integer AS times FROM audit.entry WHERE action = 'delivery.sent'`,
    );
    expect(sent?.times).toBeGreaterThan(0);
  });

  it(
    'finds every fault that is planted',
    async () => {
      const results = await plantFaults(owner);
      expect(results.filter(({ expected, found }) => !found.includes(expected))).toEqual([]);
      expect(await owner.run(aSystem(), findFaults)).toEqual([]);
    },
    5 * minutes,
  );
});

/** A copy begins in a state of its own; no walker makes one, because it may be made of whatever is issued, at any time. */
async function copySomething(): Promise<void> {
  const clerk = personOf(office, 'vanthu.bkhcn');
  const [issued] = await office.database.ownerDataSource.query<{ id: string }[]>(
    `SELECT id FROM workflow.document WHERE agency_id = $1 AND state = 'ISSUED' LIMIT 1`,
    [clerk.agencyId],
  );
  const recipients = [{ agencyId: personOf(office, 'vanthu.sonoivu').agencyId }];
  await clerk.client.post(`/documents/${issued?.id ?? ''}/copies`, { kind: 'SY', recipients }).expect(201);
}

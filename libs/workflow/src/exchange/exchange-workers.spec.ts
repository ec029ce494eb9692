import { setTimeout as pause } from 'node:timers/promises';

import { Client } from 'pg';

import type { Agency } from '#directory';

import { testAuthority } from './testing/test-authority';
import type { TestNode } from './testing/test-node';
import { testAgency } from './testing/test-agencies';
import { testNode } from './testing/test-node';
import { testPdf } from './testing/test-pdf';

const nodeId = 'node-1';

describe('workers', () => {
  const sender = testAgency('000.00.00.A01', nodeId);
  const recipients = ['B02', 'C03', 'D04'].map((end) => testAgency(`000.00.00.${end}`, nodeId));
  let node: TestNode;

  beforeEach(async () => {
    const authority = await testAuthority();
    const settings = { tries: 50, concurrency: 4 };
    node = await testNode({ nodeId, authority, agencies: [sender, ...recipients], settings });
  });
  afterEach(async () => {
    await node.close();
  });

  const everythingArrived = (documents: number) => () =>
    node
      .query<{ count: number }>(`SELECT count(*)::integer AS count FROM workflow.delivery WHERE state = '01'`)
      .then(([row]) => row?.count === documents * recipients.length);

  const everythingSettled = () => node.balance().then(({ pending }) => pending === 0);

  /** Waits for a condition; while the database is away it does not hold. */
  async function until(condition: () => Promise<boolean>, seconds = 50): Promise<void> {
    const deadline = Date.now() + seconds * 1000;
    while (!(await condition().catch(() => false))) {
      if (Date.now() > deadline) throw new Error('waited in vain');
      await pause(50);
    }
  }

  async function settleAll(agency: Agency, index: number): Promise<void> {
    const { items } = await node.findIncoming.run(node.clerkOf(agency), { state: '01' });
    for (const { id } of items) {
      await node.keepVerdict(id, 'TOTAL-PASSED');
      if (index === 0) await node.refuseIncoming.run(node.clerkOf(agency), id, 'Không thuộc thẩm quyền');
      else await node.acceptIncoming.run(node.clerkOf(agency), id);
    }
  }

  it('carry documents and answers by themselves', async () => {
    await node.workers.start();
    for (let index = 0; index < 5; index += 1)
      await node.issue(sender, recipients, [{ bytes: testPdf(1, String(index)), pages: 1 }]);
    await until(everythingArrived(5));
    await Promise.all(recipients.map(settleAll));
    await until(everythingSettled);
    expect(await node.balance()).toEqual({
      expected: 15,
      accepted: 10,
      refused: 5,
      pending: 0,
      deadLetter: 0,
      withdrawn: 0,
      balanced: true,
    });
  });

  it('lose nothing and do nothing twice while all connections are cut again and again', async () => {
    const documents = 12;
    for (let index = 0; index < documents; index += 1) {
      await node.issue(sender, recipients, [{ bytes: testPdf(1, String(index)), pages: 1 }]);
    }
    await node.workers.start();
    const saboteur = new Client({ connectionString: node.database.url });
    await saboteur.connect();
    let cuts = 0;
    for (let round = 0; round < 15; round += 1) {
      await pause(40);
      const { rowCount } = await saboteur.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
          WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle' AND usename = current_user`,
      );
      cuts += rowCount ?? 0;
    }
    await saboteur.end();
    expect(cuts).toBeGreaterThan(0);
    // What a crashed worker held comes back by the queue's own supervision; here the rows are asked instead.
    await until(async () => {
      node.clock.advance(121_000);
      await node.requeue.run();
      return everythingArrived(documents)();
    });
    const consigned = await node.query<{ times: number }>(
      `SELECT count(*)::integer AS times FROM workflow.evidence WHERE event = 'D.1' AND holder_agency_id <> $1 GROUP BY message_id`,
      [sender.id],
    );
    expect(consigned.map(({ times }) => times)).toEqual(Array<number>(documents * recipients.length).fill(1));
    expect(await node.query('SELECT FROM workflow.incoming')).toHaveLength(documents * recipients.length);
    expect(await node.balance()).toMatchObject({ expected: 36, pending: 36, deadLetter: 0, balanced: true });
  });
});

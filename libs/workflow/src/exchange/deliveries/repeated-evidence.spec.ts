import { testAuthority } from '../testing/test-authority';
import type { TestNode } from '../testing/test-node';
import { testAgency } from '../testing/test-agencies';
import { testNode } from '../testing/test-node';
import { testPdf } from '../testing/test-pdf';

const nodeId = 'node-1';
const files = [{ bytes: testPdf(1), pages: 1 }];

describe('evidence that is lost or comes again', () => {
  const sender = testAgency('000.00.00.A01', nodeId);
  const recipient = testAgency('000.00.00.B02', nodeId);
  let node: TestNode;

  beforeEach(async () => {
    node = await testNode({ nodeId, authority: await testAuthority(), agencies: [sender, recipient] });
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await node.close();
  });

  const deliveryIds = async (): Promise<string[]> =>
    (await node.query<{ id: string }>('SELECT id FROM workflow.delivery')).map(({ id }) => id);

  const eventsAtSender = async (): Promise<string[]> =>
    (
      await node.query<{ event: string }>(
        'SELECT event FROM workflow.evidence WHERE holder_agency_id = $1 ORDER BY event',
        [sender.id],
      )
    ).map(({ event }) => event);

  const entriesOf = async (action: string): Promise<number> =>
    (await node.trail()).filter((entry) => entry.action === action).length;

  it('still fetches the proof of arrival when the recipient has answered before the sender knew of it', async () => {
    await node.issue(sender, [recipient], files);
    // The worker dies after the recipient has taken the message, before its answer is kept.
    jest.spyOn(node.recordEvidence, 'fromAnswer').mockRejectedValueOnce(new Error('Connection terminated'));
    await expect(node.deliver.deliver({ deliveryIds: await deliveryIds() })).rejects.toThrow('terminated');
    const incoming = await node.arrivedFor(recipient);
    await node.keepVerdict(incoming, 'TOTAL-PASSED');
    await node.acceptIncoming.run(node.clerkOf(recipient), incoming);
    const [back] = await node.query<{ id: string }>('SELECT id FROM workflow.evidence_return');
    await node.returnEvidence.return({ evidenceReturnId: back!.id });
    expect(await eventsAtSender()).toEqual(['A.1', 'C.3']);

    node.clock.advance(3_600_000);
    expect(await node.requeue.run()).toBe(1);
    await node.deliver.deliver({ deliveryIds: await deliveryIds() });
    expect(await eventsAtSender()).toEqual(['A.1', 'C.3', 'D.1']);
    expect(await node.balance()).toMatchObject({ accepted: 1, pending: 0, balanced: true });
    node.clock.advance(3_600_000);
    expect(await node.requeue.run()).toBe(0);
  });

  it('is kept and recorded once by ten workers that bring it at the same time', async () => {
    await node.issue(sender, [recipient], files);
    const ids = await deliveryIds();
    await Promise.all(Array.from({ length: 10 }, () => node.deliver.deliver({ deliveryIds: ids })));
    expect(await eventsAtSender()).toEqual(['A.1', 'D.1']);
    expect(await entriesOf('delivery.evidence_received')).toBe(1);

    const incoming = await node.arrivedFor(recipient);
    await node.keepVerdict(incoming, 'TOTAL-PASSED');
    await node.acceptIncoming.run(node.clerkOf(recipient), incoming);
    const [back] = await node.query<{ id: string }>('SELECT id FROM workflow.evidence_return');
    const job = { evidenceReturnId: back!.id };
    await Promise.all(Array.from({ length: 10 }, () => node.returnEvidence.return(job)));
    expect(await eventsAtSender()).toEqual(['A.1', 'C.3', 'D.1']);
    expect(await entriesOf('delivery.evidence_received')).toBe(2);
    expect(await entriesOf('transport.refused')).toBe(0);
    expect(await node.balance()).toMatchObject({ accepted: 1, deadLetter: 0, balanced: true });
    expect(await node.query('SELECT FROM workflow.dead_letter')).toHaveLength(0);
  });
});

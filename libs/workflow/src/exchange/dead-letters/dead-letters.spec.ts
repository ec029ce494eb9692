import { ExchangeError } from '../exchange-error';
import type { TestAuthority } from '../testing/test-authority';
import { testAuthority } from '../testing/test-authority';
import type { TestNode } from '../testing/test-node';
import { testAgency } from '../testing/test-agencies';
import { testNode } from '../testing/test-node';
import { testPdf } from '../testing/test-pdf';
import type { Transport } from '../transport/transport';

const nodeId = 'node-1';
const files = [{ bytes: testPdf(1), pages: 1 }];

describe('dead letters', () => {
  const sender = testAgency('000.00.00.A01', nodeId);
  const recipient = testAgency('000.00.00.B02', nodeId);
  const abroad = testAgency('000.00.00.Z26', 'node-9');
  let authority: TestAuthority;
  let node: TestNode;

  beforeAll(async () => {
    authority = await testAuthority();
  });
  beforeEach(async () => {
    node = await testNode({ nodeId, authority, agencies: [sender, recipient, abroad] });
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await node.close();
  });

  /** Breaks the way to every node until it is called again. */
  function breakTransport(error: Error): () => void {
    const broken = jest.spyOn(node.transports as Transport, 'deliver').mockRejectedValue(error);
    return () => {
      broken.mockRestore();
    };
  }

  const unreachable = new ExchangeError('PEER_UNREACHABLE', 'down', { retry: 'worth-retrying' });

  it('take a message after its tries are used up, and are counted', async () => {
    breakTransport(unreachable);
    const documentId = await node.issue(sender, [recipient], files);
    await node.carry();
    const [delivery] = (await node.findDeliveries.run(node.clerkOf(sender), documentId, {})).items;
    expect(delivery).toMatchObject({ state: 'NON_DELIVERED', attempts: 3, lastError: 'PEER_UNREACHABLE' });
    const letters = await node.findDeadLetters.run(node.clerkOf(sender), {});
    expect(letters).toMatchObject({
      items: [{ kind: 'delivery', documentId, code: 'PEER_UNREACHABLE', attempts: 3 }],
      next: null,
    });
    expect(await node.balance()).toMatchObject({ expected: 1, deadLetter: 1, pending: 0, balanced: true });
    expect((await node.trail()).filter(({ action }) => action === 'delivery.dead_lettered')).toHaveLength(1);
  });

  it('take a message at once when trying again cannot help', async () => {
    const documentId = await node.issue(sender, [abroad], files);
    await node.carry();
    const [delivery] = (await node.findDeliveries.run(node.clerkOf(sender), documentId, {})).items;
    expect(delivery).toMatchObject({ state: 'NON_DELIVERED', attempts: 1, lastError: 'PEER_UNKNOWN' });
  });

  it('are sent again as the same message, which has effect once', async () => {
    const mend = breakTransport(unreachable);
    const documentId = await node.issue(sender, [recipient], files);
    await node.carry();
    mend();
    const [letter] = (await node.findDeadLetters.run(node.clerkOf(sender), {})).items;
    await node.resendDeadLetter.run(node.clerkOf(sender), letter!.id);
    await expect(node.resendDeadLetter.run(node.clerkOf(sender), letter!.id)).rejects.toMatchObject({
      code: 'DEAD_LETTER_CLOSED',
    });
    await node.carry();
    const [delivery] = (await node.findDeliveries.run(node.clerkOf(sender), documentId, {})).items;
    expect(delivery).toMatchObject({ state: '01', messageId: letter!.messageId, lastError: null });
    expect((await node.findDeadLetters.run(node.clerkOf(sender), {})).items).toEqual([]);
    await node.arrivedFor(recipient);
  });

  it('hold evidence that could not be brought back, which the recipient sends again', async () => {
    await node.issue(sender, [recipient], files);
    await node.carry();
    const mend = breakTransport(unreachable);
    await node.refuseIncoming.run(node.clerkOf(recipient), await node.arrivedFor(recipient), 'Thiếu phụ lục');
    await node.carry();
    const [letter] = (await node.findDeadLetters.run(node.clerkOf(recipient), {})).items;
    expect(letter).toMatchObject({ kind: 'evidence', counterpart: sender.code });
    mend();
    await node.resendDeadLetter.run(node.clerkOf(recipient), letter!.id);
    await node.carry();
    expect(await node.balance()).toMatchObject({ refused: 1, balanced: true });
  });

  it('settle by themselves when evidence shows that the message had arrived after all', async () => {
    const deliver = node.transports.deliver.bind(node.transports);
    // The message arrives, but every answer is lost on the way back.
    jest.spyOn(node.transports as Transport, 'deliver').mockImplementation(async (to, parcel) => {
      await deliver(to, parcel);
      throw unreachable;
    });
    await node.issue(sender, [recipient], files);
    await node.carry();
    expect(await node.balance()).toMatchObject({ deadLetter: 1, balanced: true });
    jest.restoreAllMocks();
    const incoming = await node.arrivedFor(recipient);
    await node.keepVerdict(incoming, 'TOTAL-PASSED');
    await node.acceptIncoming.run(node.clerkOf(recipient), incoming);
    await node.carry();
    expect(await node.balance()).toMatchObject({ accepted: 1, deadLetter: 0, balanced: true });
    expect((await node.findDeadLetters.run(node.clerkOf(sender), {})).items).toEqual([]);
  });

  it("are not seen or sent by another agency's people", async () => {
    breakTransport(unreachable);
    await node.issue(sender, [recipient], files);
    await node.carry();
    const [letter] = (await node.findDeadLetters.run(node.clerkOf(sender), {})).items;
    expect((await node.findDeadLetters.run(node.clerkOf(recipient), {})).items).toEqual([]);
    const resending = node.resendDeadLetter.run(node.clerkOf(recipient), letter!.id);
    await expect(resending).rejects.toMatchObject({ code: 'DEAD_LETTER_NOT_FOUND' });
    expect((await node.trail()).at(-1)).toMatchObject({ action: 'access.denied' });
  });

  it('count no try while the database is away', async () => {
    const documentId = await node.issue(sender, [recipient], files);
    breakTransport(Object.assign(new Error('terminating connection'), { code: '57P01' }));
    const rows = await node.query<{ id: string }>('SELECT id FROM workflow.delivery');
    await expect(node.deliver.deliver({ deliveryIds: rows.map(({ id }) => id) })).rejects.toThrow(
      'terminating',
    );
    const [delivery] = (await node.findDeliveries.run(node.clerkOf(sender), documentId, {})).items;
    expect(delivery).toMatchObject({ state: 'QUEUED', attempts: 0 });
  });

  it('are prevented by a new job for a message whose own was lost', async () => {
    await node.issue(sender, [recipient], files);
    expect(await node.requeue.run()).toBe(0);
    node.clock.advance(121_000);
    expect(await node.requeue.run()).toBe(1);
    expect(await node.requeue.run()).toBe(0);
    expect((await node.queue.counts('exchange.deliver')).waiting).toBe(2);
  });
});

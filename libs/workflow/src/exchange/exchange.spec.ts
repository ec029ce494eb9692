import { buffer } from 'node:stream/consumers';

import type { Agency } from '#directory';
import { newId } from '#platform';

import type { TestAuthority } from './testing/test-authority';
import { testAuthority } from './testing/test-authority';
import { issuedDocument, testMessage } from './testing/test-message';
import type { TestNode } from './testing/test-node';
import { testAgency } from './testing/test-agencies';
import { testNode } from './testing/test-node';
import { testPdf } from './testing/test-pdf';

const nodeId = 'node-1';
const files = [
  { bytes: testPdf(3), pages: 3 },
  { bytes: testPdf(2, 'annex'), pages: 2 },
];

describe('the exchange inside one node', () => {
  const sender = testAgency('000.00.00.A01', nodeId);
  const second = testAgency('000.00.00.B02', nodeId);
  const third = testAgency('000.00.00.C03', nodeId);
  const closed = testAgency('000.00.00.D04', nodeId, { validTo: '2026-01-01' });
  let authority: TestAuthority;
  let node: TestNode;

  beforeAll(async () => {
    authority = await testAuthority();
  });
  beforeEach(async () => {
    node = await testNode({ nodeId, authority, agencies: [sender, second, third, closed] });
  });
  afterEach(async () => {
    await node.close();
  });

  const source = () => ({ nodeId, actor: { kind: 'system' as const, service: 'test', requestId: newId() } });
  const party = ({ code, name }: Agency): { code: string; name: string } => ({ code, name });

  async function deliveryStates(documentId: string): Promise<readonly string[]> {
    const { items: deliveries } = await node.findDeliveries.run(node.clerkOf(sender), documentId, {});
    return deliveries.map(({ state }) => state);
  }

  it('carries a document to every recipient and keeps evidence on both sides', async () => {
    const documentId = await node.issue(sender, [second, third], files);
    expect(await deliveryStates(documentId)).toEqual(['QUEUED', 'QUEUED']);
    await node.carry();
    expect(await deliveryStates(documentId)).toEqual(['01', '01']);
    const evidence = await node.query<{ holder_agency_id: string; event: string }>(
      'SELECT holder_agency_id, event FROM workflow.evidence ORDER BY event, holder_agency_id',
    );
    const heldBy = (agency: Agency): readonly string[] =>
      evidence.filter((row) => row.holder_agency_id === agency.id).map(({ event }) => event);
    expect(heldBy(sender)).toEqual(['A.1', 'A.1', 'D.1', 'D.1']);
    expect(heldBy(second)).toEqual(['A.1', 'D.1']);
    const actions = (await node.trail()).map(({ action }) => action);
    expect(actions).toEqual(
      expect.arrayContaining(['delivery.arrived', 'delivery.sent', 'delivery.evidence_received']),
    );
    expect(await node.balance()).toEqual({
      expected: 2,
      accepted: 0,
      refused: 0,
      pending: 2,
      deadLetter: 0,
      withdrawn: 0,
      balanced: true,
    });
  });

  it('stores a file once however many agencies of the node receive it', async () => {
    await node.issue(sender, [second, third], files);
    await node.carry();
    const received = await node.query('SELECT sha256 FROM workflow.received_file');
    expect(received).toHaveLength(files.length);
  });

  it('gives the recipient the very bytes, and each reading is in the trail first', async () => {
    await node.issue(sender, [second], files);
    await node.carry();
    const clerk = node.clerkOf(second);
    const document = await node.readIncoming.run(clerk, await node.arrivedFor(second));
    expect(document.counts).toEqual({ files: 2, pages: 5 });
    const content = await node.readIncomingFile.run(clerk, {
      id: document.id,
      fileId: document.files[0]!.id,
    });
    expect(Buffer.compare(await buffer(content.stream), files[0]!.bytes)).toBe(0);
    const last = (await node.trail()).at(-1);
    expect(last).toMatchObject({ action: 'document.file_read', outcome: 'success' });
  });

  it('refuses a recipient that is unknown or has ended, naming which, and queues nothing', async () => {
    const issued = { ...issuedDocument(party(sender), files), agencyId: sender.id };
    const input = { documentId: issued.documentId, recipients: [second.id, closed.id, newId()], issued };
    const submitting = node.unitOfWork.run(node.clerkOf(sender), (tx) =>
      node.submit.submitDeliveries(tx, input),
    );
    await expect(submitting).rejects.toMatchObject({
      code: 'RECIPIENT_UNKNOWN',
      errors: [{ field: 'recipients[1]' }, { field: 'recipients[2]' }],
    });
    expect(await node.query('SELECT FROM workflow.delivery')).toHaveLength(0);
    expect(await node.queue.counts('exchange.deliver')).toEqual({ waiting: 0, active: 0, dead: 0 });
  });

  it('queues the jobs with the transaction that issues, or not at all', async () => {
    const issued = { ...issuedDocument(party(sender), files), agencyId: sender.id };
    const input = { documentId: issued.documentId, recipients: [second.id], issued };
    const failing = node.unitOfWork.run(node.clerkOf(sender), async (tx) => {
      await node.submit.submitDeliveries(tx, input);
      throw new Error('issue failed');
    });
    await expect(failing).rejects.toThrow('issue failed');
    expect(await node.queue.counts('exchange.deliver')).toEqual({ waiting: 0, active: 0, dead: 0 });
    await node.issue(sender, [second], files);
    expect(await node.queue.counts('exchange.deliver')).toEqual({ waiting: 1, active: 0, dead: 0 });
  });

  it('takes a document over once only', async () => {
    const issued = { ...issuedDocument(party(sender), files), agencyId: sender.id };
    const input = { documentId: issued.documentId, recipients: [second.id], issued };
    const submit = () =>
      node.unitOfWork.run(node.clerkOf(sender), (tx) => node.submit.submitDeliveries(tx, input));
    await submit();
    await expect(submit()).rejects.toMatchObject({ code: 'DELIVERY_ALREADY_SUBMITTED' });
  });

  describe('accepting', () => {
    it('gives số đến and ngày đến and tells the sender', async () => {
      const documentId = await node.issue(sender, [second], files);
      await node.carry();
      const incoming = await node.arrivedFor(second);
      await node.keepVerdict(incoming, 'TOTAL-PASSED');
      const acceptance = await node.acceptIncoming.run(node.clerkOf(second), incoming);
      expect(acceptance).toEqual({ arrivalNumber: 1, arrivalDate: '2026-11-21' });
      await node.carry();
      const [delivery] = (await node.findDeliveries.run(node.clerkOf(sender), documentId, {})).items;
      expect(delivery).toMatchObject({ state: '03', arrivalNumber: 1, arrivalDate: '2026-11-21' });
      expect(delivery?.evidence.map(({ event }) => event)).toEqual(['A.1', 'C.3', 'D.1']);
      expect(await node.balance()).toMatchObject({ accepted: 1, pending: 0, balanced: true });
    });

    it('needs a verification of these very files, and one that is not TOTAL-FAILED', async () => {
      await node.issue(sender, [second], files);
      await node.carry();
      const incoming = await node.arrivedFor(second);
      const accept = () => node.acceptIncoming.run(node.clerkOf(second), incoming);
      await expect(accept()).rejects.toMatchObject({ code: 'INCOMING_NOT_VERIFIED' });
      await node.keepVerdict(incoming, 'TOTAL-FAILED');
      await expect(accept()).rejects.toMatchObject({ code: 'INCOMING_INVALID' });
      expect(await node.query('SELECT FROM workflow.arrival_register')).toHaveLength(0);
    });

    it('gives one number to twenty who accept at once', async () => {
      await node.issue(sender, [second], files);
      await node.carry();
      const incoming = await node.arrivedFor(second);
      await node.keepVerdict(incoming, 'TOTAL-PASSED');
      const answers = await Promise.all(
        Array.from({ length: 20 }, () => node.acceptIncoming.run(node.clerkOf(second), incoming)),
      );
      expect(new Set(answers.map(({ arrivalNumber }) => arrivalNumber))).toEqual(new Set([1]));
      await node.carry();
      const events = await node.query(`SELECT FROM workflow.evidence WHERE event = 'C.3'`);
      expect(events).toHaveLength(2);
    });

    it('leaves no gap in the series, also when acceptances fail between others', async () => {
      for (let index = 0; index < 6; index += 1)
        await node.issue(sender, [second], [{ bytes: testPdf(1, String(index)), pages: 1 }]);
      await node.carry();
      const { items } = await node.findIncoming.run(node.clerkOf(second), {});
      await Promise.all(
        items.map(({ id }, index) =>
          node.keepVerdict(id, index % 3 === 0 ? 'TOTAL-FAILED' : 'INDETERMINATE'),
        ),
      );
      const outcomes = await Promise.allSettled(
        items.map(({ id }) => node.acceptIncoming.run(node.clerkOf(second), id)),
      );
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(4);
      const register = await node.query<{ number: number }>(
        'SELECT number FROM workflow.arrival_register ORDER BY number',
      );
      expect(register.map(({ number }) => number)).toEqual([1, 2, 3, 4]);
    });

    it('starts the series anew with the year of Việt Nam, and the day never goes back', async () => {
      const accept = async (mark: string): Promise<unknown> => {
        await node.issue(sender, [third], [{ bytes: testPdf(1, mark), pages: 1 }]);
        await node.carry();
        const [newest] = (await node.findIncoming.run(node.clerkOf(third), { state: '01' })).items;
        await node.keepVerdict(newest!.id, 'TOTAL-PASSED');
        return node.acceptIncoming.run(node.clerkOf(third), newest!.id);
      };
      node.clock.set('2026-12-31T16:59:59Z');
      expect(await accept('a')).toEqual({ arrivalNumber: 1, arrivalDate: '2026-12-31' });
      node.clock.set('2026-12-31T17:00:00Z');
      expect(await accept('b')).toEqual({ arrivalNumber: 1, arrivalDate: '2027-01-01' });
      node.clock.set('2027-01-03T00:00:00Z');
      expect(await accept('c')).toEqual({ arrivalNumber: 2, arrivalDate: '2027-01-03' });
      node.clock.set('2027-01-02T00:00:00Z');
      expect(await accept('d')).toEqual({ arrivalNumber: 3, arrivalDate: '2027-01-03' });
    });
  });

  describe('refusing', () => {
    it('tells the sender why, once', async () => {
      const documentId = await node.issue(sender, [second], files);
      await node.carry();
      const incoming = await node.arrivedFor(second);
      await node.refuseIncoming.run(node.clerkOf(second), incoming, 'Gửi nhầm địa chỉ');
      await node.refuseIncoming.run(node.clerkOf(second), incoming, 'Lý do khác');
      await node.carry();
      const [delivery] = (await node.findDeliveries.run(node.clerkOf(sender), documentId, {})).items;
      expect(delivery).toMatchObject({ state: '02', refusalReason: 'Gửi nhầm địa chỉ' });
      expect(await node.balance()).toMatchObject({ refused: 1, pending: 0, balanced: true });
    });

    it('cannot follow accepting, nor accepting refusing', async () => {
      await node.issue(sender, [second, third], files);
      await node.carry();
      const accepted = await node.arrivedFor(second);
      const refused = await node.arrivedFor(third);
      await node.keepVerdict(accepted, 'TOTAL-PASSED');
      await node.keepVerdict(refused, 'TOTAL-PASSED');
      await node.acceptIncoming.run(node.clerkOf(second), accepted);
      await node.refuseIncoming.run(node.clerkOf(third), refused, 'Không đúng thẩm quyền');
      await expect(node.refuseIncoming.run(node.clerkOf(second), accepted, 'muộn')).rejects.toMatchObject({
        code: 'INCOMING_ALREADY_ACCEPTED',
      });
      await expect(node.acceptIncoming.run(node.clerkOf(third), refused)).rejects.toMatchObject({
        code: 'INCOMING_ALREADY_REFUSED',
      });
    });
  });

  it("shows another agency's person nothing and records the attempt", async () => {
    const documentId = await node.issue(sender, [second], files);
    await node.carry();
    const incoming = await node.arrivedFor(second);
    const stranger = node.clerkOf(third);
    await expect(node.readIncoming.run(stranger, incoming)).rejects.toMatchObject({
      code: 'INCOMING_NOT_FOUND',
    });
    await expect(node.verifyIncoming.run(stranger, incoming)).rejects.toMatchObject({
      code: 'INCOMING_NOT_FOUND',
    });
    await expect(node.acceptIncoming.run(stranger, incoming)).rejects.toMatchObject({
      code: 'INCOMING_NOT_FOUND',
    });
    await expect(node.refuseIncoming.run(stranger, incoming, 'không')).rejects.toMatchObject({
      code: 'INCOMING_NOT_FOUND',
    });
    await expect(node.findDeliveries.run(stranger, documentId, {})).rejects.toMatchObject({
      code: 'DOCUMENT_NOT_FOUND',
    });
    await expect(node.exportEvidence.run(stranger, documentId)).rejects.toMatchObject({
      code: 'DOCUMENT_NOT_FOUND',
    });
    const denied = (await node.trail()).filter(({ action }) => action === 'access.denied');
    expect(denied).toHaveLength(6);
    expect((await node.findIncoming.run(stranger, {})).items).toEqual([]);
  });

  describe('a message that is not what it says', () => {
    async function receive(
      change: Parameters<typeof testMessage>[1]['change'],
      given = files,
    ): Promise<unknown> {
      const signer = await node.keys.evidenceSigner(sender.id);
      const message = await testMessage(signer, {
        sender: party(sender),
        recipient: party(second),
        files: given,
        at: node.clock.now(),
        ...(change ? { change } : {}),
      });
      for (const { bytes } of files) {
        const { createHash } = await import('node:crypto');
        await node.receive.putFile(source(), createHash('sha256').update(bytes).digest('hex'), bytes);
      }
      return node.receive.receive(source(), message.envelope);
    }

    it('is consigned when all is right', async () => {
      await expect(receive(undefined)).resolves.toMatchObject({ outcome: 'consigned' });
    });

    it('is answered with failure when a file has other pages', async () => {
      const wrong = [{ ...files[0]!, pages: 4 }];
      await expect(receive(undefined, wrong)).resolves.toMatchObject({ outcome: 'rejected' });
      expect(await node.query('SELECT FROM workflow.incoming')).toHaveLength(0);
      const [inbox] = await node.query<{ outcome: string }>('SELECT outcome FROM workflow.inbox');
      expect(inbox).toEqual({ outcome: 'rejected' });
    });

    it('waits for a file that has not come', async () => {
      const missing = [{ bytes: testPdf(1, 'swapped'), pages: 1 }];
      await expect(receive(undefined, missing)).rejects.toMatchObject({
        code: 'MESSAGE_FILE_MISSING',
        retry: 'worth-retrying',
      });
    });

    it('is answered with failure when it bears a secrecy mark', async () => {
      const secret = receive((manifest) => ({ ...manifest, marks: { ...manifest.marks, secrecy: 'MAT' } }));
      await expect(secret).resolves.toMatchObject({ outcome: 'rejected' });
    });

    it('is refused for an agency of no or another node', async () => {
      const astray = receive((manifest) => ({
        ...manifest,
        recipient: { code: '000.00.00.X99', name: 'x' },
      }));
      await expect(astray).rejects.toMatchObject({ code: 'RECIPIENT_NOT_HERE' });
      expect((await node.trail()).at(-1)).toMatchObject({
        action: 'transport.refused',
        code: 'RECIPIENT_NOT_HERE',
      });
    });

    it('cannot swap a file: bytes are taken by their digest only', async () => {
      const put = node.receive.putFile(source(), 'a'.repeat(64), files[0]!.bytes);
      await expect(put).rejects.toMatchObject({ code: 'MESSAGE_FILE_MISMATCH' });
    });

    it('has effect once, however often it comes, and the same answer', async () => {
      const signer = await node.keys.evidenceSigner(sender.id);
      const input = { sender: party(sender), recipient: party(second), files, at: node.clock.now() };
      const message = await testMessage(signer, input);
      await receive(undefined);
      const answers = await Promise.all(
        Array.from({ length: 10 }, () => node.receive.receive(source(), message.envelope)),
      );
      const encoded = new Set(
        answers.map((answer) => ('evidence' in answer ? Buffer.from(answer.evidence).toString('hex') : '')),
      );
      expect(encoded.size).toBe(1);
      const rows = await node.query('SELECT FROM workflow.incoming WHERE message_id = $1', [
        message.manifest.id,
      ]);
      expect(rows).toHaveLength(1);
    });

    it('cannot use the id of an earlier message for other content', async () => {
      const signer = await node.keys.evidenceSigner(sender.id);
      const input = { sender: party(sender), recipient: party(second), files, at: node.clock.now() };
      const first = await testMessage(signer, input);
      await receive(undefined);
      await node.receive.receive(source(), first.envelope);
      const again = await testMessage(signer, {
        ...input,
        change: (manifest) => ({ ...manifest, id: first.manifest.id }),
      });
      await expect(node.receive.receive(source(), again.envelope)).rejects.toMatchObject({
        code: 'MESSAGE_ID_REUSED',
      });
    });
  });
});

import type { Agency } from '#directory';
import { enterAppointment, enterPerson, enterPost } from '#directory';
import type { Role } from '#platform';
import { newId } from '#platform';
import { aSystem } from '#platform/testing';

import type { IssuedDocument } from '../../issued-document';
import type { TestAuthority } from '../testing/test-authority';
import { testAuthority } from '../testing/test-authority';
import { issuedDocument } from '../testing/test-message';
import type { TestNode } from '../testing/test-node';
import { testAgency } from '../testing/test-agencies';
import { testNode } from '../testing/test-node';
import { testPdf } from '../testing/test-pdf';
import { deliverQueue } from '../queues';

const nodeId = 'node-1';
const files = [{ bytes: testPdf(1), pages: 1 }];
const hour = 3_600_000;

describe('the time to acknowledge a delivery', () => {
  const sender = testAgency('000.00.00.A01', nodeId);
  const recipient = testAgency('000.00.00.B02', nodeId, { contact080: '080.12345' });
  const abroad = testAgency('000.00.00.Z26', 'node-9');
  let authority: TestAuthority;
  let node: TestNode;

  beforeAll(async () => {
    authority = await testAuthority();
  });
  beforeEach(async () => {
    node = await testNode({ nodeId, authority, agencies: [sender, recipient, abroad] });
    for (const agency of [sender, recipient])
      for (const role of ['clerk', 'leader'] as const) await enter(agency, role);
  });
  afterEach(async () => {
    await node.close();
  });

  async function enter(agency: Agency, role: Role): Promise<void> {
    const [personId, postId] = [newId(), newId()];
    const since = { validFrom: '2026-01-01', validTo: null };
    await node.unitOfWork.run(aSystem(), async (tx) => {
      await enterPerson(tx, { id: personId, fullName: `${role} ${agency.code}` });
      await enterPost(tx, {
        id: postId,
        agencyId: agency.id,
        title: role,
        rank: 'staff',
        bodyIds: [],
        byOrderOfBodyIds: [],
        ...since,
      });
      await enterAppointment(tx, {
        id: newId(),
        personId,
        postId,
        agencyId: agency.id,
        roles: [role],
        acting: false,
        ...since,
      });
    });
  }

  async function issue(
    given: Partial<IssuedDocument>,
    recipients: readonly Agency[] = [recipient],
  ): Promise<string> {
    const blobId = (await node.blobs.put(files[0]!.bytes)).id;
    const issued = { ...issuedDocument(sender, [{ ...files[0]!, blobId }], given), agencyId: sender.id };
    await node.unitOfWork.run(node.clerkOf(sender), (tx) =>
      node.submit.submitDeliveries(tx, {
        documentId: issued.documentId,
        recipients: recipients.map(({ id }) => id),
        issued,
      }),
    );
    return issued.documentId;
  }

  /** Who was told what: agency, role and per cent. */
  async function told(): Promise<readonly string[]> {
    const rows = await node.query<{ line: string }>(
      `SELECT n.kind || ' ' || (n.facts->>'percent') || ' ' || p.full_name AS line
         FROM workflow.notice n JOIN directory.person p ON p.id = n.person_id WHERE n.kind LIKE '%.late'
        ORDER BY (n.facts->>'percent')::int, line`,
    );
    return rows.map(({ line }) => line);
  }

  async function delivery(documentId: string) {
    return (await node.findDeliveries.run(node.clerkOf(sender), documentId, {})).items[0]!;
  }

  it('runs from the arrival, and says whom to call', async () => {
    const documentId = await issue({ urgency: 3 });
    expect(await delivery(documentId)).toMatchObject({ ackDueAt: '2026-11-21T03:30:00.000Z', express: true });
    node.clock.advance(hour);
    await node.carry();
    expect(await delivery(documentId)).toMatchObject({
      ackDueAt: '2026-11-21T04:30:00.000Z',
      late: false,
      recipient: { contact080: '080.12345' },
    });
    node.clock.advance(hour);
    expect(await delivery(documentId)).toMatchObject({ late: true });
    const [incoming] = (await node.findIncoming.run(node.clerkOf(recipient), {})).items;
    expect(incoming).toMatchObject({ ackDueAt: '2026-11-21T04:30:00.000Z', express: true });
  });

  it('tells clerks and leaders after half, all and twice of it, each once', async () => {
    await issue({ urgency: 3 });
    await node.carry();
    node.clock.advance(14 * 60_000);
    expect(await node.escalate.run()).toBe(0);
    for (const minutes of [1, 15, 30]) {
      node.clock.advance(minutes * 60_000);
      await Promise.all([node.escalate.run(), node.escalate.run()]);
      await node.escalate.run();
    }
    expect(await told()).toEqual([
      `incoming.late 50 clerk ${recipient.code}`,
      `delivery.late 100 clerk ${sender.code}`,
      `incoming.late 100 clerk ${recipient.code}`,
      `delivery.late 200 clerk ${sender.code}`,
      `delivery.late 200 leader ${sender.code}`,
      `incoming.late 200 clerk ${recipient.code}`,
      `incoming.late 200 leader ${recipient.code}`,
    ]);
    const entries = (await node.trail()).filter(({ action }) => action === 'delivery.escalated');
    expect(entries).toHaveLength(5);
  });

  it('tells the last step only after a sleep', async () => {
    await issue({ urgency: 3 });
    await node.carry();
    node.clock.advance(24 * hour);
    await node.escalate.run();
    expect((await told()).every((line) => line.includes(' 200 '))).toBe(true);
  });

  it('tells the sender early of what has not even arrived', async () => {
    await issue({ urgency: 3 }, [abroad]);
    node.clock.advance(15 * 60_000);
    await node.escalate.run();
    expect(await told()).toEqual([`delivery.late 50 clerk ${sender.code}`]);
  });

  it('stops with the answer', async () => {
    await issue({ urgency: 3 });
    await node.carry();
    await node.refuseIncoming.run(node.clerkOf(recipient), await node.arrivedFor(recipient), 'Gửi nhầm');
    await node.carry();
    node.clock.advance(24 * hour);
    expect(await node.escalate.run()).toBe(0);
    expect(await told()).toEqual([]);
  });

  it('lets an express delivery overtake 500 ordinary ones that wait', async () => {
    for (let index = 0; index < 500; index += 1) await issue({ documentId: newId(), urgency: 0 });
    const express = await issue({ typeCode: 'CONGDIEN', urgency: 0 });
    const handed: string[] = [];
    jest.spyOn(node.deliver, 'deliver').mockImplementation(async ({ deliveryIds }) => {
      handed.push(...deliveryIds);
      await Promise.resolve();
    });
    await node.workers.start();
    for (let tries = 0; tries < 200 && handed.length === 0; tries += 1)
      await new Promise((resolve) => setTimeout(resolve, 25));
    const { id } = await delivery(express);
    expect(handed.indexOf(id)).toBeGreaterThanOrEqual(0);
    expect(handed.indexOf(id)).toBeLessThan(4);
    expect((await node.queue.counts(deliverQueue)).waiting).toBeGreaterThan(0);
  }, 120_000);
});

import type { AddressInfo } from 'node:net';

import type { Agency } from '#directory';
import { parseCertificate, parseCrl, toPem } from '#pki';
import type { PersonActor } from '#platform';
import { newId, TestClock } from '#platform';
import { aSystem } from '#platform/testing';

import { makeTransport } from '../../../../../certs-dev/src/pki/transport';
import { drawStateMachine, machineFaults } from '../../state-machine';
import { verifyEvidenceChain } from '../evidence/evidence-chain';
import { ExchangeError } from '../exchange-error';
import type { TestAuthority } from '../testing/test-authority';
import { testAuthority } from '../testing/test-authority';
import type { TestNode } from '../testing/test-node';
import { testAgency } from '../testing/test-agencies';
import { testNode } from '../testing/test-node';
import { testPdf } from '../testing/test-pdf';
import type { ExchangeNetwork, Peer } from '../transport/peers';
import type { Transport } from '../transport/transport';
import { takeBackMachine, withdrawalMachine } from './aftercare-states';

const nodeId = 'node-1';
const files = [{ bytes: testPdf(1), pages: 1 }];
const parsers = { certificate: parseCertificate, crl: parseCrl };

/** The row of an outgoing document that was issued, for tests that are not about writing one. */
async function enterDocument(
  node: TestNode,
  sender: Agency,
  given: { readonly id: string; readonly typeCode?: string; readonly number?: number },
): Promise<string> {
  const { id, typeCode = 'NQ', number = 57 } = given;
  const [seriesId, bodyId] = [newId(), newId()];
  await node.query(
    `INSERT INTO workflow.number_series
       (id, body_id, type_group, secrecy_class, period_kind, period, period_key, last_number, last_date)
     VALUES ($1, $2, $3, 'all', 'term', '2025–2030', $4, 1, '2026-11-21')`,
    [seriesId, bodyId, typeCode, newId()],
  );
  await node.query(
    `INSERT INTO workflow.document (id, agency_id, agency_code, bloc, body_id, has_seal, type_code, abstract, secrecy, urgency,
       place, body_symbol, state, drafter_id, signer_post_id, capacity_code, signature_block, series_id, number,
       number_text, symbol, issued_on, created_at, changed_at, issued_at)
     VALUES ($1, $2, $3, 'party', $4, true, $5, 'Về chuyển đổi số', 'THUONG', 0, 'Hà Nội', 'TU', 'ISSUED', $6, $6, 'TM',
       '{T/M}', $7, $8, $9, $10, '2026-11-21', $11, $11, $11)`,
    [
      id,
      sender.id,
      sender.code,
      bodyId,
      typeCode,
      newId(),
      seriesId,
      number,
      String(number),
      `${number}-${typeCode}/TU`,
      node.clock.now(),
    ],
  );
  return id;
}

describe('the tables of what happens after the issue', () => {
  it.each([takeBackMachine, withdrawalMachine])('$name: is sound and can be drawn', (machine) => {
    expect(machineFaults(machine as typeof takeBackMachine)).toEqual({
      unreachable: [],
      stuck: [],
      notFinal: [],
      undeclared: [],
    });
    expect(drawStateMachine(machine as typeof takeBackMachine)).toContain('stateDiagram-v2');
    const keys = machine.transitions.map(({ from, event }) => `${from} ${event}`);
    expect(new Set(keys).size).toBe(keys.length);
  });
});

describe('after the issue, in one node', () => {
  const sender = testAgency('000.00.00.A01', nodeId);
  const second = testAgency('000.00.00.B02', nodeId);
  const third = testAgency('000.00.00.C03', nodeId);
  let authority: TestAuthority;
  let node: TestNode;
  let clerk: PersonActor;

  beforeAll(async () => {
    authority = await testAuthority();
  });
  beforeEach(async () => {
    node = await testNode({ nodeId, authority, agencies: [sender, second, third] });
    clerk = node.clerkOf(sender);
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await node.close();
  });

  async function issue(recipients: readonly Agency[] = [second]): Promise<string> {
    const id = await node.issue(sender, recipients, files);
    return enterDocument(node, sender, { id });
  }

  async function accepted(agency: Agency): Promise<string> {
    const incoming = await node.arrivedFor(agency);
    await node.keepVerdict(incoming, 'TOTAL-PASSED');
    await node.acceptIncoming.run(node.clerkOf(agency), incoming);
    await node.carry();
    return incoming;
  }

  const deliveriesOf = async (documentId: string) =>
    (await node.findDeliveries.run(clerk, documentId, {})).items;
  const copyFor = async (agency: Agency) => (await node.findIncoming.run(node.clerkOf(agency), {})).items[0]!;
  const entries = async (action: string) =>
    (await node.trail()).filter((entry) => entry.action === action).length;
  const verdictOn = async (documentId: string) =>
    verifyEvidenceChain(
      JSON.parse(JSON.stringify(await node.exportEvidence.run(clerk, documentId))),
      authority.trust,
      parsers,
    );

  const ask = (documentId: string) =>
    node.askTakeBack.run(clerk, documentId, { recipientId: second.id, reason: 'Gửi nhầm nơi nhận' });

  describe('taking back', () => {
    it('is granted by itself before the document is accepted, and nobody reads it any more', async () => {
      const documentId = await issue();
      await node.carry();
      expect(await ask(documentId)).toEqual({ takeBack: '13' });
      await node.carry();
      expect(await deliveriesOf(documentId)).toMatchObject([{ state: '01', takeBack: '15' }]);
      const copy = await copyFor(second);
      expect(copy.afterIssue).toMatchObject({ takeBack: '15', takeBackReason: 'Gửi nhầm nơi nhận' });
      const { files: held } = await node.readIncoming.run(node.clerkOf(second), copy.id);
      const read = node.readIncomingFile.run(node.clerkOf(second), { id: copy.id, fileId: held[0]!.id });
      await expect(read).rejects.toMatchObject({ code: 'INCOMING_WITHDRAWN' });
      const refuse = node.refuseIncoming.run(node.clerkOf(second), copy.id, 'không nhận');
      await expect(refuse).rejects.toMatchObject({ code: 'INCOMING_WITHDRAWN' });
      expect(await node.balance()).toMatchObject({ expected: 1, withdrawn: 1, pending: 0, balanced: true });
      const verdict = await verdictOn(documentId);
      expect(verdict).toMatchObject({ ok: true });
      expect(verdict.deliveries[0]?.events.map(({ event }) => event)).toEqual(
        expect.arrayContaining(['A.1', 'D.1', 'X.13', 'X.15']),
      );
    });

    it('is for a person of the recipient to decide once it is accepted: refused with a reason', async () => {
      const documentId = await issue();
      await node.carry();
      const incoming = await accepted(second);
      await ask(documentId);
      await node.carry();
      expect((await copyFor(second)).afterIssue).toMatchObject({ takeBack: '13', frozenAt: null });
      const recipient = node.clerkOf(second);
      const decision = { refuse: 'Đã trình lãnh đạo xử lý' };
      expect(await node.answerTakeBack.run(recipient, incoming, decision)).toEqual({ takeBack: '16' });
      expect(await node.answerTakeBack.run(recipient, incoming, decision)).toEqual({ takeBack: '16' });
      await node.carry();
      expect(await deliveriesOf(documentId)).toMatchObject([
        { state: '03', takeBack: '16', takeBackRefusal: 'Đã trình lãnh đạo xử lý' },
      ]);
      await expect(node.answerTakeBack.run(recipient, incoming, { agree: null })).rejects.toMatchObject({
        code: 'TAKE_BACK_NOT_ASKED',
      });
      await expect(ask(documentId)).rejects.toMatchObject({ code: 'TAKE_BACK_WAS_REFUSED' });
      expect(await node.balance()).toMatchObject({ accepted: 1, withdrawn: 0, balanced: true });
    });

    it('freezes the copy when a person agrees, and keeps its register entry', async () => {
      const documentId = await issue();
      await node.carry();
      const incoming = await accepted(second);
      await ask(documentId);
      await node.carry();
      await node.answerTakeBack.run(node.clerkOf(second), incoming, { agree: null });
      await node.carry();
      expect(await deliveriesOf(documentId)).toMatchObject([{ state: '03', takeBack: '15' }]);
      expect(await copyFor(second)).toMatchObject({
        state: '03',
        arrivalNumber: 1,
        afterIssue: { takeBack: '15' },
      });
      expect(await node.query('SELECT FROM workflow.arrival_register')).toHaveLength(1);
      expect(await entries('delivery.take_back_agreed')).toBe(1);
    });

    it('overtakes the document: it never comes in, and no dead letter is made of it', async () => {
      const documentId = await issue();
      await ask(documentId);
      const [order] = await node.query<{ id: string }>('SELECT id FROM workflow.evidence_return');
      await node.returnEvidence.return({ evidenceReturnId: order!.id });
      // The message was on its way already.
      const [row] = await node.query<{ id: string }>('SELECT id FROM workflow.delivery');
      await node.query(`UPDATE workflow.delivery SET take_back = 'NONE', take_back_asked_at = NULL`);
      await node.deliver.deliver({ deliveryIds: [row!.id] });
      await node.query(`UPDATE workflow.delivery SET take_back = '13', take_back_asked_at = now()`);
      expect(await node.query('SELECT FROM workflow.incoming')).toHaveLength(0);
      await node.carry();
      expect(await deliveriesOf(documentId)).toMatchObject([{ takeBack: '15' }]);
      expect(await node.query('SELECT FROM workflow.dead_letter WHERE resolved_at IS NULL')).toHaveLength(0);
      expect(await node.balance()).toMatchObject({ withdrawn: 1, balanced: true });
    });

    it('keeps what failed to arrive among the dead letters until the recipient has answered', async () => {
      const documentId = await issue();
      await ask(documentId);
      const [order] = await node.query<{ id: string }>('SELECT id FROM workflow.evidence_return');
      await node.returnEvidence.return({ evidenceReturnId: order!.id });
      // The message was on its way already, and its answer overtakes the answer to the asking.
      const [given] = await node.query<{ message_id: string; answer: Uint8Array }>(
        'SELECT message_id, answer FROM workflow.inbox',
      );
      await node.recordEvidence.fromAnswer(aSystem(), given!.message_id, given!.answer);
      expect(await deliveriesOf(documentId)).toMatchObject([{ state: 'NON_DELIVERED', takeBack: '13' }]);
      expect(await node.balance()).toMatchObject({ expected: 1, deadLetter: 1, balanced: true });
      await node.carry();
      expect(await deliveriesOf(documentId)).toMatchObject([{ takeBack: '15' }]);
      expect(await node.balance()).toMatchObject({ deadLetter: 0, withdrawn: 1, balanced: true });
    });

    it('holds a message that waits, which is then not carried at all', async () => {
      const documentId = await issue();
      await ask(documentId);
      await node.carry();
      expect(await node.query('SELECT FROM workflow.incoming')).toHaveLength(0);
      expect(await deliveriesOf(documentId)).toMatchObject([{ state: 'QUEUED', takeBack: '15' }]);
    });

    it('has one effect and one entry, however often it is asked, comes and is answered', async () => {
      const documentId = await issue();
      await node.carry();
      await Promise.all(Array.from({ length: 5 }, () => ask(documentId)));
      const ids = async () =>
        (await node.query<{ id: string }>('SELECT id FROM workflow.evidence_return')).map(({ id }) => id);
      for (let round = 0; round < 3; round += 1) {
        // As after a worker that was killed before it noted that it had sent them.
        await node.query(`UPDATE workflow.evidence_return SET state = 'QUEUED', sent_at = NULL`);
        await Promise.all(
          (await ids()).flatMap((id) =>
            [1, 2, 3].map(() => node.returnEvidence.return({ evidenceReturnId: id })),
          ),
        );
      }
      await node.carry();
      expect(await deliveriesOf(documentId)).toMatchObject([{ takeBack: '15' }]);
      const counted = { asked: 'delivery.take_back_asked', received: 'delivery.order_received' };
      expect(await entries(counted.asked)).toBe(1);
      expect(await entries(counted.received)).toBe(1);
      const kept = await node.query(`SELECT FROM workflow.evidence WHERE event IN ('X.13', 'X.15')`);
      expect(kept).toHaveLength(4);
    });

    it('is refused to others, for what was refused, and for an agency that is no recipient', async () => {
      const documentId = await issue();
      await node.carry();
      const stranger = node.askTakeBack.run(node.clerkOf(third), documentId, {
        recipientId: second.id,
        reason: 'thử',
      });
      await expect(stranger).rejects.toMatchObject({ code: 'DOCUMENT_NOT_FOUND' });
      const nobody = node.askTakeBack.run(clerk, documentId, { recipientId: third.id, reason: 'thử' });
      await expect(nobody).rejects.toMatchObject({ code: 'DELIVERY_NOT_FOUND' });
      await node.refuseIncoming.run(
        node.clerkOf(second),
        await node.arrivedFor(second),
        'Không thuộc thẩm quyền',
      );
      await node.carry();
      await expect(ask(documentId)).rejects.toMatchObject({ code: 'TAKE_BACK_NOT_POSSIBLE' });
    });
  });

  describe('withdrawing', () => {
    const recall = (documentId: string) =>
      node.withdraw.run(clerk, documentId, { order: 'recall', reason: 'Ban hành trái thẩm quyền' });

    it('recalls at every recipient, accepted or not, and the clerk alone may still open it', async () => {
      const documentId = await issue([second, third]);
      await node.carry();
      const incoming = await accepted(second);
      expect(await recall(documentId)).toMatchObject({
        state: 'RECALLED',
        withdrawal: { reason: 'Ban hành trái thẩm quyền', byDocumentId: null },
      });
      await node.carry();
      const deliveries = await deliveriesOf(documentId);
      expect(deliveries.map(({ state, withdrawal }) => [state, withdrawal])).toEqual([
        ['03', 'RECALLED'],
        ['01', 'RECALLED'],
      ]);
      expect(deliveries.every(({ withdrawalConfirmedAt }) => withdrawalConfirmedAt !== null)).toBe(true);
      const copy = await node.readIncoming.run(node.clerkOf(second), incoming);
      expect(copy.afterIssue).toMatchObject({
        withdrawal: 'RECALLED',
        withdrawalReason: 'Ban hành trái thẩm quyền',
      });
      const wanted = { id: incoming, fileId: copy.files[0]!.id };
      const leader: PersonActor = { ...node.clerkOf(second), roles: ['leader'] };
      await expect(node.readIncomingFile.run(leader, wanted)).rejects.toMatchObject({
        code: 'INCOMING_WITHDRAWN',
      });
      await expect(node.readIncomingFile.run(node.clerkOf(second), wanted)).resolves.toMatchObject({
        mediaType: 'application/pdf',
      });
      expect(await node.balance()).toMatchObject({ expected: 2, withdrawn: 2, balanced: true });
      expect(await entries('document.recalled')).toBe(1);
      expect(await entries('delivery.order_received')).toBe(2);
      expect(await verdictOn(documentId)).toMatchObject({ ok: true });
      await expect(recall(documentId)).rejects.toMatchObject({ code: 'TRANSITION_NOT_ALLOWED' });
    });

    it('does not carry what still waits, and settles its dead letter', async () => {
      const unreachable = new ExchangeError('PEER_UNREACHABLE', 'down', { retry: 'worth-retrying' });
      const broken = jest.spyOn(node.transports as Transport, 'deliver').mockRejectedValue(unreachable);
      const documentId = await issue([second, third]);
      await node.carry();
      broken.mockRestore();
      expect(await node.balance()).toMatchObject({ deadLetter: 2 });
      await recall(documentId);
      await node.carry();
      expect(await node.query('SELECT FROM workflow.incoming')).toHaveLength(0);
      expect(await node.balance()).toMatchObject({ deadLetter: 0, withdrawn: 2, balanced: true });
    });

    it('replaces and corrects by another document of the agency, and shows which', async () => {
      const documentId = await issue();
      await node.carry();
      const letter = await enterDocument(node, sender, { id: newId(), typeCode: 'CV', number: 12 });
      const next = await enterDocument(node, sender, { id: newId(), number: 58 });
      const correct = (byDocumentId: string) =>
        node.withdraw.run(clerk, documentId, { order: 'correct', reason: 'Sai thể thức', byDocumentId });
      await expect(correct(next)).rejects.toMatchObject({ code: 'CORRECTION_NOT_A_LETTER' });
      await expect(correct(documentId)).rejects.toMatchObject({ code: 'REPLACEMENT_NOT_ISSUED' });
      await expect(correct(newId())).rejects.toMatchObject({ code: 'DOCUMENT_NOT_FOUND' });
      expect(await correct(letter)).toMatchObject({
        state: 'CORRECTED',
        withdrawal: { byDocumentId: letter },
      });
      await node.carry();
      expect((await copyFor(second)).afterIssue).toMatchObject({
        withdrawal: 'CORRECTED',
        by: { documentId: letter, symbol: '12-CV/TU' },
        frozenAt: null,
      });
      const incoming = await accepted(second);
      await node.withdraw.run(clerk, documentId, {
        order: 'replace',
        reason: 'Thay bằng nghị quyết mới',
        byDocumentId: next,
      });
      await node.carry();
      const copy = await node.readIncoming.run(node.clerkOf(second), incoming);
      expect(copy.afterIssue).toMatchObject({ withdrawal: 'REPLACED', by: { symbol: '58-NQ/TU' } });
      expect(await verdictOn(documentId)).toMatchObject({ ok: true });
    });

    it('lets one of two win that are to replace each other at once', async () => {
      for (let round = 0; round < 10; round += 1) {
        const pair = [
          await enterDocument(node, sender, { id: newId(), number: 100 + 2 * round }),
          await enterDocument(node, sender, { id: newId(), number: 101 + 2 * round }),
        ] as const;
        const replace = (id: string, byDocumentId: string) =>
          node.withdraw.run(clerk, id, { order: 'replace', reason: 'Ban hành lại', byDocumentId });
        const outcomes = await Promise.allSettled([replace(pair[0], pair[1]), replace(pair[1], pair[0])]);
        expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
        expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({
          reason: { code: 'REPLACEMENT_NOT_ISSUED' },
        });
      }
    });

    it('corrects a document that arrives after the correction', async () => {
      const documentId = await issue();
      const letter = await enterDocument(node, sender, { id: newId(), typeCode: 'CV', number: 12 });
      const correction = { order: 'correct', reason: 'Sai thể thức', byDocumentId: letter } as const;
      await node.withdraw.run(clerk, documentId, correction);
      const [order] = await node.query<{ id: string }>('SELECT id FROM workflow.evidence_return');
      await node.returnEvidence.return({ evidenceReturnId: order!.id });
      expect(await node.query('SELECT state, last_error FROM workflow.evidence_return')).toEqual([
        { state: 'QUEUED', last_error: 'DOCUMENT_NOT_ARRIVED' },
      ]);
      await node.carry();
      expect((await copyFor(second)).afterIssue).toMatchObject({
        withdrawal: 'CORRECTED',
        by: { documentId: letter },
      });
      expect(await deliveriesOf(documentId)).toMatchObject([{ state: '01', withdrawal: 'CORRECTED' }]);
    });

    it('is refused to those of another agency, before the issue, and to a person without the role', async () => {
      const documentId = await issue();
      const strange = node.withdraw.run(node.clerkOf(third), documentId, { order: 'recall', reason: 'thử' });
      await expect(strange).rejects.toMatchObject({ code: 'DOCUMENT_NOT_FOUND' });
      const drafter: PersonActor = { ...clerk, roles: ['drafter'] };
      const mine = node.withdraw.run(drafter, documentId, { order: 'recall', reason: 'thử' });
      await expect(mine).rejects.toMatchObject({ code: 'ROLE_NOT_ALLOWED' });
    });
  });

  it('refuses an order that the sender did not sign', async () => {
    const documentId = await issue();
    await node.carry();
    await ask(documentId);
    const [order] = await node.query<{ der: Uint8Array }>(
      `SELECT der FROM workflow.evidence_return WHERE to_code = $1`,
      [second.code],
    );
    const source = {
      nodeId: 'node-9',
      actor: { kind: 'system' as const, service: 'test', requestId: newId() },
    };
    await expect(node.statements.run(source, order!.der)).rejects.toMatchObject({
      code: 'MESSAGE_WRONG_SENDER',
    });
    const forged = Uint8Array.from(order!.der);
    forged[forged.length - 5]! ^= 1;
    await expect(node.statements.run({ ...source, nodeId }, forged)).rejects.toMatchObject({
      code: 'EVIDENCE_NOT_AUTHENTIC',
    });
    expect((await copyFor(second)).afterIssue.takeBack).toBe('NONE');
  });
});

describe('after the issue, between two nodes', () => {
  let here: TestNode;
  let there: TestNode;
  let sender: Agency;
  let recipient: Agency;

  beforeAll(async () => {
    const authority = await testAuthority();
    const { ca, nodes } = await makeTransport(new Date());
    const [first, second] = nodes.map((made) => ({
      nodeId: made.nodeId,
      certificate: toPem(made.certificate.der, 'CERTIFICATE'),
      privateKey: toPem(made.keys.pkcs8, 'PRIVATE KEY'),
    }));
    if (!first || !second) throw new Error('two nodes expected');
    sender = testAgency('000.00.00.A01', first.nodeId);
    recipient = testAgency('000.00.00.B02', second.nodeId);
    const peers: Peer[] = [];
    const clock = new TestClock('2026-11-21T03:00:00Z');
    const start = async (identity: typeof first): Promise<TestNode> => {
      const network: ExchangeNetwork = { listen: { host: '127.0.0.1', port: 0 }, ...identity, peers };
      return testNode({ nodeId: identity.nodeId, authority, agencies: [sender, recipient], network, clock });
    };
    [here, there] = [await start(first), await start(second)];
    const authorityPem = toPem(ca.certificate.der, 'CERTIFICATE');
    for (const { nodeId: name } of [here, there])
      peers.push({ nodeId: name, url: 'https://127.0.0.1:1', ca: authorityPem, certificateName: name });
    for (const [index, node] of [here, there].entries()) {
      const { port } = (await node.listener.start()) as AddressInfo;
      peers[index] = { ...peers[index]!, url: `https://127.0.0.1:${port}` };
    }
  });
  afterAll(async () => {
    await here.close();
    await there.close();
  });

  async function settle(): Promise<void> {
    for (const node of [here, there, here, there]) await node.carry();
  }

  it('takes back, is refused, and recalls', async () => {
    const documentId = await here.issue(sender, [recipient], files);
    await enterDocument(here, sender, { id: documentId });
    await settle();
    const incoming = await there.arrivedFor(recipient);
    await there.keepVerdict(incoming, 'TOTAL-PASSED');
    await there.acceptIncoming.run(there.clerkOf(recipient), incoming);
    await settle();
    const clerk = here.clerkOf(sender);
    await here.askTakeBack.run(clerk, documentId, { recipientId: recipient.id, reason: 'Gửi nhầm' });
    await settle();
    await there.answerTakeBack.run(there.clerkOf(recipient), incoming, { refuse: 'Đang xử lý' });
    await settle();
    const [refused] = (await here.findDeliveries.run(clerk, documentId, {})).items;
    expect(refused).toMatchObject({ state: '03', takeBack: '16', takeBackRefusal: 'Đang xử lý' });
    await here.withdraw.run(clerk, documentId, { order: 'recall', reason: 'Không còn hiệu lực' });
    await settle();
    const [recalled] = (await here.findDeliveries.run(clerk, documentId, {})).items;
    expect(recalled).toMatchObject({ withdrawal: 'RECALLED' });
    expect(recalled?.withdrawalConfirmedAt).not.toBeNull();
    const copy = await there.readIncoming.run(there.clerkOf(recipient), incoming);
    expect(copy).toMatchObject({ state: '03', arrivalNumber: 1, afterIssue: { withdrawal: 'RECALLED' } });
  });
});

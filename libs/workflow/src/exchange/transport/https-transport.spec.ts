import type { AddressInfo } from 'node:net';
import { request } from 'node:https';
import { buffer } from 'node:stream/consumers';

import { toPem } from '#pki';
import { TestClock } from '#platform';

import { makeTransport } from '../../../../../certs-dev/src/pki/transport';
import type { TestAuthority } from '../testing/test-authority';
import { testAuthority } from '../testing/test-authority';
import type { TestNode } from '../testing/test-node';
import { testAgency } from '../testing/test-agencies';
import { testNode } from '../testing/test-node';
import { testPdf } from '../testing/test-pdf';
import type { ExchangeNetwork, Peer } from './peers';
import { protocol } from './protocol';

interface Identity {
  readonly certificate: string;
  readonly privateKey: string;
}

const files = [
  { bytes: testPdf(3), pages: 3 },
  { bytes: testPdf(1, 'annex'), pages: 1 },
];

/** Node certificates as the development PKI makes them. */
async function developmentTransport(): Promise<{
  readonly ca: string;
  readonly nodes: readonly (Identity & { readonly nodeId: string })[];
}> {
  const { ca, nodes } = await makeTransport(new Date());
  return {
    ca: toPem(ca.certificate.der, 'CERTIFICATE'),
    nodes: nodes.map(({ nodeId, certificate, keys }) => ({
      nodeId,
      certificate: toPem(certificate.der, 'CERTIFICATE'),
      privateKey: toPem(keys.pkcs8, 'PRIVATE KEY'),
    })),
  };
}

describe('the exchange between two nodes', () => {
  let authority: TestAuthority;
  let party: TestNode;
  let state: TestNode;
  let ca: string;
  let identities: readonly (Identity & { nodeId: string })[];
  const peers: Peer[] = [];

  /** Starts the node's listener and tells both nodes its address. */
  async function listen(node: TestNode): Promise<void> {
    const { port } = (await node.listener.start()) as AddressInfo;
    const at = peers.findIndex(({ nodeId }) => nodeId === node.nodeId);
    peers[at] = { ...peers[at]!, url: `https://127.0.0.1:${port}` };
  }
  let partyAgency: ReturnType<typeof testAgency>;
  let stateAgency: ReturnType<typeof testAgency>;

  beforeAll(async () => {
    authority = await testAuthority('Document Root');
    ({ ca, nodes: identities } = await developmentTransport());
    const [first, second] = identities;
    if (!first || !second) throw new Error('two nodes expected');
    partyAgency = testAgency('000.00.00.A01', first.nodeId);
    stateAgency = testAgency('000.00.00.B02', second.nodeId, { bloc: 'state' });
    const agencies = [partyAgency, stateAgency];
    const network = (identity: Identity): ExchangeNetwork => ({
      listen: { host: '127.0.0.1', port: 0 },
      ...identity,
      peers,
    });
    const clock = new TestClock('2026-11-21T03:00:00Z');
    party = await testNode({ nodeId: first.nodeId, authority, agencies, network: network(first), clock });
    state = await testNode({ nodeId: second.nodeId, authority, agencies, network: network(second), clock });
    for (const { nodeId } of [party, state])
      peers.push({ nodeId, url: 'https://127.0.0.1:1', ca, certificateName: nodeId });
    await listen(party);
    await listen(state);
  });
  afterAll(async () => {
    await party.close();
    await state.close();
  });

  it('carries a document over and its answer back, and the receiving node never saw the sender’s rows', async () => {
    const documentId = await party.issue(partyAgency, [stateAgency], files);
    await party.carry();
    expect(await state.query('SELECT FROM workflow.delivery')).toHaveLength(0);
    const incoming = await state.arrivedFor(stateAgency);
    await state.keepVerdict(incoming, 'TOTAL-PASSED');
    await state.acceptIncoming.run(state.clerkOf(stateAgency), incoming);
    await state.carry();
    const [delivery] = (await party.findDeliveries.run(party.clerkOf(partyAgency), documentId, {})).items;
    expect(delivery).toMatchObject({ state: '03', arrivalNumber: 1 });
    const document = await state.readIncoming.run(state.clerkOf(stateAgency), incoming);
    const content = await state.readIncomingFile.run(state.clerkOf(stateAgency), {
      id: incoming,
      fileId: document.files[0]!.id,
    });
    expect(Buffer.compare(await buffer(content.stream), files[0]!.bytes)).toBe(0);
    const arrived = (await state.trail()).find(({ action }) => action === 'delivery.arrived');
    expect(arrived?.actor).toMatchObject({ kind: 'node', node: party.nodeId });
  });

  it('does not send a file again that the other node holds', async () => {
    const before = await state.query<{ sha256: string }>('SELECT sha256 FROM workflow.received_file');
    await party.issue(partyAgency, [stateAgency], files);
    await party.carry();
    expect(await state.query('SELECT sha256 FROM workflow.received_file')).toHaveLength(before.length);
  });

  it('tries again while the other node is down, and then arrives', async () => {
    await state.listener.stop();
    const documentId = await party.issue(partyAgency, [stateAgency], files);
    const [row] = await party.query<{ id: string }>(
      'SELECT id FROM workflow.delivery WHERE document_id = $1',
      [documentId],
    );
    await party.deliver.deliver({ deliveryIds: [row!.id] });
    const [waiting] = (await party.findDeliveries.run(party.clerkOf(partyAgency), documentId, {})).items;
    expect(waiting).toMatchObject({ state: 'QUEUED', attempts: 1, lastError: 'PEER_UNREACHABLE' });
    await listen(state);
    await party.carry();
    const [arrived] = (await party.findDeliveries.run(party.clerkOf(partyAgency), documentId, {})).items;
    expect(arrived).toMatchObject({ state: '01' });
  });

  /** Asks the State's node with any certificate, or none. */
  function ask(
    identity: Partial<Identity>,
    path: string = protocol.missing,
    body = '{"digests":[]}',
  ): Promise<{ status: number; code?: string }> {
    return new Promise((resolve, reject) => {
      const asked = request(
        {
          host: '127.0.0.1',
          port: new URL(peers.find(({ nodeId }) => nodeId === state.nodeId)!.url).port,
          path,
          method: 'POST',
          ca,
          cert: identity.certificate,
          key: identity.privateKey,
          checkServerIdentity: () => undefined,
          agent: false,
        },
        (response) => {
          let text = '';
          response.on('data', (part: Buffer) => (text += part.toString()));
          response.on('end', () => {
            resolve({ status: response.statusCode ?? 0, ...(JSON.parse(text) as { code?: string }) });
          });
        },
      );
      asked.on('error', reject);
      asked.end(body);
    });
  }

  describe('refuses and records', () => {
    const lastRefusal = async (): Promise<unknown> =>
      (await state.trail()).filter(({ action }) => action === 'transport.refused').at(-1);

    it('a client without a certificate', async () => {
      await expect(ask({})).resolves.toMatchObject({ status: 403, code: 'PEER_UNKNOWN' });
      expect(await lastRefusal()).toMatchObject({
        outcome: 'denied',
        code: 'PEER_UNKNOWN',
        details: { thumbprint: null },
      });
    });

    it('a certificate of the right name from an authority that nobody configured', async () => {
      const stranger = await (await testAuthority('Strange Transport')).transport(party.nodeId);
      await expect(ask(stranger)).resolves.toMatchObject({ status: 403, code: 'PEER_UNKNOWN' });
      expect(await lastRefusal()).toMatchObject({ code: 'PEER_UNKNOWN' });
    });

    it('a document certificate, which opens no connection', async () => {
      const key = await authority.evidenceKey(partyAgency.code);
      const identity = {
        certificate: toPem(key.certificate.der, 'CERTIFICATE'),
        privateKey: toPem(key.pkcs8, 'PRIVATE KEY'),
      };
      await expect(ask(identity)).resolves.toMatchObject({ status: 403, code: 'PEER_UNKNOWN' });
    });

    it('a message for which the connecting node does not speak', async () => {
      // The State's node itself connects: it may not bring what an agency of the Party's node signed.
      const [row] = await party.query<{ manifest_cms: Uint8Array; der: Uint8Array }>(
        `SELECT d.manifest_cms, e.der FROM workflow.delivery d JOIN workflow.evidence e USING (message_id) WHERE e.event = 'A.1' LIMIT 1`,
      );
      const envelope = JSON.stringify({
        v: 1,
        kind: 'document',
        manifest: Buffer.from(row!.manifest_cms).toString('base64'),
        submission: Buffer.from(row!.der).toString('base64'),
      });
      const self = identities.find(({ nodeId }) => nodeId === state.nodeId)!;
      await expect(ask(self, protocol.messages, envelope)).resolves.toMatchObject({
        status: 403,
        code: 'MESSAGE_WRONG_SENDER',
      });
      expect(await lastRefusal()).toMatchObject({ code: 'MESSAGE_WRONG_SENDER' });
    });

    it('what is not a message', async () => {
      const peer = identities.find(({ nodeId }) => nodeId === party.nodeId)!;
      await expect(ask(peer, protocol.messages, 'null')).resolves.toMatchObject({
        status: 400,
        code: 'MESSAGE_MALFORMED',
      });
      await expect(ask(peer, '/exchange/v1/else', '')).resolves.toMatchObject({
        status: 404,
        code: 'NOT_FOUND',
      });
    });
  });

  it('does not hand anything to a server with another name than the configured one', async () => {
    const at = peers.findIndex(({ nodeId }) => nodeId === state.nodeId);
    const right = peers[at]!;
    peers[at] = { ...right, certificateName: 'somebody-else' };
    party.transports.close();
    try {
      const parcel = { envelope: new TextEncoder().encode('{}'), files: [] };
      await expect(party.transports.deliver(state.nodeId, parcel)).rejects.toMatchObject({
        code: 'PEER_UNKNOWN',
        retry: 'worth-retrying',
      });
    } finally {
      peers[at] = right;
      party.transports.close();
    }
  });
});

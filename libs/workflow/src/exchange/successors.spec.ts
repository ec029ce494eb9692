import type { Agency } from '#directory';
import { parseCertificate, parseCrl } from '#pki';
import { newId } from '#platform';

import { parseEvidence } from './evidence/evidence';
import type { EvidenceChain } from './evidence/evidence-chain';
import { verifyEvidenceChain } from './evidence/evidence-chain';
import { stateEvidence } from './evidence/state-evidence';
import { parseManifest } from './messages/manifest';
import { openStatement } from './statements/signed-statement';
import type { TestAuthority } from './testing/test-authority';
import { testAuthority } from './testing/test-authority';
import type { TestNode } from './testing/test-node';
import { testAgency } from './testing/test-agencies';
import { testNode } from './testing/test-node';
import { testPdf } from './testing/test-pdf';

const nodeId = 'node-1';
const files = [{ bytes: testPdf(2), pages: 2 }];
const parsers = { certificate: parseCertificate, crl: parseCrl };

describe('a recipient that was merged', () => {
  const sender = testAgency('000.00.00.A01', nodeId);
  const heir = testAgency('000.00.00.H08', nodeId, { name: 'Đảng ủy xã Hòa Bình' });
  const between = testAgency('000.00.00.B02', nodeId, { validTo: '2026-07-01', successorId: heir.id });
  const merged = testAgency('000.00.00.C03', nodeId, { validTo: '2026-01-01', successorId: between.id });
  const open = testAgency('000.00.00.D04', nodeId);
  const closed = testAgency('000.00.00.E05', nodeId, { validTo: '2026-01-01' });
  const one = newId();
  const round = testAgency('000.00.00.F06', nodeId, { id: one, validTo: '2026-01-01' });
  const back = testAgency('000.00.00.G07', nodeId, { validTo: '2026-01-01', successorId: one });
  let authority: TestAuthority;
  let node: TestNode;

  beforeAll(async () => {
    authority = await testAuthority();
  });
  beforeEach(async () => {
    const agencies = [sender, heir, between, merged, open, closed, back, { ...round, successorId: back.id }];
    node = await testNode({ nodeId, authority, agencies });
  });
  afterEach(async () => {
    await node.close();
  });

  const deliveries = async (documentId: string) =>
    (await node.findDeliveries.run(node.clerkOf(sender), documentId, {})).items;
  const chainOf = async (documentId: string): Promise<EvidenceChain> =>
    JSON.parse(
      JSON.stringify(await node.exportEvidence.run(node.clerkOf(sender), documentId)),
    ) as EvidenceChain;
  const party = ({ code, name }: Agency): { code: string; name: string } => ({ code, name });

  /** The first recipient's day has come. */
  async function endToday(agency: Agency): Promise<void> {
    await node.query("UPDATE directory.agency SET valid_to = '2026-11-21', successor_id = $2 WHERE id = $1", [
      agency.id,
      heir.id,
    ]);
    node.clock.advance(11_000);
  }

  it('is reached through its last successor, and everybody can see for whom it was meant', async () => {
    const documentId = await node.issue(sender, [merged], files);
    await node.carry();
    const { items } = await node.findIncoming.run(node.clerkOf(heir), {});
    expect(items).toMatchObject([{ state: '01', meantFor: party(merged) }]);
    const incomingId = await node.arrivedFor(heir);
    node.clock.advance(1000);
    await node.keepVerdict(incomingId, 'TOTAL-PASSED');
    await node.acceptIncoming.run(node.clerkOf(heir), incomingId);
    await node.carry();
    expect(await deliveries(documentId)).toMatchObject([
      {
        state: '03',
        recipient: { agencyId: merged.id, code: merged.code },
        successor: { agencyId: heir.id, ...party(heir) },
        arrivalNumber: 1,
        evidence: [{ event: 'A.1' }, { event: 'D.1' }, { event: 'S.1' }, { event: 'C.3' }],
      },
    ]);
    const verdict = await verifyEvidenceChain(await chainOf(documentId), authority.trust, parsers);
    expect(verdict).toMatchObject({
      ok: true,
      deliveries: [{ recipient: merged.code, successor: party(heir), status: '03', faults: [] }],
    });
    const entries = await node.trail();
    expect(entries.find(({ action }) => action === 'delivery.arrived')).toMatchObject({
      details: { meantFor: merged.code },
    });
    expect(entries.find(({ action }) => action === 'delivery.evidence_received')).toMatchObject({
      details: { recipient: merged.code, successor: heir.code },
    });
  });

  it('while the message was under way: the successor gets it, and may refuse it', async () => {
    const documentId = await node.issue(sender, [open], files);
    await endToday(open);
    await node.carry();
    const incomingId = await node.arrivedFor(heir);
    await node.refuseIncoming.run(node.clerkOf(heir), incomingId, 'Không thuộc thẩm quyền');
    await node.carry();
    expect(await deliveries(documentId)).toMatchObject([
      { state: '02', recipient: { code: open.code }, successor: { code: heir.code } },
    ]);
    const verdict = await verifyEvidenceChain(await chainOf(documentId), authority.trust, parsers);
    expect(verdict).toMatchObject({ ok: true, deliveries: [{ status: '02' }] });
  });

  it('is one recipient beside its successor: each message says for whom it was meant', async () => {
    const documentId = await node.issue(sender, [merged, heir], files);
    await node.carry();
    const { items } = await node.findIncoming.run(node.clerkOf(heir), {});
    expect(items.map(({ meantFor }) => meantFor?.code ?? null).toSorted()).toEqual([merged.code, null]);
    expect((await deliveries(documentId)).map(({ successor }) => successor?.code ?? null)).toEqual([
      heir.code,
      null,
    ]);
  });

  it('without successor, or round in a circle, is refused by name', async () => {
    const issuing = node.issue(sender, [heir, closed, back], files);
    await expect(issuing).rejects.toMatchObject({
      code: 'RECIPIENT_UNKNOWN',
      errors: [{ field: 'recipients[1]' }, { field: 'recipients[2]' }],
    });
    expect(await node.query('SELECT FROM workflow.delivery')).toHaveLength(0);
  });

  it('is not spoken for by an agency that the sender does not know as its successor', async () => {
    const documentId = await node.issue(sender, [merged], files);
    const [row] = await node.query<{ manifest_cms: Uint8Array; manifest_sha256: string }>(
      'SELECT manifest_cms, manifest_sha256 FROM workflow.delivery WHERE document_id = $1',
      [documentId],
    );
    const opened = await openStatement(row!.manifest_cms);
    if (!opened.sound) throw new Error(opened.reason);
    const manifest = parseManifest(opened.statement.content);
    const { der } = await stateEvidence(
      await authority.evidenceSigner(open.code),
      { manifest, manifestSha256: row!.manifest_sha256 },
      {
        id: newId(),
        event: 'D.1',
        time: node.clock.now(),
        details: { counts: manifest.counts, successor: party(open) },
      },
    );
    const source = { nodeId, actor: { kind: 'system' as const, service: 'test', requestId: newId() } };
    await expect(node.statements.run(source, der)).rejects.toMatchObject({
      code: 'EVIDENCE_WRONG_AGENCY',
    });
    expect(await deliveries(documentId)).toMatchObject([{ state: 'QUEUED', successor: null }]);
  });

  it('is not spoken for in evidence that lacks the word of the sender', async () => {
    const documentId = await node.issue(sender, [merged], files);
    await node.carry();
    const chain = await chainOf(documentId);
    const [delivery] = chain.deliveries;
    const evidence = [];
    for (const der of delivery!.evidence) {
      const opened = await openStatement(Buffer.from(der, 'base64'));
      if (opened.sound && parseEvidence(opened.statement.content).event !== 'S.1') evidence.push(der);
    }
    expect(evidence).toHaveLength(2);
    const verdict = await verifyEvidenceChain(
      { ...chain, deliveries: [{ ...delivery, evidence }] },
      authority.trust,
      parsers,
    );
    expect(verdict).toMatchObject({
      ok: false,
      deliveries: [{ faults: [{ code: 'CHAIN_CONTRADICTION' }] }],
    });
  });
});

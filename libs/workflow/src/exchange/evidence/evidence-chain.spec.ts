import fc from 'fast-check';

import type { Signer } from '#pki';
import { parseCertificate, parseCrl } from '#pki';
import { newId } from '#platform';

import { signStatement } from '../statements/signed-statement';
import type { TestAuthority } from '../testing/test-authority';
import { testAuthority } from '../testing/test-authority';
import type { TestNode } from '../testing/test-node';
import { testAgency } from '../testing/test-agencies';
import { testNode } from '../testing/test-node';
import { testPdf } from '../testing/test-pdf';
import { evidenceBytes } from './evidence';
import type { Evidence } from './evidence';
import type { EvidenceChain } from './evidence-chain';
import { verifyEvidenceChain } from './evidence-chain';
import { verifyEvidence } from './verify-evidence';

const nodeId = 'node-1';
const files = [
  { bytes: testPdf(2), pages: 2 },
  { bytes: testPdf(1, 'annex'), pages: 1 },
];
const parsers = { certificate: parseCertificate, crl: parseCrl };

describe('the evidence of a document', () => {
  const sender = testAgency('000.00.00.A01', nodeId);
  const second = testAgency('000.00.00.B02', nodeId);
  const third = testAgency('000.00.00.C03', nodeId);
  let authority: TestAuthority;
  let node: TestNode;
  let chain: EvidenceChain;
  let text: string;

  beforeAll(async () => {
    authority = await testAuthority();
    node = await testNode({ nodeId, authority, agencies: [sender, second, third] });
    const documentId = await node.issue(sender, [second, third], files);
    await node.carry();
    node.clock.advance(60_000);
    const accepted = await node.arrivedFor(second);
    await node.keepVerdict(accepted, 'TOTAL-PASSED');
    await node.acceptIncoming.run(node.clerkOf(second), accepted);
    await node.refuseIncoming.run(
      node.clerkOf(third),
      await node.arrivedFor(third),
      'Không thuộc thẩm quyền',
    );
    await node.carry();
    // As it comes out of a file.
    text = JSON.stringify(await node.exportEvidence.run(node.clerkOf(sender), documentId));
    chain = JSON.parse(text) as EvidenceChain;
  });
  afterAll(async () => {
    await node.close();
  });

  const verify = (json: unknown): ReturnType<typeof verifyEvidenceChain> =>
    verifyEvidenceChain(json, authority.trust, parsers);

  /** The chain with the first delivery's statements replaced. */
  async function restated(
    change: (evidence: Evidence) => Evidence,
    signer: Signer,
    event: string,
  ): Promise<EvidenceChain> {
    const [first, ...rest] = chain.deliveries;
    const evidence = await Promise.all(
      first!.evidence.map(async (der) => {
        const verified = await verifyEvidence(Buffer.from(der, 'base64'), authority.trust);
        if (!verified.ok || verified.evidence.event !== event) return der;
        const made = await signStatement(signer, evidenceBytes(change(verified.evidence)));
        return Buffer.from(made).toString('base64');
      }),
    );
    return { ...chain, deliveries: [{ ...first!, evidence }, ...rest] };
  }

  it('proves itself offline: who was sent what, and what became of it', async () => {
    const verdict = await verify(chain);
    expect(verdict).toMatchObject({ ok: true, faults: [], document: { symbol: '57-NQ/TW' } });
    expect(verdict.deliveries.map(({ recipient, status }) => [recipient, status])).toEqual([
      [second.code, '03'],
      [third.code, '02'],
    ]);
    const accepted = verdict.deliveries[0]!.events.find(({ event }) => event === 'C.3');
    expect(accepted?.evidence).toMatchObject({
      arrival: { number: 1, date: '2026-11-21' },
      counts: { files: 2, pages: 3 },
    });
  });

  it('is not believed without the anchor', async () => {
    const stranger = await testAuthority('Stranger');
    const verdict = await verifyEvidenceChain(chain, stranger.trust, parsers);
    expect(verdict.ok).toBe(false);
    expect(
      verdict.deliveries.every(({ faults }) => faults.some(({ code }) => code === 'MANIFEST_NOT_AUTHENTIC')),
    ).toBe(true);
  });

  it('shows a delivery left out', async () => {
    const verdict = await verify({ ...chain, deliveries: chain.deliveries.slice(0, 1) });
    expect(verdict).toMatchObject({ ok: false, faults: [{ code: 'CHAIN_INCOMPLETE' }] });
  });

  it('shows a refusal left out of a delivery only by its status: nothing is claimed that is not proved', async () => {
    const [first, last] = chain.deliveries;
    const verdict = await verify({
      ...chain,
      deliveries: [first, { ...last, evidence: last!.evidence.slice(0, 2) }],
    });
    expect(verdict.deliveries[1]?.status).not.toBe('03');
  });

  it('refuses a statement that another agency signed in the name of the recipient', async () => {
    const forged = await restated((evidence) => evidence, await authority.evidenceSigner(third.code), 'C.3');
    const verdict = await verify(forged);
    expect(verdict.ok).toBe(false);
    expect(verdict.deliveries[0]?.faults).toMatchObject([{ code: 'EVIDENCE_WRONG_AGENCY' }]);
    expect(verdict.deliveries[0]?.status).toBe('01');
  });

  it.each<[string, (evidence: Evidence) => Evidence, string]>([
    ['another message', (evidence) => ({ ...evidence, messageId: newId() }), 'EVIDENCE_MISMATCH'],
    [
      'another manifest',
      (evidence) => ({ ...evidence, manifestSha256: 'f'.repeat(64) }),
      'EVIDENCE_MISMATCH',
    ],
    [
      'another number',
      (evidence) => ({ ...evidence, document: { ...evidence.document, number: '58' } }),
      'EVIDENCE_MISMATCH',
    ],
    [
      'a swapped file',
      (evidence) => ({
        ...evidence,
        files: evidence.files.map((file) => ({ ...file, sha256: 'e'.repeat(64) })),
      }),
      'EVIDENCE_MISMATCH',
    ],
    [
      'an hour before it was sent',
      (evidence) => ({ ...evidence, time: '2026-11-21T02:00:00.000Z' }),
      'CHAIN_ORDER',
    ],
  ])('refuses a true signature under %s', async (_what, change, code) => {
    const forged = await restated(change, await node.keys.evidenceSigner(second.id), 'C.3');
    const verdict = await verify(forged);
    expect(verdict.ok).toBe(false);
    expect(verdict.deliveries[0]?.faults.map((fault) => fault.code)).toContain(code);
  });

  it('refuses two contradicting last words', async () => {
    const [first, last] = chain.deliveries;
    const accepted = await verifyEvidence(Buffer.from(first!.evidence.at(-1)!, 'base64'), authority.trust);
    if (!accepted.ok) throw new Error('not proved');
    const {
      v,
      kind,
      time,
      statedBy,
      messageId,
      manifestSha256,
      document,
      files: named,
      parties,
    } = accepted.evidence;
    const common = { v, kind, time, statedBy, messageId, manifestSha256, document, files: named, parties };
    const refusal: Evidence = { ...common, id: newId(), event: 'C.4', reason: 'nghĩ lại' };
    const der = await signStatement(await node.keys.evidenceSigner(second.id), evidenceBytes(refusal));
    const both = { ...first!, evidence: [...first!.evidence, Buffer.from(der).toString('base64')] };
    const verdict = await verify({ ...chain, deliveries: [both, last] });
    expect(verdict.deliveries[0]?.faults.map(({ code }) => code)).toContain('CHAIN_CONTRADICTION');
  });

  // A few bits of a CMS are not signed and mean nothing (versions, the list of digest algorithms, case in a name).
  it('never says anything else with any one bit of a statement flipped', async () => {
    const truth = await verify(chain);
    const places = chain.deliveries.flatMap((delivery, at) => [
      { at, which: 'manifest' as const, length: Buffer.from(delivery.manifest, 'base64').length },
      ...delivery.evidence.map((der, which) => ({ at, which, length: Buffer.from(der, 'base64').length })),
    ]);
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...places), fc.nat(), fc.nat({ max: 7 }), async (place, seed, bit) => {
        const flip = (value: string): string => {
          const bytes = Buffer.from(value, 'base64');
          const index = seed % place.length;
          bytes[index] = (bytes[index] ?? 0) ^ (1 << bit);
          return bytes.toString('base64');
        };
        const deliveries = chain.deliveries.map((delivery, at) => {
          if (at !== place.at) return delivery;
          if (place.which === 'manifest') return { ...delivery, manifest: flip(delivery.manifest) };
          return {
            ...delivery,
            evidence: delivery.evidence.map((der, index) => (index === place.which ? flip(der) : der)),
          };
        });
        const verdict = await verify({ ...chain, deliveries });
        if (verdict.ok) expect(verdict).toEqual(truth);
      }),
      { numRuns: 200 },
    );
  });

  it('says malformed for anything that is not such a file', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (json) => {
        await expect(verify(json)).rejects.toMatchObject({ code: 'MESSAGE_MALFORMED' });
      }),
      { numRuns: 100 },
    );
  });
});

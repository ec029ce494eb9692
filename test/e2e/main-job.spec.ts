import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AuditAction } from '#audit';
import { demoAgency, demoBody, demoDirectory, demoPerson, demoPin } from '#directory';
import { parseCertificate, parseCrl } from '#pki';
import { vietnamDate } from '#platform';
import type { ValidationContext } from '#signing';
import { verifyPdf } from '#signing';
import { verifyEvidenceChain } from '#workflow';
import type { OutgoingPaper, StepName, StepObserver } from '../../apps/launcher/src/job/main-job';
import { draft, issue } from '../../apps/launcher/src/job/main-job';
import { arrivalOf, until, verifyAndAccept, verifyAndRefuse } from '../../apps/launcher/src/job/receive';
import { sampleAnnex, sampleLetter } from '../../apps/launcher/src/job/sample-documents';
import type { SealpostClient } from '../../apps/launcher/src/job/sealpost-client';
import { postOf } from '../support/desk';
import { trustOf } from '../support/development-pki';
import { itWith } from '../support/outside-programs';
import { opensslComplaints, pdfsigVerdicts, qpdfComplaints } from '../support/outside-verifiers';
import type { TestNode } from '../support/test-node';
import { startTestNode } from '../support/test-node';
import { entriesOfDocument } from '../support/trail';

/** The main job of one document, seen from every desk it passes. */

const sender = 'tinhuy';
const accepting = ['ubnd', 'dangsonthuy'] as const;
const refusing = 'sonoivu';
const reason = 'Không thuộc thẩm quyền giải quyết của Sở Nội vụ.';

interface FileOf {
  readonly id: string;
  readonly role: string;
  readonly sha256: string;
  readonly pageCount: number;
}
interface Delivery {
  readonly recipient: { readonly agencyId: string };
  readonly state: string;
  readonly refusalReason: string | null;
  readonly arrivalNumber: number | null;
  readonly arrivalDate: string | null;
  readonly evidence: readonly { readonly event: string }[];
}

let node: TestNode;
let trust: ValidationContext;
let clerk: SealpostClient;
let documentId: string;
let symbol: string;
const states: (readonly [StepName, string])[] = [];
const uploads: Record<string, Uint8Array> = {};
const sent: Record<string, Uint8Array> = {};
const arrivalIds: Record<string, string> = {};

/** Notes the state of the only document after each step. */
const watching: StepObserver = async (step, run) => {
  const result = await run();
  const [row] = await node.query<{ state: string }>('SELECT state FROM workflow.document');
  states.push([step, row?.state ?? 'none']);
  return result;
};

beforeAll(async () => {
  node = await startTestNode();
  clerk = await node.client(`vanthu.${sender}`);
  uploads['main'] = await sampleLetter();
  uploads['annex'] = await sampleAnnex();
  const office = {
    drafter: await node.client(`chuyenvien.${sender}`),
    reviewer: { client: clerk, personId: demoPerson(`vanthu.${sender}`).id },
    leader: await node.client(`lanhdao.${sender}`),
    leaderPin: demoPin,
    clerk,
    agencyPin: demoPin,
  };
  const paper: OutgoingPaper = {
    bodyId: demoBody('tinhuy/btv').id,
    typeCode: 'CV',
    abstract: 'Về việc đẩy mạnh gửi, nhận văn bản điện tử có chữ ký số',
    urgency: 1,
    signer: { postId: postOf(`lanhdao.${sender}`), capacity: 'TM' },
    recipientAgencyIds: [...accepting, refusing].map((key) => demoAgency(key).id),
    files: [
      { bytes: uploads['main'], name: 'cong-van.pdf', role: 'main', title: 'Công văn' },
      { bytes: uploads['annex'], name: 'phu-luc.pdf', role: 'annex', title: 'Phụ lục' },
    ],
  };
  documentId = await draft(office, paper, watching);
  const [numbered] = await issue(office, [documentId], watching);
  symbol = numbered?.symbol ?? '';
  for (const key of [...accepting, refusing]) {
    const recipient = await node.client(`vanthu.${key}`);
    const arrived = await arrivalOf(recipient, documentId);
    arrivalIds[key] = arrived.id;
    if (key === refusing) await verifyAndRefuse(recipient, arrived.id, reason);
    else await verifyAndAccept(recipient, arrived.id);
  }
  await until('all answers', 30, async () =>
    (await deliveries()).every(({ state }) => ['02', '03'].includes(state)) ? true : undefined,
  );
  const { files } = await clerk.get<{ files: readonly FileOf[] }>(`/documents/${documentId}`);
  for (const { id, role } of files)
    sent[role] = await clerk.bytes(`/documents/${documentId}/files/${id}/content`);
  trust = await trustOf(node.pki);
}, 180_000);
afterAll(() => node.close());

async function deliveries(): Promise<readonly Delivery[]> {
  return (await clerk.get<{ items: readonly Delivery[] }>(`/documents/${documentId}/deliveries`)).items;
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

describe('the main job', () => {
  it('passes through every state of an outgoing document', () => {
    expect(states).toEqual([
      ['create', 'DRAFT'],
      ['upload', 'DRAFT'],
      ['upload', 'DRAFT'],
      ['submit', 'IN_REVIEW'],
      ['initial', 'IN_REVIEW'],
      ['approve', 'APPROVED'],
      ['personal signature', 'PERSON_SIGNED'],
      ['number', 'NUMBERED'],
      ['agency signature', 'AGENCY_SIGNED'],
      ['issue', 'ISSUED'],
    ]);
  });

  it('gives number, symbol and the date in Vietnam by the convention of the Party', async () => {
    const document = await clerk.get<Record<string, unknown>>(`/documents/${documentId}`);
    expect(document).toMatchObject({
      state: 'ISSUED',
      number: '01',
      symbol: '01-CV/TU',
      date: vietnamDate(new Date()),
      signer: { capacity: 'TM', block: ['T/M BAN THƯỜNG VỤ', 'BÍ THƯ'] },
    });
    expect(symbol).toBe('01-CV/TU');
  });

  it('ends at each recipient as it was answered there: 03 with số đến and ngày đến, 02 with the reason', async () => {
    const byAgency = new Map((await deliveries()).map((delivery) => [delivery.recipient.agencyId, delivery]));
    expect(byAgency.size).toBe(3);
    for (const key of accepting)
      expect(byAgency.get(demoAgency(key).id)).toMatchObject({
        state: '03',
        arrivalNumber: 1,
        arrivalDate: vietnamDate(new Date()),
        refusalReason: null,
      });
    expect(byAgency.get(demoAgency(refusing).id)).toMatchObject({
      state: '02',
      refusalReason: reason,
      arrivalNumber: null,
      arrivalDate: null,
    });
    for (const [agencyId, { evidence }] of byAgency)
      expect(evidence.map(({ event }) => event).toSorted()).toEqual(
        agencyId === demoAgency(refusing).id ? ['A.1', 'C.4', 'D.1'] : ['A.1', 'C.3', 'D.1'],
      );
  });

  it('begins with the bytes of the drafter, and ends with the same bytes at everybody', async () => {
    for (const role of ['main', 'annex']) {
      const upload = uploads[role]!;
      expect(Buffer.compare(sent[role]!.subarray(0, upload.length), upload)).toBe(0);
    }
    for (const key of [...accepting, refusing]) {
      const recipient = await node.client(`vanthu.${key}`);
      const path = `/incoming/${arrivalIds[key]}`;
      const { files } = await recipient.get<{ files: readonly FileOf[] }>(path);
      expect(files.map(({ role, pageCount }) => [role, pageCount])).toEqual([
        ['main', 3],
        ['annex', 1],
      ]);
      for (const { id, role, sha256: digest } of files) {
        const copy = await recipient.bytes(`${path}/files/${id}/content`);
        expect(Buffer.compare(copy, sent[role]!)).toBe(0);
        expect(sha256(copy)).toBe(digest);
      }
    }
  });

  it('leaves a letter signed by the leader and sealed by the agency, both with time-stamps', async () => {
    const report = await verifyPdf(sent['main']!, trust);
    expect(report).toMatchObject({
      indication: 'TOTAL-PASSED',
      error: null,
      signatures: [
        {
          field: 'PersonalSignature',
          indication: 'TOTAL-PASSED',
          integrity: 'INTACT',
          laterChangesAcceptable: true,
          signer: { name: demoPerson(`lanhdao.${sender}`).fullName },
        },
        {
          field: 'AgencySignature',
          indication: 'TOTAL-PASSED',
          coverage: 'ENTIRE_FILE',
          signer: { organizationIdentifier: demoAgency(sender).code },
        },
      ],
    });
    expect(report.signatures.map(({ level, timestampTime }) => [level, timestampTime !== null])).toEqual([
      ['PAdES-B-LT', true],
      ['PAdES-B-LT', true],
    ]);
    const annex = await verifyPdf(sent['annex']!, trust);
    expect(annex).toMatchObject({
      indication: 'TOTAL-PASSED',
      signatures: [{ signer: { organizationIdentifier: demoAgency(sender).code } }],
    });
  });

  it('leaves evidence that proves itself with nothing but the development root', async () => {
    const chain = await clerk.get<{ deliveries: { evidence: string[] }[] }>(
      `/documents/${documentId}/evidence`,
    );
    const parsers = { certificate: parseCertificate, crl: parseCrl };
    const { anchors, intermediates = [] } = trust;
    const offline = { anchors, intermediates, crls: trust.crls ?? [], ocsps: [] };
    const verdict = await verifyEvidenceChain(chain, offline, parsers);
    expect(verdict).toMatchObject({ ok: true, faults: [] });
    expect(verdict.deliveries.map(({ status }) => status).toSorted()).toEqual(['02', '03', '03']);
    const cut = { ...chain, deliveries: chain.deliveries.slice(1) };
    expect(await verifyEvidenceChain(cut, offline, parsers)).toMatchObject({ ok: false });
    const swapped = structuredClone(chain);
    swapped.deliveries[0]!.evidence = chain.deliveries[1]!.evidence;
    expect(await verifyEvidenceChain(swapped, offline, parsers)).toMatchObject({ ok: false });
  });

  it('leaves an entry in the trail for every step, with the person who took it', async () => {
    const entries = await entriesOfDocument(node, documentId);
    const by = (action: AuditAction): readonly string[] =>
      entries
        .filter((entry) => entry.action === action && entry.outcome === 'success')
        .map(({ actor }) => (actor.person === undefined ? actor.kind : nameOf(actor.person)))
        .toSorted();
    const own = (post: string): string => `${post}.${sender}`;
    const recipients = [...accepting, refusing].map((key) => `vanthu.${key}`).toSorted();
    const steps: readonly (readonly [AuditAction, readonly string[]])[] = [
      ['document.created', [own('chuyenvien')]],
      ['document.file_added', [own('chuyenvien'), own('chuyenvien')]],
      ['document.submitted', [own('chuyenvien')]],
      ['document.initialled', [own('vanthu')]],
      ['document.approved', [own('lanhdao')]],
      ['document.signing_prepared', [own('lanhdao'), own('vanthu')]],
      ['document.person_signed', [own('lanhdao')]],
      ['document.numbered', [own('vanthu')]],
      ['document.agency_signed', [own('vanthu')]],
      ['document.issued', [own('vanthu')]],
      ['delivery.sent', ['system', 'system', 'system']],
      ['delivery.arrived', ['system', 'system', 'system']],
      ['delivery.verified', recipients],
      ['delivery.accepted', accepting.map((key) => `vanthu.${key}`).toSorted()],
      ['delivery.refused', [`vanthu.${refusing}`]],
    ];
    for (const [action, people] of steps) expect([action, by(action)]).toEqual([action, people]);
    // Three consignments and three answers came back to the sender.
    expect(by('delivery.evidence_received')).toHaveLength(6);
    expect(entries.filter(({ outcome }) => outcome !== 'success')).toEqual([]);
  });

  it('is found in the trail by the inspectors of sender and recipients, each their own part', async () => {
    const seen = async (inspector: string): Promise<ReadonlySet<string>> => {
      const path = `/audit/entries?documentId=${documentId}&limit=200`;
      const { items } = await (
        await node.client(inspector)
      ).get<{ items: { entry: { action: string } }[] }>(path);
      return new Set(items.map(({ entry }) => entry.action));
    };
    const own = await seen(`kiemtra.${sender}`);
    const other = await seen('thanhtra.ubnd');
    expect(own).toContain('document.person_signed');
    expect(other).toContain('delivery.accepted');
    expect(other).not.toContain('document.person_signed');
    expect(own).not.toContain('delivery.accepted');
  });
});

describe('outside verifiers (skipped where not installed, unless CI is set)', () => {
  itWith('pdfsig')('pdfsig finds every signature valid, the last for the whole file', () => {
    for (const [role, signatures] of [
      ['main', 2],
      ['annex', 1],
    ] as const) {
      const verdicts = pdfsigVerdicts(sent[role]!);
      expect(verdicts.map(({ valid }) => valid)).toEqual(Array.from({ length: signatures }, () => true));
      expect(verdicts.at(-1)).toEqual({ valid: true, total: true });
    }
  });

  itWith('qpdf')('qpdf finds the files clean', () => {
    for (const role of ['main', 'annex']) expect(qpdfComplaints(sent[role]!)).toBe('');
  });

  itWith('pdfsig')(
    'pdfsig finds every signature valid in the copy with the ĐẾN stamp of the recipient',
    async () => {
      const recipient = await node.client(`vanthu.${accepting[0]}`);
      const path = `/incoming/${arrivalIds[accepting[0]]!}`;
      const { files } = await recipient.get<{ files: readonly FileOf[] }>(path);
      const main = files.find(({ role }) => role === 'main')!;
      const copy = await recipient.bytes(`${path}/files/${main.id}/content?copy=stamped`);
      expect(Buffer.compare(copy.subarray(0, sent['main']!.length), sent['main']!)).toBe(0);
      expect(copy.length).toBeGreaterThan(sent['main']!.length);
      expect(pdfsigVerdicts(copy)).toEqual([
        { valid: true, total: false },
        { valid: true, total: false },
      ]);
      expect(qpdfComplaints(copy)).toBe('');
    },
  );

  itWith('openssl')('openssl accepts each CMS as CAdES under the development root', () => {
    for (const role of ['main', 'annex']) expect(opensslComplaints(sent[role]!, rootPem())).toEqual([]);
  });
});

function rootPem(): Uint8Array {
  return readFileSync(join(node.pki.folder, node.pki.index.trust.anchors[0]!));
}

function nameOf(personId: string): string {
  return demoDirectory.people.find(({ id }) => id === personId)?.key ?? personId;
}
